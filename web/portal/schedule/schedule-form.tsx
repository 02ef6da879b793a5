import { Button, Paper, Radio, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type At, useForm } from '../../app/form.ts';
import { type BodyOf, type FieldsOf } from '../../app/form-fields.ts';
import type { Frequency } from '../../../src/core/schedule.ts';
import { frequencies } from '../../../src/core/schedule.ts';
import { api, isProblem } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { type Minor, money } from '../../app/format.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { PayeeSchedule } from '../../client/types.ts';
import { places, useGo } from '../page-link.tsx';
import { readAmount, showAmount } from '../../app/amounts.ts';
import { tell } from '../../app/tell.ts';

type Texts = Readonly<Record<string, string>>;
type Amounts = Record<string, number | null>;
interface Patch {
  readonly frequency: Frequency;
  readonly minimumPayout: Amounts;
  readonly requestAt: Amounts;
}

function textsOf(amounts: Readonly<Record<string, number>>, currencies: readonly string[]): Texts {
  return Object.fromEntries(currencies.map((code) => [code, showAmount(amounts[code], code)]));
}

/** The amounts typed, or null when one of them is none. */
function amountsOf(texts: Texts): Amounts | null {
  const read = Object.entries(texts).map(([code, text]) => [code, readAmount(text, code)] as const);
  return read.some(([, amount]) => amount === undefined) ? null : (Object.fromEntries(read) as Amounts);
}

export function ScheduleForm({
  schedule,
  currencies,
}: {
  readonly schedule: PayeeSchedule;
  readonly currencies: readonly string[];
}) {
  const { t } = useTranslation();
  const go = useGo();
  const [frequency, setFrequency] = useState<Frequency>(schedule.frequency);
  const [minimum, setMinimum] = useState(() => textsOf(schedule.minimumPayout, currencies));
  const [requestAt, setRequestAt] = useState(() => textsOf(schedule.requestAt, currencies));
  const save = useDeed((body: Patch) => api.patch('/api/payee/schedule', { body }), {
    onDone: () => {
      tell({ message: t('schedule.saved') });
      go(places.home);
    },
  });
  const fields: FieldsOf<BodyOf<'PATCH', '/api/payee/schedule'>> = {
    frequency: t('schedule.howOften'),
    minimumPayout: null,
    requestAt: null,
  };
  const [minimums, thresholds] = [amountsOf(minimum), amountsOf(requestAt)];
  const { form, at } = useForm(() => {
    if (minimums && thresholds) save.mutate({ frequency, minimumPayout: minimums, requestAt: thresholds });
  }, save.error);
  return (
    <form {...form}>
      <Stack>
        <Paper withBorder p="md" radius="lg">
          <Radio.Group
            size="md"
            label={t('schedule.howOften')}
            value={frequency}
            onChange={(value) => setFrequency(frequencies.find((one) => one === value) ?? frequency)}
          >
            <Stack gap={0} mt="xs">
              {frequencies.map((one) => (
                <Radio
                  key={one}
                  value={one}
                  label={t(`schedule.choice.${one}`)}
                  description={t(`schedule.hint.${one}`)}
                  size="md"
                  className="portal-choice"
                />
              ))}
            </Stack>
          </Radio.Group>
        </Paper>
        <AmountFields kind="minimum" texts={minimum} onChange={setMinimum} error={save.error} at={at} />
        <AmountFields kind="requestAt" texts={requestAt} onChange={setRequestAt} error={save.error} at={at} />
        {save.error !== null && <TroubleNote error={save.error} fields={fields} />}
        <Button type="submit" size="md" h={48} loading={save.isPending}>
          {t('save')}
        </Button>
      </Stack>
    </form>
  );
}

/** The least amount of the platform, where one was refused that is less. */
function leastOf(error: Error | null, currency: string): number | undefined {
  if (!isProblem(error, 'below_platform_minimum')) return undefined;
  const { minimum } = error.problem as { minimum?: Readonly<Record<string, Minor>> };
  return minimum?.[currency] === undefined ? undefined : Number(minimum[currency]);
}

/** What the API calls each. */
const paths = { minimum: 'minimumPayout', requestAt: 'requestAt' } as const;

function AmountFields({
  kind,
  texts,
  onChange,
  error,
  at,
}: {
  readonly kind: 'minimum' | 'requestAt';
  readonly texts: Texts;
  readonly onChange: (texts: Texts) => void;
  readonly error: Error | null;
  readonly at: At;
}) {
  const { t } = useTranslation();
  if (Object.keys(texts).length === 0) return null;
  const fieldOf = (code: string, text: string) => {
    const amount = readAmount(text, code);
    const field = at(`${paths[kind]}.${code}`, amount === undefined ? t('schedule.notAnAmount') : undefined);
    const least = leastOf(error, code);
    const isLow = typeof amount === 'number' && least !== undefined && amount < least;
    return isLow ? { ...field, error: t('schedule.tooLow', { least: money(least, code) }) } : field;
  };
  return (
    <Paper withBorder p="md" radius="lg" component="section" aria-labelledby={kind}>
      <Title order={2} size="h4" id={kind}>
        {t(`schedule.${kind}`)}
      </Title>
      <Text c="dimmed" size="sm" mb="xs">
        {t(`schedule.${kind}Hint`)}
      </Text>
      <Stack gap="xs">
        {Object.entries(texts).map(([code, text]) => (
          <TextInput
            key={code}
            label={t(`schedule.${kind}In`, { currency: code })}
            value={text}
            onChange={(event) => onChange({ ...texts, [code]: event.currentTarget.value })}
            {...fieldOf(code, text)}
            inputMode="decimal"
            size="md"
            rightSection={
              <Text component="span" size="sm" c="dimmed" pe="sm">
                {code}
              </Text>
            }
            rightSectionWidth={56}
          />
        ))}
      </Stack>
    </Paper>
  );
}
