import { Box, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { count, dateTime, money } from '../../app/format.ts';
import type { PayoutQuote } from '../../client/types.ts';

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
        {conversion !== null && (
          <Line
            name={t('request.fromBalance')}
            value={money(conversion.sourceAmount, conversion.sourceCurrency)}
          />
        )}
        <Line name={t('request.arrives')} value={money(amount, currency)} isSum />
      </Box>
      {conversion !== null && <Text mt="xs">{conversion.words}</Text>}
      {quote.validUntil !== null && (
        <Text size="sm" c="dimmed">
          {t('request.valid', { until: dateTime(quote.validUntil) })}
        </Text>
      )}
    </div>
  );
}

interface LineProps {
  readonly name: string;
  readonly value: string;
  readonly isSum?: boolean;
}

function Line({ name, value, isSum = false }: LineProps) {
  return (
    <Group justify="space-between" gap="sm" py={3} fw={isSum ? 650 : 400}>
      <Text component="dt" inherit {...(isSum ? {} : { c: 'dimmed' })}>
        {name}
      </Text>
      <Text component="dd" m={0} inherit className="amount">
        {value}
      </Text>
    </Group>
  );
}
