import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { TroubleNote } from '../../app/trouble.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { PageLink, places } from '../page-link.tsx';
import { PayoutList } from '../payouts/payout-list.tsx';
import { balanceQuery, methodsQuery, payoutsQuery, profileQuery } from '../queries.ts';
import { RequiredActions } from './actions.tsx';
import { Ask } from './ask.tsx';
import { Balances } from './balances.tsx';
import { NextPayout } from './next-payout.tsx';
import { ScheduleBanner } from './schedule-banner.tsx';

/** Payouts shown at the end of the page. */
const lastShown = 3;

/** What I have and when I get it; what needs me stands first. */
export function HomePage() {
  const { t } = useTranslation();
  const profile = useQuery(profileQuery);
  const balance = useQuery(balanceQuery);
  const methods = useQuery(methodsQuery);
  const payouts = useInfiniteQuery(payoutsQuery);
  const list = payouts.data?.pages[0]?.data;
  const error = balance.error ?? payouts.error ?? methods.error;
  const name = profile.data?.name ?? '';
  return (
    <>
      <PageHead title={name === '' ? t('home.title') : t('home.hello', { name })} />
      <Stack gap="md">
        {error !== null && <TroubleNote error={error} onRetry={() => void balance.refetch()} />}
        <RequiredActions profile={profile.data} methods={methods.data?.data} payouts={list} />
        <NextPayout balance={balance.data} payouts={list} />
        <Balances balance={balance.data} payouts={list} />
        {balance.data && list && methods.data && profile.data && (
          <Ask balance={balance.data} payouts={list} methods={methods.data.data} profile={profile.data} />
        )}
        <ScheduleBanner />
        <section aria-labelledby="last">
          <Group justify="space-between" align="baseline" mb={4}>
            <Title order={2} size="h4" id="last">
              {t('home.last')}
            </Title>
            {list !== undefined && list.length > 0 && (
              <Anchor component={PageLink} to={places.payouts} className="portal-tap">
                {t('home.all')}
              </Anchor>
            )}
          </Group>
          {list?.length === 0 ? (
            <Text c="dimmed">{t('home.noPayouts')}</Text>
          ) : (
            <PayoutList payouts={list?.slice(0, lastShown) ?? []} name={t('home.last')} />
          )}
        </section>
      </Stack>
    </>
  );
}
