import { useTranslation } from 'react-i18next';
import { count } from '../../app/format.ts';
import { Note } from '../../ui/note.tsx';
import { countOf, type Tried, unmendedOf } from './tried-before.ts';

/** Says once more before they are paid that some would fail again. */
export function FailsAgain({ tried }: { readonly tried: readonly Tried[] }) {
  const { t } = useTranslation('again');
  const n = countOf(unmendedOf(tried));
  return n === 0 ? null : <Note tone="warn" title={t('anyway', { count: n, n: count(n) })} />;
}
