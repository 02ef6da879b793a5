import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import type { PayoutQuote } from '../../client/types.ts';
import { useWhen } from '../reader.ts';
import { Reckoning } from '../reckoning.tsx';

/** What exactly comes of a request, and how it was reckoned: earned, less fees, less what is owed, converted, what arrives. */
export function QuoteCard({ quote }: { readonly quote: PayoutQuote }) {
  const { t } = useTranslation();
  const { amount, currency, balanceCurrency, earningCount: count, gross, fee, recovered } = quote;
  return (
    <Paper withBorder p="md" radius="lg" aria-live="polite">
      <Text c="dimmed">{t('quote.youGet')}</Text>
      <Text fw={700} fz={32} lh={1.2} className="amount">
        {money(amount, currency)}
      </Text>
      <Reckoning mt="md" earned={{ count, gross, fee, recovered, currency: balanceCurrency }} paid={quote} />
      <Rate quote={quote} />
    </Paper>
  );
}

/** Where the rate is from, and until when it may be used. */
function Rate({ quote: { conversion, validUntil } }: { readonly quote: PayoutQuote }) {
  const { t } = useTranslation();
  const when = useWhen();
  if (conversion === null) return null;
  return (
    <Text size="sm" c="dimmed" mt="sm">
      {t('quote.rateOf', { source: conversion.rateSource, when: when.moment(conversion.rateAt) })}{' '}
      {validUntil !== null && t('quote.validUntil', { when: when.moment(validUntil) })}
    </Text>
  );
}
