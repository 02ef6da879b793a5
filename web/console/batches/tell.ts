import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Says what was done, in a corner of the page. */
export function tell(message: string): void {
  // Pressed twice it was done once, and is said once.
  notifications.show({
    id: message,
    color: 'teal',
    message,
    closeButtonProps: { 'aria-label': i18next.t('batches:close') },
  });
}
