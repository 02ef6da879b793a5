import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { LeftOutIssue } from '../core/left-out-row.ts';
import { leftOutFilesMax } from '../core/left-out-row.ts';
import type { ErrorFormat } from './error-rows.ts';
import { errorHeader, errorLine } from './error-rows.ts';
import type { Field, ShapeName } from './file-shapes.ts';
import { cellErrorView, importCheckBody } from './import-check.ts';
import { pageQuery } from './paging.ts';
import { count, moment } from './shapes.ts';
import { tableLimits } from './table-limits.ts';
import { cycleId } from './text.ts';

/** Rows that are kept of one file; how many more were left out is kept, too. */
export const leftOutRowsMax = 1_000;
/** The last line there is, as it is kept. */
const lineMax = 2_147_483_647;

/** The file as it was judged; `lines`: where each of its rows stands in the file it came from, once cells were corrected. */
export const leftOutBody = z
  .strictObject({
    file: importCheckBody,
    lines: z
      .array(z.int().min(1).max(lineMax))
      .max(tableLimits.rows)
      .refine((lines) => new Set(lines).size === lines.length, fault('lines_own'))
      .optional(),
  })
  .meta({
    examples: [
      {
        file: {
          cycleId: '18',
          name: 'winners.csv',
          csv: 'payee_id,name,email,amount,currency,reference\nu1,Ana,ana@example.com,"1,250",USD,r1\n',
        },
      },
    ],
  });

export const leftOutQuery = pageQuery.extend({ cycleId: cycleId.optional() });

export const leftOutFileView = z
  .strictObject({
    id: z.string().meta({ examples: ['lo_0199d2a0'] }),
    cycleId: z.string().meta({ examples: ['18'] }),
    fileName: z.string().meta({ examples: ['winners.csv'] }),
    sourceType: z.string().meta({ examples: ['winner'] }),
    header: z.array(z.string()),
    rowCount: count,
    leftOutCount: count,
    keptCount: count.meta({ description: `Of these rows, as many as are kept: at most ${leftOutRowsMax}` }),
    by: z.string(),
    createdAt: moment,
  })
  .meta({ id: 'LeftOutFile' });

const notKeptReasons = ['none_left_out', 'cycle_full'] as const;
export const leftOutKeptView = z.strictObject({
  leftOut: leftOutFileView.nullable().meta({ description: 'Null: nothing was written down' }),
  reason: z
    .enum(notKeptReasons)
    .nullable()
    .meta({
      description: `Why nothing was: no row of the file was left out, or the cycle has ${leftOutFilesMax} such files already`,
    }),
});

export const leftOutRowView = z
  .strictObject({
    line: count,
    reference: z.string(),
    cells: z
      .array(z.string())
      .meta({ description: 'Masked, unless they look like what their column is for' }),
    errors: z.array(cellErrorView),
    recordedSince: z
      .boolean()
      .meta({ description: 'An earning of this reference was recorded after the row was left out' }),
  })
  .meta({ id: 'LeftOutRow' });

interface FileFacts {
  readonly publicId: string;
  readonly cycleId: string;
  readonly fileName: string;
  readonly sourceType: string;
  readonly shape: string;
  readonly header: readonly string[];
  readonly columns: Readonly<Record<string, number>>;
  readonly rowCount: number;
  readonly leftOutCount: number;
  readonly actorName: string;
  readonly createdAt: Date;
}

export function presentLeftOut(file: FileFacts): z.output<typeof leftOutFileView> {
  const { publicId: id, actorName: by, header, leftOutCount } = file;
  const { cycleId: cycle, fileName, sourceType, rowCount, createdAt } = file;
  const keptCount = Math.min(leftOutCount, leftOutRowsMax);
  const shown = { id, cycleId: cycle, fileName, sourceType, header: [...header], rowCount, leftOutCount };
  return { ...shown, keptCount, by, createdAt };
}

interface RowFacts {
  readonly line: number;
  readonly reference: string;
  readonly cells: readonly string[];
  readonly issues: readonly LeftOutIssue[];
  readonly recordedSince: boolean;
}

export function presentLeftOutRow(row: RowFacts, language: TeamLanguage): z.output<typeof leftOutRowView> {
  const { line, reference, cells, issues, recordedSince } = row;
  const errors = issues.map(({ column, code, words }) => {
    const [error, howToFix] = words[language];
    return { column, code, error, howToFix };
  });
  return { line, reference, cells: [...cells], errors, recordedSince };
}

function formatOf({ shape, header, columns }: FileFacts): ErrorFormat {
  // They were written down as they had been read.
  const places = new Map(Object.entries(columns) as [Field, number][]);
  return { shape: shape as ShapeName, delimiter: ',', header, columns: places };
}

/** The rows in the columns of their file, with what is wrong and what would mend it: as `purser pay` writes them, but masked. */
export function leftOutCsvHeader(file: FileFacts): string {
  return errorHeader(formatOf(file));
}

export function leftOutCsvLine(file: FileFacts, row: RowFacts, language: TeamLanguage): string {
  const { errors, ...rest } = presentLeftOutRow(row, language);
  const issues = errors.map(({ column, error: message, howToFix }) => ({ column, message, howToFix }));
  return errorLine({ ...rest, issues }, formatOf(file));
}
