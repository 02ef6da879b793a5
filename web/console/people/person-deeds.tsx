import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../../app/me.ts';
import type { Person } from '../../client/types.ts';
import { Icon } from '../../ui/icons.tsx';
import { ChangeRole } from './change-role.tsx';
import { EndSessions, RemovePerson } from './confirm-deeds.tsx';
import { ResetPassword } from './reset-password.tsx';

type Deed = 'role' | 'reset' | 'sessions' | 'remove';

/** What an owner can do about one person; what cannot be done now says why. */
export function PersonDeeds({
  person,
  isLastOwner,
}: {
  readonly person: Person;
  readonly isLastOwner: boolean;
}) {
  const { t } = useTranslation('people');
  const [doing, setDoing] = useState<Deed | null>(null);
  const { data: me } = useQuery(meQuery);
  const name = person.name === '' ? person.email : person.name;
  const removed = person.status === 'removed';
  const close = () => setDoing(null);
  const stays = isLastOwner ? t('staysOwner') : undefined;
  return (
    <>
      <Menu position="bottom-end" width={280}>
        <Menu.Target>
          <Button variant="subtle" color="gray" px="xs" aria-label={t('deeds.open', { name })}>
            <Icon name="more" size={22} />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Reasoned
            label={t('deeds.role')}
            reason={removed ? t('isRemoved') : stays}
            onClick={() => setDoing('role')}
          />
          <Reasoned
            label={t('deeds.reset')}
            reason={me?.id === person.id ? t('ownPassword') : removed ? t('isRemoved') : undefined}
            onClick={() => setDoing('reset')}
          />
          <Reasoned label={t('deeds.sessions')} reason={undefined} onClick={() => setDoing('sessions')} />
          <Menu.Divider />
          <Reasoned
            label={t(removed ? 'deeds.restore' : 'deeds.remove')}
            reason={stays}
            onClick={() => setDoing('remove')}
          />
        </Menu.Dropdown>
      </Menu>
      {doing === 'role' && <ChangeRole person={person} name={name} onClose={close} />}
      {doing === 'reset' && <ResetPassword person={person} name={name} onClose={close} />}
      {doing === 'sessions' && <EndSessions person={person} name={name} onClose={close} />}
      {doing === 'remove' && <RemovePerson person={person} name={name} onClose={close} />}
    </>
  );
}

interface ReasonedProps {
  readonly label: string;
  readonly reason: string | undefined;
  readonly onClick: () => void;
}

function Reasoned({ label, reason, onClick }: ReasonedProps) {
  const isOff = reason !== undefined;
  return (
    <Menu.Item
      aria-disabled={isOff}
      closeMenuOnClick={!isOff}
      onClick={() => !isOff && onClick()}
      {...(isOff && { c: 'dimmed' })}
    >
      {label}
      {isOff && <small className="reason">{reason}</small>}
    </Menu.Item>
  );
}
