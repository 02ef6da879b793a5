import { notifications } from '@mantine/notifications';
import i18next from 'i18next';

interface Told {
  /** Told twice under one id it is said once. */
  readonly id?: string;
  readonly title?: string;
  readonly message: string;
}

/** Says what was done, at the foot of the page, for some seconds. */
export function tell(told: Told | string): void {
  const words = typeof told === 'string' ? { message: told } : told;
  notifications.show({
    color: 'teal',
    closeButtonProps: { 'aria-label': i18next.t('close', { ns: 'common' }) },
    ...words,
  });
}
