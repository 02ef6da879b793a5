import type { TeamLanguage } from '../core/language.ts';
import { teamLanguageOf } from '../core/language.ts';
import { sentencesOf } from '../wire/fault-table.ts';
import { fileFaults } from '../wire/file-faults.ts';
import { recordOf } from '../core/import-row.ts';
import type { Totals } from '../core/money.ts';
import { addTo } from '../core/money.ts';
import { findCycle } from '../store/cycles.ts';
import { columnName } from '../wire/file-shapes.ts';
import type { FileIssue } from '../wire/file-issues.ts';
import type { ImportCheckBody, ImportCheckView } from '../wire/import-check.ts';
import { importCheckBody, importCheckView } from '../wire/import-check.ts';
import type { PayFileSummary } from '../wire/pay-file.ts';
import type { ApiDeps, ApiProvider } from './deps.ts';
import { runFloat } from './float.ts';
import { alikeOf, type Judged, judgeFile } from './import-judge.ts';
import { compareWithLast } from './preview.ts';
import { providerOf } from './providers.ts';
import { ok, route } from './route.ts';

/** Largest amounts shown of each currency. */
const largestShown = 5;
/** Largest body: the characters of a table in UTF-8, with quotation marks and commas around its cells. */
const checkBodyMaxBytes = 8 * 1024 * 1024;

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

async function check(
  deps: ApiDeps,
  provider: ApiProvider,
  body: ImportCheckBody,
  language: TeamLanguage,
): Promise<ImportCheckView> {
  const file = await judgeFile(deps, provider, body, language);
  if (!file.ok) return unusable(body, file.issue, language);
  const { summary, judged, shown } = file;
  const good = shown.filter((row) => row.earning !== null);
  const payable = judged.filter(({ facts }) => recordOf(facts) !== 'contradicts');
  return {
    ...described(body, summary),
    goodRows: good.length,
    badRows: shown.length - good.length,
    totals: totalsOf(payable),
    rows: [...shown],
    outlook: await outlookOf(deps, provider, body, payable),
  };
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
