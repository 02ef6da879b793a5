import { useTranslation } from 'react-i18next';

/** True while every provider of the platform is a sandbox; the server writes it into the page. */
const isSandbox = document.documentElement.hasAttribute('data-sandbox');

/** A frame around everything and a strip of words above it; nothing of the page is covered or out of reach. */
export function SandboxMark() {
  const { t } = useTranslation();
  if (!isSandbox) return null;
  return (
    <>
      <div className="sandbox-frame no-print" aria-hidden />
      <div className="sandbox-strip" role="note">
        <span>{t('shell.sandbox')}</span>
      </div>
    </>
  );
}

/** The same words in what is printed and kept. */
export function SandboxStamp() {
  const { t } = useTranslation();
  if (!isSandbox) return null;
  return <p className="sandbox-stamp">{t('shell.sandbox')}</p>;
}
