import { Fieldset, NativeSelect, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { At } from '../../app/form.ts';
import { currencies } from '../../../src/core/currencies.ts';
import { readAmount } from '../../app/amounts.ts';

/** What is typed of each currency; empty: as the platform has it. */
export type Typed = Readonly<Record<string, Readonly<Record<AmountKind, string>>>>;
type AmountKind = (typeof amountKinds)[number];
const amountKinds = ['minimum', 'requestAt'] as const;
/** What the API calls each. */
const paths = { minimum: 'minimumPayout', requestAt: 'requestAt' } as const;

interface AmountsProps {
  readonly typed: Typed;
  readonly at: At;
  readonly onChange: (typed: Typed) => void;
}

/** Two amounts of their own for each currency that is known, and room for another currency. */
export function ScheduleAmounts({ typed, at, onChange }: AmountsProps) {
  const { t } = useTranslation('forms');
  const others = [...currencies].filter((code) => typed[code] === undefined);
  return (
    <Fieldset legend={t('schedule.amounts')}>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('schedule.amountsHint')}
        </Text>
        {Object.entries(typed).map(([code, amounts]) => (
          <SimpleGrid key={code} cols={{ base: 1, xs: 2 }} spacing="sm">
            {amountKinds.map((kind) => (
              <TextInput
                key={kind}
                label={t(`schedule.${kind}`, { currency: code })}
                inputMode="decimal"
                autoComplete="off"
                value={amounts[kind]}
                {...at(
                  `${paths[kind]}.${code}`,
                  readAmount(amounts[kind], code) === undefined ? t('schedule.notAnAmount') : undefined,
                )}
                onChange={(event) =>
                  onChange({ ...typed, [code]: { ...amounts, [kind]: event.currentTarget.value } })
                }
              />
            ))}
          </SimpleGrid>
        ))}
        <NativeSelect
          aria-label={t('schedule.other')}
          value=""
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...typed, [value]: { minimum: '', requestAt: '' } })
          }
          data={[{ value: '', label: t('schedule.other') }, ...others]}
        />
      </Stack>
    </Fieldset>
  );
}
