import { importTexts } from '../core/import-texts.ts';
import { itemRefusal } from '../core/item-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import { teamLanguageOf } from '../core/language.ts';
import { sentencesOf } from '../wire/fault-table.ts';
import { fileFaults } from '../wire/file-faults.ts';
import type { ImportFacts } from '../core/import-row.ts';
import { contradiction, importWarnings, recordOf } from '../core/import-row.ts';
import type { Totals } from '../core/money.ts';
import { addTo } from '../core/money.ts';
import { findCycle } from '../store/cycles.ts';
import { knownOfRows } from '../store/import-known.ts';
import { columnName } from '../wire/file-shapes.ts';
import type { FileIssue } from '../wire/file-issues.ts';
import type { ImportCheckBody, ImportCheckView, ImportRowView } from '../wire/import-check.ts';
import { importCheckBody, importCheckView } from '../wire/import-check.ts';
import { earningOfRow } from '../wire/pay-earning.ts';
import type { BadRow, PayFileSummary } from '../wire/pay-file.ts';
import { readPayFile } from '../wire/pay-file.ts';
import type { PayRow } from '../wire/pay-row.ts';
import { bytesOf, csvOfTable, recordsOf } from '../wire/pay-table.ts';
import { tableLimits } from '../wire/table-limits.ts';
import type { ApiDeps, ApiProvider } from './deps.ts';
import { runFloat } from './float.ts';
import { compareWithLast } from './preview.ts';
import { providerOf } from './providers.ts';
import { ok, route } from './route.ts';

/** Largest amounts shown of each currency. */
const largestShown = 5;
/** Largest body: the characters of a table in UTF-8, with quotation marks and commas around its cells. */
const checkBodyMaxBytes = 8 * 1024 * 1024;
/** Lines of look-alikes that are named in one warning. */
const twinsNamed = 5;

export const importCheckRoutes = [
  route({
    method: 'POST',
    path: '/imports/check',
    right: 'operate',
    // It answers with the addresses of the file, which no record of answers shall keep.
    unrepeatable: true,
    summary: 'What is wrong with a pay file, row by row, and what paying it would do; writes nothing',
    answer: importCheckView,
    refuses: ['provider_not_set_up'],
    bodyLimit: checkBodyMaxBytes,
    body: importCheckBody,
    async handle(deps, { body, language }) {
      const provider = providerOf(deps, body.provider);
      return provider.ok ? ok(await check(deps, provider.value, body, teamLanguageOf(language))) : provider;
    },
  }),
];

/** A good row with what is on record of it. */
interface Judged {
  readonly row: PayRow;
  readonly facts: ImportFacts;
}

