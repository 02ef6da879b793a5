import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { handMethods } from '../core/hand-transfer.ts';
import type { PayoutNeed } from '../core/inbox.ts';

/** Ends by which something is urgent, and when it is looked. */
export interface NeedTimes {
  readonly now: Date;
  readonly expiringUntil: Date;
  readonly holdsUntil: Date;
  /** What was accepted before goes back to the provider soon. */
  readonly acceptedBefore: Date;
}

/** True for approved transfers `x` that people make. */
export const byHand = sql`(select m.type from payout_method m where m.id = x.method_id) = any(${handMethods}::text[])`;

// What failed before it is tried again by itself, and what an earlier system did, need nobody.
const broken = sql`x.kind <> 'legacy' and x.next_retry_at is null`;

/** What of the payouts `x` of its state a card of the inbox counts; its link lists the same. */
export function needed(need: PayoutNeed, times: NeedTimes): RawBuilder<unknown> {
  const { now } = times;
  switch (need) {
    case 'failed':
    case 'returned':
      return broken;
    case 'approvals_expiring':
      return sql`x.expires_at <= ${times.expiringUntil}`;
    case 'approved_to_pay':
      return sql`(x.hold_reason is null or x.hold_until <= ${now}) and x.hand_exported_at is null and not ${byHand}`;
    case 'unclaimed_ending':
      return sql`exists (select 1 from payout_attempt a join submission s on s.id = a.submission_id
        where a.payout_id = x.id and a.ordinal = x.attempt_count and s.accepted_at <= ${times.acceptedBefore})`;
    case 'holds_ending':
      return sql`x.hold_until > ${now} and x.hold_until <= ${times.holdsUntil}`;
  }
}
