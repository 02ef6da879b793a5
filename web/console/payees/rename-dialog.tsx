import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useForm } from '../../app/form.ts';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import type { Payee } from '../../client/types.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../app/tell.ts';

const nameCharsMax = 200;

interface RenameProps {
  readonly payee: Payee;
  readonly onClose: () => void;
}

/** What a payee is called, here and in what they are sent. */
export function RenameDialog({ payee, onClose }: RenameProps) {
  const { t } = useTranslation('forms');
  return (
    <Dialog onClose={onClose} title={t('rename.title', { name: payee.name || payee.externalId })}>
      <RenameForm payee={payee} onClose={onClose} />
    </Dialog>
  );
}

function RenameForm({ payee, onClose }: RenameProps) {
  const { t } = useTranslation('forms');
  const [name, setName] = useState(payee.name);
  const rename = useDeed(
    (input: string) => api.patch('/payees/{id}', { params: { id: payee.externalId }, body: { name: input } }),
    {
      what: (input) => t('rename.what', { name: input }),
      onDone: (changed) => {
        tell(t('rename.done', { name: changed.name }));
        onClose();
      },
    },
  );
  const { form, at } = useForm(() => {
    if (!rename.isPending) rename.mutate(name.trim());
  }, rename.error);
  return (
    <form {...form}>
      <Stack>
        <Text>{t('rename.lead')}</Text>
        <TextInput
          label={t('rename.name')}
          required
          maxLength={nameCharsMax}
          data-autofocus
          value={name}
          {...at('name')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <DeedTrouble error={rename.error} fields={{ name: null }} />
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button type="submit" loading={rename.isPending}>
            {t('rename.confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
