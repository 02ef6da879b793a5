import { Modal, type ModalProps } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { HeldContext, useHolding } from './hold.ts';
import { useReturnFocus } from './return-focus.ts';

interface DialogProps extends Omit<ModalProps, 'opened'> {
  /** Left out: it is open as long as it stands in the page. */
  readonly opened?: boolean;
}

/** The one dialog of all pages. It cannot be closed while a deed of it is on its way; the focus goes back to what opened it, however it is closed. */
export function Dialog({ opened, ...props }: DialogProps) {
  return opened === undefined ? <Standing {...props} /> : <Box {...props} opened={opened} />;
}

/** Taken out of the page to be closed, which the kit does not see. */
function Standing(props: Omit<DialogProps, 'opened'>) {
  useReturnFocus();
  return <Box {...props} opened />;
}

function Box({ opened, onClose, children, ...props }: DialogProps & { readonly opened: boolean }) {
  const { held, mayClose } = useHolding(opened);
  return (
    <Modal
      {...props}
      opened={opened}
      onClose={() => {
        if (mayClose()) onClose();
      }}
      {...(held && { withCloseButton: false })}
    >
      <HeldContext value={held}>
        <Opened>{children}</Opened>
      </HeldContext>
    </Modal>
  );
}

/** In the page as long as the dialog is open. What opened it may be gone then, as the button is that paid everybody. */
function Opened({ children }: { readonly children: ReactNode }) {
  useEffect(() => () => void setTimeout(toHeading), []);
  return children;
}

/** Whose focus went nowhere reads the page from its heading. */
function toHeading(): void {
  if (document.activeElement === document.body)
    document.querySelector<HTMLElement>('h1[tabindex="-1"]')?.focus({ preventScroll: true });
}
