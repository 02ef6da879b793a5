import { Modal, type ModalProps } from '@mantine/core';

interface DialogProps extends Omit<ModalProps, 'opened'> {
  readonly opened?: boolean;
  /** What was begun in it is on its way: it cannot be closed as if nothing were. */
  readonly held?: boolean;
}

/** A dialog of the kit; open as long as it stands in the page, unless it is told. */
export function Dialog({ opened = true, held = false, onClose, children, ...props }: DialogProps) {
  return (
    <Modal
      {...props}
      opened={opened}
      onClose={() => {
        if (!held) onClose();
      }}
      {...(held && { withCloseButton: false, closeOnEscape: false, closeOnClickOutside: false })}
    >
      {children}
    </Modal>
  );
}
