import { Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { useReturnFocus } from '../../ui/return-focus.ts';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly size?: NonNullable<ModalProps['size']>;
  readonly children: ReactNode;
}

/** A dialog of the kit that is open as long as it stands in the page. */
export function Dialog({ size = 'md', ...props }: DialogProps) {
  useReturnFocus();
  return <Modal opened size={size} {...props} />;
}
