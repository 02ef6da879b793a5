import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/filters.ts';
import { useTurnWords } from './turn-words.ts';

const folded = ['payee', 'cycle', 'waitingOn', 'method', 'currency', 'from', 'to'] as const;

interface NarrowedProps {
  readonly filters: Filters;
  readonly onClear: (change: Filters) => void;
}

/** Says what of the filters that are folded away is on, and takes each away. */
export function Narrowed({ filters, onClear }: NarrowedProps) {
  const { t } = useTranslation('payouts');
  const turnWords = useTurnWords();
  const wordsOf = (name: (typeof folded)[number], value: string) => {
    if (name === 'waitingOn') return turnWords(value);
    if (name === 'method') return t(`methods.${value}`, { defaultValue: value });
    return name === 'currency' ? value.toUpperCase() : value;
  };
  return folded.map((name) => {
    const value = filters[name];
    if (value === undefined) return null;
    return (
      <Button key={name} variant="light" size="xs" radius="xl" onClick={() => onClear({ [name]: '' })}>
        {t('filters.on', { name: t(`filters.${name}`), value: wordsOf(name, value) })}
      </Button>
    );
  });
}
