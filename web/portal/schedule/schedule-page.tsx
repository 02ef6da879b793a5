import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { TroubleNote } from '../../app/trouble.tsx';
import { PageHead } from '../../ui/page-head.tsx';
import { places } from '../page-link.tsx';
import { balanceQuery, scheduleQuery } from '../queries.ts';
import { useWhen } from '../reader.ts';
import { Back } from '../shell/back.tsx';
import { ScheduleForm } from './schedule-form.tsx';

/** How often, and from which amounts. */
export function SchedulePage() {
  const { t } = useTranslation();
  const when = useWhen();
  const { data, error, refetch } = useQuery(scheduleQuery);
  const balance = useQuery(balanceQuery);
  const next = data?.nextPayoutDate;
  const lead =
    typeof next === 'string'
      ? `${t('schedule.next', { when: when.moment(next) })} ${t('next.zone', { zone: when.zone })}`
      : t('schedule.lead');
  return (
    <>
      <Back to={places.home}>{t('nav.home')}</Back>
      <PageHead title={t('schedule.title')} lead={lead} />
      {error !== null && <TroubleNote error={error} onRetry={() => void refetch()} />}
      {data && balance.data ? (
        <ScheduleForm
          schedule={data}
          currencies={[
            ...new Set([
              ...balance.data.balances.map((one) => one.currency),
              ...Object.keys(data.minimumPayout),
              ...Object.keys(data.requestAt),
            ]),
          ]}
        />
      ) : (
        <Skeleton h={320} radius="lg" />
      )}
    </>
  );
}
