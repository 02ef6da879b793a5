import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { isUnready } from './provider-accounts.ts';

// Whether a payee `y` can be paid to a method `m` now, beside owing and providers. `core/hold.ts` says the same in words.

/** A time, or one that the statement itself names. */
export type Moment = Date | RawBuilder<unknown>;

const onHold = (now: Date) =>
  sql`y.hold_reason is not null and (y.hold_until is null or y.hold_until > ${now})`;

/**
 * True for an active payee who is not on hold, and a method that is neither frozen nor serving its time, nor known to its
 * provider as one that cannot be paid.
 */
export function payable(now: Moment) {
  return sql`(y.status = 'active' and (y.hold_reason is null or y.hold_until <= ${now})
    and m.frozen_at is null and (m.usable_from is null or m.usable_from <= ${now})
    and not ${isUnready})`;
}

/** Branches of a case: why the payee is not paid. */
export function payeeBarred(now: Date) {
  return sql`when y.status <> 'active' then 'payee_blocked' when ${onHold(now)} then 'payee_on_hold'`;
}

/** Branches of a case: why nothing is paid to the method. */
export function methodBarred(now: Date) {
  return sql`when m.frozen_at is not null then 'method_frozen' when m.usable_from > ${now} then 'method_cooling_off'
    when ${isUnready} then 'method_not_ready'`;
}

/** When the clock frees what it alone keeps; null: it does not. */
export function freesAt(method: string, now: Date) {
  return sql`case when y.status <> 'active' then null when ${onHold(now)} then y.hold_until
    when m.type = ${method} and m.frozen_at is null and m.usable_from > ${now} then m.usable_from end`;
}
