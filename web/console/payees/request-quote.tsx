import { Box, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { percent, shown } from '../../app/decimals.ts';
import { count, dateTime, money } from '../../app/format.ts';
import type { Conversion, PayoutQuote } from '../../client/types.ts';

/** What would be paid, and how it was reckoned: earned, less fees, less what is owed, and converted. */
export function RequestQuote({ quote }: { readonly quote: PayoutQuote }) {
  const { t } = useTranslation('payees');
  const { amount, currency, balanceCurrency, earningCount, gross, fee, recovered, conversion } = quote;
  return (
    <div aria-live="polite">
      <Text size="xl" fw={650} className="amount">
        {money(amount, currency)}
      </Text>
      <Box component="dl" m={0} mt="xs">
        <Line
          name={t('request.gross', { count: earningCount, shown: count(earningCount) })}
          value={money(gross, balanceCurrency)}
        />
        <Line name={t('request.fees')} value={money(-BigInt(fee), balanceCurrency)} />
        {BigInt(recovered) !== 0n && (
          <Line name={t('request.recovered')} value={money(-BigInt(recovered), balanceCurrency)} />
        )}
        {conversion !== null && <Converted conversion={conversion} currency={currency} />}
        <Line name={t('request.arrives')} value={money(amount, currency)} isSum />
      </Box>
      {conversion !== null && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('request.rateOf', { source: conversion.rateSource, at: dateTime(conversion.rateAt) })}{' '}
          {quote.validUntil !== null && t('request.valid', { until: dateTime(quote.validUntil) })}
        </Text>
      )}
    </div>
  );
}

/** What leaves the balance, the rate, and what the platform keeps. */
function Converted({
  conversion: { sourceAmount, sourceCurrency, rate, spreadBps, spreadAmount },
  currency,
}: {
  readonly conversion: Conversion;
  readonly currency: string;
}) {
  const { t } = useTranslation('payees');
  const rateIs = { from: sourceCurrency, rate: shown(rate), to: currency };
  return (
    <>
      <Line name={t('request.fromBalance')} value={money(sourceAmount, sourceCurrency)} isSum />
      <Line name={t('request.rate')} value={t('request.rateIs', rateIs)} />
      {spreadBps !== 0 && (
        <Line
          name={t('request.spread', { share: percent(spreadBps) })}
          value={money(-BigInt(spreadAmount), currency)}
        />
      )}
    </>
  );
}

interface LineProps {
  readonly name: string;
  readonly value: string;
  readonly isSum?: boolean;
}

function Line({ name, value, isSum = false }: LineProps) {
  return (
    <Group justify="space-between" align="flex-start" wrap="nowrap" gap="sm" py={3} fw={isSum ? 650 : 400}>
      <Text component="dt" inherit {...(isSum ? {} : { c: 'dimmed' })}>
        {name}
      </Text>
      <Text component="dd" m={0} inherit className="amount">
        {value}
      </Text>
    </Group>
  );
}
