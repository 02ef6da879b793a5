import type { PayoutKind } from './payout.ts';

/** What a receipt says of a payment that arrived, without conversion and what it is made of. Amounts in minor units. */
export interface ReceiptFacts {
  readonly publicId: string;
  readonly kind: PayoutKind;
  readonly payeeId: string;
  /** As they were called when it arrived; empty when they had no name. */
  readonly payeeName: string;
  readonly amount: bigint;
  readonly currency: string;
  /** Of the whole amount, what the provider gave back later. */
  readonly returnedPart: bigint;
  readonly methodType: string | null;
  readonly methodMasked: string | null;
  /** Null: paid by hand, or by an earlier system. */
  readonly provider: string | null;
  readonly itemReference: string | null;
  readonly transactionId: string | null;
  /** The reference and day of whoever paid it by hand. */
  readonly paidReference: string | null;
  readonly paidOn: string | null;
  readonly createdAt: Date;
  readonly sentAt: Date | null;
  readonly completedAt: Date | null;
}

/** Sums of what a payout is made of, in minor units: earnings less fees, less what was owed. */
export interface StatementTotals {
  readonly earnings: bigint;
  readonly gross: bigint;
  readonly fee: bigint;
  readonly net: bigint;
  readonly recoveries: bigint;
  readonly recovered: bigint;
}
