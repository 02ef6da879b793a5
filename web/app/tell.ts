import { type NotificationData, notifications, notificationsStore } from '@mantine/notifications';
import i18next from 'i18next';

/** How long a word of what was done stays. */
export const shownMs = 8000;
/** Toasts at once. */
export const atOnceMax = 3;

interface Told {
  /** Told twice under one id it is said once. */
  readonly id?: string;
  readonly title?: string;
  readonly message: string;
}

/**
 * Says what was done, at the foot of the page, for some seconds: at once, as the oldest makes room where there are as many as may
 * stand there. It stays for as long as somebody points at it or is in it with the keyboard.
 */
export function tell(told: Told | string): void {
  const words = typeof told === 'string' ? { id: told, message: told } : told;
  const id = words.id ?? crypto.randomUUID();
  const toast: NotificationData = {
    color: 'teal',
    closeButtonProps: { 'aria-label': i18next.t('close', { ns: 'common' }) },
    ...words,
    id,
    'data-toast': id,
    // The place where they stand is heard politely: what was just done needs no hurry.
    role: 'group',
    onFocusCapture: () => notifications.update({ ...toast, autoClose: false }),
    onBlurCapture: () => notifications.update({ ...toast, autoClose: shownMs }),
  };
  const shown = notificationsStore.getState().notifications;
  if (!shown.some((one) => one.id === id)) makeRoom(shown);
  notifications.show(toast);
}

function makeRoom(shown: readonly NotificationData[]): void {
  const tooMany = Math.max(0, shown.length - (atOnceMax - 1));
  const idle = shown.flatMap(({ id }) => (id === undefined || isHeld(id) ? [] : [id]));
  for (const id of idle.slice(0, tooMany)) notifications.hide(id);
}

/** Somebody points at it, or is in it with the keyboard. */
function isHeld(id: string): boolean {
  const toast = document.querySelector(`[data-toast="${CSS.escape(id)}"]`);
  return toast?.matches(':hover, :focus-within') === true;
}
