import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { isReservedSource } from '../core/source-types.ts';
import { importRecords } from '../core/import-row.ts';
import { providerName } from './batches.ts';
import { previewView } from './cycles.ts';
import { count, currencyCode, minor, sumsByCurrency } from './shapes.ts';
import { tableFits, tableLimits } from './table-limits.ts';
import { cycleId, sourceType, text } from './text.ts';

const { rows, columns, cells, chars, cellChars } = tableLimits;
const tooLarge = fault('table_size', rows, columns, cells, chars);
const line = z.array(z.string().max(cellChars));
const shared = {
  name: text(200, 0).optional(),
  cycleId,
  provider: providerName.default('paypal'),
  source: sourceType
    .refine((source) => !isReservedSource(source), fault('source_type_own'))
    .default('winner'),
};

/** A file as it is, or as a table whose cells were corrected. */
export const importCheckBody = z.union(
  [
    z
      .strictObject({ ...shared, csv: z.string().max(chars, tooLarge) })
      .refine((body) => body.csv.length > chars || tableFits(body), { error: tooLarge, path: ['csv'] }),
    z
      .strictObject({ ...shared, header: line.min(1).max(columns), rows: z.array(line).max(rows) })
      .refine((body) => tableFits(body), { error: tooLarge, path: ['rows'] }),
  ],
  fault('table_shape', tooLarge),
);
export type ImportCheckBody = z.output<typeof importCheckBody>;

export const cellErrorView = z.strictObject({
  column: z.string().meta({ description: 'Its name in the header' }),
  code: z.string().meta({ examples: ['amount_comma'] }),
  error: z.string(),
  howToFix: z.string(),
});

const earningView = z
  .strictObject({
    sourceType: z.string(),
    externalId: z.string(),
    payeeExternalId: z.string(),
    cycleId: z.string(),
    amount: z.int(),
    currency: currencyCode,
    note: z.string().optional(),
    payee: z.strictObject({
      name: z.string().optional(),
      email: z.string().optional(),
      payoutMethod: z
        .strictObject({ type: z.string(), kind: z.string(), destination: z.string() })
        .optional(),
    }),
  })
  .meta({ id: 'ImportedEarning', description: 'As POST /earnings takes it' });

const rowView = z
  .strictObject({
    line: count,
    reference: z.string(),
    cells: z.array(z.string()),
    errors: z.array(cellErrorView),
    warnings: z.array(z.string()),
    record: z.enum(importRecords).nullable().meta({
      description: 'Null: the row has errors of its own and was not looked up',
    }),
    payout: z.strictObject({ id: z.string(), status: z.string() }).nullable(),
    earning: earningView.nullable().meta({ description: 'Null: the row cannot be paid' }),
  })
  .meta({ id: 'ImportRow' });
export type ImportRowView = z.output<typeof rowView>;

export const importCheckView = z
  .strictObject({
    name: z.string().nullable(),
    issue: z
      .strictObject({
        code: z.string(),
        line: count.nullable(),
        error: z.string(),
        howToFix: z.string(),
      })
      .nullable()
      .meta({ description: 'Why nothing of the file can be used; then there are no rows' }),
    shape: z
      .string()
      .nullable()
      .meta({ examples: ['purser'] }),
    headerless: z.boolean(),
    header: z.array(z.string()),
    columns: z.record(z.string(), z.string()).meta({ description: 'What is read from which column' }),
    rowCount: count,
    goodRows: count,
    badRows: count,
    totals: sumsByCurrency.meta({ description: 'Of the good rows' }),
    rows: z.array(rowView),
    outlook: z
      .strictObject({
        provider: z.string(),
        sandbox: z.boolean(),
        cycle: z.strictObject({ id: z.string(), exists: z.boolean(), activeBatchId: z.string().nullable() }),
        wouldPay: count,
        wouldPayTotals: sumsByCurrency,
        recorded: count,
        alreadyPaid: count,
        onHold: count,
        otherProvider: count,
        newPayees: count,
        changedMethods: count,
        suspectedDuplicates: count,
        largest: z.array(
          z.strictObject({
            line: count,
            reference: z.string(),
            payeeId: z.string(),
            amount: minor,
            currency: currencyCode,
          }),
        ),
        float: previewView.shape.float,
        comparedWithLast: previewView.shape.comparedWithLast.unwrap(),
      })
      .nullable()
      .meta({ description: 'What paying the good rows would do' }),
  })
  .meta({ id: 'ImportCheck' });
export type ImportCheckView = z.output<typeof importCheckView>;
