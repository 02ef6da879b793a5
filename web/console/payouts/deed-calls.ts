import { api } from '../../app/api.ts';
import type { DeedResults, PayoutDetails, RetryStarted } from '../../client/types.ts';
import type { Deed } from './deeds.ts';

/** What a person types for a deed; each deed takes its own part of it. */
export interface DeedWords {
  readonly reason?: string;
  /** End of a hold, RFC 3339; null: until somebody releases it. */
  readonly until?: string | null;
  readonly evenIfExported?: boolean;
  readonly approvalHash?: string;
  readonly paymentReferenceId?: string;
  readonly paymentNotes?: string | null;
  readonly paymentDate?: string | null;
  /** Minor units. */
  readonly amount?: number;
  readonly decision?: 'pay_again' | 'keep';
}

/** Deeds that are done to many at once. */
export type ManyDeed = Extract<Deed, 'approve' | 'decline' | 'hold' | 'release' | 'resubmit' | 'cancel'>;

/** Payouts that one call names. */
export const payoutsPerCallMax = 500;

export function doToMany(
  deed: ManyDeed,
  payoutIds: string[],
  words: DeedWords,
  idempotencyKey: string,
): Promise<DeedResults> {
  const { reason = '', evenIfExported = false, until = null, approvalHash } = words;
  const options = { idempotencyKey };
  switch (deed) {
    case 'approve':
      return api.post('/payouts/approve', {
        body: { payoutIds, ...(approvalHash === undefined ? {} : { approvalHash }) },
        ...options,
      });
    case 'decline':
      return api.post('/payouts/decline', { body: { payoutIds, reason, evenIfExported }, ...options });
    case 'cancel':
      return api.post('/payouts/cancel', { body: { payoutIds, reason, evenIfExported }, ...options });
    case 'hold':
      return api.post('/payouts/hold', { body: { payoutIds, reason, until }, ...options });
    case 'release':
      return api.post('/payouts/release', { body: { payoutIds }, ...options });
    case 'resubmit':
      return api.post('/payouts/resubmit', { body: { payoutIds }, ...options });
  }
}

/** Pays again what failed or came back: of one cycle, all or none. */
export function retryPayouts(payoutIds: string[], idempotencyKey: string): Promise<RetryStarted> {
  return api.post('/payouts/retry', { body: { payoutIds }, idempotencyKey });
}

/** Does one deed to one payout. */
export function doToOne(
  deed: Deed,
  payoutId: string,
  words: DeedWords,
  idempotencyKey: string,
): Promise<DeedResults | RetryStarted | PayoutDetails> {
  const { reason = '', paymentReferenceId = '', paymentNotes = null, paymentDate = null } = words;
  switch (deed) {
    case 'retry':
      return retryPayouts([payoutId], idempotencyKey);
    case 'mark_paid':
      return api.post('/payouts/mark-paid', {
        body: { payoutId, paymentReferenceId, paymentNotes, paymentDate },
        idempotencyKey,
      });
    case 'unpay':
      return api.post('/payouts/unpay', { body: { payoutId, reason }, idempotencyKey });
    case 'settle_part':
      return api.post('/payouts/settle-part', {
        body: { payoutId, reason, amount: words.amount ?? 0, decision: words.decision ?? 'keep' },
        idempotencyKey,
      });
    default:
      return doToMany(deed, [payoutId], words, idempotencyKey);
  }
}
