import { sql } from 'kysely';
import type { LegacyState } from '../core/legacy-row.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';
import type { Identity } from './legacy-known.ts';

export type LegacyResult = 'matched' | 'already_imported' | 'ambiguous' | 'unmatched' | 'invalid';

/** A row of a file with what became of it. Amounts in minor units, addresses masked. */
export interface LegacyRow extends Identity {
  readonly publicId: string;
  readonly line: number;
  readonly result: LegacyResult;
  readonly reason: string;
  readonly detail: string | null;
  readonly batchId: string | null;
  readonly reference: string;
  readonly receiver: string;
  readonly rawStatus: string;
  readonly state: LegacyState | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly fee: bigint | null;
  readonly paidAt: Date | null;
  readonly payeeId: bigint | null;
  readonly earningId: bigint | null;
  readonly ownEarning: boolean;
  readonly payoutId: bigint | null;
  readonly candidates: readonly string[];
}

export interface ImportRow {
  id: bigint;
  publicId: string;
  name: string;
  cycleId: bigint | null;
  cyclePublicId: string | null;
  startedBy: string;
  createdAt: Date;
}

const importColumns = sql.raw(`i.id, i.public_id as "publicId", i.name, i.cycle_id as "cycleId",
  c.public_id as "cyclePublicId", i.started_by as "startedBy", i.created_at as "createdAt"`);
const importFrom = sql.raw('legacy_import i left join cycle c on c.id = i.cycle_id');

