import { useHotkeys } from '@mantine/hooks';

type Key = 'a' | 'r' | 'j' | 'k' | 'x' | '?';

/** Fields that take letters. */
const typed = 'textarea, select, input:not([type=checkbox], [type=radio])';

/**
 * Single keys of a page. They do nothing while somebody types or a dialog is open, and nothing by being held down: a key
 * that says yes to money says it once.
 */
export function useKeys(does: Readonly<Record<Key, () => unknown>>): void {
  const guarded = (key: Key) => (event: KeyboardEvent) => {
    const isTyping = event.target instanceof Element && event.target.closest(typed) !== null;
    if (event.repeat || isTyping || document.querySelector('[role="dialog"]') !== null) return;
    does[key]();
  };
  const option = { preventDefault: false };
  useHotkeys(
    [
      ['a', guarded('a'), option],
      ['r', guarded('r'), option],
      ['j', guarded('j'), option],
      ['k', guarded('k'), option],
      ['x', guarded('x'), option],
      ['?', guarded('?'), option],
      ['shift+?', guarded('?'), option],
    ],
    [],
  );
}
