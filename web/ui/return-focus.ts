import { useEffect, useState } from 'react';

/** What opened a dialog; an item of a menu is gone with its menu, whose button stays. */
function openerNow(): HTMLElement | null {
  const active = document.activeElement;
  const button = active?.closest('[role=menu]')?.getAttribute('aria-labelledby');
  const opener = typeof button === 'string' ? document.getElementById(button) : active;
  return opener instanceof HTMLElement ? opener : null;
}

/** Gives the focus back to what opened a dialog that stands only while it is open: the kit does that for those that stay. */
export function useReturnFocus(): void {
  const [opener] = useState(openerNow);
  useEffect(
    () => () => {
      // Whoever has gone on meanwhile is not called back.
      if (document.activeElement === document.body) opener?.focus({ preventScroll: true });
    },
    [opener],
  );
}
