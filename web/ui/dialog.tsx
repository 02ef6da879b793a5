import { Modal, type ModalProps } from '@mantine/core';
import type { ReactNode } from 'react';
import { HeldContext, useHolding } from './hold.ts';
import { useReturnFocus } from './return-focus.ts';

interface DialogProps extends Omit<ModalProps, 'opened'> {
  /** Left out: it is open as long as it stands in the page. */
  readonly opened?: boolean;
}

/** The one dialog of all pages. It cannot be closed while a deed of it is on its way; the focus goes back to what opened it, however it is closed. */
export function Dialog({ opened = true, onClose, children, ...props }: DialogProps) {
  const { held, mayClose } = useHolding(opened);
  return (
    <Modal
      {...props}
      opened={opened}
      onClose={() => {
        if (mayClose()) onClose();
      }}
      returnFocus={false}
      {...(held && { withCloseButton: false })}
    >
      <HeldContext value={held}>
        <Opened>{children}</Opened>
      </HeldContext>
    </Modal>
  );
}

/** In the page as long as the dialog is open, which may be taken out of it to be closed. */
function Opened({ children }: { readonly children: ReactNode }) {
  useReturnFocus();
  return children;
}
