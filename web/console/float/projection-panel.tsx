import { Box, Button, Collapse, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { TFunction } from 'i18next';
import { lazy, Suspense, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { day, money } from '../../app/format.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import { drawn, firstShort, type Step } from './projection.ts';

const ProjectionChart = lazy(async () => ({
  default: (await import('./projection-chart.tsx')).ProjectionChart,
}));

/** Steps that are drawn; the table has all of them. */
const drawnMax = 12;

interface ProjectionProps {
  readonly steps: readonly Step[];
  readonly currency: string;
}

/** What is left when everything that is known to come has been paid: as a sentence, a line of steps, and a table. */
export function Projection({ steps, currency }: ProjectionProps) {
  const { t } = useTranslation('float');
  const [open, { toggle }] = useDisclosure(false);
  const table = useId();
  if (steps.length < 2) return null;
  const format = (value: number) => new Intl.NumberFormat(undefined, { notation: 'compact' }).format(value);
  return (
    <Stack gap="sm">
      <Title order={3}>{t('projection.title')}</Title>
      <Text>{sentence(steps, currency, t)}</Text>
      <Box aria-hidden style={{ overflow: 'hidden' }}>
        <Suspense fallback={<Skeleton h={240} />}>
          <ProjectionChart
            name={t('projection.left')}
            format={format}
            points={steps
              .slice(0, drawnMax)
              .map((step) => ({ step: nameOf(step, t), left: drawn(step.left, currency) }))}
          />
        </Suspense>
      </Box>
      <Button
        variant="subtle"
        size="compact-sm"
        onClick={toggle}
        aria-expanded={open}
        aria-controls={table}
        style={{ alignSelf: 'flex-start' }}
      >
        {t(open ? 'projection.hide' : 'projection.show')}
      </Button>
      <Collapse expanded={open} id={table}>
        <DataTable
          caption={t('projection.title')}
          rows={steps}
          idOf={(step) => step.kind + step.what}
          empty={null}
          columns={stepColumns(currency, t)}
        />
      </Collapse>
    </Stack>
  );
}

function stepColumns(currency: string, t: TFunction): Column<Step>[] {
  return [
    { key: 'step', head: t('projection.step'), cell: (step) => nameOf(step, t) },
    {
      key: 'change',
      head: t('projection.leaves'),
      end: true,
      cell: (step) => (step.change === 0n ? '' : <Money>{money(step.change, currency)}</Money>),
    },
    {
      key: 'left',
      head: t('projection.left'),
      end: true,
      cell: (step) => (
        <Money c={step.left < 0n ? 'var(--mantine-color-error)' : 'inherit'}>
          {money(step.left, currency)}
        </Money>
      ),
    },
  ];
}

function nameOf({ kind, what }: Step, t: TFunction): string {
  return t(`projection.${kind}`, { what: kind === 'scheduled' ? day(what) : what });
}

/** "Friday's run is 1,240.00 USD short", or that all of it can be paid. */
function sentence(steps: readonly Step[], currency: string, t: TFunction): string {
  const short = firstShort(steps);
  const last = steps.at(-1);
  if (short !== undefined)
    return t('projection.short', { step: nameOf(short, t), missing: money(-short.left, currency) });
  return last === undefined ? '' : t('projection.covered', { left: money(last.left, currency) });
}
