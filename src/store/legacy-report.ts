import { sql } from 'kysely';
import type { LegacyState } from '../core/legacy-row.ts';
import type { Db } from './db.ts';
import { all, one } from './db.ts';
import type { LegacyResult } from './legacy-rows.ts';

/** A row of an import as its report shows it; `id` is its line, by which the report is paged. */
export interface ReportRow {
  id: bigint;
  rowId: bigint;
  importId: bigint;
  publicId: string;
  line: number;
  result: LegacyResult;
  reason: string;
  detail: string | null;
  batchId: string | null;
  itemId: string | null;
  transactionId: string | null;
  rowKey: string;
  reference: string;
  receiver: string;
  rawStatus: string;
  state: LegacyState | null;
  amount: bigint | null;
  currency: string | null;
  fee: bigint | null;
  paidAt: Date | null;
  payeeExternalId: string | null;
  earningExternalId: string | null;
  payoutPublicId: string | null;
  importPublicId: string;
  cycleId: bigint | null;
  candidates: string | null;
}

const columns =
  sql.raw(`r.line::bigint as id, r.id as "rowId", r.import_id as "importId", r.public_id as "publicId", r.line, r.result,
  r.reason, r.detail, r.provider_batch_id as "batchId", r.provider_item_id as "itemId", r.transaction_id as "transactionId",
  r.row_key as "rowKey", r.reference, r.receiver, r.raw_status as "rawStatus", r.state, r.amount, r.currency, r.fee,
  r.paid_at as "paidAt", y.external_id as "payeeExternalId", case when not r.own_earning then e.external_id end
  as "earningExternalId", p.public_id as "payoutPublicId", i.public_id as "importPublicId", i.cycle_id as "cycleId", r.candidates`);
const joins = sql.raw(`join legacy_import i on i.id = r.import_id left join payout p on p.id = r.payout_id
  left join payee y on y.id = p.payee_id left join earning e on e.id = r.earning_id`);

/** A page of the rows of an import in the order of its file, of one result or of all. */
export async function reportPage(
  db: Db,
  importId: bigint,
  result: LegacyResult | null,
  limit: number,
  after: bigint,
): Promise<ReportRow[]> {
  const only = result === null ? sql`true` : sql`r.result = ${result}`;
  return all(
    db,
    sql<ReportRow>`with hit as materialized (select r.id from legacy_row r
        where r.import_id = ${importId} and ${only} and r.line > ${after} order by r.line limit ${limit})
      select ${columns} from hit join legacy_row r on r.id = hit.id ${joins} order by r.line`,
  );
}

/** Rows of an import that wait for somebody, in the order of its file. */
export async function waitingPage(
  db: Db,
  importId: bigint,
  limit: number,
  after: bigint,
): Promise<ReportRow[]> {
  return all(
    db,
    sql<ReportRow>`select ${columns} from legacy_row r ${joins}
      where r.import_id = ${importId} and r.result in ('ambiguous', 'unmatched', 'invalid') and r.line > ${after}
      order by r.line limit ${limit}`,
  );
}

/** One row, locked. */
export async function lockRow(tx: Db, publicId: string): Promise<ReportRow | undefined> {
  return one(
    tx,
    sql<ReportRow>`select ${columns} from legacy_row r ${joins} where r.public_id = ${publicId} for update of r`,
  );
}

/** The row that a payout of an earlier system came from. */
export async function rowOfPayout(db: Db, payoutId: bigint): Promise<ReportRow | undefined> {
  return one(
    db,
    sql<ReportRow>`select ${columns} from legacy_row r ${joins} where r.payout_id = ${payoutId} and r.result = 'matched'`,
  );
}
