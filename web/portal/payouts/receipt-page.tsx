import { Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { shown } from '../../app/decimals.ts';
import { count, money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Receipt } from '../../client/types.ts';
import { PageHead } from '../../ui/page-head.tsx';
import { Facts } from '../facts.tsx';
import { places, usePayoutId } from '../page-link.tsx';
import { receiptQuery } from '../queries.ts';
import { useWhen } from '../reader.ts';
import { Back } from '../shell/back.tsx';

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
          { name: t('receipt.asked'), value: when.moment(receipt.requestedAt) },
          receipt.sentAt !== null && { name: t('receipt.sent'), value: when.moment(receipt.sentAt) },
          reference !== null && { name: t('receipt.reference'), value: reference, long: true },
          { name: t('receipt.number'), value: receipt.payoutId, long: true },
        ]}
      />
      <Title order={2} size="h4" mt="lg" mb="sm">
        {t('carries.title')}
      </Title>
      <Reckoning receipt={receipt} />
      <Text size="sm" c="dimmed" mt="lg">
        {t('next.zone', { zone: when.zone })}
      </Text>
      <Text size="xs" c="dimmed" mt={4} style={{ overflowWrap: 'anywhere' }}>
        {t('receipt.hash', { hash: receipt.sha256 })}
      </Text>
    </Paper>
  );
}

function Reckoning({ receipt }: { readonly receipt: Receipt }) {
  const { t } = useTranslation();
  const { earned, conversion } = receipt;
  const number = earned.count;
  return (
    <Facts
      rows={[
        {
          name: t('carries.gross', { count: number, shown: count(number) }),
          value: money(earned.gross, earned.currency),
        },
        { name: t('carries.fees'), value: money(-BigInt(earned.fees), earned.currency) },
        BigInt(earned.recovered) !== 0n && {
          name: t('carries.recovered'),
          value: money(-BigInt(earned.recovered), earned.currency),
        },
        conversion !== null && {
          name: t('carries.before'),
          value: money(conversion.sourceAmount, conversion.sourceCurrency),
        },
        conversion !== null && {
          name: t('quote.rate'),
          value: t('quote.rateIs', {
            from: conversion.sourceCurrency,
            rate: shown(conversion.rate),
            to: receipt.currency,
          }),
        },
        { name: t('carries.youGet'), value: money(receipt.amount, receipt.currency), sum: true },
      ]}
    />
  );
}
