import { Chip, Fieldset, Group, Input, List, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import { Segments } from '../../ui/segments.tsx';
import { weekday } from './cron-words.ts';
import { cronOf, type Plan, planOf } from './cron.ts';
import { nextRunsQuery, scheduleQuery, settingsQuery } from './settings-query.ts';

const kinds = ['daily', 'weekly', 'monthly', 'own'] as const;
const weekFromMonday = [1, 2, 3, 4, 5, 6, 0];
const daysOfMonth = [1, 5, 10, 15, 20, 25, 28];
const firstPlan: Plan = { kind: 'weekly', days: [5], time: '17:00' };

/** When the clock asks: said as people say it, or as cron for those who want to; the next dates beside it. */
export function ScheduleField({
  cron,
  error,
  onChange,
}: {
  readonly cron: string;
  readonly error: string | undefined;
  readonly onChange: (cron: string) => void;
}) {
  const { t } = useTranslation('settings');
  const [writesCron, setWritesCron] = useState(planOf(cron) === null);
  const plan = planOf(cron);
  const kind = writesCron || plan === null ? 'own' : plan.kind;
  const choose = (next: (typeof kinds)[number]) => {
    setWritesCron(next === 'own');
    if (next === 'own') return;
    const days = next === 'weekly' ? [5] : next === 'monthly' ? [1] : [];
    onChange(cronOf({ kind: next, days, time: plan?.time ?? firstPlan.time }));
  };
  return (
    <Fieldset legend={t('names.payoutSchedule')} variant="unstyled">
      <Stack gap="sm">
        <Segments
          quiet
          label={t('schedule.kind')}
          value={kind}
          onChange={choose}
          choices={kinds.map((value) => ({ value, label: t(`schedule.kind_${value}`) }))}
        />
        {kind === 'own' || plan === null ? (
          <TextInput
            label={t('schedule.cron')}
            description={t('schedule.cronHint')}
            maw={320}
            value={cron}
            error={error}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
        ) : (
          <PlanFields plan={plan} onChange={(next) => onChange(cronOf(next))} />
        )}
        {error !== undefined && kind !== 'own' && plan !== null && <Input.Error>{error}</Input.Error>}
        <NextRuns cron={cron} />
      </Stack>
    </Fieldset>
  );
}

function PlanFields({ plan, onChange }: { readonly plan: Plan; readonly onChange: (plan: Plan) => void }) {
  const { t } = useTranslation('settings');
  const ofMonth = plan.kind === 'monthly';
  return (
    <Group align="flex-end" gap="md">
      {plan.kind !== 'daily' && (
        <Chip.Group
          multiple
          value={plan.days.map(String)}
          onChange={(days) => days.length > 0 && onChange({ ...plan, days: days.map(Number) })}
        >
          <Fieldset legend={t('schedule.days')} variant="unstyled">
            <Group gap={6} mt={4}>
              {daysToChoose(plan).map((day) => (
                <Chip key={day} value={String(day)}>
                  {ofMonth ? t('schedule.dayOfMonth', { day }) : weekday(day, 'short')}
                </Chip>
              ))}
            </Group>
          </Fieldset>
        </Chip.Group>
      )}
      <TextInput
        label={t('schedule.time')}
        type="time"
        w={130}
        value={plan.time}
        onChange={(event) =>
          event.currentTarget.value !== '' && onChange({ ...plan, time: event.currentTarget.value })
        }
      />
    </Group>
  );
}

/** The week from Monday; of the month what people choose, and whatever was chosen. */
function daysToChoose({ kind, days }: Plan): readonly number[] {
  if (kind === 'weekly') return weekFromMonday;
  return [...new Set([...daysOfMonth, ...days])].toSorted((one, other) => one - other);
}

/** The next times in the zone of the platform; nothing for what cannot be read, which the server says on saving. */
function NextRuns({ cron }: { readonly cron: string }) {
  const { t } = useTranslation('settings');
  const { data } = useQuery(scheduleQuery);
  const { data: saved } = useQuery(settingsQuery);
  // What is saved the server knows; the calendar is loaded for what somebody changes.
  const isSaved = cron === saved?.payoutSchedule;
  const { data: reckoned } = useQuery({ ...nextRunsQuery(cron, data?.timezone), enabled: !isSaved });
  const known = data?.nextRun ? [new Date(data.nextRun.at)] : [];
  const runs = isSaved ? known : reckoned;
  if (data === undefined || runs === undefined) return null;
  if (runs === null)
    return (
      <Text size="sm" c="red">
        {t('schedule.unreadable')}
      </Text>
    );
  return (
    <div aria-live="polite">
      <Text size="sm" c="dimmed">
        {t('schedule.next', { zone: data.timezone })}
      </Text>
      <List size="sm" aria-label={t('schedule.nextName')}>
        {runs.map((run) => (
          <List.Item key={run.getTime()}>{dateTime(run, data.timezone)}</List.Item>
        ))}
      </List>
    </div>
  );
}
