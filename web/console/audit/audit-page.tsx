import { useTranslation } from 'react-i18next';
import { PageHead } from '../../ui/page-head.tsx';

export function AuditPage() {
  const { t } = useTranslation();
  return <PageHead title={t('nav.audit')} />;
}
