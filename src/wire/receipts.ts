import { z } from 'zod';
import type { ReceiptFacts, StatementTotals } from '../core/receipt.ts';
import type { ConversionFacts } from './conversions.ts';
import { conversionField, presentConversion } from './conversions.ts';
import { bigCount, currencyCode, minor, moment, sum } from './shapes.ts';

/** Everything that is printed of a payment that arrived. */
export const receiptView = z
  .strictObject({
    platform: z.strictObject({
      name: z.string().meta({ examples: ['pay.example.com'] }),
      url: z.string().meta({ examples: ['https://pay.example.com'] }),
    }),
    payoutId: z.string().meta({ examples: ['po_0199d2a0'] }),
    payee: z.strictObject({ id: z.string(), name: z.string() }),
    amount: minor,
    currency: currencyCode,
    returned: minor.meta({ description: 'What the provider gave back later, of the amount' }),
    ...conversionField,
    earned: z
      .strictObject({
        currency: currencyCode,
        count: bigCount,
        gross: sum,
        fees: sum,
        net: sum,
        recoveredCount: bigCount,
        recovered: sum,
      })
      .meta({ description: 'What it is made of: earnings, less fees, less what was owed' }),
    method: z
      .strictObject({ type: z.string(), destination: z.string() })
      .nullable()
      .meta({ description: 'Where it went, address masked' }),
    paidThrough: z.enum(['provider', 'hand', 'earlier_system']),
    provider: z.string().nullable(),
    references: z.strictObject({
      item: z.string().nullable(),
      transaction: z.string().nullable().meta({ description: 'What the provider calls the payment' }),
      byHand: z.string().nullable(),
    }),
    requestedAt: moment,
    sentAt: moment.nullable(),
    paidOn: z.string().nullable().meta({ description: 'The day, when it was paid by hand' }),
    completedAt: moment.nullable(),
    sha256: z.string().meta({
      description: 'Of the JSON text of all of this without sha256, in this order, nothing between',
      examples: ['9f86d081884c7d65'.repeat(4)],
    }),
  })
  .meta({ id: 'Receipt' });
export type ReceiptView = z.output<typeof receiptView>;

/** A receipt without its hash. */
export function presentReceipt(
  row: ReceiptFacts & ConversionFacts,
  earned: StatementTotals,
  publicUrl: string,
): Omit<ReceiptView, 'sha256'> {
  const { methodType: type, methodMasked: destination, provider, paidReference } = row;
  return {
    platform: { name: new URL(publicUrl).host, url: publicUrl },
    payoutId: row.publicId,
    payee: { id: row.payeeId, name: row.payeeName === '' ? row.payeeId : row.payeeName },
    amount: row.amount,
    currency: row.currency,
    returned: row.returnedPart,
    conversion: presentConversion(row),
    earned: {
      currency: row.sourceCurrency ?? row.currency,
      count: earned.earnings,
      gross: earned.gross,
      fees: earned.fee,
      net: earned.net,
      recoveredCount: earned.recoveries,
      recovered: earned.recovered,
    },
    method: type === null || destination === null ? null : { type, destination },
    paidThrough: row.kind === 'legacy' ? 'earlier_system' : provider === null ? 'hand' : 'provider',
    provider,
    references: { item: row.itemReference, transaction: row.transactionId, byHand: paidReference },
    requestedAt: row.createdAt,
    sentAt: row.sentAt,
    paidOn: row.paidOn,
    completedAt: row.completedAt,
  };
}
