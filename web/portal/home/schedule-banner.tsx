import { Anchor, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { moneyList } from '../../app/format.ts';
import { PageLink, places } from '../page-link.tsx';
import { scheduleQuery } from '../queries.ts';
import { useWhen } from '../reader.ts';

/** How often the clock pays, from which amounts, and when next. */
export function ScheduleBanner() {
  const { t } = useTranslation();
  const when = useWhen();
  const { data } = useQuery(scheduleQuery);
  if (!data) return <Skeleton h={90} radius="lg" />;
  const minimum = moneyList(data.minimumPayout);
  const requestAt = moneyList(data.requestAt);
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby="schedule">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Title order={2} size="h4" id="schedule">
            {t(`schedule.is.${data.frequency}`)}
          </Title>
          <Text c="dimmed">
            {data.nextPayoutDate === null
              ? t(data.frequency === 'manual' ? 'schedule.never' : 'schedule.notNow')
              : t('schedule.next', { when: when.moment(data.nextPayoutDate) })}
          </Text>
        </div>
        <Anchor component={PageLink} to={places.schedule} className="portal-tap">
          {t('schedule.change')}
        </Anchor>
      </Group>
      {minimum !== '' && <Text size="sm">{t('schedule.from', { amount: minimum })}</Text>}
      {requestAt !== '' && <Text size="sm">{t('schedule.atOnce', { amount: requestAt })}</Text>}
    </Paper>
  );
}
