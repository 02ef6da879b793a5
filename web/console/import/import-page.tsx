import { useTranslation } from 'react-i18next';
import { PageHead } from '../../ui/page-head.tsx';

export function ImportPage() {
  const { t } = useTranslation();
  return <PageHead title={t('nav.import')} />;
}
