import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Tells in passing that something was done. */
export function say(message: string): void {
  const close = i18next.t('close', { ns: 'payouts' });
  // Pressed twice it was done once, and is said once.
  notifications.show({ id: message, color: 'teal', message, closeButtonProps: { 'aria-label': close } });
}
