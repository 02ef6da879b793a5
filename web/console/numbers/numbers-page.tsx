import { Group, SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Segments } from '../../ui/segments.tsx';
import { Charts } from './charts.tsx';
import { parts, rangeOf, spans } from './range.ts';
import { ByMethod, TopPayees } from './tables.tsx';

/** How paying goes: how much, how well, how fast, why not, and to whom. */
export function NumbersPage() {
  const { t } = useTranslation('numbers');
  const [filters, change] = useFilters();
  const range = rangeOf(filters);
  return (
    <>
      <PageHead title={t('title')} lead={t('lead')} />
      <Stack gap="lg">
        <Group gap="lg">
          <Segments
            label={t('span')}
            value={String(range.days)}
            onChange={(days) => change({ days })}
            choices={spans.map((days) => ({ value: String(days), label: t(`spans.${days}`) }))}
          />
          <Segments
            label={t('byLabel')}
            value={range.by}
            onChange={(by) => change({ by })}
            choices={parts.map((value) => ({ value, label: t(`by.${value}`) }))}
          />
        </Group>
        <Charts range={range} />
        <SimpleGrid cols={{ base: 1, xl: 2 }} spacing="lg">
          <TopPayees range={range} />
          <ByMethod range={range} />
        </SimpleGrid>
      </Stack>
    </>
  );
}
