import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHead } from '../../ui/page-head.tsx';
import { PageLink, places } from '../page-link.tsx';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <PageHead title={t('notFound.title')} lead={t('notFound.words')} />
      <Button component={PageLink} to={places.home}>
        {t('notFound.home')}
      </Button>
    </>
  );
}
