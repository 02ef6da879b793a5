import { Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api, queries } from '../../app/api.ts';
import { provePasskey } from '../../app/passkey.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Note } from '../../ui/note.tsx';
import { Door } from './door.tsx';
import { SecondFactor } from './second-factor.tsx';

/** Sign-in of the team: password and code, or a passkey alone. */
export function SignIn({ note }: { readonly note?: string }) {
  const { t } = useTranslation();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [needsFactor, setNeedsFactor] = useState(false);
  const enter = () => void queries.resetQueries();
  const withPassword = useMutation({
    mutationFn: () => api.post('/api/auth/sign-in/email', { body: { email: email.trim(), password } }),
    onSuccess: ({ secondFactorNeeded }) => (secondFactorNeeded ? setNeedsFactor(true) : enter()),
  });
  const withPasskey = useMutation({
    mutationFn: async () =>
      api.post('/api/auth/passkey/verify-authentication', { body: { response: await provePasskey() } }),
    onSuccess: enter,
  });
  const error = withPassword.error ?? withPasskey.error;
  const { form, at } = useForm(() => withPassword.mutate(), error);
  if (needsFactor) return <SecondFactor onDone={enter} onBack={() => setNeedsFactor(false)} />;
  return (
    <Door title={t('access.signIn')} lead={t('access.lead')}>
      {note !== undefined && <Note tone="warn">{note}</Note>}
      {error !== null && <TroubleNote error={error} fields={{ email: null, password: null }} />}
      <form {...form}>
        <Stack>
          <TextInput
            label={t('access.email')}
            type="email"
            autoComplete="username webauthn"
            required
            value={email}
            {...at('email')}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('access.password')}
            autoComplete="current-password"
            required
            value={password}
            {...at('password')}
            onChange={(event) => setPassword(event.currentTarget.value)}
          />
          <Button type="submit" loading={withPassword.isPending}>
            {t('access.signIn')}
          </Button>
        </Stack>
      </form>
      <Divider label={t('access.or')} />
      <Button variant="default" onClick={() => withPasskey.mutate()} loading={withPasskey.isPending}>
        {t('access.passkey')}
      </Button>
    </Door>
  );
}
