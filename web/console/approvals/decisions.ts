import { useState } from 'react';
import { useDeed } from '../../app/deed.ts';
import { api } from '../../app/api.ts';
import type { DeedResults, WaitingPayout } from '../../client/types.ts';

/** The last thing that was decided here, said until the next one. */
export interface LastWord {
  readonly payout: WaitingPayout;
  readonly deed: 'approve' | 'decline';
  readonly error: Error | null;
}

/** The second press of a double one must not meet the next payout, which nobody has looked at yet. */
const restMs = 400;

interface Approving {
  readonly id: string;
  readonly approvalHash: string;
  readonly words: string;
}

/** Approves exactly what is seen, and remembers what became of it while the list moves on. */
export function useDecisions(what: (payout: WaitingPayout) => string, onDone: (id: string) => void) {
  const [last, setLast] = useState<LastWord | null>(null);
  const approve = useDeed<Approving, DeedResults>(
    ({ id, approvalHash }, idempotencyKey) =>
      api.post('/payouts/approve', { body: { payoutIds: [id], approvalHash }, idempotencyKey }),
    { what: ({ words }) => words },
  );
  const [isResting, setResting] = useState(false);
  const approveNow = (payout: WaitingPayout) => {
    if (approve.isPending || isResting || payout.approval === null) return;
    approve.mutate(
      { id: payout.id, approvalHash: payout.approval.approvalHash, words: what(payout) },
      {
        onSuccess: () => {
          setLast({ payout, deed: 'approve', error: null });
          setResting(true);
          setTimeout(() => setResting(false), restMs);
          onDone(payout.id);
        },
        onError: (error) => setLast({ payout, deed: 'approve', error }),
      },
    );
  };
  const declined = (payout: WaitingPayout) => {
    setLast({ payout, deed: 'decline', error: null });
    onDone(payout.id);
  };
  return { last, approveNow, declined, isApproving: approve.isPending || isResting };
}
