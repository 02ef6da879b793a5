import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { decimalMark } from '../../app/decimals.ts';

interface PercentInputProps {
  readonly label: string;
  readonly description: string;
  /** Hundredths of a percent. */
  readonly bps: number;
  /** Largest, in percent. */
  readonly max: number;
  readonly error: string | undefined;
  readonly onChange: (bps: number) => void;
}

/** A share in percent with two decimals. */
export function PercentInput({ label, description, bps, max, error, onChange }: PercentInputProps) {
  const { t } = useTranslation('settings');
  return (
    <NumberInput
      label={label}
      description={description}
      maw={320}
      min={0}
      max={max}
      decimalScale={2}
      decimalSeparator={decimalMark()}
      allowedDecimalSeparators={['.', ',']}
      allowNegative={false}
      value={bps / 100}
      error={error}
      suffix={t('suffix.percent')}
      onChange={(value) => typeof value === 'number' && onChange(Math.round(value * 100))}
    />
  );
}
