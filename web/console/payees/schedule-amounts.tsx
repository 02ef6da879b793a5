import { Fieldset, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { currencies } from '../../../src/core/currencies.ts';
import { readAmount } from '../../app/amounts.ts';

/** Amounts by currency, as they are typed; empty: the platform's. */
export type Texts = Readonly<Record<string, string>>;

interface AmountsProps {
  readonly kind: 'minimum' | 'requestAt';
  readonly texts: Texts;
  readonly onChange: (texts: Texts) => void;
}

/** An amount of one's own for each currency that is known, and room for another. */
export function ScheduleAmounts({ kind, texts, onChange }: AmountsProps) {
  const { t } = useTranslation('forms');
  const others = [...currencies].filter((code) => texts[code] === undefined);
  return (
    <Fieldset legend={t(`schedule.${kind}`)}>
      <Stack gap="xs">
        <Text size="sm" c="dimmed">
          {t(`schedule.${kind}Hint`)}
        </Text>
        <Group gap="sm" align="flex-end">
          {Object.entries(texts).map(([code, text]) => (
            <TextInput
              key={code}
              label={t(`schedule.${kind}In`, { currency: code })}
              flex={1}
              miw={140}
              inputMode="decimal"
              autoComplete="off"
              value={text}
              error={readAmount(text, code) === undefined && t('schedule.notAnAmount')}
              onChange={(event) => onChange({ ...texts, [code]: event.currentTarget.value })}
            />
          ))}
          <NativeSelect
            aria-label={t(`schedule.${kind}Other`)}
            w={160}
            value=""
            onChange={({ currentTarget: { value } }) => onChange({ ...texts, [value]: '' })}
            data={[{ value: '', label: t('schedule.other') }, ...others]}
          />
        </Group>
      </Stack>
    </Fieldset>
  );
}
