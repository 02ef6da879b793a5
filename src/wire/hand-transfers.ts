import { bankAccountOf } from '../core/bank-account.ts';
import { z } from 'zod';
import type { HandMethod } from '../core/hand-transfer.ts';
import { handMethods, transferReference } from '../core/hand-transfer.ts';
import { formatAmount } from '../core/money.ts';
import { csvLine } from './csv.ts';
import { pageQuery } from './paging.ts';
import { bigCount, count, currencyCode, minor, moment, sum, sumsByCurrency } from './shapes.ts';
import { anyId, currency } from './text.ts';

/** Payouts one export may name. */
const namedPerExportMax = 5_000;

const method = z.enum(handMethods);

export const handQuery = pageQuery.extend({ method: method.optional(), currency: currency.optional() });

export const exportBody = z.strictObject({
  method,
  currency: currency.nullish(),
  again: z.boolean().default(false),
  payoutIds: z.array(anyId).min(1).max(namedPerExportMax).nullish(),
});

/** An approved payout that somebody is to pay by hand. */
export const handTransferView = z
  .strictObject({
    payoutId: z.string().meta({ examples: ['po_0199d2a0'] }),
    transferReference: z.string().meta({ examples: ['PO0199D2A0'] }),
    payeeId: z.string(),
    payeeName: z.string(),
    method,
    destination: z.string(),
    amount: minor,
    currency: currencyCode,
    approvedAt: moment,
    hold: z.strictObject({ reason: z.string(), until: moment.nullable() }).nullable(),
    payeeBlocked: z.boolean(),
    exported: z
      .strictObject({
        exportId: z.string(),
        at: moment,
        by: z.string(),
        changedSince: z.boolean().meta({ description: 'The export named another account or amount' }),
      })
      .nullable(),
  })
  .meta({ id: 'HandTransfer' });

interface HandTransferFacts {
  readonly publicId: string;
  readonly payeeId: string;
  readonly payeeName: string;
  readonly payeeActive: boolean;
  readonly method: HandMethod;
  readonly masked: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly approvedAt: Date;
  readonly holdReason: string | null;
  readonly holdUntil: Date | null;
  readonly exportId: string | null;
  readonly exportedAt: Date | null;
  readonly exportedBy: string | null;
  readonly changedSince: boolean | null;
}

export function presentHandTransfer(row: HandTransferFacts): z.output<typeof handTransferView> {
  const { exportId, exportedAt: at, exportedBy: by } = row;
  return {
    payoutId: row.publicId,
    transferReference: transferReference(row.publicId),
    payeeId: row.payeeId,
    payeeName: row.payeeName,
    method: row.method,
    destination: row.masked,
    amount: row.amount,
    currency: row.currency,
    approvedAt: row.approvedAt,
    hold: row.holdReason === null ? null : { reason: row.holdReason, until: row.holdUntil },
    payeeBlocked: !row.payeeActive,
    exported:
      exportId === null || at === null || by === null
        ? null
        : { exportId, at, by, changedSince: row.changedSince === true },
  };
}

/** What waits for approvers, and what waits to be paid by hand. */
export const approvalQueueView = z
  .strictObject({
    count,
    totals: sumsByCurrency,
    oldestAt: moment.nullable(),
    nextExpiryAt: moment.nullable(),
    byHand: z.array(
      z
        .strictObject({
          method,
          currency: currencyCode,
          count: bigCount,
          total: sum,
          exported: bigCount.meta({ description: 'How many of them are in an export already' }),
        })
        .meta({ id: 'HandTransferTotal' }),
    ),
  })
  .meta({ id: 'ApprovalQueue' });

interface QueueFacts {
  readonly currency: string;
  readonly count: bigint;
  readonly total: bigint;
  readonly oldestAt: Date;
  readonly nextExpiryAt: Date | null;
}

export function presentQueue(
  rows: readonly QueueFacts[],
  byHand: z.output<typeof approvalQueueView>['byHand'],
): z.output<typeof approvalQueueView> {
  return {
    count: Number(rows.reduce((total, row) => total + row.count, 0n)),
    totals: Object.fromEntries(rows.map((row) => [row.currency, row.total])),
    oldestAt: earliest(rows.map((row) => row.oldestAt)),
    nextExpiryAt: earliest(rows.flatMap((row) => row.nextExpiryAt ?? [])),
    byHand,
  };
}

function earliest(times: readonly Date[]): Date | null {
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}

/** A transfer with the whole account, as a bank needs it. */
interface RevealedFacts {
  readonly publicId: string;
  readonly payeeExternalId: string;
  readonly payeeName: string;
  readonly method: HandMethod;
  readonly destination: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly approvedAt: Date;
}

const columns = {
  payout_id: (row) => row.publicId,
  reference: (row) => transferReference(row.publicId),
  payee_id: (row) => row.payeeExternalId,
  payee_name: (row) => row.payeeName,
  method: (row) => row.method,
  account_holder: (row) => bankAccountOf(row.destination).holder ?? row.payeeName,
  account: (row) => bankAccountOf(row.destination).account,
  amount: (row) => formatAmount(row.amount, row.currency),
  currency: (row) => row.currency,
  approved_at: (row) => row.approvedAt.toISOString(),
} as const satisfies Record<string, (row: RevealedFacts) => string>;

/** The file for the bank: amounts in major units with the decimals of their currency. */
export function transfersCsv(rows: readonly RevealedFacts[]): string {
  const lines = rows.map((row) => csvLine(Object.values(columns).map((read) => read(row))));
  return csvLine(Object.keys(columns)) + lines.join('');
}
