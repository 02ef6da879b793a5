import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all } from './db.ts';

// What a person types to find one thing: whole ids and addresses, and the beginnings of words of names.

/** Namesakes that are looked at. */
const namesakesMax = 1000;

/** What people type as the beginnings of words, in the form the database takes it. */
export function wordsIn(q: string): string {
  return `'${q.replaceAll('\\', '\\\\').replaceAll("'", "''")}':*`;
}

/** Ids of payees: by an id of ours or yours, an e-mail address, or the beginnings of words of a name. */
export function payeesNamed(q: string): RawBuilder<unknown> {
  return sql`select id from payee where external_id = ${q}
    union select id from payee where public_id = ${q}
    union select id from payee where lower(email) = lower(${q}) and email is not null
    union (select id from payee where to_tsvector('simple', name) @@ to_tsquery('simple', ${wordsIn(q)})
      limit ${namesakesMax})`;
}

export interface BatchHit {
  publicId: string;
  cycleId: string | null;
  state: string;
  totalItems: number;
  createdAt: Date;
}

/** A batch by its id, or by what its provider calls one of its submissions. */
export async function batchesNamed(
  db: Db,
  q: string,
  providers: readonly string[],
  limit: number,
): Promise<BatchHit[]> {
  return all(
    db,
    sql<BatchHit>`select b.public_id as "publicId", c.public_id as "cycleId", b.state::text as state,
        b.total_items as "totalItems", b.created_at as "createdAt"
      from payout_batch b left join cycle c on c.id = b.cycle_id
      where b.id = any(array(select id from payout_batch where public_id = ${q}
        union select batch_id from submission
          where provider = any(${providers as string[]}::text[]) and provider_batch_id = ${q}))
      order by b.id desc limit ${limit}`,
  );
}

export interface CycleHit {
  publicId: string;
  name: string;
  status: string;
}

/** Cycles by their id, or by the beginnings of words of a name; the one of this id first. */
export async function cyclesNamed(db: Db, q: string, limit: number): Promise<CycleHit[]> {
  return all(
    db,
    sql<CycleHit>`select public_id as "publicId", name, status from cycle
      where id = any(array(select id from cycle where public_id = ${q}
        union (select id from cycle where to_tsvector('simple', name) @@ to_tsquery('simple', ${wordsIn(q)})
          limit ${namesakesMax})))
      order by (public_id = ${q}) desc, id desc limit ${limit}`,
  );
}
