import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { money, timeOfDay } from '../../app/format.ts';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Money } from '../../ui/money.tsx';
import type { Plan, Step } from './float-query.ts';
import { dayWords } from './projection.ts';

interface ProjectionTableProps {
  readonly plan: Plan;
  readonly currency: string;
}

/** Every step of the line, with its day. */
export function ProjectionTable({ plan, currency }: ProjectionTableProps) {
  const { t, i18n } = useTranslation('float');
  return (
    <DataTable
      caption={t('projection.title')}
      rows={plan.steps}
      idOf={({ kind, at }) => kind + at}
      empty={null}
      columns={stepColumns(plan, currency, i18n.language, t)}
    />
  );
}

function stepColumns(plan: Plan, currency: string, language: string, t: TFunction): Column<Step>[] {
  return [
    { key: 'day', head: t('projection.day'), cell: ({ day }) => dayWords(day, language) },
    {
      key: 'step',
      head: t('projection.step'),
      cell: ({ kind, at }) => t(`projection.${kind}`, { at: timeOfDay(at, plan.timezone) }),
    },
    {
      key: 'sends',
      head: t('projection.sends'),
      end: true,
      cell: ({ sends }) => taken(BigInt(sends.amount), currency),
    },
    {
      key: 'asks',
      head: t('projection.toApprove'),
      end: true,
      cell: ({ asks }) => taken(BigInt(asks.amount), currency),
    },
    {
      key: 'left',
      head: t('projection.left'),
      end: true,
      cell: ({ left }) =>
        left === null ? (
          t('figure.unknown')
        ) : (
          <Money c={BigInt(left) < 0n ? 'var(--mantine-color-error)' : 'inherit'}>
            {money(left, currency)}
          </Money>
        ),
    },
  ];
}

function taken(amount: bigint, currency: string) {
  return amount === 0n ? '' : <Money>{money(-amount, currency)}</Money>;
}
