import { Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import type { Fault } from './draft.ts';

interface NumberFieldProps {
  readonly label: string;
  readonly hint: string;
  readonly typed: string;
  readonly limits: readonly [number, number];
  readonly fault: Fault | undefined;
  /** What the server said of it. */
  readonly wrong: string | undefined;
  readonly unit: string;
  readonly onChange: (typed: string) => void;
}

/** One number with its unit; what was typed stays, also when it is none. */
export function NumberField({
  label,
  hint,
  typed,
  limits: [min, max],
  fault,
  wrong,
  unit,
  onChange,
}: NumberFieldProps) {
  const { t } = useTranslation('settings');
  return (
    <TextInput
      label={label}
      description={hint}
      maw={320}
      inputMode="decimal"
      value={typed}
      error={fault ? t(`faults.${fault.why}`, { min: count(min), max: count(max) }) : wrong}
      rightSection={
        <Text size="sm" c="dimmed">
          {unit}
        </Text>
      }
      rightSectionWidth={72}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
