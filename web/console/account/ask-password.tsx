import { Button, Group, PasswordInput, Stack, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { useDeed } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';

interface AskPasswordProps<Out> {
  /** What is done with it, on the button. */
  readonly deed: string;
  readonly lead: ReactNode;
  readonly does: (password: string, idempotencyKey: string) => Promise<Out>;
  readonly onDone: (out: Out) => void;
  readonly onCancel: () => void;
  readonly danger?: boolean;
}

/** The password once more, for what changes how somebody proves themselves. */
export function AskPassword<Out>({ deed, lead, does, onDone, onCancel, danger }: AskPasswordProps<Out>) {
  const { t } = useTranslation('account');
  const [password, setPassword] = useState('');
  const run = useDeed(does, { what: () => deed, onDone });
  const { form, at } = useForm(() => run.mutate(password), run.error);
  return (
    <form {...form}>
      <Stack maw={440}>
        <Text component="div">{lead}</Text>
        {run.error !== null && <TroubleNote error={run.error} fields={{ password: null }} />}
        <PasswordInput
          label={t('yourPassword')}
          autoComplete="current-password"
          required
          data-autofocus
          value={password}
          {...at('password')}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Group>
          <Button type="submit" loading={run.isPending} {...(danger === true && { color: 'red' })}>
            {deed}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {t('cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
