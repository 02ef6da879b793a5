import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { later } from '../../app/later.tsx';
import { dateTime, moneyList } from '../../app/format.ts';
import { useMay } from '../../app/me.ts';
import type { Payee, PayeeSchedule } from '../../client/types.ts';
import { Fact } from '../payouts/facts.tsx';
import { ReasonedButton } from '../payouts/reasoned-button.tsx';
import { payeeQueries } from './payee-queries.ts';

const ScheduleDialog = later(async () => (await import('./schedule-dialog.tsx')).ScheduleDialog);

/** When the clock asks for their money by itself. */
export function ScheduleBox({ payee }: { readonly payee: Payee }) {
  const { t } = useTranslation(['payees', 'forms']);
  const id = payee.externalId;
  const { data } = useQuery(payeeQueries.schedule(id));
  const { data: outlook } = useQuery(payeeQueries.outlook(id));
  const [opened, { open, close }] = useDisclosure(false);
  const why = useMay('operate') ? null : t('why.role_operate');
  if (data === undefined) return null;
  const { timezone } = data;
  return (
    <Paper withBorder p="md" component="section" aria-labelledby="schedule">
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3" id="schedule">
          {t('schedule')}
        </Title>
        <ReasonedButton
          variant="default"
          size="xs"
          why={why}
          label={t('forms:schedule.button')}
          onClick={open}
        >
          {t('forms:change')}
        </ReasonedButton>
      </Group>
      <Text className="anywhere">
        {t(wishOf(data), { often: t(`often.${data.frequency}`), name: data.chosenBy?.name ?? '' })}
      </Text>
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
      {opened && outlook !== undefined && (
        <ScheduleDialog
          id={id}
          name={payee.name || id}
          schedule={data}
          currencies={outlook.balances.map(({ currency }) => currency)}
          onClose={close}
        />
      )}
    </Paper>
  );
}

/** Whose wish it is. */
function wishOf({ chosen, chosenBy }: PayeeSchedule) {
  if (!chosen) return 'platforms';
  if (chosenBy === null) return 'chosen';
  return chosenBy.kind === 'payee' ? 'chosenByPayee' : 'chosenFor';
}
