import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { cellCharsMax } from '../core/legacy-row.ts';
import { formatAmount } from '../core/money.ts';
import { payoutStates } from '../core/payout.ts';
import type { PayoutState } from '../core/payout.ts';
import { csvLine } from './csv.ts';
import { pageQuery } from './paging.ts';
import { count, currencyCode, minor, moment, sumsByCurrency } from './shapes.ts';
import { anyId, cycleId, externalId, reference, sourceType, text } from './text.ts';

/** Rows one call may bring; a larger file comes in parts. */
export const legacyRowsPerCallMax = 5000;
/** Characters of a report that comes as text in one call. */
const legacyCsvCharsMax = 8 * 1024 * 1024;

const results = ['matched', 'already_imported', 'ambiguous', 'unmatched', 'invalid'] as const;
type Result = (typeof results)[number];

const cell = text(cellCharsMax * 2, 0).default('');

/** The cells of a row as the report has them: the amount is a text in major units. */
const legacyRow = z
  .strictObject({
    line: z.int().min(1).max(2_000_000_000),
    batchId: cell,
    itemId: cell,
    transactionId: cell,
    reference: cell,
    receiver: cell,
    status: cell,
    amount: cell,
    currency: cell,
    fee: cell,
    date: cell,
    tooMany: z.boolean().default(false),
  })
  .meta({
    id: 'LegacyRowInput',
    examples: [
      {
        line: 2,
        transactionId: '9PE35473MC416994Y',
        reference: 'winner_12_34',
        receiver: 'ana@example.com',
        status: 'SUCCESS',
        amount: '25.00',
        currency: 'USD',
      },
    ],
  });

/** A whole report; it may begin with a byte order mark, as downloads do. */
const reportText = z
  .string()
  .min(1)
  .max(legacyCsvCharsMax)
  .refine((value) => !value.includes('\0') && value.isWellFormed(), fault('kept'));

const importFields = {
  name: text(300).nullish(),
  cycleId: cycleId.nullish(),
  dryRun: z.boolean().default(false),
};

/** Rows, in parts that name the import of the first one if need be, or a whole report as text. */
export const legacyImportBody = z.union([
  z.strictObject({
    ...importFields,
    importId: anyId.nullish(),
    rows: z.array(legacyRow).min(1).max(legacyRowsPerCallMax),
  }),
  z.strictObject({ ...importFields, csv: reportText }),
]);

export const legacyMatchBody = z.strictObject({
  payeeId: externalId,
  earning: z.strictObject({ sourceType, externalId: reference }).nullish(),
});

export const legacyRowsQuery = pageQuery.extend({ result: z.enum(results).optional() });

const resultView = z.strictObject({ count, totals: sumsByCurrency });
const reportFields = {
  rows: count,
  results: z.strictObject({
    matched: resultView,
    already_imported: resultView,
    ambiguous: resultView,
    unmatched: resultView,
    invalid: resultView,
  }),
};

export const legacyImportView = z
  .strictObject({
    id: z.string().meta({ examples: ['li_0199d2a0'] }),
    name: z.string(),
    cycleId: z.string().nullable(),
    startedBy: z.string(),
    createdAt: moment,
    ...reportFields,
  })
  .meta({ id: 'LegacyImport' });

export const legacyRowView = z
  .strictObject({
    id: z.string().meta({ examples: ['lr_0199d2a0'] }),
    line: count,
    result: z.enum(results),
    reason: z.string(),
    message: z.string(),
    remarks: z.string().nullable(),
    reference: z.string(),
    receiver: z.string(),
    providerStatus: z.string(),
    status: z.enum(payoutStates).nullable(),
    amount: minor.nullable(),
    currency: currencyCode.nullable(),
    fee: minor.nullable(),
    paidAt: moment.nullable(),
    providerBatchId: z.string().nullable(),
    providerItemId: z.string().nullable(),
    transactionId: z.string().nullable(),
    payeeId: z.string().nullable(),
    earningId: z.string().nullable(),
    payoutId: z.string().nullable(),
    candidates: z.array(z.string()),
  })
  .meta({ id: 'LegacyRow' });

/** What an import came to; `importId` is null after a dry run, which wrote nothing. */
export const legacyImportedView = z
  .strictObject({
    importId: z.string().nullable(),
    dryRun: z.boolean(),
    ...reportFields,
    resolvedEarlier: count,
  })
  .meta({ id: 'LegacyImported' });

export const legacyMatchedView = z.strictObject({ payoutId: z.string() });

/** Where a payout of an earlier system comes from. */
export const legacyEvidenceView = z
  .strictObject({
    importId: z.string(),
    rowId: z.string(),
    line: count,
    reference: z.string(),
    receiver: z.string(),
    providerStatus: z.string(),
    providerBatchId: z.string().nullable(),
    providerItemId: z.string().nullable(),
    transactionId: z.string().nullable(),
    fee: minor.nullable(),
  })
  .meta({ id: 'LegacyEvidence' });

interface TallyFacts {
  readonly result: Result;
  readonly currency: string;
  readonly rows: bigint;
  readonly amount: bigint;
}

interface Report {
  readonly rows: number;
  readonly results: Record<Result, { count: number; totals: Record<string, bigint> }>;
}

/** Counts and sums by result; together they are those of the file. */
export function reportOf(tallies: readonly TallyFacts[]): Report {
  const empty = () => ({ count: 0, totals: {} as Record<string, bigint> });
  const found = {
    matched: empty(),
    already_imported: empty(),
    ambiguous: empty(),
    unmatched: empty(),
    invalid: empty(),
  };
  let rows = 0;
  for (const tally of tallies) {
    const part = found[tally.result];
    part.count += Number(tally.rows);
    if (tally.currency !== '') part.totals[tally.currency] = tally.amount;
    rows += Number(tally.rows);
  }
  return { rows, results: found };
}

