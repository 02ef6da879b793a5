import { Modal, type ModalProps } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useReturnFocus } from './return-focus.ts';

interface DialogProps extends Omit<ModalProps, 'opened'> {
  readonly opened?: boolean;
  /** What was begun in it is on its way: it cannot be closed as if nothing were. */
  readonly held?: boolean;
}

/**
 * A dialog of the kit; open as long as it stands in the page, unless it is told. The focus goes back to what opened it, also when
 * it is taken out of the page to be closed, which the kit does not see.
 */
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
      <Opened>{children}</Opened>
    </Modal>
  );
}

/** In the page as long as the dialog is open. */
function Opened({ children }: { readonly children: ReactNode }) {
  useReturnFocus();
  // What opened it may be gone, as the button is that paid everybody: then the page is read from its heading.
  useEffect(
    () => () => {
      if (document.activeElement === document.body)
        document.querySelector<HTMLElement>('h1[tabindex="-1"]')?.focus({ preventScroll: true });
    },
    [],
  );
  return children;
}
