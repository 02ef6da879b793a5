import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api } from '../../app/api.ts';
import { tell } from '../../app/tell.ts';
import { useDeed } from '../../app/deed.ts';
import { day } from '../../app/format.ts';
import { makePasskey } from '../../app/passkey.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { type Column, DataTable } from '../../ui/data-table.tsx';
import { Section } from '../../ui/section.tsx';

const passkeysQuery = {
  queryKey: ['me', 'passkeys'],
  queryFn: ({ signal }: { signal: AbortSignal }) =>
    api.get('/api/auth/passkey/list-user-passkeys', { signal }),
};

interface Passkey {
  readonly id: string;
  readonly name?: string | null;
  readonly createdAt?: string | null;
}

/** Devices that prove who holds them; each is both factors at once. */
export function Passkeys() {
  const { t } = useTranslation('account');
  const { data, error } = useQuery(passkeysQuery);
  const remove = useDeed((id: string) => api.post('/api/auth/passkey/delete-passkey', { body: { id } }), {
    what: () => t('passkeys.remove'),
    onDone: () => tell(t('passkeys.removed')),
  });
  return (
    <Section title={t('passkeys.title')} lead={t('passkeys.lead')}>
      {(error ?? remove.error) !== null && <TroubleNote error={error ?? remove.error} />}
      <DataTable
        caption={t('passkeys.title')}
        expected={1}
        rows={data?.data}
        idOf={(row) => row.id}
        empty={<Text c="dimmed">{t('passkeys.none')}</Text>}
        columns={columnsOf(t, (id) => remove.mutate(id))}
      />
      <AddPasskey />
    </Section>
  );
}

function columnsOf(t: TFunction, remove: (id: string) => void): Column<Passkey>[] {
  const nameOf = (row: Passkey) => row.name ?? t('passkeys.unnamed');
  return [
    { key: 'name', head: t('passkeys.name'), cell: nameOf },
    {
      key: 'created',
      head: t('passkeys.created'),
      cell: (row) => (typeof row.createdAt === 'string' ? day(row.createdAt) : ''),
    },
    {
      key: 'remove',
      head: t('actions'),
      end: true,
      cell: (row) => (
        <Button
          variant="subtle"
          color="red"
          size="compact-sm"
          aria-label={t('passkeys.removeOne', { name: nameOf(row) })}
          onClick={() => remove(row.id)}
        >
          {t('passkeys.remove')}
        </Button>
      ),
    },
  ];
}

function AddPasskey() {
  const { t } = useTranslation('account');
  const [name, setName] = useState('');
  const add = useDeed(
    async (called: string) =>
      api.post('/api/auth/passkey/verify-registration', {
        body: { response: await makePasskey(), ...(called === '' ? {} : { name: called }) },
      }),
    {
      what: () => t('passkeys.add'),
      onDone: () => {
        setName('');
        tell(t('passkeys.added'));
      },
    },
  );
  const { form, at } = useForm(() => add.mutate(name.trim()), add.error);
  return (
    <form {...form}>
      <Stack>
        {add.error !== null && <TroubleNote error={add.error} fields={{ name: null }} />}
        <Group align="flex-end">
          <TextInput
            label={t('passkeys.newName')}
            placeholder={t('passkeys.example')}
            maxLength={100}
            value={name}
            {...at('name')}
            onChange={(event) => setName(event.currentTarget.value)}
            flex={1}
            maw={320}
          />
          <Button type="submit" variant="default" loading={add.isPending}>
            {t('passkeys.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
