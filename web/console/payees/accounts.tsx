import { Badge, Box, Code, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dateTime, money } from '../../app/format.ts';
import type { ProviderAccounts } from '../../client/types.ts';
import { Foldout } from '../payouts/foldout.tsx';
import { payeeQueries } from './payee-queries.ts';

const tones = { ready: 'teal', not_ready: 'orange', unknown: 'gray' } as const;

/** Their accounts as the provider sees them, with what went from there to the bank. */
export function Accounts({ id }: { readonly id: string }) {
  const { t } = useTranslation('payees');
  const { data } = useQuery(payeeQueries.accounts(id));
  if (data === undefined || data.accounts.length === 0) return null;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="accounts">
      <Title order={2} size="h3" id="accounts" mb="sm">
        {t('accounts')}
      </Title>
      <Stack gap="md">
        {data.accounts.map((account) => (
          <Account key={account.id} account={account} />
        ))}
      </Stack>
    </Paper>
  );
}

interface AccountProps {
  readonly account: ProviderAccounts['accounts'][number];
}

function Account({ account }: AccountProps) {
  const { t } = useTranslation('payees');
  return (
    <Box>
      <Group gap="xs">
        <Text fw={600}>{`${t(`types.${account.provider}`)} ${account.destination}`}</Text>
        <Badge color={tones[account.status]} variant="light" tt="none">
          {t(`accountStates.${account.status}`)}
        </Badge>
      </Group>
      {account.reason !== null && <Text>{account.reason.message}</Text>}
      {account.checkedAt !== null && (
        <Text size="sm" c="dimmed">
          {t('checked', { at: dateTime(account.checkedAt) })}
        </Text>
      )}
      {account.bankPayouts.map((payout) => (
        <Text key={payout.id} size="sm">
          {t('toBank', {
            amount: money(payout.amount, payout.currency),
            state: t(`bankStates.${payout.status}`),
            at: dateTime(payout.at),
          })}
        </Text>
      ))}
      <Details account={account} />
    </Box>
  );
}

/** What the provider calls what it asks for. */
function Details({ account: { askedFor, reason } }: AccountProps) {
  const { t } = useTranslation(['payees', 'payouts']);
  const detail = reason?.providerSays ?? null;
  if (askedFor.length === 0 && detail === null) return null;
  return (
    <Foldout name={t('payouts:details')}>
      <Text size="sm" className="anywhere">
        {askedFor.length > 0 && t('askedFor', { what: askedFor.join(', ') })}
      </Text>
      {detail !== null && (
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {detail}
        </Code>
      )}
    </Foldout>
  );
}
