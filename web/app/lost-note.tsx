import { useTranslation } from 'react-i18next';
import { useLostSince } from './connection.ts';
import { timeOfDay } from './format.ts';

/** The one place that says that the server does not answer: at the foot of every page, above whatever is open. */
export function LostNote() {
  const { t } = useTranslation('common');
  const since = useLostSince();
  return (
    <output className="lost-note no-print">
      {since !== null && <span>{t('lost.words', { at: clock(since) })}</span>}
    </output>
  );
}

/** Time of the reader's machine. */
export function clock(at: Date): string {
  return timeOfDay(at.toISOString(), Intl.DateTimeFormat().resolvedOptions().timeZone);
}
