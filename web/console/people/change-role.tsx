import { Group, Radio, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Role, roles } from '../../../src/core/roles.ts';
import { api } from '../../app/api.ts';
import { tell } from '../../app/tell.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import type { Person } from '../../client/types.ts';
import { ReasonedButton } from '../../ui/reasoned.tsx';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type KeysChoice, LeftKeys, useUndecided } from './left-keys.tsx';

interface ChangeRoleProps {
  readonly person: Person;
  readonly name: string;
  readonly onClose: () => void;
}

/** Another role; it counts with the person's next click. */
export function ChangeRole({ person, name, onClose }: ChangeRoleProps) {
  const { t } = useTranslation('people');
  const [role, setRole] = useState<Role>(person.role);
  const [keys, setKeys] = useState<KeysChoice | null>(null);
  const isLess = person.role === 'owner' && role !== 'owner';
  const undecided = useUndecided(person, isLess, keys);
  const change = useDeed(
    (next: Role) => {
      const body = { role: next, ...(isLess && keys !== null && { keys }) };
      return api.patch('/people/{id}', { params: { id: person.id }, body });
    },
    {
      what: (next) => t('role.what', { name, role: t(`console:roles.${next}`) }),
      onDone: () => {
        tell(t('role.done', { name }));
        onClose();
      },
    },
  );
  return (
    <Dialog onClose={onClose} title={t('role.title', { name })}>
      <Stack>
        {change.error !== null && <TroubleNote error={change.error} fields={{ role: t('columns.role') }} />}
        <RoleChoice value={role} onChange={setRole} label={t('columns.role')} />
        {isLess && <LeftKeys person={person} name={name} value={keys} onChange={setKeys} />}
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('cancel')}</Back>
          <ReasonedButton
            reason={role === person.role ? t('role.same', { name }) : undecided}
            loading={change.isPending}
            onClick={() => change.mutate(role)}
          >
            {t('role.confirm', { role: t(`console:roles.${role}`) })}
          </ReasonedButton>
        </Group>
      </Stack>
    </Dialog>
  );
}

interface RoleChoiceProps {
  readonly label: string;
  readonly value: Role;
  readonly onChange: (role: Role) => void;
}

/** The four roles, each with what it may. */
export function RoleChoice({ label, value, onChange }: RoleChoiceProps) {
  const { t } = useTranslation('people');
  return (
    <Radio.Group
      label={label}
      value={value}
      onChange={(chosen) => {
        const role = roles.find((one) => one === chosen);
        if (role) onChange(role);
      }}
    >
      <Stack gap="sm" mt="xs">
        {roles.map((role) => (
          <Radio key={role} value={role} label={t(`console:roles.${role}`)} description={t(`may.${role}`)} />
        ))}
      </Stack>
    </Radio.Group>
  );
}
