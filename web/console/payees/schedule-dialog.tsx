import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Frequency, frequencies } from '../../../src/core/schedule.ts';
import { readAmount, showAmount } from '../../app/amounts.ts';
import { api, isProblem } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { moneyList } from '../../app/format.ts';
import type { PayeeSchedule } from '../../client/types.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { Dialog } from '../payouts/dialog.tsx';
import { say } from '../payouts/say.ts';
import { ScheduleAmounts, type Texts } from './schedule-amounts.tsx';

interface ScheduleDialogProps {
  readonly id: string;
  readonly name: string;
  readonly schedule: PayeeSchedule;
  /** Of what they have; there may be amounts in others, too. */
  readonly currencies: readonly string[];
  readonly onClose: () => void;
}

/** How often the clock asks for a payee's money, and from which amounts. */
export function ScheduleDialog(props: ScheduleDialogProps) {
  const { t } = useTranslation('forms');
  return (
    <Dialog onClose={props.onClose} title={t('schedule.title', { name: props.name })}>
      <ScheduleForm {...props} />
    </Dialog>
  );
}

/** Null: as often as the platform has it. */
interface Choice {
  readonly frequency: Frequency | null;
  readonly minimum: Texts;
  readonly requestAt: Texts;
}

const platform = 'platform';

function ScheduleForm({ id, name, schedule, currencies, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation(['forms', 'payees']);
  const [choice, setChoice] = useState(() => choiceOf(schedule, currencies));
  const [minimumPayout, requestAt] = [amountsOf(choice.minimum), amountsOf(choice.requestAt)];
  const save = useDeed((body: NonNullable<ReturnType<typeof patchOf>>) => patch(id, body), {
    what: () => t('schedule.what', { name }),
    onDone: () => {
      say(t('schedule.done', { name }));
      onClose();
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const body = patchOf(choice.frequency, minimumPayout, requestAt);
    if (body !== null && !save.isPending) save.mutate(body);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text>{t('schedule.lead')}</Text>
        <Radio.Group
          label={t('schedule.howOften')}
          value={choice.frequency ?? platform}
          onChange={(value) =>
            setChoice({ ...choice, frequency: frequencies.find((one) => one === value) ?? null })
          }
        >
          <Radio mt="xs" value={platform} label={t('schedule.platform')} />
          {frequencies.map((one) => (
            <Radio key={one} mt="xs" value={one} label={t(`payees:often.${one}`)} />
          ))}
        </Radio.Group>
        {(['minimum', 'requestAt'] as const).map((kind) => (
          <ScheduleAmounts
            key={kind}
            kind={kind}
            texts={choice[kind]}
            onChange={(texts) => setChoice({ ...choice, [kind]: texts })}
          />
        ))}
        <DeedTrouble error={save.error} />
        {isProblem(save.error, 'below_platform_minimum') && (
          <Text fw={600}>
            {t('schedule.least', {
              amounts: moneyList(save.error.problem['minimum'] as Record<string, number>),
            })}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('back')}
          </Button>
          <Button type="submit" loading={save.isPending}>
            {t('schedule.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function choiceOf(schedule: PayeeSchedule, currencies: readonly string[]): Choice {
  const known = (own: Readonly<Record<string, number>>) =>
    Object.fromEntries(
      [...new Set([...currencies, ...Object.keys(own)])].map((code) => [code, showAmount(own[code], code)]),
    );
  return {
    frequency: schedule.chosen ? schedule.frequency : null,
    minimum: known(schedule.minimumPayout),
    requestAt: known(schedule.requestAt),
  };
}

/** The amounts typed, or null when one of them is none. */
function amountsOf(texts: Texts): Record<string, number | null> | null {
  const amounts: Record<string, number | null> = {};
  for (const [code, text] of Object.entries(texts)) {
    const amount = readAmount(text, code);
    if (amount === undefined) return null;
    amounts[code] = amount;
  }
  return amounts;
}

type Amounts = ReturnType<typeof amountsOf>;

function patchOf(frequency: Frequency | null, minimumPayout: Amounts, requestAt: Amounts) {
  return minimumPayout === null || requestAt === null ? null : { frequency, minimumPayout, requestAt };
}

function patch(id: string, body: NonNullable<ReturnType<typeof patchOf>>): Promise<PayeeSchedule> {
  return api.patch('/payees/{id}/schedule', { params: { id }, body });
}
