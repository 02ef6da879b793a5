import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { type BodyOf, type FieldsOf } from '../../app/form-fields.ts';

/** As the server takes them. */
const passwordCharsMin = 12;
const passwordCharsMax = 128;

const fields: FieldsOf<BodyOf<'POST', '/api/auth/change-password'>> = {
  currentPassword: null,
  newPassword: null,
};

interface NewPasswordProps {
  /** What the password is called that is proven first. */
  readonly present: string;
  readonly fresh: string;
  readonly hint: string;
  readonly save: string;
  readonly variant?: 'filled' | 'default';
  readonly onDone: () => void;
}

/** The password there is, and another one. */
export function NewPassword({ present, fresh, hint, save, variant = 'filled', onDone }: NewPasswordProps) {
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const change = useDeed(
    (body: { currentPassword: string; newPassword: string }) =>
      api.post('/api/auth/change-password', { body }),
    {
      onDone: () => {
        setCurrent('');
        setNew('');
        onDone();
      },
    },
  );
  const { form, at } = useForm(() => change.mutate({ currentPassword, newPassword }), change.error);
  return (
    <form {...form}>
      <Stack maw={440}>
        {change.error !== null && <TroubleNote error={change.error} fields={fields} />}
        <PasswordInput
          label={present}
          autoComplete="current-password"
          required
          value={currentPassword}
          {...at('currentPassword')}
          onChange={(event) => setCurrent(event.currentTarget.value)}
        />
        <PasswordInput
          label={fresh}
          description={hint}
          autoComplete="new-password"
          minLength={passwordCharsMin}
          maxLength={passwordCharsMax}
          required
          value={newPassword}
          {...at('newPassword')}
          onChange={(event) => setNew(event.currentTarget.value)}
        />
        <Group grow={variant === 'filled'}>
          <Button type="submit" variant={variant} loading={change.isPending}>
            {save}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
import { useForm } from '../../app/form.ts';
