import { Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Float } from '../../client/types.ts';
import { Empty } from '../../ui/empty.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { Section } from '../../ui/section.tsx';
import { AccountCard } from './account-card.tsx';
import { type Account, floatQuery } from './float-query.ts';

/** What is there to pay from, and what the next runs need. */
export function FloatPage() {
  const { t } = useTranslation(['float', 'batches']);
  const { data, error, refetch } = useQuery(floatQuery);
  return (
    <Stack gap="lg">
      <PageHead title={t('title')} lead={t('lead')} />
      {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton h={320} />}
      {data !== undefined && <Accounts float={data} />}
    </Stack>
  );
}

interface AccountsProps {
  readonly float: { readonly accounts: readonly Account[]; readonly providers: Float['providers'] };
}

function Accounts({ float }: AccountsProps) {
  const { t } = useTranslation('float');
  const { accounts, providers } = float;
  if (accounts.length === 0) return <Empty title={t('empty')}>{t('emptyWords')}</Empty>;
  return (
    <>
      {accounts.map((account) => (
        <AccountCard key={account.provider + account.currency} account={account} />
      ))}
      {providers
        .filter(({ provider }) => accounts.every((account) => account.provider !== provider))
        .map(({ provider, answeredAt }) => (
          <Section key={provider} title={t(`batches:provider.${provider}`)}>
            <Text>{t(answeredAt === null ? 'notAsked' : 'notNamed')}</Text>
          </Section>
        ))}
      <Section title={t('readings.title')} lead={t('readings.lead')}>
        {providers.map(({ provider, answeredAt, error }) => (
          <Text key={provider}>
            {t(answeredAt === null ? 'readings.never' : 'readings.one', {
              provider: t(`batches:provider.${provider}`),
              at: answeredAt === null ? '' : dateTime(answeredAt),
            })}
            {error !== null && ` ${error}`}
          </Text>
        ))}
      </Section>
    </>
  );
}
