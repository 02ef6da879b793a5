import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';
import type { KeyRow } from './keys.ts';
import { keyColumns } from './keys.ts';

/** Longest chain of keys that made keys. */
const makersMax = 10;
/** Living keys of one maker that are settled at once; nobody has as many. */
const keysOfOneMax = 10_000;

/** Who made a key, as the audit trail tells; kind null: nobody wrote it down. */
export interface KeyMaker {
  readonly makerKind: 'person' | 'key' | 'payee' | 'system' | 'stranger' | null;
  readonly makerId: string | null;
  readonly makerName: string | null;
}

const made = sql.raw(`left join lateral (select e.actor_kind, e.actor_id, e.actor_name from audit_event e
    where e.subject_id = k.public_id and e.event = 'key.created' order by e.at, e.id limit 1) m on true`);

/**
 * The keys that a person made, and those that these keys made, and so on: through a key that was revoked, too, as what it
 * made lives on.
 */
const ofMaker = (personId: string) => sql`with recursive made as (
    select k.id, k.public_id, m.actor_kind, m.actor_id from api_key k ${made}),
  hand as (
    select id, public_id, 1 as depth from made where actor_kind = 'person' and actor_id = ${personId}
    union
    select c.id, c.public_id, hand.depth + 1 from hand
      join made c on c.actor_kind = 'key' and c.actor_id = hand.public_id where hand.depth < ${makersMax})
  select id from hand`;

/** Keys of a maker that work, in the order they were made. */
export async function livingKeysOf(db: Db, personId: string, now: Date): Promise<KeyRow[]> {
  return all(
    db,
    sql<KeyRow>`select ${keyColumns} from api_key k
      where k.id in (${ofMaker(personId)}) and revoked_at is null and (expires_at is null or expires_at > ${now})
      order by k.id limit ${keysOfOneMax}`,
  );
}

/** A page of keys with their makers, newest first, ended ones too; with `madeBy` the living ones of one person. */
export async function listKeys(
  db: Db,
  page: { readonly limit: number; readonly before: bigint | null },
  of: { readonly madeBy: string; readonly now: Date } | null,
): Promise<(KeyRow & KeyMaker)[]> {
  const which = of
    ? sql`k.id in (${ofMaker(of.madeBy)}) and revoked_at is null and (expires_at is null or expires_at > ${of.now})`
    : sql`true`;
  return all(
    db,
    sql<KeyRow & KeyMaker>`select ${keyColumns}, m.actor_kind as "makerKind", m.actor_id as "makerId",
        m.actor_name as "makerName"
      from (select * from api_key k where (${page.before}::bigint is null or id < ${page.before}) and ${which}
        order by id desc limit ${page.limit}) k ${made} order by k.id desc`,
  );
}