export async function insertImport(
  tx: Db,
  made: { publicId: string; name: string; cycleId: bigint | null; startedBy: string },
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into legacy_import (public_id, name, cycle_id, started_by, created_at)
      values (${made.publicId}, ${made.name}, ${made.cycleId}, ${made.startedBy}, ${now})`,
  );
}

export async function findImport(db: Db, publicId: string): Promise<ImportRow | undefined> {
  return one(db, sql<ImportRow>`select ${importColumns} from ${importFrom} where i.public_id = ${publicId}`);
}

/** A page of imports, newest first. */
export async function listImports(db: Db, limit: number, before: bigint | null): Promise<ImportRow[]> {
  return all(
    db,
    sql<ImportRow>`select ${importColumns} from ${importFrom}
      where (${before}::bigint is null or i.id < ${before}) order by i.id desc limit ${limit}`,
  );
}

export interface Tally {
  importId: bigint;
  result: LegacyResult;
  currency: string;
  rows: bigint;
  amount: bigint;
}

/** Counts and sums of imports by result and currency. */
export async function talliesOf(db: Db, importIds: readonly bigint[]): Promise<Tally[]> {
  return all(
    db,
    sql<Tally>`select import_id as "importId", result, currency, rows, amount from legacy_tally
      where import_id = any(${importIds as bigint[]}::bigint[]) and rows > 0 order by import_id, result, currency`,
  );
}

/** Lines of an import that are there already: a part that comes twice is written once. */
export async function linesOf(db: Db, importId: bigint, lines: readonly number[]): Promise<Set<number>> {
  const rows = await all(
    db,
    sql<{ line: number }>`select line from legacy_row
      where import_id = ${importId} and line = any(${lines as number[]}::int[])`,
  );
  return new Set(rows.map((row) => row.line));
}

/** Writes rows of an import and counts them. The unique keys of what is matched stand behind every import (23505). */
export async function insertRows(
  tx: Db,
  importId: bigint,
  rows: readonly LegacyRow[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await run(
    tx,
    sql`insert into legacy_row (public_id, import_id, line, result, reason, detail, provider_batch_id, provider_item_id,
        transaction_id, row_key, reference, receiver, raw_status, state, amount, currency, fee, paid_at, payee_id, earning_id,
        own_earning, payout_id, candidates, created_at)
      select public_id, ${importId}, line, result, reason, detail, batch_id, item_id, transaction_id, row_key, reference,
        receiver, raw_status, state::payout_state, amount, currency, fee, paid_at::timestamptz, payee_id, earning_id,
        own_earning, payout_id, candidates, ${now}
      from ${rowsOf('i', rows, {
        public_id: ['text', (row) => row.publicId],
        line: ['int', (row) => row.line],
        result: ['text', (row) => row.result],
        reason: ['text', (row) => row.reason],
        detail: ['text', (row) => row.detail],
        batch_id: ['text', (row) => row.batchId],
        item_id: ['text', (row) => row.itemId],
        transaction_id: ['text', (row) => row.transactionId],
        row_key: ['text', (row) => row.rowKey],
        reference: ['text', (row) => row.reference],
        receiver: ['text', (row) => row.receiver],
        raw_status: ['text', (row) => row.rawStatus],
        state: ['text', (row) => row.state],
        amount: ['bigint', (row) => row.amount],
        currency: ['text', (row) => row.currency],
        fee: ['bigint', (row) => row.fee],
        paid_at: ['text', (row) => row.paidAt?.toISOString() ?? null],
        payee_id: ['bigint', (row) => row.payeeId],
        earning_id: ['bigint', (row) => row.earningId],
        own_earning: ['boolean', (row) => row.ownEarning],
        payout_id: ['bigint', (row) => row.payoutId],
        candidates: ['text', (row) => (row.candidates.length === 0 ? null : row.candidates.join('\n'))],
      })}`,
  );
  await count(
    tx,
    rows.map((row) => ({ ...row, importId })),
  );
}

type Counted = {
  readonly importId: bigint;
  readonly result: LegacyResult;
  readonly currency: string | null;
  readonly amount: bigint | null;
};

function sums(rows: readonly Counted[]) {
  const found = new Map<
    string,
    { importId: bigint; result: string; currency: string; rows: bigint; amount: bigint }
  >();
  for (const row of rows) {
    const currency = row.amount === null ? '' : (row.currency ?? '');
    const key = `${row.importId} ${row.result} ${currency}`;
    const sum = found.get(key) ?? {
      importId: row.importId,
      result: row.result,
      currency,
      rows: 0n,
      amount: 0n,
    };
    sum.rows += 1n;
    sum.amount += row.amount ?? 0n;
    found.set(key, sum);
  }
  const all = [...found.values()];
  return rowsOf('i', all, {
    import_id: ['bigint', (row) => row.importId],
    result: ['text', (row) => row.result],
    currency: ['text', (row) => row.currency],
    rows: ['bigint', (row) => row.rows],
    amount: ['bigint', (row) => row.amount],
  });
}

async function count(tx: Db, rows: readonly Counted[]): Promise<void> {
  await run(
    tx,
    sql`insert into legacy_tally as t (import_id, result, currency, rows, amount)
      select import_id, result, currency, rows, amount from ${sums(rows)}
      on conflict (import_id, result, currency)
      do update set rows = t.rows + excluded.rows, amount = t.amount + excluded.amount`,
  );
}

async function discount(tx: Db, rows: readonly Counted[]): Promise<void> {
  await run(
    tx,
    sql`update legacy_tally t set rows = t.rows - i.rows, amount = t.amount - i.amount from ${sums(rows)}
      where t.import_id = i.import_id and t.result = i.result and t.currency = i.currency`,
  );
}

type Open = Counted & { readonly id: bigint };

/**
 * Rows that waited and are the same payment as one that is matched now wait no more: they point to its payout. Answers how
 * many. `except` is the row that was matched by hand itself.
 */
export async function endWaiting(
  tx: Db,
  matched: readonly (Identity & { payoutId: bigint })[],
  except: bigint | null = null,
): Promise<number> {
  if (matched.length === 0) return 0;
  const input = rowsOf('i', matched, {
    transaction_id: ['text', (row) => row.transactionId],
    item_id: ['text', (row) => row.itemId],
    row_key: ['text', (row) => row.rowKey],
    payout_id: ['bigint', (row) => row.payoutId],
  });
  const open = sql`r.result in ('ambiguous', 'unmatched', 'invalid')`;
  const rows = await all(
    tx,
    sql<Open & { payoutId: bigint }>`select r.id, r.import_id as "importId", r.result, r.currency, r.amount,
        min(f.payout_id) as "payoutId" from (
        select r.id, i.payout_id from ${input} join legacy_row r on r.transaction_id = i.transaction_id and ${open}
        union select r.id, i.payout_id from ${input} join legacy_row r on r.provider_item_id = i.item_id and ${open}
        union select r.id, i.payout_id from ${input} join legacy_row r on r.row_key = i.row_key and ${open}
          and r.transaction_id is null and r.provider_item_id is null) f
      join legacy_row r on r.id = f.id where r.id is distinct from ${except}::bigint group by r.id order by r.id`,
  );
  if (rows.length === 0) return 0;
  const changed = await run(
    tx,
    sql`update legacy_row r set result = 'already_imported', reason = 'resolved_later', candidates = null,
        payout_id = i.payout_id
      from ${rowsOf('i', rows, { id: ['bigint', (row) => row.id], payout_id: ['bigint', (row) => row.payoutId] })}
      where r.id = i.id`,
  );
  if (changed !== rows.length) throw new Error(`ended the wait of ${changed} of ${rows.length} rows`);
  await discount(tx, rows);
  await count(
    tx,
    rows.map((row) => ({ ...row, result: 'already_imported' })),
  );
  return rows.length;
}

/** A row that somebody matched by hand. */
export async function saveMatch(
  tx: Db,
  row: Open,
  match: { payeeId: bigint; earningId: bigint | null; ownEarning: boolean; payoutId: bigint },
): Promise<void> {
  const changed = await run(
    tx,
    sql`update legacy_row set result = 'matched', reason = 'by_hand', candidates = null, payee_id = ${match.payeeId},
        earning_id = ${match.earningId}, own_earning = ${match.ownEarning}, payout_id = ${match.payoutId}
      where id = ${row.id} and result = ${row.result}`,
  );
  if (changed !== 1) throw new Error('a row that was locked is not what it was');
  await discount(tx, [row]);
  await count(tx, [{ ...row, result: 'matched' }]);
}
