import { Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dateTime, moneyList } from '../../app/format.ts';
import { Fact } from '../payouts/facts.tsx';
import { payeeQueries } from './payee-queries.ts';

/** When the clock asks for their money by itself. */
export function ScheduleBox({ id }: { readonly id: string }) {
  const { t } = useTranslation('payees');
  const { data } = useQuery(payeeQueries.schedule(id));
  if (data === undefined) return null;
  const { timezone } = data;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="schedule">
      <Title order={2} size="h3" id="schedule" mb="sm">
        {t('schedule')}
      </Title>
      <Text>{t(data.chosen ? 'chosen' : 'platforms', { often: t(`often.${data.frequency}`) })}</Text>
      <Stack component="dl" gap="sm" mb={0} mt="sm">
        <Fact name={t('next')}>
          {data.nextPayoutDate === null ? t('never') : dateTime(data.nextPayoutDate, timezone)}
        </Fact>
        {Object.keys(data.minimumPayout).length > 0 && (
          <Fact name={t('minimum')}>{moneyList(data.minimumPayout)}</Fact>
        )}
        {Object.keys(data.requestAt).length > 0 && (
          <Fact name={t('requestAt')}>{moneyList(data.requestAt)}</Fact>
        )}
      </Stack>
    </Paper>
  );
}
