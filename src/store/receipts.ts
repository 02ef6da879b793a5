import { sql } from 'kysely';
import type { PayoutState } from '../core/payout.ts';
import type { ReceiptFacts } from '../core/receipt.ts';
import type { ConversionRow } from './conversions.ts';
import { conversionColumns, conversionJoin } from './conversions.ts';
import type { Db } from './db.ts';
import { one } from './db.ts';

export interface ReceiptRow extends ReceiptFacts, ConversionRow {
  readonly id: bigint;
  readonly state: PayoutState;
}

/** The facts of a payout's receipt, with the attempt that arrived. */
export async function receiptOf(db: Db, payoutId: bigint): Promise<ReceiptRow | undefined> {
  return one(
    db,
    sql<ReceiptRow>`select p.id, p.public_id as "publicId", p.state, p.kind, y.external_id as "payeeId",
        coalesce(p.paid_name, y.name) as "payeeName", p.amount, p.currency, coalesce(a.returned_part, 0) as "returnedPart",
        m.type as "methodType", m.masked as "methodMasked", b.provider, a.item_reference as "itemReference",
        a.transaction_id as "transactionId", p.paid_reference as "paidReference", p.paid_on::text as "paidOn",
        p.created_at as "createdAt", s.accepted_at as "sentAt", p.completed_at as "completedAt", ${sql.raw(conversionColumns)}
      from payout p join payee y on y.id = p.payee_id
      left join payout_attempt a on a.payout_id = p.id and a.ordinal = p.attempt_count and a.state = 'completed'
        and p.paid_by_hand_at is null
      left join payout_batch b on b.id = a.batch_id left join submission s on s.id = a.submission_id
      left join payout_method m on m.id = coalesce(a.method_id, p.method_id) ${sql.raw(conversionJoin)}
      where p.id = ${payoutId}`,
  );
}
