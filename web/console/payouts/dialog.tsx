import { Modal, type ModalProps, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly size?: NonNullable<ModalProps['size']>;
  readonly children: ReactNode;
}

/** A dialog that is open as long as it stands in the page. Its head is no banner of the page, and its cross has a name. */
export function Dialog({ title, onClose, size = 'md', children }: DialogProps) {
  const { t } = useTranslation('payouts');
  return (
    <Modal
      opened
      centered
      onClose={onClose}
      title={
        <Text component="span" fw={650} size="lg">
          {title}
        </Text>
      }
      size={size}
      attributes={{ header: { role: 'presentation' } }}
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      {children}
    </Modal>
  );
}
