import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { statusQuery } from '../status/status-query.ts';

const rememberedAs = 'purser.sandbox';
/** Height of the strip that says so, in px. */
export const stripHeight = 26;

/** True while every provider is a sandbox. What it was last time holds until the server answers, so that nothing jumps. */
export function useSandbox(): boolean {
  const { data } = useQuery({
    ...statusQuery,
    select: ({ sandbox }) => {
      localStorage.setItem(rememberedAs, String(sandbox));
      return sandbox;
    },
  });
  return data ?? localStorage.getItem(rememberedAs) === 'true';
}

/** A frame around everything; nothing below it is covered or out of reach. */
export function SandboxFrame() {
  return <div className="sandbox-frame" aria-hidden />;
}

/** The words of the frame: a strip of its own above the header. */
export function SandboxStrip() {
  const { t } = useTranslation();
  return (
    <div className="sandbox-strip" role="note">
      <span>{t('shell.sandbox')}</span>
    </div>
  );
}
