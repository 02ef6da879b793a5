import { Stack, Table, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { count, money } from '../../app/format.ts';
import type { ImportCheck } from '../../client/types.ts';
import { Money } from '../../ui/money.tsx';
import { Section } from '../../ui/section.tsx';
import { Compared } from '../cycles/compared.tsx';
import { FloatFor } from '../cycles/float-for.tsx';

type Outlook = NonNullable<ImportCheck['outlook']>;

/** What paying the good rows would do, without doing it. */
export function ImportOutlook({
  outlook,
  rows,
  children,
}: {
  readonly outlook: Outlook;
  readonly rows: ImportCheck['rows'];
  /** What can be done with it. */
  readonly children: ReactNode;
}) {
  const { t } = useTranslation('import');
  return (
    <Section title={t('outlook.title')} lead={t('outlook.lead')}>
      <div>
        <Text>{t('outlook.wouldPay', { count: outlook.wouldPay, n: count(outlook.wouldPay) })}</Text>
        {Object.entries(outlook.wouldPayTotals).map(([currency, total]) => (
          <Text key={currency} size="xl" fw={650}>
            <Money>{money(total, currency)}</Money>
          </Text>
        ))}
      </div>
      {children}
      <Look outlook={outlook} />
      {outlook.wouldPay > 0 && <FloatFor float={outlook.float} />}
      <Largest outlook={outlook} rows={rows} />
      <Compared last={outlook.comparedWithLast} />
    </Section>
  );
}

/** Counts that deserve a second look; those of zero that nobody misses are left out. */
function Look({ outlook }: { readonly outlook: Outlook }) {
  const { t } = useTranslation('import');
  const always = ['newPayees', 'changedMethods', 'suspectedDuplicates'] as const;
  const some = ['alreadyPaid', 'onHold', 'otherProvider', 'recorded'] as const;
  const names = [...always, ...some.filter((name) => outlook[name] > 0)];
  return (
    <Table aria-label={t('outlook.look')} withRowBorders={false} verticalSpacing={4}>
      <Table.Tbody>
        {names.map((name) => (
          <Table.Tr key={name}>
            <Table.Th scope="row" fw={400} px={0}>
              {t(`outlook.${name}`)}
            </Table.Th>
            <Table.Td className="column-end amount" px={0} fw={650}>
              {count(outlook[name])}
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

interface LargestProps {
  readonly outlook: Outlook;
  readonly rows: ImportCheck['rows'];
}

/** Each by the name that the file has for them, with their id below it. */
function Largest({ outlook: { largest }, rows }: LargestProps) {
  const { t } = useTranslation('import');
  const nameOf = (line: number) => rows.find((row) => row.line === line)?.earning?.payee?.name;
  if (largest.length === 0) return null;
  return (
    <Stack gap={4}>
      <Title order={3}>{t('outlook.largest')}</Title>
      <Table aria-label={t('outlook.largest')}>
        <Table.Tbody>
          {largest.map((one) => (
            <Table.Tr key={one.line}>
              <Table.Th scope="row" fw={400} px={0} style={{ overflowWrap: 'anywhere' }}>
                {nameOf(one.line) ?? one.payeeId}
                {nameOf(one.line) !== undefined && (
                  <Text size="xs" c="dimmed">
                    {one.payeeId}
                  </Text>
                )}
              </Table.Th>
              <Table.Td className="column-end" px={0}>
                <Money>{money(one.amount, one.currency)}</Money>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Stack>
  );
}
