import { sql } from 'kysely';
import type { EarningFact, PayeeFact } from '../core/legacy-match.ts';
import type { LegacyState } from '../core/legacy-row.ts';
import type { PayoutState } from '../core/payout.ts';
import type { Db } from './db.ts';
import { all, rowsOf, run } from './db.ts';

/** One import at a time writes rows, in whatever process: two imports of one file see each other's. */
export async function lockImports(tx: Db): Promise<void> {
  await run(tx, sql`select pg_advisory_xact_lock(hashtext('purser.legacy'))`);
}

const earningColumns =
  sql.raw(`e.id, e.external_id as "externalId", e.payee_id as "payeeId", y.external_id as "payeeExternalId",
  e.cycle_id as "cycleId", e.net, e.currency, e.pending, e.reversed_at is not null as reversed, p.public_id as "livePayout",
  p.state as "liveState"`);
const earningJoins = sql.raw(`join payee y on y.id = e.payee_id
  left join payout_earning l on l.earning_id = e.id and l.released_at is null left join payout p on p.id = l.payout_id`);

/** Earnings with these external ids, of one cycle or of all, with the live payout they are in. */
export async function earningsNamed(
  db: Db,
  externalIds: readonly string[],
  cycleId: bigint | null,
): Promise<EarningFact[]> {
  return all(
    db,
    sql<EarningFact>`with recursive type as (
        -- The index begins with the source type, of which there are few: from one to the next, not through all earnings.
        select min(source_type) as name from earning
        union all
        select (select min(n.source_type) from earning n where n.source_type > type.name) from type
          where type.name is not null)
      select ${earningColumns} from type cross join ${rowsOf('i', externalIds, { external_id: ['text', (id) => id] })}
      join earning e on e.source_type = type.name and e.external_id = i.external_id ${earningJoins}
      where e.source_type <> 'legacy' and (${cycleId}::bigint is null or e.cycle_id = ${cycleId}) order by e.id`,
  );
}

/** One earning by its name. */
export async function earningNamed(
  db: Db,
  { sourceType, externalId }: { sourceType: string; externalId: string },
): Promise<EarningFact | undefined> {
  const rows = await all(
    db,
    sql<EarningFact>`select ${earningColumns} from earning e ${earningJoins}
      where e.source_type = ${sourceType} and e.external_id = ${externalId}`,
  );
  return rows[0];
}

/** Earnings of these payees in a cycle. */
export async function earningsInCycle(
  db: Db,
  payeeIds: readonly bigint[],
  cycleId: bigint,
): Promise<EarningFact[]> {
  return all(
    db,
    sql<EarningFact>`select ${earningColumns} from earning e ${earningJoins}
      where e.payee_id = any(${payeeIds as bigint[]}::bigint[]) and e.cycle_id = ${cycleId} and e.reversed_at is null
      order by e.id`,
  );
}

/** Payees with these external ids. */
export async function payeesNamed(db: Db, externalIds: readonly string[]): Promise<PayeeFact[]> {
  return all(
    db,
    sql<PayeeFact>`select y.id, y.external_id as "externalId"
      from ${rowsOf('i', externalIds, { external_id: ['text', (id) => id] })} join payee y on y.external_id = i.external_id
      order by y.id`,
  );
}

/** Payees who are paid at these addresses, now or before, or are reached there. Addresses in lower case. */
export async function payeesAt(
  db: Db,
  addresses: readonly { address: string; fingerprint: string }[],
): Promise<(PayeeFact & { address: string })[]> {
  const input = rowsOf('i', addresses, {
    address: ['text', (row) => row.address],
    fingerprint: ['text', (row) => row.fingerprint],
  });
  return all(
    db,
    sql<PayeeFact & { address: string }>`select y.id, y.external_id as "externalId", f.address from (
        select m.payee_id, i.address from ${input} join payout_method m on m.fingerprint = i.fingerprint
        union select y.id, i.address from ${input} join payee y on lower(y.email) = i.address) f
      join payee y on y.id = f.payee_id order by y.id`,
  );
}

/**
 * Holds the cycles and then the payees of what shall be counted as paid, in the order of their ids: a run of such a cycle or a
 * request of such a payee has ended and is seen, or waits until this is written.
 */
