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

/**
 * Of what stands in a dialog as long as it is open: gives the focus back to what opened it. That may be gone, as the button is
 * that paid everybody; then whoever looked goes on in the dialog below, or reads the page from its heading.
 */
export function useReturnFocus(): void {
  const [opener] = useState(() => last);
  useEffect(
    () => () => {
      // The page may be drawn anew with what was done, and the kit looks for what it knows of.
      setTimeout(() => giveBack(opener));
    },
    [opener],
  );
}

function giveBack(opener: HTMLElement | null): void {
  const below = [...document.querySelectorAll<HTMLElement>('[role=dialog]')].at(-1);
  const heading = document.querySelector<HTMLElement>('h1[tabindex="-1"]');
  for (const one of [opener, below, heading])
    // Whoever has gone on meanwhile is not called back.
    if (document.activeElement === document.body) one?.focus({ preventScroll: true });
}
