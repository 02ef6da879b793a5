import { SimpleGrid } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Range } from './range.ts';
import { RateChart } from './rate-chart.tsx';
import { ReasonsChart } from './reasons-chart.tsx';
import { SentChart } from './sent-chart.tsx';
import { TimesChart } from './times-chart.tsx';

/** Four charts side by side, each with its sentence and its table: how paying went. */
export function Charts({ range }: { readonly range: Range }) {
  return (
    <ChartGrid>
      <SentChart range={range} />
      <RateChart range={range} />
      <ReasonsChart range={range} />
      <TimesChart range={range} />
    </ChartGrid>
  );
}

/** Charts side by side, below each other where there is no room. */
export function ChartGrid({ children }: { readonly children: ReactNode }) {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg" style={{ gridAutoFlow: 'dense' }}>
      {children}
    </SimpleGrid>
  );
}
