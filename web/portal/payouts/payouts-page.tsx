import { Skeleton, Stack, Tabs } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Empty } from '../../ui/empty.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { payoutsQuery } from '../queries.ts';
import { isOver } from './look.ts';
import { PayoutList } from './payout-list.tsx';

const tabs = ['upcoming', 'history'] as const;

/** What is on its way, and what is over. */
export function PayoutsPage() {
  const { t } = useTranslation();
  const [filters, choose] = useFilters();
  const tab = filters['tab'] === 'history' ? 'history' : 'upcoming';
  const pages = useInfiniteQuery(payoutsQuery);
  const { data, error, refetch } = pages;
  const all = data?.pages.flatMap((page) => page.data);
  const shown = all?.filter((payout) => isOver(payout) === (tab === 'history'));
  return (
    <>
      <PageHead title={t('nav.payouts')} lead={t('payouts.lead')} />
      <Tabs value={tab} onChange={(value) => choose({ tab: value === 'history' ? 'history' : '' })} mb="md">
        <Tabs.List grow>
          {tabs.map((one) => (
            <Tabs.Tab key={one} value={one} h={48}>
              {t(`payouts.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab} pt="md">
          <Stack>
            {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
            {shown === undefined && error === null && <Skeleton h={200} radius="lg" />}
            {shown !== undefined && shown.length > 0 && (
              <PayoutList payouts={shown} name={t(`payouts.${tab}`)} />
            )}
            {shown?.length === 0 && (
              <Empty title={t(`payouts.no_${tab}`)}>{t(`payouts.no_${tab}Words`)}</Empty>
            )}
            <MoreButton list={pages}>{t('more')}</MoreButton>
          </Stack>
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
