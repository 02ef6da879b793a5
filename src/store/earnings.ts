import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, rowsOf } from './db.ts';

/** An earning ready to be recorded; amounts in minor units, gross = fee + net. */
export interface EarningInput {
  readonly externalId: string;
  readonly payeeId: bigint;
  readonly gross: bigint;
  readonly fee: bigint;
  readonly net: bigint;
  readonly currency: string;
  readonly note: string | null;
  /** Later than now: it waits until then. Null or absent: at once. */
  readonly availableAt?: Date | null;
}

export interface RecordedEarning {
  id: bigint;
  externalId: string;
  payeeId: bigint;
  gross: bigint;
  currency: string;
  cycleId: bigint | null;
  created: boolean;
}

/** True when an earning waits for its time. */
export function isPending({ availableAt }: { availableAt?: Date | null }, now: Date): boolean {
  return availableAt !== null && availableAt !== undefined && availableAt > now;
}

/**
 * Records earnings by (source type, external id); one that exists is left as it is and comes back with `created` false,
 * so that the caller can tell unchanged from conflicting. External ids are distinct in `earnings`.
 */
export async function insertEarnings(
  tx: Db,
  sourceType: string,
  cycleId: bigint | null,
  earnings: readonly EarningInput[],
  now: Date,
): Promise<RecordedEarning[]> {
  return all(
    tx,
    sql<RecordedEarning>`with i as (select * from ${rowsOf('i', earnings, {
      external_id: ['text', (row) => row.externalId],
      payee_id: ['bigint', (row) => row.payeeId],
      gross: ['bigint', (row) => row.gross],
      fee: ['bigint', (row) => row.fee],
      net: ['bigint', (row) => row.net],
      currency: ['text', (row) => row.currency],
      note: ['text', (row) => row.note],
      waits_until: ['text', (row) => (isPending(row, now) ? (row.availableAt?.toISOString() ?? null) : null)],
    })}),
      created as (
        insert into earning (source_type, external_id, payee_id, cycle_id, gross, fee, net, currency, note, available_at,
          pending, created_at)
        select ${sourceType}, external_id, payee_id, ${cycleId}, gross, fee, net, currency, note,
          coalesce(waits_until::timestamptz, ${now}), waits_until is not null, ${now} from i
        order by external_id on conflict (source_type, external_id) do nothing
        returning id, external_id, payee_id, gross, currency, cycle_id)
      select id, external_id as "externalId", payee_id as "payeeId", gross, currency, cycle_id as "cycleId",
        true as created from created
      union all
      select e.id, e.external_id, e.payee_id, e.gross, e.currency, e.cycle_id, false
      from i join earning e on e.source_type = ${sourceType} and e.external_id = i.external_id`,
  );
}

export interface KnownEarning {
  externalId: string;
  payeeExternalId: string;
  cycleId: string | null;
  gross: bigint;
  fee: bigint;
  currency: string;
}

/** Earnings with these external ids, as they were recorded; `cycleId` is the public one. */
export async function findEarnings(
  db: Db,
  sourceType: string,
  externalIds: readonly string[],
): Promise<KnownEarning[]> {
  return all(
    db,
    sql<KnownEarning>`select e.external_id as "externalId", y.external_id as "payeeExternalId",
        c.public_id as "cycleId", e.gross, e.fee, e.currency
      from ${rowsOf('i', externalIds, { external_id: ['text', (id) => id] })}
      join earning e on e.source_type = ${sourceType} and e.external_id = i.external_id
      join payee y on y.id = e.payee_id left join cycle c on c.id = e.cycle_id`,
  );
}

/** Ids of the earnings with these external ids. */
export async function earningIds(
  db: Db,
  sourceType: string,
  externalIds: readonly string[],
): Promise<bigint[]> {
  const rows = await all(
    db,
    sql<{ id: bigint }>`select e.id from ${rowsOf('i', externalIds, { external_id: ['text', (id) => id] })}
      join earning e on e.source_type = ${sourceType} and e.external_id = i.external_id`,
  );
  return rows.map((row) => row.id);
}
