import { Anchor, Code, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dateTime, money } from '../../app/format.ts';
import type { HandTransfer } from '../../client/types.ts';
import type { Column } from '../../ui/data-table.tsx';
import { linkTo } from '../payouts/links.ts';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';

/** One transfer per row: whom, how much, where to, what to write on it, and the button once it was paid. */
export function useHandColumns(
  mayMark: boolean,
  onMark: (transfer: HandTransfer) => void,
): Column<HandTransfer>[] {
  const { t } = useTranslation('approvals');
  return [
    {
      key: 'payee',
      head: t('hand.columns.payee'),
      cell: ({ payoutId, payeeName }) => (
        <Anchor component={Link} {...linkTo.payout(payoutId)} fw={600}>
          {payeeName}
        </Anchor>
      ),
    },
    {
      key: 'amount',
      head: t('hand.columns.amount'),
      end: true,
      cell: ({ amount, currency }) => money(amount, currency),
    },
    {
      key: 'account',
      head: t('hand.columns.account'),
      cell: ({ method, destination }) => `${t(`hand.methods.${method}`)} ${destination}`,
    },
    {
      key: 'reference',
      head: t('hand.columns.reference'),
      cell: ({ transferReference }) => <Code>{transferReference}</Code>,
    },
    {
      key: 'state',
      head: t('hand.columns.state'),
      cell: (transfer) => <State transfer={transfer} />,
    },
    {
      key: 'deed',
      head: t('hand.columns.deed'),
      cell: (transfer) => (
        <ReasonedButton
          variant="default"
          size="sm"
          why={mayMark ? (transfer.hold === null ? null : t('hand.why.onHold')) : t('hand.why.role_approve')}
          label={t('hand.markPaidOf', { name: transfer.payeeName })}
          onClick={() => onMark(transfer)}
        >
          {t('hand.markPaid')}
        </ReasonedButton>
      ),
    },
  ];
}

function State({ transfer }: { readonly transfer: HandTransfer }) {
  const { t } = useTranslation('approvals');
  const { exported, hold, payeeBlocked } = transfer;
  if (exported?.changedSince === true)
    return <Text c="var(--mantine-color-error)">{t('hand.states.changed')}</Text>;
  if (payeeBlocked) return <Text>{t('hand.states.blocked')}</Text>;
  if (hold !== null) return <Text>{t('hand.states.onHold', { reason: hold.reason })}</Text>;
  if (exported === null) return <Text c="dimmed">{t('hand.states.ready')}</Text>;
  return <Text size="sm">{t('hand.states.exported', { at: dateTime(exported.at), who: exported.by })}</Text>;
}
