import { Button, Chip, Collapse, Group, Stack, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filters } from '../../app/filters.ts';
import { FromElsewhere, fromElsewhere } from './from-elsewhere.tsx';
import { MoreFilters } from './more-filters.tsx';
import { Narrowed } from './narrowed.tsx';
import { narrowing, statesOf, viewNames, viewOf } from './payouts-query.ts';
import { SavedFilters } from './saved-filters.tsx';

const typingMs = 250;

interface FiltersProps {
  readonly filters: Filters;
  readonly onChange: (change: Filters) => void;
}

/** What the list shows; all of it stands in the address. */
export function PayoutFilters({ filters, onChange }: FiltersProps) {
  const { t } = useTranslation('payouts');
  const type = useDebouncedCallback((change: Filters) => onChange(change), typingMs);
  const narrows = [...narrowing, ...fromElsewhere];
  const isNarrowed = narrows.some((name) => filters[name] !== undefined);
  // Another round makes the fields anew, with what the address says then.
  const [round, setRound] = useState(0);
  const [showsMore, more] = useDisclosure(false);
  const start = (change: Filters) => {
    onChange(change);
    setRound(round + 1);
  };
  const nothing = Object.fromEntries(narrows.map((name) => [name, '']));
  return (
    <Stack gap="sm" mb="md">
      <Chip.Group
        value={viewOf(filters) ?? ''}
        onChange={(view) => onChange({ status: '', view: Array.isArray(view) || view === 'all' ? '' : view })}
      >
        <Group gap="xs" component="section" aria-label={t('views.label')}>
          {viewNames.map((view) => (
            <Chip key={view} value={view} variant="light">
              {t(`views.${view}`)}
            </Chip>
          ))}
          {viewOf(filters) === null && (
            <Button variant="light" size="xs" radius="xl" onClick={() => onChange({ status: '' })}>
              {t('filters.only', {
                states: statesOf(filters)
                  .map((state) => t(`states.${state}`))
                  .join(', '),
              })}
            </Button>
          )}
          <FromElsewhere filters={filters} onChange={onChange} />
          <Narrowed filters={filters} onClear={start} />
        </Group>
      </Chip.Group>
      <Stack key={round} gap="sm">
        <Group gap="sm" align="flex-end">
          <TextInput
            label={t('filters.q')}
            placeholder={t('filters.qHint')}
            type="search"
            flex={1}
            miw={{ base: '100%', xs: 240 }}
            defaultValue={filters['q'] ?? ''}
            onChange={(event) => type({ q: event.currentTarget.value.trim() })}
          />
          <Button variant="default" onClick={more.toggle} aria-expanded={showsMore}>
            {t('filters.more')}
          </Button>
          {isNarrowed && (
            <Button variant="default" onClick={() => start(nothing)}>
              {t('filters.clear')}
            </Button>
          )}
          <SavedFilters filters={filters} onChoose={(chosen) => start({ ...nothing, ...chosen })} />
        </Group>
        <Collapse expanded={showsMore}>
          <MoreFilters filters={filters} onChange={onChange} onType={type} />
        </Collapse>
      </Stack>
    </Stack>
  );
}
