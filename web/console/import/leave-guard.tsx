import { Text } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Confirm } from '../../ui/confirm.tsx';

/** Asks before one leaves corrections that are nowhere but in this page. */
export function LeaveGuard({ isOn }: { readonly isOn: boolean }) {
  const { t } = useTranslation('import');
  const blocked = useBlocker({
    shouldBlockFn: ({ current, next }) => isOn && current.pathname !== next.pathname,
    enableBeforeUnload: () => isOn,
    withResolver: true,
  });
  return (
    <Confirm
      opened={blocked.status === 'blocked'}
      onClose={() => blocked.reset?.()}
      title={t('leave.title')}
      confirm={t('leave.confirm')}
      cancel={t('leave.cancel')}
      onConfirm={() => blocked.proceed?.()}
      pending={false}
      danger
    >
      <Text>{t('leave.words')}</Text>
    </Confirm>
  );
}
