import { Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Stands where a page will be whose script is on its way. */
export function PageWaiting() {
  const { t } = useTranslation('common');
  return (
    <Stack aria-busy="true">
      <VisuallyHidden component="output">{t('waiting')}</VisuallyHidden>
      <Skeleton h={34} w={220} />
      <Skeleton h={160} />
      <Skeleton h={160} />
    </Stack>
  );
}
