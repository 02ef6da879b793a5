import { useSyncExternalStore } from 'react';

// Search is loaded when it is first wanted: most pages are opened without it.

let wanted = false;
const listeners = new Set<() => void>();

/** Opens the search, wherever somebody asks for it. */
export function openPalette(): void {
  wanted = true;
  for (const listener of listeners) listener();
  void import('./palette.tsx').then(({ showPalette }) => showPalette());
}

/** True from the first time that somebody wanted to search. */
export function usePaletteWanted(): boolean {
  return useSyncExternalStore(listen, () => wanted);
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
