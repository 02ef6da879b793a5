import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { tell } from '../../app/tell.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Person } from '../../client/types.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { type KeysChoice, LeftKeys, useUndecided } from './left-keys.tsx';

interface AboutPerson {
  readonly person: Person;
  readonly name: string;
  readonly onClose: () => void;
}

/** Signs somebody out everywhere. */
export function EndSessions({ person, name, onClose }: AboutPerson) {
  const { t } = useTranslation('people');
  const end = useDeed((id: string) => api.delete('/people/{id}/sessions', { params: { id } }), {
    what: () => t('sessions.title', { name }),
    onDone: ({ ended }) => {
      tell(t('sessions.done', { count: ended }));
      onClose();
    },
  });
  return (
    <Confirm
      opened
      onClose={onClose}
      title={t('sessions.title', { name })}
      confirm={t('sessions.confirm')}
      cancel={t('cancel')}
      onConfirm={() => end.mutate(person.id)}
      pending={end.isPending}
    >
      {end.error !== null && <TroubleNote error={end.error} />}
      <Text>{t('sessions.words')}</Text>
    </Confirm>
  );
}

/** Takes somebody out of the team, or back in. What they did stays on record. */
export function RemovePerson({ person, name, onClose }: AboutPerson) {
  const { t } = useTranslation('people');
  const removes = person.status === 'active';
  const texts = removes ? 'remove' : 'restore';
  const [keys, setKeys] = useState<KeysChoice | null>(null);
  const undecided = useUndecided(person, removes, keys);
  const change = useDeed(
    (status: 'active' | 'removed') => {
      const body = { status, ...(removes && keys !== null && { keys }) };
      return api.patch('/people/{id}', { params: { id: person.id }, body });
    },
    {
      what: () => t(`${texts}.title`, { name }),
      onDone: () => {
        tell(t(`${texts}.done`, { name }));
        onClose();
      },
    },
  );
  return (
    <Confirm
      opened
      danger={removes}
      onClose={onClose}
      title={t(`${texts}.title`, { name })}
      confirm={t(`${texts}.confirm`, { name })}
      cancel={t('cancel')}
      onConfirm={() => change.mutate(removes ? 'removed' : 'active')}
      pending={change.isPending}
      reason={undecided}
    >
      {change.error !== null && <TroubleNote error={change.error} />}
      <Text>{t(`${texts}.words`)}</Text>
      {removes && <LeftKeys person={person} name={name} value={keys} onChange={setKeys} />}
    </Confirm>
  );
}
