import { useEffect, useState } from 'react';

/** What had the focus last. Whoever chose from a menu with a mouse has the focus nowhere once it is gone. */
let last: HTMLElement | null = null;
document.addEventListener('focusin', ({ target }) => {
  last = openerOf(target) ?? last;
});

/** An item of a menu is gone with its menu, whose button stays. */
function openerOf(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof HTMLElement)) return null;
  const button = target.closest('[role=menu]')?.getAttribute('aria-labelledby');
  return typeof button === 'string' ? document.getElementById(button) : target;
}

/** Gives the focus back to what opened a dialog that stands only while it is open: the kit does that for those that stay. */
export function useReturnFocus(): void {
  const [opener] = useState(() => last);
  useEffect(
    () => () => {
      // Whoever has gone on meanwhile is not called back.
      if (document.activeElement === document.body) opener?.focus({ preventScroll: true });
    },
    [opener],
  );
}
