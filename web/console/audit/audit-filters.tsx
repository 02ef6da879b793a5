import { Button, Group, NativeSelect, Paper, Pill, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFilters } from '../../app/filters.ts';
import { eventNames, eventWords, subjectNames, subjectWords } from './event-words.ts';

const all = ['actor', 'event', 'subject', 'subjectId', 'from', 'to'] as const;

/** Which events; kept in the address. Who and which thing are chosen in the list itself. */
export function AuditFilters() {
  const { t } = useTranslation('audit');
  const [filters, change] = useFilters();
  const chosen = (['actor', 'subjectId'] as const).flatMap((name) =>
    filters[name] === undefined ? [] : [{ name, value: filters[name] }],
  );
  const isFiltered = all.some((name) => filters[name] !== undefined);
  return (
    <Paper withBorder p="sm" component="search">
      <Group gap="sm" align="flex-end">
        <NativeSelect
          label={t('filters.event')}
          flex={1}
          miw={180}
          value={filters['event'] ?? ''}
          data={[
            { value: '', label: t('filters.any') },
            ...eventNames.map((value) => ({ value, label: eventWords(t, value) })),
          ]}
          onChange={(event) => change({ event: event.currentTarget.value })}
        />
        <NativeSelect
          label={t('filters.subject')}
          flex={1}
          miw={150}
          value={filters['subject'] ?? ''}
          data={[
            { value: '', label: t('filters.any') },
            ...subjectNames.map((value) => ({ value, label: subjectWords(t, value) })),
          ]}
          onChange={(event) => change({ subject: event.currentTarget.value })}
        />
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            label={t(`filters.${name}`)}
            type="date"
            flex={1}
            miw={140}
            value={filters[name] ?? ''}
            onChange={(event) => change({ [name]: event.currentTarget.value })}
          />
        ))}
      </Group>
      {isFiltered && (
        <Group gap="xs" mt="sm">
          {chosen.map(({ name, value }) => (
            <Pill
              key={name}
              size="lg"
              withRemoveButton
              removeButtonProps={{
                'aria-label': t(`filters.remove_${name}`),
                'aria-hidden': false,
                tabIndex: 0,
              }}
              onRemove={() => change({ [name]: '', ...(name === 'actor' && { actorName: '' }) })}
            >
              {t(`filters.only_${name}`, { value: (name === 'actor' && filters['actorName']) || value })}
            </Pill>
          ))}
          <Button
            variant="subtle"
            size="compact-sm"
            onClick={() => change({ ...Object.fromEntries(all.map((name) => [name, ''])), actorName: '' })}
          >
            {t('filters.clear')}
          </Button>
        </Group>
      )}
    </Paper>
  );
}
