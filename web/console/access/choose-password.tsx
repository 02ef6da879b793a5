import { Button, PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, queries } from '../../app/api.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Door } from './door.tsx';

/** A one-time password opens nothing but its own change. */
export function ChoosePassword() {
  const { t } = useTranslation();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useMutation({
    mutationFn: () => api.post('/api/auth/change-password', { body: { currentPassword, newPassword } }),
    onSuccess: () => queries.resetQueries(),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };
  return (
    <Door title={t('access.choosePassword')} lead={t('access.choosePasswordLead')}>
      {change.error !== null && <TroubleNote error={change.error} />}
      <form onSubmit={submit}>
        <Stack>
          <PasswordInput
            label={t('access.oneTimePassword')}
            autoComplete="current-password"
            required
            value={currentPassword}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('access.newPassword')}
            description={t('access.newPasswordHint')}
            autoComplete="new-password"
            minLength={12}
            maxLength={128}
            required
            value={newPassword}
            onChange={(event) => setNew(event.currentTarget.value)}
          />
          <Button type="submit" loading={change.isPending}>
            {t('access.savePassword')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
