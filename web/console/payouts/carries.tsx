import { Anchor, Box, Group, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { day, money } from '../../app/format.ts';
import type { PayoutDetails } from '../../client/types.ts';

/** Which earnings it pays and what it recovers, with the whole list as a file. */
export function CarriesList({ payout }: { readonly payout: PayoutDetails }) {
  const { t } = useTranslation('payouts');
  const { earnings, earningCount, recovered, recoveredCount, firstAt, lastAt } = payout.carries;
  // What is converted was earned in the currency of its balance.
  const currency = payout.conversion?.sourceCurrency ?? payout.currency;
  if (earningCount === 0) return null;
  const lines = [
    ...earnings.map((line) => ({ ...line, sign: 1 })),
    ...recovered.map((line) => ({ ...line, sign: -1 })),
  ];
  const unseen = earningCount + recoveredCount - lines.length;
  return (
    <Box component="section" aria-labelledby="carries">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="carries">
          {t('carries', { count: earningCount })}
        </Title>
        <Anchor href={`/api/admin/payouts/${payout.id}/statement.csv`} download size="sm">
          {t('statementCsv')}
        </Anchor>
      </Group>
      {firstAt !== null && lastAt !== null && (
        <Text size="sm" c="dimmed">
          {day(firstAt) === day(lastAt)
            ? t('carried.on', { at: day(firstAt) })
            : t('carried.between', { from: day(firstAt), to: day(lastAt) })}
        </Text>
      )}
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('carried.what')}</Table.Th>
            <Table.Th scope="col" className="column-end" visibleFrom="xs">
              {t('carried.fee')}
            </Table.Th>
            <Table.Th scope="col" className="column-end">
              {t('carried.amount')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={`${line.sign} ${line.sourceType} ${line.externalId}`}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                {line.sign < 0 && `${t('carried.recovered')} `}
                {`${line.sourceType} ${line.externalId}`}
              </Table.Td>
              <Table.Td className="column-end amount" visibleFrom="xs">
                {money(line.fee, currency)}
              </Table.Td>
              <Table.Td className="column-end amount">{money(line.amount * line.sign, currency)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {unseen > 0 && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('carried.more', { count: unseen })}
        </Text>
      )}
    </Box>
  );
}
