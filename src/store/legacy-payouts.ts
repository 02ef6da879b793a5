import { sql } from 'kysely';
import type { LegacyState } from '../core/legacy-row.ts';
import type { Db } from './db.ts';
import { paidName } from './paid-name.ts';
import { all, rowsOf, run } from './db.ts';
import type { MaturedEarning } from './settle.ts';

/** A payout that an earlier system made. Amount in minor units; `counts`: what it pays is not paid again. */
export interface LegacyPayout {
  readonly publicId: string;
  readonly payeeId: bigint;
  readonly cycleId: bigint | null;
  readonly amount: bigint;
  readonly currency: string;
  readonly state: LegacyState;
  readonly earningId: bigint | null;
  readonly counts: boolean;
  readonly paidAt: Date | null;
  readonly detail: string;
}

/** What a payout that did not pay says as its reason. */
const reasonCode = 'earlier_system';

/**
 * Writes payouts with their earnings and timelines; answers their ids by public id. One that did not pay holds its earning as
 * history only: released at once, so that a run pays it. A live link of another payout refuses (23505).
 */
export async function insertLegacyPayouts(
  tx: Db,
  payouts: readonly LegacyPayout[],
  actor: string,
  now: Date,
): Promise<Map<string, bigint>> {
  const rows = await all(
    tx,
    sql<{ id: bigint; publicId: string }>`with i as (select * from ${rowsOf('i', payouts, {
      public_id: ['text', (row) => row.publicId],
      payee_id: ['bigint', (row) => row.payeeId],
      cycle_id: ['bigint', (row) => row.cycleId],
      amount: ['bigint', (row) => row.amount],
      currency: ['text', (row) => row.currency],
      state: ['text', (row) => row.state],
      earning_id: ['bigint', (row) => row.earningId],
      counts: ['boolean', (row) => row.counts],
      paid_at: ['text', (row) => row.paidAt?.toISOString() ?? null],
      detail: ['text', (row) => row.detail],
    })}),
      created as (
        insert into payout (public_id, kind, payee_id, cycle_id, amount, currency, state, reason_code, created_at, state_at,
          completed_at, paid_name)
        select public_id, 'legacy', payee_id, cycle_id, amount, currency, state::payout_state,
          case when counts then null else ${reasonCode} end, coalesce(paid_at::timestamptz, ${now}),
          coalesce(paid_at::timestamptz, ${now}),
          case when state = 'completed' then coalesce(paid_at::timestamptz, ${now}) end,
          case when state = 'completed' then (select y.name from payee y where y.id = i.payee_id) end
        from i returning id, public_id, state),
      linked as (
        insert into payout_earning (payout_id, earning_id, amount, released_at)
        select c.id, i.earning_id, i.amount, case when i.counts then null else ${now}::timestamptz end
        from created c join i using (public_id) where i.earning_id is not null),
      told as (
        insert into payout_event (payout_id, event, from_state, to_state, actor, detail, at)
        select c.id, 'import', null, c.state, ${actor}, i.detail, ${now} from created c join i using (public_id))
      select id, public_id as "publicId" from created`,
  );
  if (rows.length !== payouts.length) throw new Error(`wrote ${rows.length} of ${payouts.length} payouts`);
  return new Map(rows.map(({ id, publicId }) => [publicId, id]));
}

/** A payout of an earlier system whose provider says something new of it. */
export interface LegacyMove {
  readonly payoutId: bigint;
  readonly version: number;
  readonly from: LegacyState;
  readonly to: LegacyState;
  readonly event: string;
  readonly at: Date | null;
  readonly detail: string;
}

/** Applies moves that `core.step` allowed; what does not pay after all frees its earning. */
export async function moveLegacyPayouts(
  tx: Db,
  moves: readonly LegacyMove[],
  actor: string,
  now: Date,
): Promise<void> {
  if (moves.length === 0) return;
  const changed = await run(
    tx,
    sql`update payout p set state = i.to_state::payout_state, version = p.version + 1,
        state_at = coalesce(i.at::timestamptz, ${now}),
        completed_at = case when i.to_state = 'completed' then coalesce(i.at::timestamptz, ${now}) else p.completed_at end,
        paid_name = ${paidName},
        reason_code = case when i.to_state in ('failed', 'returned') then ${reasonCode} end
      from ${rowsOf('i', moves, {
        id: ['bigint', (move) => move.payoutId],
        version: ['int', (move) => move.version],
        from_state: ['text', (move) => move.from],
        to_state: ['text', (move) => move.to],
        at: ['text', (move) => move.at?.toISOString() ?? null],
      })} where p.id = i.id and p.kind = 'legacy' and p.state = i.from_state::payout_state and p.version = i.version`,
  );
  if (changed !== moves.length) throw new Error(`moved ${changed} of ${moves.length} payouts`);
  await run(
    tx,
    sql`insert into payout_event (payout_id, event, from_state, to_state, actor, detail, at)
      select id, event, from_state::payout_state, to_state::payout_state, ${actor}, detail, ${now}
      from ${rowsOf('i', moves, {
        id: ['bigint', (move) => move.payoutId],
        event: ['text', (move) => move.event],
        from_state: ['text', (move) => move.from],
        to_state: ['text', (move) => move.to],
        detail: ['text', (move) => move.detail],
      })}`,
  );
}

/** Frees earnings that wait for the clock although they have been paid; answers them. */
export async function matureNamed(tx: Db, earningIds: readonly bigint[]): Promise<MaturedEarning[]> {
  return all(
    tx,
    sql<MaturedEarning>`update earning e set pending = false where e.id = any(${earningIds as bigint[]}::bigint[])
      and e.pending returning e.id, e.payee_id as "payeeId", e.net, e.fee, e.currency`,
  );
}
