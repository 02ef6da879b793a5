import { Group, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/filters.ts';
import { methods, turns } from './payouts-query.ts';
import { useTurnWords } from './turn-words.ts';

const ids = ['payee', 'cycle'] as const;
const dates = ['from', 'to'] as const;

interface MoreFiltersProps {
  readonly filters: Filters;
  readonly onChange: (change: Filters) => void;
  /** For what is typed: waits until the person pauses. */
  readonly onType: (change: Filters) => void;
}

/** Payee, cycle, whose turn, currency, method and when it was made. */
export function MoreFilters({ filters, onChange, onType }: MoreFiltersProps) {
  const { t } = useTranslation('payouts');
  const turnWords = useTurnWords();
  const any = { value: '', label: t('filters.any') };
  return (
    <Group gap="sm" align="flex-end">
      {ids.map((name) => (
        <TextInput
          key={name}
          label={t(`filters.${name}`)}
          flex={1}
          miw={130}
          defaultValue={filters[name] ?? ''}
          onChange={(event) => onType({ [name]: event.currentTarget.value.trim() })}
        />
      ))}
      <NativeSelect
        label={t('filters.waitingOn')}
        flex={1}
        miw={150}
        value={filters['waitingOn'] ?? ''}
        onChange={(event) => onChange({ waitingOn: event.currentTarget.value })}
        data={[any, ...turns.map((turn) => ({ value: turn, label: turnWords(turn) }))]}
      />
      <NativeSelect
        label={t('filters.method')}
        flex={1}
        miw={130}
        value={filters['method'] ?? ''}
        onChange={(event) => onChange({ method: event.currentTarget.value })}
        data={[any, ...methods.map((method) => ({ value: method, label: t(`methods.${method}`) }))]}
      />
      <TextInput
        label={t('filters.currency')}
        w={100}
        maxLength={3}
        defaultValue={filters['currency'] ?? ''}
        onChange={({ currentTarget: { value } }) => onType({ currency: value.length === 3 ? value : '' })}
      />
      {dates.map((name) => (
        <TextInput
          key={name}
          type="date"
          label={t(`filters.${name}`)}
          flex={1}
          miw={140}
          value={filters[name] ?? ''}
          onChange={(event) => onChange({ [name]: event.currentTarget.value })}
        />
      ))}
    </Group>
  );
}
