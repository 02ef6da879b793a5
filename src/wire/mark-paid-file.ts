import { z } from 'zod';
import type { PaidRowResult } from '../core/hand-transfer.ts';
import { paidRowResults, payoutNamed } from '../core/hand-transfer.ts';
import { formatMoney } from '../core/money.ts';
import type { PayoutState } from '../core/payout.ts';
import { payoutStates } from '../core/payout.ts';
import { paidRowsMax } from './paid-file.ts';
import { count, currencyCode, eachLike, minor } from './shapes.ts';
import { amount, anyId, currency, text } from './text.ts';

const referenceCharsMax = 200;
const notesCharsMax = 2000;
/** Largest file in a body, in characters. */
const csvCharsMax = 16 * 1024 * 1024;

/** A day, or a time of which the day is kept as it is written. */
export const paymentDate = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((value) => value.slice(0, 'YYYY-MM-DD'.length))
  .meta({ examples: ['2026-11-27'] });

/** One payment that was made by hand. `payoutId` is the id, or the reference of the transfer. */
export const paidRow = z
  .strictObject({
    payoutId: anyId,
    amount,
    currency,
    paymentReferenceId: text(referenceCharsMax),
    paymentDate: paymentDate.nullish(),
    paymentNotes: text(notesCharsMax).nullish(),
  })
  .transform(({ payoutId, paymentReferenceId, paymentDate: paidOn, paymentNotes, ...row }) => ({
    ...row,
    payoutId: payoutNamed(payoutId),
    reference: paymentReferenceId.trim(),
    paidOn: paidOn ?? null,
    notes: paymentNotes ?? null,
  }))
  .meta({ id: 'PaidRow' });

/** Rows, each read by itself so that a bad one stops no other; or a file as text. */
export const markPaidFileBody = z
  .strictObject({
    rows: z.array(eachLike(paidRow)).min(1).max(paidRowsMax).optional(),
    csv: z.string().min(1).max(csvCharsMax).optional(),
  })
  .refine((body) => (body.rows === undefined) !== (body.csv === undefined), 'takes either rows or csv')
  .meta({
    examples: [
      { csv: 'payout_id,amount,currency,payment_reference\npo_0199d2a0,54.00,USD,BNC-20261127-14\n' },
    ],
  });

const counts = Object.fromEntries(paidRowResults.map((result) => [result, count])) as Record<
  PaidRowResult,
  typeof count
>;

/** What became of each row, in their order. */
export const markPaidFileView = z
  .strictObject({
    counts: z.strictObject(counts),
    results: z.array(
      z
        .strictObject({
          index: count,
          line: count.nullable(),
          payoutId: z.string().nullable(),
          result: z.enum(paidRowResults),
          message: z.string(),
          payoutStatus: z.enum(payoutStates).nullable(),
          expectedAmount: minor.nullable(),
          expectedCurrency: currencyCode.nullable(),
          knownReference: z.string().nullable(),
        })
        .meta({ id: 'PaidRowResult' }),
    ),
  })
  .meta({ id: 'MarkPaidFileResults' });
type ResultView = z.output<typeof markPaidFileView>['results'][number];

interface OutcomeFacts {
  readonly result: PaidRowResult;
  readonly payoutStatus: PayoutState | null;
  readonly expected: { readonly amount: bigint; readonly currency: string } | null;
  readonly knownReference: string | null;
}
interface RowFacts {
  readonly payoutId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly reference: string;
}

/** A row that was judged. */
export function presentPaidRow(
  place: { index: number; line: number | null },
  row: RowFacts,
  outcome: OutcomeFacts,
): ResultView {
  return {
    ...place,
    payoutId: row.payoutId,
    result: outcome.result,
    message: wordsFor(row, outcome),
    payoutStatus: outcome.payoutStatus,
    expectedAmount: outcome.expected?.amount ?? null,
    expectedCurrency: outcome.expected?.currency ?? null,
    knownReference: outcome.knownReference,
  };
}

/** A row that could not be read. */
export function presentBadRow(place: { index: number; line: number | null }, message: string): ResultView {
  return {
    ...place,
    payoutId: null,
    result: 'invalid',
    message: `${message}. Nothing was changed.`,
    payoutStatus: null,
    expectedAmount: null,
    expectedCurrency: null,
    knownReference: null,
  };
}

const words: Record<PaidRowResult, string> = {
  paid: 'Marked as paid.',
  already_paid: 'It was marked paid with this reference before. Nothing was changed.',
  conflict:
    'It was marked paid with another reference. If both transfers were made, the payee was paid twice. Nothing was changed.',
  came_back:
    'It was marked paid with this reference and came back since. Nothing was changed; a new transfer has a reference of its own.',
  amount_differs: 'Another amount was approved. Nothing was changed; find out what was really paid.',
  currency_differs: 'Another currency was approved. Nothing was changed; find out what was really paid.',
  not_found: 'There is no such payout. Nothing was changed.',
  not_approved: 'It is not approved. If it was paid all the same, somebody must decide. Nothing was changed.',
  on_hold: 'It is on hold. Nothing was changed; release it first if it was paid.',
  sent_automatically:
    'A provider pays it or has paid it. If it was also paid by hand, the payee is paid twice. Nothing was changed.',
  duplicate_in_file:
    'An earlier row names the same payout. If both were paid, the payee was paid twice. Nothing was changed by this row.',
  invalid: 'It cannot be read. Nothing was changed.',
};

function wordsFor(row: RowFacts, { result, expected, knownReference }: OutcomeFacts): string {
  if (expected && (result === 'amount_differs' || result === 'currency_differs')) {
    const approved = formatMoney(expected.amount, expected.currency);
    return `${approved} was approved, the row says ${formatMoney(row.amount, row.currency)}. ${words[result]}`;
  }
  if (result === 'conflict' && knownReference !== null)
    return `It was marked paid with ${knownReference}. ${words.conflict}`;
  return words[result];
}

/** How many rows had each result. */
export function countResults(results: readonly ResultView[]): Record<PaidRowResult, number> {
  const of = (result: PaidRowResult) => results.filter((one) => one.result === result).length;
  return Object.fromEntries(paidRowResults.map((result) => [result, of(result)])) as Record<
    PaidRowResult,
    number
  >;
}
