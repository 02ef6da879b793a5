import { z } from 'zod';
import { importRecords } from '../core/import-row.ts';
import { providerName } from './batches.ts';
import { previewView } from './cycles.ts';
import { count, currencyCode, minor, sumsByCurrency } from './shapes.ts';
import { cycleId, name, sourceType } from './text.ts';

/** Rows that are looked at in one call; a longer file is paid from the command line. */
export const checkedRowsMax = 5_000;
/** Longest file as a text, in characters. */
const csvCharsMax = 16 * 1024 * 1024;
const columnsMax = 200;
const cellCharsMax = 10_000;

const tooLong = `takes at most ${checkedRowsMax} rows; pay a longer file with purser pay FILE --cycle ID`;
const cells = z.array(z.string().max(cellCharsMax)).max(columnsMax);
const shared = {
  name: name.optional(),
  cycleId,
  provider: providerName.default('paypal'),
  source: sourceType.default('winner'),
};

/** A file as it is, or as a table whose cells were corrected. */
export const importCheckBody = z.union([
  z.strictObject({ ...shared, csv: z.string().max(csvCharsMax, tooLong) }),
  z.strictObject({ ...shared, header: cells.min(1), rows: z.array(cells).max(checkedRowsMax, tooLong) }),
]);
export type ImportCheckBody = z.output<typeof importCheckBody>;

const cellErrorView = z.strictObject({
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
