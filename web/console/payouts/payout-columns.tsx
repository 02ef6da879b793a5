import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { day, money } from '../../app/format.ts';
import type { Payout } from '../../client/types.ts';
import type { Column } from '../../ui/data-table.tsx';
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
      <Anchor component={Link} {...linkTo.payout(payout.id)} fw={600} display="inline-block" miw={96}>
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
        <Stack gap={0}>
          <Text size="sm" fw={600} {...wordsColor(payout)}>
            {readable(payout.label)}
          </Text>
          <Text size="sm" c="dimmed" lineClamp={2}>
            {readable(payout.nextStep)}
          </Text>
        </Stack>
      ),
    },
    {
      key: 'turn',
      head: t('columns.turn'),
      cell: ({ waitingOn }) => <WaitingBadge waitingOn={waitingOn} />,
    },
    ...(withPayee
      ? [
          {
            key: 'changed',
            head: t('columns.changed'),
            cell: ({ changedAt }: Payout) => (
              <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                <time dateTime={changedAt}>{day(changedAt)}</time>
              </Text>
            ),
          },
        ]
      : []),
  ];
}

/** Only what is wrong is said in color; the badge says whose turn it is. */
function wordsColor(payout: Payout) {
  return toneOf(payout) === 'red' ? { c: 'var(--mantine-color-error)' } : {};
}
