import { sql } from 'kysely';
import type { Exchanged } from '../core/part.ts';
import { partlyReversed, worthOf } from '../core/part.ts';
import { returnedPartSource } from '../core/source-types.ts';
import type { Db } from './db.ts';
import { one, rowsOf, run } from './db.ts';

/** Writes on completed payouts how much of them came back, with an event each. */
export async function noteParts(
  tx: Db,
  parts: readonly { payoutId: bigint; attemptId: bigint; words: string }[],
  actor: string,
  now: Date,
): Promise<void> {
  const input = rowsOf('i', parts, {
    payout_id: ['bigint', (row) => row.payoutId],
    attempt_id: ['bigint', (row) => row.attemptId],
    words: ['text', (row) => row.words],
  });
  const noted = await run(
    tx,
    sql`update payout p set reason_code = ${partlyReversed}, reason_detail = i.words, version = p.version + 1
      from ${input} where p.id = i.payout_id and p.state = 'completed'`,
  );
  if (noted !== parts.length) throw new Error(`noted a part on ${noted} of ${parts.length} payouts`);
  await sql`insert into payout_event (payout_id, attempt_id, event, from_state, to_state, actor, detail, at)
    select i.payout_id, i.attempt_id, 'part_returned', 'completed', 'completed', ${actor}, i.words, ${now}
    from ${input}`.execute(tx);
}

/** Writes what came back of attempts in all in the currency of the balance it had left, minor units. */
export async function noteWorth(
  tx: Db,
  parts: readonly { attemptId: bigint; worth: bigint }[],
): Promise<void> {
  await sql`insert into payout_part (attempt_id, returned) select i.attempt_id, i.returned from ${rowsOf(
    'i',
    parts,
    {
      attempt_id: ['bigint', (row) => row.attemptId],
      returned: ['bigint', (row) => row.worth],
    },
  )} order by i.attempt_id on conflict (attempt_id) do update set returned = excluded.returned`.execute(tx);
}

/**
 * The completed attempt of a payout of which a part came back, locked with its payout. Minor units: of what was paid, and
 * `worth` and `decided` of the balance it had left.
 */
export interface LockedPart {
  attemptId: bigint;
  payoutId: bigint;
  payoutPublicId: string;
  itemReference: string;
  payeeId: bigint;
  currency: string;
  returnedPart: bigint;
  settledPart: bigint;
  balanceCurrency: string;
  worth: bigint;
  decided: bigint;
}

/** With its payee, whom everybody locks first who changes what they owe. */
export async function lockPart(tx: Db, payoutPublicId: string): Promise<LockedPart | undefined> {
  await run(
    tx,
    sql`select y.id from payee y where y.id = (select payee_id from payout where public_id = ${payoutPublicId})
      for no key update`,
  );
  const row = await one(
    tx,
    sql<Omit<LockedPart, 'worth' | 'decided'> & Exchanged>`select a.id as "attemptId", p.id as "payoutId",
        p.public_id as "payoutPublicId", a.item_reference as "itemReference", p.payee_id as "payeeId", p.currency,
        a.returned_part as "returnedPart", a.settled_part as "settledPart",
        coalesce(p.source_currency, p.currency) as "balanceCurrency",
        p.amount, p.source_amount as "sourceAmount", p.spread_amount as "spreadAmount"
      from payout p join payout_attempt a on a.payout_id = p.id and a.state = 'completed'
      where p.public_id = ${payoutPublicId} and p.state = 'completed' and a.returned_part > 0 for update of p, a`,
  );
  if (!row) return undefined;
  const { amount, sourceAmount, spreadAmount, ...locked } = row;
  const whole = { amount, sourceAmount, spreadAmount };
  const [worth, decided] = [worthOf(whole, row.returnedPart), worthOf(whole, row.settledPart)];
  const part: LockedPart = { ...locked, worth, decided };
  await mendPart(tx, part);
  return part;
}

/**
 * A process of the version before `payout_part` that runs on during an upgrade writes the attempt alone, which is right. What
 * it decided about and did not pay again, it kept.
 */
async function mendPart(tx: Db, { attemptId, payoutId, itemReference, worth, decided }: LockedPart) {
  await run(
    tx,
    sql`insert into payout_part as t (attempt_id, returned, decided, kept)
      select ${attemptId}::bigint, ${worth}::bigint, ${decided}::bigint, greatest(0, ${decided}::bigint - coalesce((
          select sum(case when reversed_at is null then net else covered end) from earning
          where source_type = ${sql.lit(returnedPartSource)}
            and substring(external_id from '^(.*):[0-9]+$') = ${itemReference}), 0) - coalesce((
          select sum(e.covered) from payout_earning l join earning e on e.id = l.earning_id
          where l.payout_id = ${payoutId} and l.released_at is null), 0))
      on conflict (attempt_id) do update set returned = excluded.returned, decided = excluded.decided,
        kept = case when t.decided = excluded.decided then t.kept
          else least(excluded.decided, greatest(t.kept, excluded.kept)) end
      where t.returned <> excluded.returned or t.decided <> excluded.decided`,
  );
}

/** Everything that came back of an attempt is decided about; so much of it (minor units of the balance) was kept. */
export async function settlePart(tx: Db, attemptId: bigint, kept: bigint): Promise<void> {
  await run(tx, sql`update payout_attempt set settled_part = returned_part where id = ${attemptId}`);
  await run(
    tx,
    sql`update payout_part set decided = returned, kept = kept + ${kept}::bigint where attempt_id = ${attemptId}`,
  );
}
