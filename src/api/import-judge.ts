import { itemRefusal } from '../core/item-words.ts';
import type { ImportFacts } from '../core/import-row.ts';
import { contradiction, importWarnings, recordOf } from '../core/import-row.ts';
import { importTexts } from '../core/import-texts.ts';
import type { TeamLanguage } from '../core/language.ts';
import { knownOfRows } from '../store/import-known.ts';
import type { FileIssue } from '../wire/file-issues.ts';
import { columnName } from '../wire/file-shapes.ts';
import type { ImportCheckBody, ImportRowView } from '../wire/import-check.ts';
import { earningOfRow } from '../wire/pay-earning.ts';
import type { BadRow, PayFileSummary } from '../wire/pay-file.ts';
import { readPayFile } from '../wire/pay-file.ts';
import type { PayRow } from '../wire/pay-row.ts';
import { bytesOf, csvOfTable, recordsOf } from '../wire/pay-table.ts';
import { tableLimits } from '../wire/table-limits.ts';
import type { ApiDeps, ApiProvider } from './deps.ts';

/** Lines of look-alikes that are named in one warning. */
const twinsNamed = 5;

/** A good row with what is on record of it. */
export interface Judged {
  readonly row: PayRow;
  readonly facts: ImportFacts;
}

/** A file read to its end: every row as it is shown, in their order, and the good ones with what is known of them. */
export type JudgedFile =
  | { readonly ok: false; readonly issue: FileIssue }
  | {
      readonly ok: true;
      readonly summary: PayFileSummary;
      readonly judged: readonly Judged[];
      readonly shown: readonly ImportRowView[];
    };

/** Judges each row of a pay file by itself, against the others and against what is on record; writes nothing. */
export async function judgeFile(
  deps: ApiDeps,
  provider: ApiProvider,
  body: ImportCheckBody,
  language: TeamLanguage,
): Promise<JudgedFile> {
  const csv = 'csv' in body ? body.csv : csvOfTable(body.header, body.rows);
  const rows: PayRow[] = [];
  const bad: BadRow[] = [];
  const read = await readPayFile(bytesOf(csv), {
    derivedPrefix: `${body.cycleId}:`,
    rowsMax: tableLimits.rows,
    language,
    check: (row) => refusedBy(provider, row, language),
    onBatch: (batch) => {
      rows.push(...batch.rows);
      bad.push(...batch.bad);
    },
  });
  if (!read.ok) return read;
  const { summary } = read;
  const known = await knownOfRows(deps.db, deps.vault, body.source, rows, deps.now());
  const judged = rows.flatMap((row) => {
    const found = known.get(row.line);
    return found ? [{ row, facts: factsOf(row, body, found) }] : [];
  });
  const cells = new Map((await recordsOf(bytesOf(csv), summary.format)).map((one) => [one.line, one.cells]));
  const shown = [...goodRows(judged, summary, body, language), ...bad.map((row) => badRow(row))]
    .map((row) => ({ ...row, cells: [...(cells.get(row.line) ?? [])] }))
    .toSorted((a, b) => a.line - b.line);
  return { ok: true, summary, judged, shown };
}

/** What the provider itself would refuse, said beside the row instead of after the run. */
function refusedBy(
  provider: ApiProvider,
  row: PayRow,
  language: TeamLanguage,
): { message: string; howToFix: string } | null {
  const { reference: itemReference, destination, amount, currency, note, method } = row;
  if (destination === null || method !== provider.name) return null;
  const issue = provider.validate({ itemReference, destination, amount, currency, note });
  return issue && { message: itemRefusal(issue, language), howToFix: importTexts[language].correctOrTakeOut };
}

function factsOf(row: PayRow, body: ImportCheckBody, known: ImportFacts['known']): ImportFacts {
  const { payeeExternalId: payeeId, amount, currency, method } = row;
  return { payeeId, amount, currency, method, provider: body.provider, cycleId: body.cycleId, known };
}

function badRow({ line, reference, cells, issues }: BadRow): ImportRowView {
  return {
    line,
    reference,
    cells: [...cells],
    errors: issues.map(({ column, code, message: error, howToFix }) => ({ column, code, error, howToFix })),
    warnings: [],
    record: null,
    payout: null,
    earning: null,
  };
}

function goodRows(
  judged: readonly Judged[],
  summary: PayFileSummary,
  body: ImportCheckBody,
  language: TeamLanguage,
): ImportRowView[] {
  const alike = Map.groupBy(judged, ({ row }) => alikeOf(row));
  const column = columnName(summary.format, 'reference');
  const howToFix = importTexts[language].newReference;
  return judged.map(({ row, facts }) => {
    // One more than are named, as the row itself may be among them: a file of nothing but look-alikes stays quick.
    const nearest = (alike.get(alikeOf(row)) ?? []).slice(0, twinsNamed + 1);
    const twins = nearest.filter((other) => other.row !== row);
    const record = recordOf(facts);
    const error = contradiction(facts, language);
    return {
      line: row.line,
      reference: row.reference,
      cells: [],
      errors: record === 'contradicts' ? [{ column, code: 'contradicts_record', error, howToFix }] : [],
      warnings: importWarnings(
        facts,
        twins.slice(0, twinsNamed).map((other) => other.row.line),
        language,
      ),
      record,
      payout: facts.known.payout,
      earning:
        record === 'contradicts' ? null : earningOfRow(row, { source: body.source, cycle: body.cycleId }),
    };
  });
}

export function alikeOf({ payeeExternalId, amount, currency }: PayRow): string {
  return `${payeeExternalId}\n${amount}\n${currency}`;
}
