import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/filters.ts';

/** What another page narrows the list by; no field of the filters shows it. */
export const fromElsewhere = ['need', 'batchId', 'reason'] as const;

interface FromElsewhereProps {
  readonly filters: Filters;
  readonly onChange: (change: Filters) => void;
}

/** Says that the list shows only what a card of the inbox or a batch counts, and takes that away. */
export function FromElsewhere({ filters, onChange }: FromElsewhereProps) {
  const { t } = useTranslation('forms');
  return fromElsewhere.map((name) => {
    const value = filters[name];
    if (value === undefined) return null;
    const words = name === 'need' ? t(`needs.${value}`, { defaultValue: value }) : value;
    return (
      <Button key={name} variant="light" size="xs" radius="xl" onClick={() => onChange({ [name]: '' })}>
        {t(`only.${name}`, { words })}
      </Button>
    );
  });
}
