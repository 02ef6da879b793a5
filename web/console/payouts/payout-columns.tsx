import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { day, money } from '../../app/format.ts';
import type { Payout } from '../../client/types.ts';
import type { Column } from '../../ui/data-table.tsx';
import { Dot } from '../batches/outcome-bar.tsx';
import { linkTo } from './links.ts';
import { readable } from './readable.ts';
import { toneOf } from './tone.ts';
import { WaitingBadge } from './waiting-badge.tsx';

/** What a row of payouts shows: who, how much, what is next and whose turn it is. */
export function usePayoutColumns({ withPayee }: { readonly withPayee: boolean }): Column<Payout>[] {
  const { t } = useTranslation('payouts');
  const who: Column<Payout> = {
    key: 'payee',
    head: t('columns.payee'),
    cell: (payout) => (
      <Anchor
        component={Link}
        {...linkTo.payout(payout.id)}
        fw={600}
        display="inline-block"
        miw={withPayee ? 140 : 'max-content'}
      >
        {withPayee ? payout.payeeName : day(payout.createdAt)}
      </Anchor>
    ),
  };
  return [
    withPayee ? who : { ...who, head: t('columns.made') },
    {
      key: 'amount',
      head: t('columns.amount'),
      end: true,
      cell: ({ amount, currency }) => <span className="amount">{money(amount, currency)}</span>,
    },
    {
      key: 'next',
      head: t('columns.next'),
      wide: true,
      cell: (payout) => (
        <>
          <Group gap={0} wrap="nowrap" align="baseline">
            <Dot color={`var(--mantine-color-${toneOf(payout)}-filled)`} />
            <Text fw={600} {...wordsColor(payout)}>
              {readable(payout.label)}
            </Text>
          </Group>
          {!isOver(payout) && (
            <Text c="dimmed" lineClamp={3} ps={15}>
              {readable(payout.nextStep)}
            </Text>
          )}
        </>
      ),
    },
    {
      key: 'turn',
      head: t('columns.turn'),
      isMute: isOver,
      cell: (payout) => (isOver(payout) ? null : <WaitingBadge waitingOn={payout.waitingOn} />),
    },
    ...(withPayee
      ? [
          {
            key: 'changed',
            head: t('columns.changed'),
            cell: ({ changedAt }: Payout) => (
              <Text c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                <time dateTime={changedAt}>{day(changedAt)}</time>
              </Text>
            ),
          },
        ]
      : []),
  ];
}

/** Nothing comes next: its state says all. */
function isOver({ waitingOn }: Payout): boolean {
  return waitingOn === 'nobody';
}

/** Only what is wrong is said in color; the badge says whose turn it is. */
function wordsColor(payout: Payout) {
  return toneOf(payout) === 'red' ? { c: 'var(--mantine-color-error)' } : {};
}