export async function lockAround(
  tx: Db,
  cycleIds: readonly bigint[],
  payeeIds: readonly bigint[],
): Promise<void> {
  await run(tx, sql`select id from cycle where id = any(${cycleIds}::bigint[]) order by id for update`);
  await run(
    tx,
    sql`select id from payee where id = any(${payeeIds}::bigint[]) order by id for no key update`,
  );
}

/** The names of a payment: the provider's, or when it has none what its row says. */
export interface Identity {
  readonly transactionId: string | null;
  readonly itemId: string | null;
  readonly rowKey: string;
}

/** A payment that was imported before. */
export interface ImportedBefore extends Identity {
  readonly id: bigint;
  readonly payoutId: bigint;
  readonly payoutPublicId: string;
  readonly payeeId: bigint;
  readonly payeeExternalId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly state: LegacyState;
  readonly version: number;
  readonly earningId: bigint | null;
  readonly ownEarning: boolean;
}

/** Rows of earlier imports, or of earlier parts of this one, that were matched and are the same payments; their payouts are locked. */
export async function importedBefore(tx: Db, names: readonly Identity[]): Promise<ImportedBefore[]> {
  const texts = (values: readonly (string | null)[]) => values.filter((value) => value !== null);
  return all(
    tx,
    sql<ImportedBefore>`select r.id, r.transaction_id as "transactionId", r.provider_item_id as "itemId",
        r.row_key as "rowKey", p.id as "payoutId", p.public_id as "payoutPublicId", p.payee_id as "payeeId",
        y.external_id as "payeeExternalId", p.amount, p.currency, p.state, p.version, r.earning_id as "earningId",
        r.own_earning as "ownEarning"
      from legacy_row r join payout p on p.id = r.payout_id join payee y on y.id = p.payee_id
      where r.result = 'matched' and r.id in (
        select id from legacy_row where result = 'matched'
          and transaction_id = any(${texts(names.map((name) => name.transactionId))}::text[])
        union select id from legacy_row where result = 'matched'
          and provider_item_id = any(${texts(names.map((name) => name.itemId))}::text[])
        union select id from legacy_row where result = 'matched' and transaction_id is null and provider_item_id is null
          and row_key = any(${names.map((name) => name.rowKey)}::text[]))
      order by p.id for update of p`,
  );
}

/** How many equal rows without ids an import has so far, by the key of the first of them. */
export async function alikeSoFar(
  db: Db,
  importId: bigint,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await all(
    db,
    sql<{ key: string; count: bigint }>`select i.key, count(*) as count
      from ${rowsOf('i', keys, { key: ['text', (key) => key] })} join legacy_row r on r.import_id = ${importId}
        and r.transaction_id is null and r.provider_item_id is null
        and r.row_key >= i.key and r.row_key <= i.key || '~~' group by i.key`,
  );
  return new Map(rows.map(({ key, count }) => [key, Number(count)]));
}

export interface OwnPayment {
  readonly reference: string;
  readonly payoutId: bigint;
  readonly payoutPublicId: string;
  readonly state: PayoutState;
}

/** Rows about what Purser itself sent: the reference is of an attempt, and the provider's id or batch is the same. */
export async function sentByPurser(
  db: Db,
  rows: readonly {
    reference: string;
    transactionId: string | null;
    itemId: string | null;
    batchId: string | null;
  }[],
): Promise<OwnPayment[]> {
  return all(
    db,
    sql<OwnPayment>`select a.item_reference as reference, p.id as "payoutId", p.public_id as "payoutPublicId", p.state
      from ${rowsOf('i', rows, {
        reference: ['text', (row) => row.reference],
        transaction_id: ['text', (row) => row.transactionId],
        item_id: ['text', (row) => row.itemId],
        batch_id: ['text', (row) => row.batchId],
      })} join payout_attempt a on a.item_reference = i.reference
      join payout p on p.id = a.payout_id left join submission s on s.id = a.submission_id
      where a.transaction_id = i.transaction_id or a.provider_item_id = i.item_id or s.provider_batch_id = i.batch_id`,
  );
}
