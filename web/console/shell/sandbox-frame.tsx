import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { statusQuery } from '../status/status-query.ts';

/** While every provider is a sandbox the whole console stands in a frame that says so. */
export function SandboxFrame() {
  const { t } = useTranslation();
  const { data } = useQuery(statusQuery);
  if (data?.sandbox !== true) return null;
  return (
    <>
      <div className="sandbox-frame" aria-hidden />
      <div className="sandbox-label" role="note">
        {t('shell.sandbox')}
      </div>
    </>
  );
}
