import { SimpleGrid } from '@mantine/core';
import type { Range } from './range.ts';
import { RateChart } from './rate-chart.tsx';
import { ReasonsChart } from './reasons-chart.tsx';
import { SentChart } from './sent-chart.tsx';
import { TimesChart } from './times-chart.tsx';

/** Four charts side by side, each with its sentence and its table; of the last 30 days unless said otherwise. */
export function Charts({ range }: { readonly range?: Range }) {
  const of = range === undefined ? {} : { range };
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg" style={{ gridAutoFlow: 'dense' }}>
      <SentChart {...of} />
      <RateChart {...of} />
      <ReasonsChart {...of} />
      <TimesChart {...of} />
    </SimpleGrid>
  );
}
