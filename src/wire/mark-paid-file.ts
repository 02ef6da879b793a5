import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import type { PaidRowResult } from '../core/hand-transfer.ts';
import { paidRowResults, payoutNamed } from '../core/hand-transfer.ts';
import { isKeepable } from '../core/keepable.ts';
import type { TeamLanguage } from '../core/language.ts';
import { paidRowWords, unreadRowWords } from '../core/paid-row-words.ts';
import type { PayoutState } from '../core/payout.ts';
import { payoutStates } from '../core/payout.ts';
import { paidRowsMax } from './paid-file.ts';
import { count, currencyCode, eachLike, minor } from './shapes.ts';
import { amount, anyId, currency, text, written } from './text.ts';

const referenceCharsMax = 200;
const notesCharsMax = 2000;
/** Largest file in a body, in characters. */
const csvCharsMax = 16 * 1024 * 1024;

/** A day, or a time of which the day is kept as it is written. */
export const paymentDate = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })])
  .transform((value) => value.slice(0, 'YYYY-MM-DD'.length))
  .refine((day) => isKeepable(new Date(`${day}T00:00:00Z`)), fault('time_range', 1, 9999))
  .meta({ examples: ['2026-11-27'] });

/** One payment that was made by hand. `payoutId` is the id, or the reference of the transfer. */
export const paidRow = z
  .strictObject({
    payoutId: anyId,
    amount,
    currency,
    paymentReferenceId: written(referenceCharsMax),
    paymentDate: paymentDate.nullish(),
    paymentNotes: text(notesCharsMax).nullish(),
  })
  .transform(({ payoutId, paymentReferenceId, paymentDate: paidOn, paymentNotes, ...row }) => ({
    ...row,
    payoutId: payoutNamed(payoutId),
    reference: paymentReferenceId,
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
  .refine((body) => (body.rows === undefined) !== (body.csv === undefined), fault('rows_or_csv'))
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
          alsoOn: z
            .array(z.string())
            .meta({ description: 'Other payouts paid under the same reference, at most 6', examples: [[]] }),
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
  readonly alsoOn: readonly string[];
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
  language: TeamLanguage,
): ResultView {
  return {
    ...place,
    payoutId: row.payoutId,
    result: outcome.result,
    message: paidRowWords(row, outcome, language),
    payoutStatus: outcome.payoutStatus,
    expectedAmount: outcome.expected?.amount ?? null,
    expectedCurrency: outcome.expected?.currency ?? null,
    knownReference: outcome.knownReference,
    alsoOn: [...outcome.alsoOn],
  };
}

/** A row that could not be read. */
export function presentBadRow(
  place: { index: number; line: number | null },
  message: string,
  language: TeamLanguage,
): ResultView {
  return {
    ...place,
    payoutId: null,
    result: 'invalid',
    message: unreadRowWords(message, language),
    payoutStatus: null,
    expectedAmount: null,
    expectedCurrency: null,
    knownReference: null,
    alsoOn: [],
  };
}

/** How many rows had each result. */
export function countResults(results: readonly ResultView[]): Record<PaidRowResult, number> {
  const of = (result: PaidRowResult) => results.filter((one) => one.result === result).length;
  return Object.fromEntries(paidRowResults.map((result) => [result, of(result)])) as Record<
    PaidRowResult,
    number
  >;
}
