import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { type BodyOf, type FieldsOf } from '../../app/form-fields.ts';
import { type Frequency, frequencies } from '../../../src/core/schedule.ts';
import { readAmount, showAmount } from '../../app/amounts.ts';
import { api, isProblem } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { moneyList } from '../../app/format.ts';
import type { PayeeSchedule, Totals } from '../../client/types.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../app/tell.ts';
import { ScheduleAmounts, type Typed } from './schedule-amounts.tsx';

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

const platform = 'platform';

function ScheduleForm({ id, name, schedule, currencies, onClose }: ScheduleDialogProps) {
  const { t } = useTranslation(['forms', 'payees']);
  const [frequency, setFrequency] = useState(schedule.chosen ? schedule.frequency : null);
  const [typed, setTyped] = useState(() => typedOf(schedule, currencies));
  const save = useDeed((body: Patch) => api.patch('/payees/{id}/schedule', { params: { id }, body }), {
    what: () => t('schedule.what', { name }),
    onDone: () => {
      tell(t('schedule.done', { name }));
      onClose();
    },
  });
  const fields: FieldsOf<BodyOf<'PATCH', '/payees/{id}/schedule'>> = {
    frequency: t('schedule.howOften'),
    minimumPayout: null,
    requestAt: null,
  };
  const { form, at } = useForm(() => {
    const body = patchOf(frequency, typed);
    if (body !== null && !save.isPending) save.mutate(body);
  }, save.error);
  return (
    <form {...form}>
      <Stack>
        <Text>{t('schedule.lead')}</Text>
        <Radio.Group
          label={t('schedule.howOften')}
          value={frequency ?? platform}
          onChange={(value) => setFrequency(frequencies.find((one) => one === value) ?? null)}
        >
          <Radio mt="xs" value={platform} label={t('schedule.platform')} />
          {frequencies.map((one) => (
            <Radio key={one} mt="xs" value={one} label={t(`payees:often.${one}`)} />
          ))}
        </Radio.Group>
        <ScheduleAmounts
          typed={typed}
          at={at}
          onChange={(to) => {
            setTyped(to);
            // What was refused was said of what stood here before.
            if (save.error !== null) save.reset();
          }}
        />
        <DeedTrouble error={save.error} fields={fields} />
        {isProblem(save.error, 'below_platform_minimum') && (
          <Text fw={600}>
            {t('schedule.least', { amounts: moneyList(save.error.problem['minimum'] as Totals) })}
          </Text>
        )}
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button type="submit" loading={save.isPending}>
            {t('schedule.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function typedOf({ minimumPayout, requestAt }: PayeeSchedule, currencies: readonly string[]): Typed {
  const codes = new Set([...currencies, ...Object.keys(minimumPayout), ...Object.keys(requestAt)]);
  return Object.fromEntries(
    [...codes].map((code) => [
      code,
      { minimum: showAmount(minimumPayout[code], code), requestAt: showAmount(requestAt[code], code) },
    ]),
  );
}

interface Patch {
  /** Null: as often as the platform has it. */
  readonly frequency: Frequency | null;
  readonly minimumPayout: Record<string, number | null>;
  readonly requestAt: Record<string, number | null>;
}

/** What is typed, in minor units; null when something of it is no amount. */
function patchOf(frequency: Frequency | null, typed: Typed): Patch | null {
  const patch: Patch = { frequency, minimumPayout: {}, requestAt: {} };
  for (const [code, texts] of Object.entries(typed)) {
    const [minimum, requestAt] = [readAmount(texts.minimum, code), readAmount(texts.requestAt, code)];
    if (minimum === undefined || requestAt === undefined) return null;
    patch.minimumPayout[code] = minimum;
    patch.requestAt[code] = requestAt;
  }
  return patch;
}
