import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Receipt } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Facts } from '../facts.tsx';
import { places, usePayoutId } from '../page-link.tsx';
import { receiptQuery } from '../queries.ts';
import { useWhen } from '../reader.ts';
import { Reckoning } from '../reckoning.tsx';
import { Back } from '../shell/back.tsx';
import { SandboxStamp } from '../shell/sandbox.tsx';

/** One page to print or keep: who paid whom how much, when, where to and made of what. */
export function ReceiptPage() {
  const { t } = useTranslation();
  const id = usePayoutId();
  const { data, error, refetch } = useQuery(receiptQuery(id));
  return (
    <>
      <Group justify="space-between" mb="xs" className="no-print">
        <Back to={places.payout(id)}>{t('nav.payout')}</Back>
        {data && (
          <Button h={44} onClick={() => window.print()}>
            {t('receipt.print')}
          </Button>
        )}
      </Group>
      {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {data ? <Paid receipt={data} /> : error === null && <Skeleton h={420} radius="lg" />}
    </>
  );
}

function Paid({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation();
  const when = useWhen();
  const { method, references, completedAt } = receipt;
  const reference = references.transaction ?? references.byHand;
  return (
    <Paper withBorder p="lg" radius="lg" component="article" className="portal-receipt">
      <SandboxStamp />
      <PageHead title={t('receipt.title')} lead={receipt.platform.name} />
      <Text fz={36} fw={700} lh={1.15} className="amount">
        {money(receipt.amount, receipt.currency)}
      </Text>
      {completedAt !== null && <Text mt={4}>{t('receipt.paid', { when: when.moment(completedAt) })}</Text>}
      {receipt.returned !== 0 && (
        <Text mt={4}>{t('receipt.returned', { amount: money(receipt.returned, receipt.currency) })}</Text>
      )}
      <Facts
        mt="lg"
        rows={[
          { name: t('receipt.from'), value: receipt.platform.name, long: true },
          {
            name: t('receipt.to'),
            value: receipt.payee.name === '' ? receipt.payee.id : receipt.payee.name,
            long: true,
          },
          method !== null && {
            name: t('receipt.method'),
            value: `${t(`methods.type.${method.type}`, { defaultValue: method.type })} ${method.destination}`,
            long: true,
          },
          { name: t('receipt.asked'), value: when.moment(receipt.requestedAt), long: true },
          receipt.sentAt !== null && {
            name: t('receipt.sent'),
            value: when.moment(receipt.sentAt),
            long: true,
          },
          reference !== null && { name: t('receipt.reference'), value: reference, long: true },
          { name: t('receipt.number'), value: receipt.payoutId, long: true },
        ]}
      />
      <Title order={2} size="h4" mt="lg" mb="sm">
        {t('carries.title')}
      </Title>
      <Reckoning earned={{ ...receipt.earned, fee: receipt.earned.fees }} paid={receipt} />
      <Text size="sm" c="dimmed" mt="lg">
        {t('next.zone', { zone: when.zone })}
      </Text>
      <Text size="xs" c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>
        {t('receipt.hash', { hash: receipt.sha256 })}
      </Text>
    </Paper>
  );
}
