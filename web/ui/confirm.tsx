import { Button, Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Back } from './back.tsx';
import { Dialog } from './dialog.tsx';

interface ConfirmProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** What is about to happen, as a question or a deed. */
  readonly title: string;
  readonly children: ReactNode;
  /** Names the deed: "Remove Ana". */
  readonly confirm: string;
  readonly cancel: string;
  readonly onConfirm: () => void;
  readonly pending: boolean;
  readonly danger?: boolean;
  /** There is nothing to confirm; the words above say why. */
  readonly disabled?: boolean;
}

/** Asks once more before something that others feel. */
export function Confirm(props: ConfirmProps) {
  const { opened, onClose, title, children, confirm, cancel, onConfirm, pending } = props;
  const { danger = false, disabled = false } = props;
  return (
    <Dialog opened={opened} onClose={onClose} title={title} centered>
      <Stack>
        {children}
        <Group justify="flex-end">
          <Back onClick={onClose} disabled={pending}>
            {cancel}
          </Back>
          <Button {...(danger && { color: 'red' })} onClick={onConfirm} loading={pending} disabled={disabled}>
            {confirm}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
