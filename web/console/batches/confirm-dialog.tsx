import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { TurnedAwayError } from '../../app/deed.ts';
import { TroubleNote } from '../../app/trouble.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly title: string;
  /** What is about to happen: amount, people, total. */
  readonly children: ReactNode;
  /** Names the deed. */
  readonly confirm: string;
  readonly color?: string;
  readonly pending: boolean;
  readonly error: unknown;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks once more before something that moves money or ends something; says in place why it was refused. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation('batches');
  const { opened, title, children, confirm, color = 'sea', pending, error, onConfirm, onClose } = props;
  return (
    <Dialog opened={opened} onClose={onClose} title={title}>
      <Stack>
        {children}
        {error !== null && !(error instanceof TurnedAwayError) && <TroubleNote error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('close')}
          </Button>
          <Button color={color} loading={pending} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
