import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Section } from '../../ui/section.tsx';

/** A new password; it ends the sessions everywhere else. */
export function Password() {
  const { t } = useTranslation('account');
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useDeed(
    (body: { currentPassword: string; newPassword: string }) =>
      api.post('/api/auth/change-password', { body }),
    {
      onDone: () => {
        setCurrent('');
        setNew('');
        notifications.show({ message: t('password.changed'), color: 'teal' });
      },
    },
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ currentPassword, newPassword });
  };
  return (
    <Section title={t('password.title')} lead={t('password.lead')}>
      <form onSubmit={submit}>
        <Stack maw={440}>
          {change.error !== null && <TroubleNote error={change.error} />}
          <PasswordInput
            label={t('password.present')}
            autoComplete="current-password"
            required
            value={currentPassword}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('password.new')}
            description={t('password.hint')}
            autoComplete="new-password"
            minLength={12}
            maxLength={128}
            required
            value={newPassword}
            onChange={(event) => setNew(event.currentTarget.value)}
          />
          <Group>
            <Button type="submit" variant="default" loading={change.isPending}>
              {t('password.change')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