interface ImportFacts {
  readonly publicId: string;
  readonly name: string;
  readonly cyclePublicId: string | null;
  readonly startedBy: string;
  readonly createdAt: Date;
}

export function presentImport(
  row: ImportFacts,
  tallies: readonly TallyFacts[],
): z.output<typeof legacyImportView> {
  return {
    id: row.publicId,
    name: row.name,
    cycleId: row.cyclePublicId,
    startedBy: row.startedBy,
    createdAt: row.createdAt,
    ...reportOf(tallies),
  };
}

interface RowFacts {
  readonly publicId: string;
  readonly importPublicId: string;
  readonly line: number;
  readonly result: Result;
  readonly reason: string;
  readonly detail: string | null;
  readonly batchId: string | null;
  readonly itemId: string | null;
  readonly transactionId: string | null;
  readonly reference: string;
  readonly receiver: string;
  readonly rawStatus: string;
  readonly state: PayoutState | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly fee: bigint | null;
  readonly paidAt: Date | null;
  readonly payeeExternalId: string | null;
  readonly earningExternalId: string | null;
  readonly payoutPublicId: string | null;
  readonly candidates: string | null;
}

const match =
  'Say which one it was: match the row by hand, or complete what is recorded here and import the file again.';
const compare =
  'Compare both with the provider; then cancel or take back what must not be paid again, and import the file again.';

/** Why a row has its result, and what to do. */
const messages: Readonly<Record<string, string>> = {
  reference: 'Matched by its reference.',
  address: 'Matched by the address it was paid to.',
  by_hand: 'Matched by hand.',
  same_payment: 'This payment was imported before. Nothing was counted twice.',
  sent_by_purser: 'Purser itself sent this payment. Nothing was counted twice.',
  status_followed: 'This payment was imported before; its payout now says what this row says.',
  amount_contradicts: `This payment was imported before with another amount or currency; nothing was changed. ${compare}`,
  status_contradicts: `This payment was imported before with a status that this one contradicts; nothing was changed. ${compare}`,
  resolved_later: 'A later import or a person matched this payment.',
  several_payees: `It could be of several payees. ${match}`,
  several_earnings: `It could have paid several earnings. ${match}`,
  earning_unclear: `It names nothing that is recorded here, and its payee has unpaid earnings in this cycle. ${match}`,
  sources_disagree: `Its reference and its address name different people. ${match}`,
  amount_differs: `The earning it names has another amount or currency. ${match}`,
  earning_taken_back: `The earning it names was taken back. ${match}`,
  already_on_its_way: `The earning it names is in a payout that is under way. ${compare}`,
  already_paid: `The earning it names is paid already. ${compare}`,
  failed_here: `The earning it names is in a payout that failed or came back here and can be tried again. Cancel that payout, then import the file again.`,
  nobody_found:
    'Nobody with this reference or address is recorded here. Import the payees and import the file again, or match the row by hand.',
  cell_too_long: `A cell is longer than ${cellCharsMax} characters. Correct the file and import it again.`,
  too_many_cells:
    'It has more cells than the header has columns. Put cells with separators in quotes and import the file again.',
  status_unknown:
    'Its status is not one that is known, so nothing was counted. Correct it to one that PayPal documents and import the file again.',
  currency_unknown: 'Its currency is not known. Correct it and import the file again.',
  amount_unreadable:
    'Its amount cannot be read, or has two meanings. Write it with a point for decimals and import the file again.',
};

const messageOf = (reason: string) => messages[reason] ?? reason;
const candidatesOf = (row: RowFacts) => row.candidates?.split('\n') ?? [];

export function presentRow(row: RowFacts): z.output<typeof legacyRowView> {
  const { line, result, reason, reference: itemReference, receiver, amount, currency, fee, paidAt } = row;
  return {
    id: row.publicId,
    line,
    result,
    reason,
    message: messageOf(reason),
    remarks: row.detail,
    reference: itemReference,
    receiver,
    providerStatus: row.rawStatus,
    status: row.state,
    amount,
    currency,
    fee,
    paidAt,
    providerBatchId: row.batchId,
    providerItemId: row.itemId,
    transactionId: row.transactionId,
    payeeId: row.payeeExternalId,
    earningId: row.earningExternalId,
    payoutId: row.payoutPublicId,
    candidates: candidatesOf(row),
  };
}

export function presentEvidence(row: RowFacts | undefined): z.output<typeof legacyEvidenceView> | null {
  if (!row) return null;
  return {
    importId: row.importPublicId,
    rowId: row.publicId,
    line: row.line,
    reference: row.reference,
    receiver: row.receiver,
    providerStatus: row.rawStatus,
    providerBatchId: row.batchId,
    providerItemId: row.itemId,
    transactionId: row.transactionId,
    fee: row.fee,
  };
}

/** The header of the list of what waits for somebody. */
export function waitingCsvHeader(): string {
  return csvLine(
    'line,row_id,result,reason,what_to_do,reference,receiver,status,amount,currency,transaction_id,item_id,candidates,remarks'.split(
      ',',
    ),
  );
}

export function waitingCsvLine(row: RowFacts): string {
  const { amount, currency } = row;
  return csvLine([
    row.line.toString(),
    row.publicId,
    row.result,
    row.reason,
    messageOf(row.reason),
    row.reference,
    row.receiver,
    row.rawStatus,
    amount === null || currency === null ? '' : formatAmount(amount, currency),
    currency ?? '',
    row.transactionId ?? '',
    row.itemId ?? '',
    candidatesOf(row).join('; '),
    row.detail ?? '',
  ]);
}
