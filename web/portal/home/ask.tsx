import { Anchor, Button, Paper, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { money } from '../../app/format.ts';
import type { Balance, OwnBalance, OwnPayout, OwnPayoutMethod, Profile } from '../../client/types.ts';
import { PageLink, places } from '../page-link.tsx';
import { useWhen } from '../reader.ts';
import { askableOf } from './askable.ts';

interface AskProps {
  readonly balance: OwnBalance;
  readonly payouts: readonly OwnPayout[];
  readonly methods: readonly OwnPayoutMethod[];
  readonly profile: Profile;
}

/** Asking for a payout, or why that is not possible now and when it will be; per currency, or once for all of them. */
export function Ask({ balance, ...known }: AskProps) {
  const { t } = useTranslation();
  const paused = useId();
  const { notice } = known.profile;
  const open = balance.balances.filter((one) => BigInt(one.totalEarnings) !== 0n);
  if (open.length === 0) return null;
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby="ask">
      <Title order={2} size="h4" id="ask">
        {t('ask.title')}
      </Title>
      <Stack gap="md" mt="sm">
        {notice !== null && <Text id={paused}>{notice}</Text>}
        {open.map((one) =>
          notice === null ? (
            <AskFor key={one.currency} balance={one} {...known} />
          ) : (
            <OffButton key={one.currency} currency={one.currency} reason={paused} />
          ),
        )}
      </Stack>
    </Paper>
  );
}

function AskFor({ balance, ...known }: Omit<AskProps, 'balance'> & { readonly balance: Balance }) {
  const { t } = useTranslation();
  const { currency } = balance;
  const reason = useId();
  const why = useWhyNot(balance, known);
  const { free } = askableOf(balance, known.payouts);
  if (why === null)
    return (
      <Button component={PageLink} to={places.request} search={{ currency }} h={48} size="md">
        {t('ask.amount', { amount: money(free, currency) })}
      </Button>
    );
  return (
    <Stack gap="xs">
      <Text id={reason}>{why}</Text>
      <OffButton currency={currency} reason={reason} />
    </Stack>
  );
}

/** It stays where it is; `reason` is the id of what says why it is off. */
function OffButton({ currency, reason }: { readonly currency: string; readonly reason: string }) {
  const { t } = useTranslation();
  return (
    <Button h={44} variant="default" aria-disabled data-disabled aria-describedby={reason}>
      {t('ask.button', { currency })}
    </Button>
  );
}

/** Why nothing can be asked for now, with what is missing and when it will be possible; null: it can be. */
function useWhyNot(balance: Balance, { payouts, methods }: Omit<AskProps, 'balance'>): ReactNode | null {
  const { t } = useTranslation();
  const when = useWhen();
  const { currency, free, stuck, minimum, underWay, isEnough } = askableOf(balance, payouts);
  if (!methods.some(({ isDefault }) => isDefault))
    return <Way to={places.addMethod} words={t('actions.noMethodWords')} word={t('methods.add')} />;
  if (isEnough) return null;
  if (underWay)
    return <Way to={places.payout(underWay.id)} words={t('ask.underWay')} word={t('ask.follow')} />;
  const { nextAvailableAt: next } = balance;
  const later = next === null ? t('ask.moreLater') : t('ask.moreAt', { when: when.day(next) });
  if (free > 0n)
    return `${t('ask.missing', { missing: money(minimum - free, currency), minimum: money(minimum, currency) })} ${later}`;
  if (stuck > 0n) return t('ask.inPayout', { amount: money(stuck, currency) });
  return `${t('ask.nothing', { currency })} ${later}`;
}

function Way({ to, words, word }: { readonly to: string; readonly words: string; readonly word: string }) {
  return (
    <>
      {words}{' '}
      <Anchor component={PageLink} to={to} inherit>
        {word}
      </Anchor>
    </>
  );
}
