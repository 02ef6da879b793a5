import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from './form.ts';
import { api, queries } from './api.ts';
import { provePasskey } from './passkey.ts';
import { TroubleNote } from './trouble.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Asked for once at a time; whoever waits is answered together. */
interface Asking {
  readonly waiting: readonly ((proven: boolean) => void)[];
  /** What is about to be done, in words: amount, people, total. */
  readonly what: string;
}

let asking: Asking | null = null;
const listeners = new Set<() => void>();

function become(next: Asking | null): void {
  asking = next;
  for (const listener of listeners) listener();
}

/** Asks for a second factor in place. False when the person turned away: then nothing is done. */
export function askStepUp(what: string): Promise<boolean> {
  return new Promise((resolve) => become({ what, waiting: [...(asking?.waiting ?? []), resolve] }));
}

function answer(proven: boolean): void {
  const waiting = asking?.waiting ?? [];
  become(null);
  for (const resolve of waiting) resolve(proven);
}

/** Above dialogs (200) and what folds out of them (300), one of which asked; below toasts (400). */
const aboveDialogs = 350;

/** Escape closes this dialog alone, and not the one below it, which listens too, but later. */
function turnAway(event: KeyboardEvent): void {
  if (event.key !== 'Escape' || event.isComposing || asking === null) return;
  event.stopImmediatePropagation();
  answer(false);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('keydown', turnAway, { capture: true });
  return () => {
    window.removeEventListener('keydown', turnAway, { capture: true });
    listeners.delete(listener);
  };
}

/** Stands once in the page; opens when somebody asks, above whatever asked. */
export function StepUpDialog() {
  const { t } = useTranslation('common');
  const now = useSyncExternalStore(subscribe, () => asking);
  return (
    <Dialog
      opened={now !== null}
      onClose={() => answer(false)}
      title={t('stepUp.title')}
      zIndex={aboveDialogs}
      closeOnEscape={false}
    >
      {now !== null && <StepUpForm what={now.what} />}
    </Dialog>
  );
}

function StepUpForm({ what }: { readonly what: string }) {
  const { t } = useTranslation('common');
  const [code, setCode] = useState('');
  const prove = useMutation({
    mutationFn: async (way: 'code' | 'passkey') =>
      api.post('/api/me/step-up', {
        body: way === 'code' ? { code: code.trim() } : { passkey: await provePasskey() },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: ['me'] });
      answer(true);
    },
  });
  const { form, at } = useForm(() => prove.mutate('code'), prove.error);
  return (
    <form {...form}>
      <Stack>
        {what !== '' && <Text fw={600}>{what}</Text>}
        <Text>{t('stepUp.lead')}</Text>
        {prove.error !== null && <TroubleNote error={prove.error} fields={{ code: null }} />}
        <TextInput
          label={t('stepUp.code')}
          description={t('stepUp.codeHint')}
          value={code}
          {...at('code')}
          onChange={(event) => setCode(event.currentTarget.value)}
          autoComplete="one-time-code"
          inputMode="text"
          data-autofocus
          required
        />
        <Group justify="space-between">
          <Button variant="default" onClick={() => prove.mutate('passkey')} disabled={prove.isPending}>
            {t('stepUp.passkey')}
          </Button>
          <Button type="submit" loading={prove.isPending}>
            {t('stepUp.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
