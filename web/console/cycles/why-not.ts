import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { dateTime } from '../../app/format.ts';
import { meQuery, useMay } from '../../app/me.ts';
import type { Cycle } from '../../client/types.ts';

/** True when the batch that is being paid was started by who looks. */
export function useIsMine({ activeBatchId, activeBatchStartedById }: Cycle): boolean {
  const me = useQuery(meQuery).data?.id;
  return activeBatchId !== null && activeBatchStartedById === me;
}

/** Why nobody can be paid now; null: they can. */
export function useWhyNot(cycle: Cycle): string | null {
  const { status, activeBatchId, activeBatchStartedBy, lock } = cycle;
  const { t } = useTranslation('cycles');
  const mayPay = useMay('operate');
  const isMine = useIsMine(cycle);
  if (!mayPay) return t('pay.noRight');
  if (status === 'closed') return t('pay.closed');
  if (activeBatchId !== null)
    return isMine ? t('pay.active') : t('pay.activeOther', { by: activeBatchStartedBy });
  if (lock !== null) return t('active.locked', { by: lock.lockedBy, until: dateTime(lock.expiresAt) });
  return null;
}

/** Who else pays this cycle at this moment, or prepares to; null: nobody. */
export function useTakenBy(cycle: Cycle | undefined): string | null {
  const me = useQuery(meQuery).data?.id;
  if (cycle === undefined) return null;
  const { activeBatchId, activeBatchStartedBy, activeBatchStartedById, lock } = cycle;
  if (activeBatchId === null) return lock?.lockedBy ?? null;
  return activeBatchStartedById === me ? null : activeBatchStartedBy;
}
