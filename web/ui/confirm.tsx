import { Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { Back } from './back.tsx';
import { Dialog } from './dialog.tsx';
import { ReasonedButton } from './reasoned.tsx';

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
  /** Why it cannot be confirmed yet; undefined: it can. */
  readonly reason?: string | undefined;
}

/** Asks once more before something that others feel. */
export function Confirm(props: ConfirmProps) {
  const { opened, onClose, title, children, confirm, cancel, onConfirm, pending } = props;
  const { danger = false, disabled = false, reason } = props;
  return (
    <Dialog opened={opened} onClose={onClose} title={title} centered>
      <Stack>
        {children}
        <Group justify="flex-end">
          <Back onClick={onClose} disabled={pending}>
            {cancel}
          </Back>
          <ReasonedButton
            {...(danger && { color: 'red' })}
            reason={reason}
            onClick={onConfirm}
            loading={pending}
            disabled={disabled}
          >
            {confirm}
          </ReasonedButton>
        </Group>
      </Stack>
    </Dialog>
  );
}
