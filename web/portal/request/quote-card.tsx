import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { percent, shown } from '../../app/decimals.ts';
import { money } from '../../app/format.ts';
import type { PayoutQuote } from '../../client/types.ts';
import { Facts } from '../facts.tsx';
import { useWhen } from '../reader.ts';

/** What exactly comes of a request: the amount, and how it was reckoned. */
export function QuoteCard({ quote }: { readonly quote: PayoutQuote }) {
  const { t } = useTranslation();
  const when = useWhen();
  const { amount, currency, conversion } = quote;
  return (
    <Paper withBorder p="md" radius="lg" aria-live="polite">
      <Text c="dimmed">{t('quote.youGet')}</Text>
      <Text fw={700} fz={32} lh={1.2} className="amount">
        {money(amount, currency)}
      </Text>
      <Facts
        mt="md"
        rows={[
          { name: t('quote.earnings'), value: String(quote.earningCount) },
          quote.recovered !== 0 && {
            name: t('quote.recovered'),
            value: money(-quote.recovered, conversion?.sourceCurrency ?? currency),
          },
          conversion !== null && {
            name: t('quote.from'),
            value: money(conversion.sourceAmount, conversion.sourceCurrency),
          },
          conversion !== null && {
            name: t('quote.rate'),
            value: t('quote.rateIs', {
              from: conversion.sourceCurrency,
              rate: shown(conversion.rate),
              to: currency,
            }),
          },
          conversion !== null && {
            name: t('quote.spread', { share: percent(conversion.spreadBps) }),
            value: money(conversion.spreadAmount, currency),
          },
          conversion !== null && {
            name: t('quote.source'),
            value: t('quote.sourceAt', {
              source: conversion.rateSource,
              when: when.moment(conversion.rateAt),
            }),
          },
          quote.validUntil !== null && {
            name: t('quote.validUntil'),
            value: when.moment(quote.validUntil),
          },
        ]}
      />
    </Paper>
  );
}
