import { useTranslation } from 'react-i18next';
import { useOnlyLooks } from '../../app/me.ts';

/** Whose turn something is, in words for whoever reads it: who only looks is nobody's "you". */
export function useTurnWords(): (turn: string) => string {
  const { t } = useTranslation('payouts');
  const onlyLooks = useOnlyLooks();
  return (turn) => t(`waiting.${turn === 'you' && onlyLooks ? 'team' : turn}`, { defaultValue: turn });
}
