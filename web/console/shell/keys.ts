import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLocalStorage } from '@mantine/hooks';
import { goKeys } from '../nav.ts';
import { openPalette } from './open-palette.ts';

/** How long after `g` its second key counts. */
const secondKeyMs = 1500;
const typing = 'input, textarea, select, [contenteditable="true"]';

/** Single keys get in the way of dictation and slipping fingers, so a person can turn them off (WCAG 2.1.4). */
export function useKeysOn() {
  return useLocalStorage({ key: 'purser.keys', defaultValue: true, getInitialValueInEffect: false });
}

/** `?` for help, `/` for search, `g` and a second key to go somewhere; nothing while somebody types or a dialog is open. */
export function useKeys(isOn: boolean, showHelp: () => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    if (!isOn) return undefined;
    let goAt = Number.NEGATIVE_INFINITY;
    const press = (event: KeyboardEvent) => {
      const isGoing = event.timeStamp - goAt < secondKeyMs;
      goAt = Number.NEGATIVE_INFINITY;
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      const place = isGoing ? goKeys[event.key] : undefined;
      if (place) void navigate({ to: place.to });
      else if (event.key === 'g') goAt = event.timeStamp;
      else if (event.key === '?') showHelp();
      else if (event.key === '/') openPalette();
      else return;
      // The page below has keys of its own.
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [isOn, navigate, showHelp]);
}

function isBusy(target: EventTarget | null): boolean {
  if (document.querySelector('[aria-modal="true"]')) return true;
  return target instanceof Element && target.closest(typing) !== null;
}
