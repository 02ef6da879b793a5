import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { EventText, Link } from '../core/audit.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

/** Whoever seals holds this number until its transaction ends; others come back later. */
const sealLockKey = 7_283_003;

export type Seal = Link & { readonly hash: string };

/** An event as it is sealed; `mac` is what stands beside it. */
export type StoredEvent = EventText & { readonly mac: string | null };

// Times as exact text: a change of a microsecond is a change.
const eventText = sql.raw(`e.public_id as "publicId", trim_scale(extract(epoch from e.at) * 1000)::text as at,
  e.actor_kind as "actorKind", e.actor_id as "actorId", e.actor_name as "actorName", e.event,
  e.subject_type as "subjectType", e.subject_id as "subjectId", e.before, e.after, e.ip, e.user_agent as "userAgent",
  e.request_id as "requestId", e.mac`);

/** True when an event waits. */
export async function hasUnsealed(db: Db): Promise<boolean> {
  const found = await one(db, sql`select event_id from audit_unsealed limit 1`);
  return found !== undefined;
}

/** Becomes the one who seals until the transaction ends; false when somebody else is. */
export async function tryLockSeals(tx: Db): Promise<boolean> {
  const row = await one(tx, sql<{ mine: boolean }>`select pg_try_advisory_xact_lock(${sealLockKey}) as mine`);
  return row?.mine === true;
}

/** The last link of the chain. */
export async function chainHead(db: Db): Promise<{ seq: bigint; hash: string } | undefined> {
  return one(
    db,
    sql<{ seq: bigint; hash: string }>`select seq, hash from audit_seal order by seq desc limit 1`,
  );
}

/** Events that wait, by id. One that has a seal already is left out: it must not hold up the others. */
export async function unsealedEvents(
  tx: Db,
  limit: number,
): Promise<(StoredEvent & { readonly eventId: bigint })[]> {
  return all(
    tx,
    sql<StoredEvent & { eventId: bigint }>`select e.id as "eventId", ${eventText}
      from audit_unsealed u join audit_event e on e.id = u.event_id
      where not exists (select 1 from audit_seal s where s.event_id = u.event_id)
      order by u.event_id limit ${limit}`,
  );
}

/** Adds links to the chain; their events wait no more. */
export async function insertSeals(tx: Db, seals: readonly Seal[]): Promise<void> {
  await sql`insert into audit_seal (seq, event_id, previous, hash) select * from ${rowsOf('i', seals, {
    seq: ['bigint', (row) => row.seq],
    event_id: ['bigint', (row) => row.eventId],
    previous: ['text', (row) => row.previous],
    hash: ['text', (row) => row.hash],
  })}`.execute(tx);
  const ids = seals.map((seal) => seal.eventId);
  const waited = await run(tx, sql`delete from audit_unsealed where event_id = any(${ids}::bigint[])`);
  if (waited !== seals.length) throw new Error(`${seals.length} events were sealed and ${waited} had waited`);
}

/** A link with its event; `found` is false when the event is not there, and then its fields are null. */
export type SealedEvent = Seal & StoredEvent & { readonly found: boolean };

/** Links in order after `after` and up to `upTo`, each with its event. */
export async function sealsAfter(db: Db, after: bigint, upTo: bigint, limit: number): Promise<SealedEvent[]> {
  return all(
    db,
    sql<SealedEvent>`select s.seq, s.event_id as "eventId", s.previous, s.hash, e.id is not null as found, ${eventText}
      from audit_seal s left join audit_event e on e.id = s.event_id
      where s.seq > ${after} and s.seq <= ${upTo} order by s.seq limit ${limit}`,
  );
}

/** How many links there are up to `upTo`: as many as were walked, unless a number stands twice. */
export async function countSeals(db: Db, upTo: bigint): Promise<bigint> {
  const row = await one(db, sql<{ n: bigint }>`select count(*) as n from audit_seal where seq <= ${upTo}`);
  return row?.n ?? 0n;
}

export type WaitingEvent = StoredEvent & { readonly eventId: bigint; readonly found: boolean };

/** Events that wait, by id after `after`; `found` is false when there is no such event any more. */
export async function waitingAfter(db: Db, after: bigint, limit: number): Promise<WaitingEvent[]> {
  return all(
    db,
    sql<WaitingEvent>`select u.event_id as "eventId", e.id is not null as found, ${eventText}
      from audit_unsealed u left join audit_event e on e.id = u.event_id
      where u.event_id > ${after} and not exists (select 1 from audit_seal s where s.event_id = u.event_id)
      order by u.event_id limit ${limit}`,
  );
}

/** Events that have no seal and do not wait for one: nobody who writes in order leaves such. */
export async function strayEvents(
  db: Db,
  limit: number,
): Promise<{ eventId: bigint; publicId: string; total: bigint }[]> {
  const strays: RawBuilder<{ eventId: bigint; publicId: string; total: bigint }> = sql`
    select e.id as "eventId", e.public_id as "publicId", count(*) over () as total from audit_event e
    where not exists (select 1 from audit_seal s where s.event_id = e.id)
      and not exists (select 1 from audit_unsealed u where u.event_id = e.id)
    order by e.id limit ${limit}`;
  return all(db, strays);
}
