import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

interface Told {
  /** Told twice under one id it is said once. */
  readonly id?: string;
  readonly title?: string;
  readonly message: string;
}

/** Says what was done, at the edge of the page, for some seconds. */
export function tell(told: Told): void {
  notifications.show({ color: 'teal', closeButtonProps: { 'aria-label': i18next.t('close') }, ...told });
}
