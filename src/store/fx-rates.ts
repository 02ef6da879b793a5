import { sql } from 'kysely';
import type { Actor } from '../core/actor.ts';
import type { Rate } from '../core/conversion.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

/** One of `from` is mantissa / 10^scale of `to`. */
export interface RateRow {
  id: bigint;
  publicId: string;
  from: string;
  to: string;
  mantissa: bigint;
  scale: number;
  source: string;
  at: Date;
  enteredAt: Date;
  enteredBy: string;
}

const columns =
  sql.raw(`r.id, r.public_id as "publicId", r.base as "from", r.quote as "to", r.mantissa, r.scale, r.source,
  r.valid_at as at, r.entered_at as "enteredAt", r.entered_by_name as "enteredBy"`);

/** The last rate of a pair in this direction that holds at a time; undefined when there is none. */
export async function rateAt(db: Db, from: string, to: string, at: Date): Promise<RateRow | undefined> {
  return one(
    db,
    sql<RateRow>`select ${columns} from fx_rate r
      where r.base = ${from} and r.quote = ${to} and r.valid_at <= ${at} order by r.valid_at desc limit 1`,
  );
}

/** A page of rates, the last entered first; of one pair when both currencies are named. */
export async function listRates(
  db: Db,
  pair: { from: string; to: string } | null,
  limit: number,
  before: bigint | null,
): Promise<RateRow[]> {
  const ofPair = pair === null ? sql`true` : sql`r.base = ${pair.from} and r.quote = ${pair.to}`;
  const place = before === null ? sql`true` : sql`r.id < ${before}`;
  return all(
    db,
    sql<RateRow>`select ${columns} from fx_rate r where ${ofPair} and ${place} order by r.id desc limit ${limit}`,
  );
}

export interface NewRate {
  readonly publicId: string;
  readonly from: string;
  readonly to: string;
  readonly mantissa: bigint;
  readonly scale: number;
  readonly source: string;
  readonly at: Date;
}

/** Entries of rates come one after the other, so that of two of the same pair and moment the second sees the first. */
export async function lockRates(tx: Db): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtext('purser.fx_rate'))`);
}

/** Writes rates of pairs and moments that have none. */
export async function insertRates(tx: Db, rates: readonly NewRate[], actor: Actor, now: Date): Promise<void> {
  if (rates.length === 0) return;
  const written = await run(
    tx,
    sql`insert into fx_rate (public_id, base, quote, mantissa, scale, source, valid_at, entered_at, entered_by_kind,
        entered_by_id, entered_by_name)
      select public_id, base, quote, mantissa, scale, source, valid_at::timestamptz, ${now}, ${actor.kind}, ${actor.id},
        ${actor.name} from ${rowsOf('i', rates, {
          public_id: ['text', (rate) => rate.publicId],
          base: ['text', (rate) => rate.from],
          quote: ['text', (rate) => rate.to],
          mantissa: ['bigint', (rate) => rate.mantissa],
          scale: ['int', (rate) => rate.scale],
          source: ['text', (rate) => rate.source],
          valid_at: ['text', (rate) => rate.at.toISOString()],
        })}`,
  );
  if (written !== rates.length) throw new Error(`wrote ${written} of ${rates.length} rates`);
}

const near = {
  before: sql`f.valid_at < i.valid_at::timestamptz order by f.valid_at desc`,
  until: sql`f.valid_at <= i.valid_at::timestamptz order by f.valid_at desc`,
  after: sql`f.valid_at > i.valid_at::timestamptz order by f.valid_at`,
};

/**
 * The rate of each of these pairs that is nearest to its moment: the last one before it (or at it, with `until`), or the first
 * after it; by the place of the wanted one. A pair without any is left out.
 */
export async function ratesNear(
  db: Db,
  wanted: readonly { from: string; to: string; at: Date }[],
  side: keyof typeof near,
): Promise<Map<number, { rate: Rate; at: Date }>> {
  const rows = await all(
    db,
    sql<RateRow & { place: number }>`select i.place, ${columns} from ${rowsOf(
      'i',
      wanted.map((row, place) => ({ ...row, place })),
      {
        place: ['int', (row) => row.place],
        base: ['text', (row) => row.from],
        quote: ['text', (row) => row.to],
        valid_at: ['text', (row) => row.at.toISOString()],
      },
    )} join lateral (select * from fx_rate f
        where f.base = i.base and f.quote = i.quote and ${near[side]} limit 1) r on true`,
  );
  return new Map(rows.map(({ place, mantissa, scale, at }) => [place, { rate: { mantissa, scale }, at }]));
}

/** The rates of these pairs at exactly these moments. */
export async function ratesAt(
  db: Db,
  wanted: readonly { from: string; to: string; at: Date }[],
): Promise<RateRow[]> {
  return all(
    db,
    sql<RateRow>`select ${columns} from ${rowsOf('i', wanted, {
      base: ['text', (row) => row.from],
      quote: ['text', (row) => row.to],
      valid_at: ['text', (row) => row.at.toISOString()],
    })} join fx_rate r on r.base = i.base and r.quote = i.quote and r.valid_at = i.valid_at::timestamptz`,
  );
}
