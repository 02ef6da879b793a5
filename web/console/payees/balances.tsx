import { Box, Group, Paper, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { later } from '../../app/later.tsx';
import { dateTime, money } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import type { PayeeOutlookBalance } from '../../client/types.ts';
import { readable } from '../payouts/readable.ts';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';

const RequestDialog = later(async () => (await import('./request-dialog.tsx')).RequestDialog);

interface BalancesProps {
  readonly id: string;
  readonly balances: readonly PayeeOutlookBalance[] | undefined;
}

/** What is theirs, currency by currency; currencies are never added. */
export function Balances({ id, balances }: BalancesProps) {
  const { t } = useTranslation('payees');
  if (balances === undefined || balances.length === 0) return null;
  return (
    <Box component="section" aria-labelledby="balances">
      <Title order={2} id="balances" mb="md">
        {t('balances')}
      </Title>
      <Stack gap="sm">
        {balances.map((balance) => (
          <OneBalance key={balance.currency} id={id} balance={balance} />
        ))}
      </Stack>
    </Box>
  );
}

/** Refusals of this currency alone: the form takes another one. */
const ofCurrency: ReadonlySet<string | null> = new Set(['currency_not_taken', 'amount_not_whole']);

const parts = ['available', 'pending', 'reserved', 'onItsWay', 'paid'] as const;

function OneBalance({ id, balance }: { readonly id: string; readonly balance: PayeeOutlookBalance }) {
  const { t } = useTranslation('payees');
  const mayOperate = useMay('operate');
  const [asking, ask] = useDisclosure(false);
  const { request } = balance;
  const canAsk = request.possible || ofCurrency.has(request.code);
  const whyNot = mayOperate ? (canAsk ? null : readable(request.words)) : t('why.role_operate');
  return (
    <Paper withBorder p="md">
      <SimpleGrid component="dl" cols={{ base: 2, sm: 3 }} spacing="sm" m={0}>
        {parts.map((part) => (
          <Box key={part}>
            <Text component="dt" size="sm" c="dimmed">
              {t(`parts.${part}`)}
            </Text>
            <Text
              component="dd"
              m={0}
              className="amount anywhere"
              {...(part === 'available' ? { fw: 650, size: 'lg' } : {})}
              {...(BigInt(balance[part]) === 0n ? { c: 'dimmed' } : {})}
            >
              {money(balance[part], balance.currency)}
            </Text>
          </Box>
        ))}
      </SimpleGrid>
      {BigInt(balance.available) < 0n && <Text mt="xs">{t('owes')}</Text>}
      <Group mt="sm" gap="sm">
        <ReasonedButton variant="default" why={whyNot} onClick={ask.open}>
          {t('request.button', { currency: balance.currency })}
        </ReasonedButton>
        {balance.nextAvailableAt !== null && (
          <Text size="sm" c="dimmed">
            {t('nextAvailable', { at: dateTime(balance.nextAvailableAt) })}
          </Text>
        )}
      </Group>
      {asking && <RequestDialog id={id} currency={balance.currency} onClose={ask.close} />}
    </Paper>
  );
}
