import { Button, Chip, Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/filters.ts';
import { SavedFilters } from './saved-filters.tsx';
import { viewNames, viewOf } from './payouts-query.ts';

const typingMs = 250;

interface FiltersProps {
  readonly filters: Filters;
  readonly onChange: (change: Filters) => void;
}

/** What the list shows; all of it stands in the address. */
export function PayoutFilters({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation('payouts');
  const type = useDebouncedCallback((change: Filters) => onChange(change), typingMs);
  const isFiltered = ['payee', 'cycle', 'q'].some((name) => filters[name] !== undefined);
  return (
    <Stack gap="sm" mb="md">
      <Chip.Group
        value={viewOf(filters)}
        onChange={(view) => onChange({ view: Array.isArray(view) || view === 'all' ? '' : view })}
      >
        <Group gap="xs" role="radiogroup" aria-label={t('views.label')}>
          {viewNames.map((view) => (
            <Chip key={view} value={view} size="md" variant="light">
              {t(`views.${view}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
      {/* Typed texts are the field's own; when the address changes otherwise the fields are made anew. */}
      <Group gap="sm" align="flex-end" key={isFiltered ? 'some' : 'none'}>
        <TextInput
          label={t('filters.q')}
          placeholder={t('filters.qHint')}
          type="search"
          flex={2}
          miw={200}
          defaultValue={filters['q'] ?? ''}
          onChange={(event) => type({ q: event.currentTarget.value.trim() })}
        />
        <TextInput
          label={t('filters.payee')}
          flex={1}
          miw={130}
          defaultValue={filters['payee'] ?? ''}
          onChange={(event) => type({ payee: event.currentTarget.value.trim() })}
        />
        <TextInput
          label={t('filters.cycle')}
          flex={1}
          miw={130}
          defaultValue={filters['cycle'] ?? ''}
          onChange={(event) => type({ cycle: event.currentTarget.value.trim() })}
        />
        {isFiltered && (
          <Button variant="default" onClick={() => onChange({ payee: '', cycle: '', q: '' })}>
            {t('filters.clear')}
          </Button>
        )}
        <SavedFilters filters={filters} onChoose={onChange} />
      </Group>
    </Stack>
  );
}
