import { Group, Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type Minor, money } from '../../app/format.ts';
import type { Balance, OwnBalance, OwnPayout } from '../../client/types.ts';
import { useWhen } from '../reader.ts';
import { askableOf } from './askable.ts';

/** What belongs to the payee and where it is, one card per currency; currencies never add up. */
export function Balances({
  balance,
  payouts,
}: {
  readonly balance: OwnBalance | undefined;
  readonly payouts: readonly OwnPayout[] | undefined;
}) {
  const { t } = useTranslation();
  if (balance === undefined) return <Skeleton h={180} radius="lg" />;
  if (balance.balances.length === 0)
    return (
      <Paper withBorder p="md" radius="lg">
        <Title order={2} size="h4">
          {t('balance.none')}
        </Title>
        <Text c="dimmed">{t('balance.noneWords')}</Text>
      </Paper>
    );
  return (
    <Stack component="section" gap="sm" aria-label={t('balance.title')}>
      {balance.balances.map((one) => (
        <BalanceCard
          key={one.currency}
          balance={one}
          stuck={payouts === undefined ? 0n : askableOf(one, payouts).stuck}
        />
      ))}
    </Stack>
  );
}

function BalanceCard({ balance, stuck }: { readonly balance: Balance; readonly stuck: bigint }) {
  const { t } = useTranslation();
  const when = useWhen();
  const { currency } = balance;
  const isOwed = BigInt(balance.available) < 0n;
  const pending =
    balance.nextAvailableAt === null ? null : t('balance.from', { when: when.day(balance.nextAvailableAt) });
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-label={t('balance.of', { currency })}>
      <Group justify="space-between" align="baseline" gap="xs" wrap="nowrap">
        <Title order={2} size="h4" fw={550}>
          {t('balance.available')}
        </Title>
        <Text fw={700} size="xl" className="amount">
          {money(balance.available, currency)}
        </Text>
      </Group>
      {isOwed && (
        <Text size="sm" mt={4}>
          {t('balance.owed')}
        </Text>
      )}
      {stuck > 0n && (
        <Text size="sm" mt={4}>
          {t('balance.stuck', { amount: money(stuck, currency) })}
        </Text>
      )}
      <SimpleGrid component="dl" cols={{ base: 2, sm: 4 }} spacing="md" verticalSpacing="sm" mt="md" mb={0}>
        <Part name={t('balance.pending')} amount={balance.pending} currency={currency} note={pending} />
        <Part
          name={t('balance.reserved')}
          amount={balance.reserved}
          currency={currency}
          note={t('balance.reservedNote')}
        />
        <Part name={t('balance.onItsWay')} amount={balance.onItsWay} currency={currency} />
        <Part name={t('balance.total')} amount={balance.totalEarnings} currency={currency} />
      </SimpleGrid>
    </Paper>
  );
}

function Part({
  name,
  amount,
  currency,
  note,
}: {
  readonly name: string;
  readonly amount: Minor;
  readonly currency: string;
  readonly note?: ReactNode;
}) {
  const isNothing = BigInt(amount) === 0n;
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        {name}
      </Text>
      <Text component="dd" m={0} fw={600} className="amount" {...(isNothing ? { c: 'dimmed' } : {})}>
        {money(amount, currency)}
      </Text>
      {!isNothing && note !== null && note !== undefined && (
        <Text component="dd" m={0} size="sm" c="dimmed">
          {note}
        </Text>
      )}
    </div>
  );
}
