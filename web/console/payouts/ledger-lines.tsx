import { Table, Text, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dateTime, money } from '../../app/format.ts';
import type { PayoutDetails } from '../../client/types.ts';
import { Foldout } from './foldout.tsx';

/** What it did to the books, for those who keep them. */
export function LedgerLines({ lines }: { readonly lines: PayoutDetails['ledger'] }) {
  const { t } = useTranslation('payouts');
  if (lines.length === 0) return null;
  return (
    <Foldout name={t('ledger', { count: lines.length })}>
      <Text size="sm" c="dimmed" mb="xs">
        {t('ledgerHint')}
      </Text>
      <Table.ScrollContainer minWidth={0} scrollAreaProps={{ offsetScrollbars: 'present' }}>
        <Table>
          <VisuallyHidden component="caption">{t('ledgerHint')}</VisuallyHidden>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col" visibleFrom="sm">
                {t('ledgerAt')}
              </Table.Th>
              <Table.Th scope="col">{t('ledgerAccount')}</Table.Th>
              <Table.Th scope="col" className="column-end">
                {t('carried.amount')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {lines.map((line) => (
              <Table.Tr key={`${line.at} ${line.kind} ${line.account} ${line.amount}`}>
                <Table.Td visibleFrom="sm">{dateTime(line.at)}</Table.Td>
                <Table.Td>
                  {t(`accounts.${line.account}`, { defaultValue: line.account.replaceAll('_', ' ') })}
                </Table.Td>
                <Table.Td className="column-end amount">{money(line.amount, line.currency)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Foldout>
  );
}
