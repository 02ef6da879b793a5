import { Anchor, Button, Code, Group, Paper, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { shown } from '../../app/decimals.ts';
import { dateTime, money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Receipt } from '../../client/types.ts';
import { Facts } from '../../ui/facts.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { linkTo } from './links.ts';
import './receipt.css';

/** One page to print or hand on: who paid whom how much, when, where to and made of what. The payee has the same. */
export function ReceiptPage() {
  const { t } = useTranslation('forms');
  const { payoutId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery({
    queryKey: ['payouts', payoutId, 'receipt'],
    queryFn: ({ signal }) => api.get('/payouts/{id}/receipt', { params: { id: payoutId }, signal }),
  });
  return (
    <>
      <Group justify="space-between" mb="xs" className="no-print receipt-head">
        <Anchor component={Link} {...linkTo.payout(payoutId)} size="sm">
          {t('receipt.toPayout')}
        </Anchor>
        {data && <Button onClick={() => window.print()}>{t('receipt.print')}</Button>}
      </Group>
      {error !== null && data === undefined && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {data === undefined ? error === null && <Skeleton h={420} /> : <Paid receipt={data} />}
    </>
  );
}

function Paid({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation(['forms', 'payouts', 'console']);
  const { platform, payee, amount, currency, method, references, completedAt, paidOn, sentAt } = receipt;
  const reference = references.transaction ?? references.byHand;
  const rows = [
    { id: 'from', value: platform.name },
    { id: 'to', value: `${payee.name} (${payee.id})` },
    method !== null && {
      id: 'method',
      value: `${t(`payouts:methods.${method.type}`, { defaultValue: method.type })} ${method.destination}`,
    },
    { id: 'asked', value: dateTime(receipt.requestedAt) },
    sentAt !== null && { id: 'sent', value: dateTime(sentAt) },
    paidOn !== null && { id: 'paidOn', value: paidOn },
    reference !== null && { id: 'reference', value: reference },
    { id: 'number', value: receipt.payoutId },
  ].filter((row) => row !== false);
  return (
    <Paper withBorder p="lg" component="article" className="receipt">
      {document.documentElement.hasAttribute('data-sandbox') && (
        <p className="sandbox-stamp">{t('console:shell.sandbox')}</p>
      )}
      <PageHead title={t('receipt.title')} lead={platform.name} />
      <Text fz={34} fw={700} lh={1.15} className="amount">
        {money(amount, currency)}
      </Text>
      {completedAt !== null && <Text mt={4}>{t('receipt.paid', { at: dateTime(completedAt) })}</Text>}
      {receipt.returned !== 0 && (
        <Text mt={4}>{t('receipt.returned', { amount: money(receipt.returned, currency) })}</Text>
      )}
      <Facts facts={rows.map(({ id, value }) => ({ id, label: t(`receipt.${id}`), value }))} />
      <Reckoning receipt={receipt} />
      <Text size="xs" c="dimmed" mt="lg" component="div" style={{ overflowWrap: 'anywhere' }}>
        {t('receipt.hash')} <Code>{receipt.sha256}</Code>
      </Text>
    </Paper>
  );
}

/** Of what it is made: earnings, less fees, less what was owed, converted where it was. */
function Reckoning({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation('forms');
  const { earned, conversion, amount, currency } = receipt;
  const lines = [
    {
      id: 'gross',
      label: t('receipt.gross', { count: earned.count }),
      value: money(earned.gross, earned.currency),
    },
    { id: 'fees', label: t('receipt.fees'), value: money(-BigInt(earned.fees), earned.currency) },
    BigInt(earned.recovered) !== 0n && {
      id: 'recovered',
      label: t('receipt.recovered'),
      value: money(-BigInt(earned.recovered), earned.currency),
    },
    conversion !== null && {
      id: 'before',
      label: t('receipt.before', { rate: shown(conversion.rate) }),
      value: money(conversion.sourceAmount, conversion.sourceCurrency),
    },
    { id: 'amount', label: t('receipt.gets'), value: <strong>{money(amount, currency)}</strong> },
  ].filter((row) => row !== false);
  return (
    <section aria-label={t('receipt.madeOf')} className="receipt-reckoning">
      <Facts facts={lines} />
    </section>
  );
}
