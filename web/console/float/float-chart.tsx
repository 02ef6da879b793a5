import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ChartCard } from '../numbers/chart-card.tsx';
import { type Account, floatQuery } from './float-query.ts';
import { thereNow } from './projection.ts';
import { ProjectionLine } from './projection-line.tsx';
import { projectionWords } from './projection-panel.tsx';
import { ProjectionTable } from './projection-table.tsx';

/** What each account has left over the next days, one at a time: the one that falls short first. */
export function FloatChart() {
  const { t, i18n } = useTranslation(['float', 'batches']);
  const { data, error } = useQuery(floatQuery);
  const [chosen, setChosen] = useState<string | null>(null);
  const accounts = data?.accounts ?? [];
  const account = accounts.find((one) => keyOf(one) === chosen) ?? mostUrgent(accounts);
  const nameOf = ({ provider, currency }: Account) =>
    t('account', { provider: t(`batches:provider.${provider}`), currency });
  const sentence = account === undefined ? t('empty') : projectionWords(account, i18n.language, t);
  return (
    <ChartCard
      title={account === undefined ? t('title') : t('chart', { account: nameOf(account) })}
      sentence={data && sentence}
      error={error}
      aside={
        accounts.length > 1 && (
          <NativeSelect
            aria-label={t('which')}
            size="xs"
            value={account === undefined ? '' : keyOf(account)}
            data={accounts.map((one) => ({ value: keyOf(one), label: nameOf(one) }))}
            onChange={(event) => setChosen(event.currentTarget.value)}
          />
        )
      }
      chart={account !== undefined && <Drawing account={account} />}
      table={
        account === undefined || account.projection.steps.length === 0 ? (
          sentence
        ) : (
          <ProjectionTable plan={account.projection} currency={account.currency} />
        )
      }
    />
  );
}

/** Nothing is drawn of what nobody knows, nor of a line that stays where it is. */
function Drawing({ account }: { readonly account: Account }) {
  const there = thereNow(account);
  if (there === null || account.projection.steps.length === 0) return null;
  return <ProjectionLine account={account} there={there} />;
}

function keyOf({ provider, currency }: Account): string {
  return `${provider} ${currency}`;
}

/** The first to fall short, or else the one of which most leaves. */
function mostUrgent(accounts: readonly Account[]): Account | undefined {
  const shortOn = ({ projection }: Account) => projection.firstShort?.day ?? '9999';
  return accounts.toSorted(
    (one, other) =>
      shortOn(one).localeCompare(shortOn(other)) ||
      other.projection.steps.length - one.projection.steps.length,
  )[0];
}
