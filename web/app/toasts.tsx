import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { atOnceMax, shownMs } from './tell.ts';

const narrow = '(max-width: 48em)';

/** What was just done, at the foot of the screen: the head of a page, its buttons and the places of the portal stay free. */
export function Toasts() {
  const isNarrow = useMediaQuery(narrow, window.matchMedia(narrow).matches);
  return (
    <Notifications
      position={isNarrow ? 'bottom-center' : 'bottom-right'}
      autoClose={shownMs}
      limit={atOnceMax}
      aria-live="polite"
    />
  );
}
