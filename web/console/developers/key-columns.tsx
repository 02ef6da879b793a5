import { Badge, Button, Code, Stack, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { dateTime, day } from '../../app/format.ts';
import type { ApiKey } from '../../client/types.ts';
import type { Column } from '../../ui/data-table.tsx';

export function keyColumns(t: TFunction, revoke: (key: ApiKey) => void): Column<ApiKey>[] {
  return [
    { key: 'name', head: t('keys.name'), cell: (key) => <Name apiKey={key} /> },
    { key: 'role', head: t('keys.role'), cell: ({ role }) => t(`console:roles.${role}`) },
    {
      key: 'scope',
      head: t('keys.scope'),
      cell: ({ scope }) => (scope === null ? t('keys.allOfRole') : scope.join(', ')),
    },
    { key: 'madeBy', head: t('keys.madeBy'), cell: ({ madeBy }) => madeBy?.name ?? t('keys.nobodyKnown') },
    { key: 'state', head: t('keys.state'), cell: (key) => <State t={t} apiKey={key} /> },
    {
      key: 'used',
      head: t('keys.used'),
      cell: ({ lastUsedAt }) => (lastUsedAt === null ? t('keys.never') : dateTime(lastUsedAt)),
    },
    {
      key: 'revoke',
      head: t('keys.actions'),
      end: true,
      cell: (key) =>
        stateOf(key) === 'active' && (
          <Button
            variant="subtle"
            color="red"
            size="compact-sm"
            aria-label={t('keys.revokeOne', { name: key.name })}
            onClick={() => revoke(key)}
          >
            {t('keys.revoke')}
          </Button>
        ),
    },
  ];
}

function Name({ apiKey }: { readonly apiKey: ApiKey }) {
  return (
    <Stack gap={0} align="flex-start">
      <Text fw={600} inherit>
        {apiKey.name}
      </Text>
      <Code>{`${apiKey.prefix}…`}</Code>
    </Stack>
  );
}

function stateOf({ revokedAt, expiresAt }: ApiKey): 'active' | 'revoked' | 'expired' {
  if (revokedAt !== null) return 'revoked';
  return expiresAt !== null && new Date(expiresAt) <= new Date() ? 'expired' : 'active';
}

function State({ t, apiKey }: { readonly t: TFunction; readonly apiKey: ApiKey }) {
  const state = stateOf(apiKey);
  return (
    <Stack gap={0} align="flex-start">
      <Badge variant="light" color={state === 'active' ? 'teal' : 'gray'}>
        {t(`keys.state_${state}`)}
      </Badge>
      {state === 'active' && apiKey.expiresAt !== null && (
        <Text size="sm" c="dimmed">
          {t('keys.until', { day: day(apiKey.expiresAt) })}
        </Text>
      )}
    </Stack>
  );
}
