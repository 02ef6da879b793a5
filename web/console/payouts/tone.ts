import type { Payout } from '../../client/types.ts';

/** What a color means: good, waits for you, wrong, over; the rest is on its way. */
export function toneOf({ status, waitingOn }: Pick<Payout, 'status' | 'waitingOn'>): string {
  if (status === 'completed') return 'teal';
  if (status === 'declined' || status === 'cancelled') return 'gray';
  if (status === 'failed' || status === 'returned') return waitingOn === 'clock' ? 'orange' : 'red';
  return waitingOn === 'you' || waitingOn === 'approver' || waitingOn === 'payee' ? 'orange' : 'sea';
}
