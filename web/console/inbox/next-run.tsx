import { Anchor, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { dateTime, moneyList } from '../../app/format.ts';
import { statusQuery } from '../status/status-query.ts';
import { scheduleQuery } from './inbox-query.ts';

/** What comes by itself: the next run of the clock, and whether the accounts hold enough for what is approved. */
export function NextRun() {
  const { t } = useTranslation('inbox');
  const { data: schedule } = useQuery(scheduleQuery);
  const { data: status } = useQuery(statusQuery);
  if (schedule === undefined || status === undefined) return null;
  const { nextRun, timezone } = schedule;
  return (
    <section aria-label={t('ahead')}>
      <Title order={2} mb="sm">
        {t('ahead')}
      </Title>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="sm">
        <Paper withBorder p="md">
          <Text fw={600}>
            {nextRun === null ? t('noRun') : t('run', { at: dateTime(nextRun.at, timezone) })}
          </Text>
          {nextRun !== null && (
            <Text c="dimmed">
              {nextRun.wouldRequest.payouts === 0
                ? t('runNothing')
                : t('runWords', {
                    count: nextRun.wouldRequest.payouts,
                    total: moneyList(nextRun.wouldRequest.totals),
                  })}
            </Text>
          )}
        </Paper>
        <Paper withBorder p="md">
          <Text fw={600} mb={4}>
            {t('float')}
          </Text>
          {status.float.length === 0 && <Text c="dimmed">{t('floatQuiet')}</Text>}
          {status.float.map(({ provider, currency, words }) => (
            <Text key={`${provider} ${currency}`} mb={4}>
              {`${t(`providers.${provider}`, { defaultValue: provider })} ${currency}`}
              <Text component="span" display="block" size="sm" c="dimmed">
                {words}
              </Text>
            </Text>
          ))}
          <Anchor component={Link} to="/float" size="sm">
            {t('toFloat')}
          </Anchor>
        </Paper>
      </SimpleGrid>
    </section>
  );
}