async function check(
  deps: ApiDeps,
  provider: ApiProvider,
  body: ImportCheckBody,
  language: TeamLanguage,
): Promise<ImportCheckView> {
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
  if (!read.ok) return unusable(body, read.issue, language);
  const { summary } = read;
  const known = await knownOfRows(deps.db, deps.vault, body.source, rows, deps.now());
  const judged = rows.flatMap((row) => {
    const found = known.get(row.line);
    return found ? [{ row, facts: factsOf(row, body, found) }] : [];
  });
  const cells = new Map((await recordsOf(bytesOf(csv), summary.format)).map((one) => [one.line, one.cells]));
  const shown = [...goodRows(judged, summary, body, language), ...bad.map((row) => badRow(row))].map(
    (row) => ({
      ...row,
      cells: [...(cells.get(row.line) ?? [])],
    }),
  );
  const good = shown.filter((row) => row.earning !== null);
  const payable = judged.filter(({ facts }) => recordOf(facts) !== 'contradicts');
  return {
    ...described(body, summary),
    goodRows: good.length,
    badRows: shown.length - good.length,
    totals: totalsOf(payable),
    rows: shown.toSorted((a, b) => a.line - b.line),
    outlook: await outlookOf(deps, provider, body, payable),
  };
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

function unusable(body: ImportCheckBody, issue: FileIssue, language: TeamLanguage): ImportCheckView {
  const { code, line, message: error } = issue;
  const howToFix =
    code === 'file_too_many_rows'
      ? sentencesOf(fileFaults.table_too_many_rows, [], language).howToFix
      : issue.howToFix;
  return {
    name: body.name ?? null,
    issue: { code, line, error, howToFix },
    shape: null,
    headerless: false,
    header: [],
    columns: {},
    rowCount: 0,
    goodRows: 0,
    badRows: 0,
    totals: {},
    rows: [],
    outlook: null,
  };
}

function described(body: ImportCheckBody, { format, rowCount }: PayFileSummary) {
  const fields = [...format.columns.keys()];
  return {
    name: body.name ?? null,
    issue: null,
    shape: format.shape,
    headerless: format.headerless,
    header: [...format.header],
    columns: Object.fromEntries(fields.map((field) => [field, columnName(format, field)])),
    rowCount,
  };
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

function alikeOf({ payeeExternalId, amount, currency }: PayRow): string {
  return `${payeeExternalId}\n${amount}\n${currency}`;
}

function totalsOf(judged: readonly Judged[]): Totals {
  const totals: Totals = {};
  for (const { row } of judged) addTo(totals, row.currency, row.amount);
  return totals;
}

/** What paying the rows that can be paid would do. */
async function outlookOf(
  deps: ApiDeps,
  provider: ApiProvider,
  body: ImportCheckBody,
  judged: readonly Judged[],
): Promise<ImportCheckView['outlook']> {
  const cycle = await findCycle(deps.db, body.cycleId);
  const own = judged.filter(({ row }) => row.method === provider.name);
  const open = own.filter(({ facts }) => recordOf(facts) !== 'has_payout');
  const paid = open.filter(({ facts: { known } }) => !known.payeeBlocked && known.payeeHold === null);
  const wouldPayTotals = totalsOf(paid);
  const alike = Map.groupBy(paid, ({ row }) => alikeOf(row));
  const payees = (of: readonly Judged[]) => new Set(of.map(({ row }) => row.payeeExternalId)).size;
  const seen = { eligibleCount: paid.length, eligibleTotals: wouldPayTotals };
  return {
    provider: provider.name,
    sandbox: provider.sandbox,
    cycle: { id: body.cycleId, exists: cycle !== undefined, activeBatchId: cycle?.activeBatchId ?? null },
    wouldPay: paid.length,
    wouldPayTotals,
    recorded: judged.filter(({ facts }) => recordOf(facts) === 'recorded').length,
    alreadyPaid: own.length - open.length,
    onHold: open.length - paid.length,
    otherProvider: judged.length - own.length,
    newPayees: payees(paid.filter(({ facts }) => !facts.known.payeeKnown)),
    changedMethods: payees(paid.filter(({ facts }) => facts.known.methodChanged)),
    suspectedDuplicates: paid.filter(
      ({ row, facts: { known } }) =>
        (alike.get(alikeOf(row)) ?? []).length > 1 || (known.twin !== null && known.earning === null),
    ).length,
    largest: largestOf(paid),
    float: await runFloat(deps, provider.name, wouldPayTotals),
    comparedWithLast: cycle ? await compareWithLast(deps, cycle, seen) : null,
  };
}

/** The largest of each currency, as amounts of two are never compared. */
function largestOf(judged: readonly Judged[]) {
  const byCurrency = Map.groupBy(judged, ({ row }) => row.currency);
  return [...byCurrency.values()].flatMap((rows) =>
    rows
      .toSorted((a, b) => (a.row.amount < b.row.amount ? 1 : -1))
      .slice(0, largestShown)
      .map(({ row: { line, reference, payeeExternalId: payeeId, amount, currency } }) => {
        return { line, reference, payeeId, amount, currency };
      }),
  );
}
