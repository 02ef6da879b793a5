import { Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { percent, shown } from '../../app/decimals.ts';
import { count, money } from '../../app/format.ts';
import type { PayoutQuote } from '../../client/types.ts';
import { Facts } from '../facts.tsx';
import { useWhen } from '../reader.ts';

/** What exactly comes of a request, and how it was reckoned: earned, less fees, less what is owed, converted, what arrives. */
export function QuoteCard({ quote }: { readonly quote: PayoutQuote }) {
  const { t } = useTranslation();
  const { amount, currency } = quote;
  return (
    <Paper withBorder p="md" radius="lg" aria-live="polite">
      <Text c="dimmed">{t('quote.youGet')}</Text>
      <Text fw={700} fz={32} lh={1.2} className="amount">
        {money(amount, currency)}
      </Text>
      <Reckoning quote={quote} />
      <Rate quote={quote} />
    </Paper>
  );
}

/** The sum, line by line, as the statement of the payout says it later. */
function Reckoning({ quote }: { readonly quote: PayoutQuote }) {
  const { t } = useTranslation();
  const { amount, currency, balanceCurrency, earningCount, gross, fee, recovered, conversion } = quote;
  return (
    <Facts
      mt="md"
      rows={[
        {
          name: t('carries.gross', { count: earningCount, shown: count(earningCount) }),
          value: money(gross, balanceCurrency),
        },
        { name: t('carries.fees'), value: money(-BigInt(fee), balanceCurrency) },
        BigInt(recovered) !== 0n && {
          name: t('quote.recovered'),
          value: money(-BigInt(recovered), balanceCurrency),
        },
        conversion !== null && {
          name: t('quote.from'),
          value: money(conversion.sourceAmount, conversion.sourceCurrency),
          sum: true,
        },
        conversion !== null && {
          name: t('quote.rate'),
          value: t('quote.rateIs', {
            from: conversion.sourceCurrency,
            rate: shown(conversion.rate),
            to: currency,
          }),
        },
        conversion !== null &&
          conversion.spreadBps !== 0 && {
            name: t('quote.spread', { share: percent(conversion.spreadBps) }),
            value: money(-BigInt(conversion.spreadAmount), currency),
          },
        { name: t('quote.arrives'), value: money(amount, currency), sum: true },
      ]}
    />
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
