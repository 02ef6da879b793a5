import { Autocomplete, Fieldset, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { parseRate } from '../../../src/core/conversion.ts';
import { currencies } from '../../../src/core/currencies.ts';
import { api } from '../../app/api.ts';
import { tell } from '../../app/tell.ts';
import { plainOf } from '../../app/decimals.ts';
import { useDeed } from '../../app/deed.ts';
import { useMay } from '../../app/me.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { type Judged, RefusedRate } from './refused-rate.tsx';

const names = Object.fromEntries(
  ['from', 'to', 'rate', 'source', 'at'].map((name) => [`rates.0.${name}`, null]),
);
const nothing = { from: '', to: '', rate: '', source: '', at: '' };
type Typed = typeof nothing;
/** `acceptJump`: although it is far from the last one. */
type Input = Typed & { readonly acceptJump?: true };

/** One rate is sent: its faults stand at the fields, whether it or the whole was refused. */
function refusedOf(results: readonly Judged[]): Judged | undefined {
  const refused = results.find(({ message }) => message !== null);
  return (
    refused && { ...refused, errors: refused.errors.map((one) => ({ ...one, path: `rates.0.${one.path}` })) }
  );
}

/** One rate by hand. The moment it is of is now unless somebody says another. */
export function EnterRate() {
  const { t } = useTranslation('settings');
  const mayEnter = useMay('operate');
  const [typed, setTyped] = useState<Typed>(nothing);
  const enter = useDeed(
    async ({ at, acceptJump, rate, ...pair }: Input, idempotencyKey) => {
      const rates = [
        { ...pair, rate: plainOf(rate) ?? rate, at: (at === '' ? new Date() : new Date(at)).toISOString() },
      ];
      const body = { rates, ...(acceptJump ? { acceptJump } : {}) };
      const { counts, results } = await api.post('/fx-rates', { body, idempotencyKey });
      return { counts, refused: refusedOf(results) };
    },
    {
      what: ({ from, to, rate }) => t('rates.enterWhat', { from, to, rate }),
      onDone: ({ counts }) => {
        if (counts.created + counts.unchanged === 0) return;
        setTyped(nothing);
        tell(t('rates.entered'));
      },
    },
  );
  const refused = enter.data?.refused;
  const tried = enter.variables;
  const { form, at } = useForm(() => {
    if (mayEnter) enter.mutate(typed);
  }, enter.error ?? refused);
  const notARate = parseRate(plainOf(typed.rate) ?? '') === null ? t('rates.notARate') : undefined;
  const field = (name: keyof Typed, wrong?: string) => ({
    label: t(`rates.${name}`),
    required: name !== 'at',
    value: typed[name],
    ...at(`rates.0.${name}`, wrong),
    w: 150,
  });
  const set = (name: keyof Typed, value: string) => setTyped({ ...typed, [name]: value });
  return (
    <form {...form}>
      <Fieldset legend={t('rates.enter')}>
        <Stack gap="sm">
          {enter.error !== null && <TroubleNote error={enter.error} fields={names} />}
          {refused !== undefined && tried !== undefined && (
            <RefusedRate
              judged={refused}
              pair={t('rates.pairWords', { from: tried.from, to: tried.to })}
              rate={tried.rate}
              pending={enter.isPending}
              onAccept={() => enter.mutate({ ...tried, acceptJump: true })}
            />
          )}
          <Group gap="sm" align="flex-start">
            {(['from', 'to'] as const).map((name) => (
              <Autocomplete
                key={name}
                {...field(name)}
                data={[...currencies]}
                limit={8}
                maxLength={3}
                placeholder={t(`rates.example_${name}`)}
                onChange={(value) => set(name, value.toUpperCase())}
              />
            ))}
            <TextInput
              {...field('rate', typed.rate === '' ? undefined : notARate)}
              inputMode="decimal"
              placeholder={t('rates.example_rate')}
              onChange={(event) => set('rate', event.currentTarget.value)}
            />
            <TextInput
              {...field('source')}
              placeholder={t('rates.example_source')}
              onChange={(event) => set('source', event.currentTarget.value)}
            />
            <TextInput
              {...field('at')}
              label={t('rates.moment')}
              w={220}
              type="datetime-local"
              onChange={(event) => set('at', event.currentTarget.value)}
            />
          </Group>
          <Group>
            <ReasonedButton
              type="submit"
              variant="default"
              loading={enter.isPending}
              reason={mayEnter ? undefined : t('rates.mayNot')}
            >
              {t('rates.enterButton')}
            </ReasonedButton>
          </Group>
        </Stack>
      </Fieldset>
    </form>
  );
}
