import { Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api } from '../../app/api.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { FormActions } from '../../ui/form-actions.tsx';
import { Door } from './door.tsx';

const appCode = /^\d{6}$/;

/** The second step after the password: a code of the app, or a recovery code. */
export function SecondFactor({
  onDone,
  onBack,
}: {
  readonly onDone: () => void;
  readonly onBack: () => void;
}) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const verify = useMutation({
    mutationFn: (text: string) =>
      appCode.test(text)
        ? api.post('/api/auth/two-factor/verify-totp', { body: { code: text } })
        : api.post('/api/auth/two-factor/verify-backup-code', { body: { code: text } }),
    onSuccess: onDone,
  });
  const { form, at } = useForm(() => verify.mutate(code.trim()), verify.error);
  return (
    <Door title={t('access.secondFactor')} lead={t('access.secondFactorLead')}>
      {verify.error !== null && <TroubleNote error={verify.error} fields={{ code: null }} />}
      <form {...form}>
        <Stack>
          <TextInput
            label={t('access.code')}
            description={t('access.codeHint')}
            autoComplete="one-time-code"
            required
            data-autofocus
            value={code}
            {...at('code')}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <FormActions
            confirm={t('access.signIn')}
            cancel={t('access.back')}
            onCancel={onBack}
            pending={verify.isPending}
          />
        </Stack>
      </form>
    </Door>
  );
}
