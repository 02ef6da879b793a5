import { useState } from 'react';
import { Button, Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api } from '../../app/api.ts';
import { useDeed } from '../../app/deed.ts';
import type { Payee } from '../../client/types.ts';
import { DeedTrouble } from '../payouts/deed-trouble.tsx';
import { Back } from '../../ui/back.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { tell } from '../../app/tell.ts';

interface BlockProps {
  readonly payee: Payee;
  readonly onClose: () => void;
}

/** Pays somebody no more until they are freed, or frees them. */
export function BlockDialog({ payee, onClose }: BlockProps) {
  const { t } = useTranslation('forms');
  // What it was when the dialog opened.
  const [kind] = useState(payee.status === 'blocked' ? 'free' : 'block');
  const said = { name: payee.name || payee.externalId };
  const act = useDeed(
    (status: Payee['status']) =>
      api.patch('/payees/{id}', { params: { id: payee.externalId }, body: { status } }),
    {
      what: () => t(`${kind}.confirm`, said),
      onDone: () => {
        tell(t(`${kind}.done`, said));
        onClose();
      },
    },
  );
  return (
    <Dialog onClose={onClose} title={t(`${kind}.title`, said)}>
      <Stack>
        <Text>{t(`${kind}.lead`, said)}</Text>
        <DeedTrouble error={act.error} />
        <Group justify="flex-end">
          <Back onClick={onClose}>{t('back')}</Back>
          <Button
            loading={act.isPending}
            color={kind === 'block' ? 'red.9' : 'sea'}
            onClick={() => act.mutate(kind === 'block' ? 'blocked' : 'active')}
          >
            {t(`${kind}.confirm`, said)}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
