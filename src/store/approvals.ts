import { sql } from 'kysely';
import type { Actor } from '../core/actor.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

export interface Approval {
  payoutId: bigint;
  actorKind: string;
  actorId: string;
  actorName: string;
  at: Date;
}

/**
 * Who approved these payouts as they are now. What moved on since it was approved keeps its last approval: whatever comes after
 * an approval comes through it, and what waits for another one has another version.
 */
export async function approvalsOf(db: Db, payoutIds: readonly bigint[]): Promise<Approval[]> {
  return all(
    db,
    sql<Approval>`select a.payout_id as "payoutId", a.actor_kind as "actorKind", a.actor_id as "actorId",
        a.actor_name as "actorName", a.at
      from payout_approval a join payout p on p.id = a.payout_id and (p.version = a.version
        or (p.state not in ('pending_approval', 'declined', 'cancelled')
          and a.version = (select max(l.version) from payout_approval l where l.payout_id = a.payout_id)))
      where a.payout_id = any(${payoutIds as bigint[]}::bigint[]) order by a.at, a.actor_id`,
  );
}

/** Writes that somebody approved these versions. */
export async function insertApprovals(
  tx: Db,
  payouts: readonly { id: bigint; version: number }[],
  actor: Actor,
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into payout_approval (payout_id, version, actor_kind, actor_id, actor_name, at)
      select id, version, ${actor.kind}, ${actor.id}, ${actor.name}, ${now} from ${rowsOf('i', payouts, {
        id: ['bigint', (row) => row.id],
        version: ['int', (row) => row.version],
      })}`,
  );
}

/** Puts payouts on hold, or with a null reason releases them. */
export async function saveHold(
  tx: Db,
  payoutIds: readonly bigint[],
  hold: { reason: string | null; until: Date | null },
): Promise<void> {
  const changed = await run(
    tx,
    sql`update payout set hold_reason = ${hold.reason}, hold_until = ${hold.until}
      where id = any(${payoutIds}::bigint[])`,
  );
  if (changed !== payoutIds.length) throw new Error(`held ${changed} of ${payoutIds.length} payouts`);
}

/** Payouts of these payees that wait or are approved, and are pinned to another method than the present default. */
export async function pinnedElsewhere(
  tx: Db,
  payeeIds: readonly bigint[],
): Promise<{ publicId: string; defaultId: bigint; masked: string; type: string }[]> {
  return all(
    tx,
    sql<{
      publicId: string;
      defaultId: bigint;
      masked: string;
      type: string;
    }>`select p.public_id as "publicId",
        m.id as "defaultId", m.masked, m.type
      from payout p join payout_method m on m.payee_id = p.payee_id and m.is_default
      where p.payee_id = any(${payeeIds as bigint[]}::bigint[]) and p.off_state in ('pending_approval', 'approved')
        and p.method_id <> m.id order by p.id`,
  );
}

/** Approved payouts that failed while their payees are paid another way now: both methods in words. */
export async function approvedElsewhere(
  tx: Db,
  payoutIds: readonly bigint[],
): Promise<{ publicId: string; approved: string; present: string }[]> {
  return all(
    tx,
    sql<{ publicId: string; approved: string; present: string }>`select p.public_id as "publicId",
        a.type || ' ' || a.masked as approved, coalesce(m.type || ' ' || m.masked, 'none') as present
      from payout p join payout_method a on a.id = p.method_id
      left join payout_method m on m.payee_id = p.payee_id and m.is_default
      where p.id = any(${payoutIds as bigint[]}::bigint[]) and p.method_id is distinct from m.id order by p.id`,
  );
}

/** The default methods of payees, in words, by payee. */
export async function presentMethods(
  tx: Db,
  payeeIds: readonly bigint[],
): Promise<Map<bigint, { id: bigint; words: string }>> {
  const rows = await all(
    tx,
    sql<{ payeeId: bigint; id: bigint; words: string }>`select payee_id as "payeeId", id,
        type || ' ' || masked as words
      from payout_method where is_default and payee_id = any(${payeeIds as bigint[]}::bigint[])`,
  );
  return new Map(rows.map(({ payeeId, ...method }) => [payeeId, method]));
}

/** Pins a payout to another method; what waits for approval becomes another version. */
export async function repin(tx: Db, payoutId: bigint, methodId: bigint): Promise<void> {
  await run(
    tx,
    sql`update payout set method_id = ${methodId},
        version = version + case when state = 'pending_approval' then 1 else 0 end where id = ${payoutId}`,
  );
}

/** What was written down when a payout was paid by hand. */
export async function paidByHand(
  db: Db,
  payoutId: bigint,
): Promise<{ reference: string | null; notes: string | null; paidOn: string | null } | undefined> {
  return one(
    db,
    sql<{
      reference: string | null;
      notes: string | null;
      paidOn: string | null;
    }>`select paid_reference as reference, paid_notes as notes, paid_on::text as "paidOn"
      from payout where id = ${payoutId} and paid_by_hand_at is not null`,
  );
}

/** An earning that a payout pays or recovers. Minor units; `total`: how many there are. */
export interface Carried {
  sourceType: string;
  externalId: string;
  gross: bigint;
  fee: bigint;
  net: bigint;
  amount: bigint;
  total: bigint;
  firstAt: Date;
  lastAt: Date;
}

/** What a payout carries: its earnings in their order and what it recovers, at most `limit` of each. */
export async function carriedBy(
  db: Db,
  payoutId: bigint,
  table: 'payout_earning' | 'payout_recovery',
  limit: number,
): Promise<Carried[]> {
  return all(
    db,
    sql<Carried>`select e.source_type as "sourceType", e.external_id as "externalId", e.gross, e.fee, e.net, l.amount,
        count(*) over () as total, min(e.created_at) over () as "firstAt", max(e.created_at) over () as "lastAt"
      from ${sql.raw(table)} l join earning e on e.id = l.earning_id where l.payout_id = ${payoutId}
      order by l.earning_id limit ${limit}`,
  );
}
