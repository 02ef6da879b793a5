import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

/** Says what was done, in a corner of the page. */
export function tell(message: string): void {
  notifications.show({
    color: 'teal',
    message,
    closeButtonProps: { 'aria-label': i18next.t('batches:close') },
  });
}
