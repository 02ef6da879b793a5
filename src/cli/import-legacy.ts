import { basename } from 'node:path';
import { formatMoney } from '../core/money.ts';
import { FileProblem } from '../wire/file-issues.ts';
import { fileBytes, openFile } from '../wire/file-source.ts';
import type { LegacyFileRow } from '../wire/legacy-file.ts';
import { legacyRows } from '../wire/legacy-file.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Io } from './command.ts';
import { exitCodes } from './command.ts';

/** Rows that travel together. */
const rowsPerPart = 2000;
/** Rows that wait and are shown; the CSV has them all. */
const shownMax = 10;

interface Part {
  readonly count: number;
  readonly totals: Readonly<Record<string, number | string>>;
}

interface Report {
  readonly importId: string | null;
  readonly rows: number;
  readonly results: Readonly<Record<string, Part>>;
  readonly resolvedEarlier: number;
}

interface Options {
  readonly file: string;
  readonly cycle: string | null;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** Imports a payout report in parts, so that memory does not grow with the file. A dry run adds up what its parts would do. */
export async function importLegacy(io: Io, api: ApiClient, options: Options): Promise<number> {
  try {
    const report = await importParts(api, options);
    if (report === null) return emptyFile(io);
    if (options.json) io.out(JSON.stringify({ dryRun: options.dryRun, ...report }));
    else await show(io, api, report, options.dryRun);
    const { ambiguous, unmatched, invalid } = report.results;
    const open = [ambiguous, unmatched, invalid].reduce((sum, part) => sum + (part?.count ?? 0), 0);
    return open > 0 ? exitCodes.decision : exitCodes.ok;
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const { message, howToFix } = error.issueIn('en');
    io.err(`${message} ${howToFix} What was imported before that stays; import the file again to go on.`);
    return exitCodes.decision;
  }
}

function emptyFile(io: Io): number {
  io.err('The report has no rows. Nothing was imported.');
  return exitCodes.decision;
}

async function importParts(api: ApiClient, { file, cycle, dryRun }: Options): Promise<Report | null> {
  const handle = await openFile(file);
  let report: Report | null = null;
  let part: LegacyFileRow[] = [];
  const send = async () => {
    const importId: string | null = dryRun ? null : (report?.importId ?? null);
    const body = {
      name: basename(file),
      dryRun,
      ...(cycle === null ? {} : { cycleId: cycle }),
      ...(importId === null ? {} : { importId }),
      rows: part.map(({ line, cells, tooMany }) => ({ line, tooMany, ...cells })),
    };
    const answer: Report = await call<Report>(api, 'POST', '/api/admin/imports/legacy-payouts', body);
    // The answer of an import counts all of it; each part of a dry run only itself.
    report =
      dryRun && report
        ? added(report, answer)
        : { ...answer, resolvedEarlier: answer.resolvedEarlier + (report?.resolvedEarlier ?? 0) };
    part = [];
  };
  try {
    for await (const row of legacyRows(fileBytes(handle))) {
      part.push(row);
      if (part.length === rowsPerPart) await send();
    }
    if (part.length > 0) await send();
  } finally {
    await handle.close();
  }
  return report;
}

function added(one: Report, other: Report): Report {
  const results = Object.entries(other.results).map(([name, part]) => {
    const totals = new Map(Object.entries(one.results[name]?.totals ?? {}));
    for (const [currency, sum] of Object.entries(part.totals))
      totals.set(currency, String(BigInt(totals.get(currency) ?? 0) + BigInt(sum)));
    return [
      name,
      { count: part.count + (one.results[name]?.count ?? 0), totals: Object.fromEntries(totals) },
    ] as const;
  });
  return {
    importId: null,
    rows: one.rows + other.rows,
    results: Object.fromEntries(results),
    resolvedEarlier: one.resolvedEarlier + other.resolvedEarlier,
  };
}

const words: Readonly<Record<string, string>> = {
  matched: 'matched, in history',
  already_imported: 'imported before, nothing counted twice',
  ambiguous: 'could be several things: needs you',
  unmatched: 'matched to nobody: needs you',
  invalid: 'not readable: needs you',
};

async function show(io: Io, api: ApiClient, report: Report, dryRun: boolean): Promise<void> {
  io.out(
    `${report.rows} rows${dryRun ? '. This is a dry run: nothing was written.' : ` in import ${report.importId ?? ''}.`}`,
  );
  for (const [name, { count, totals }] of Object.entries(report.results)) {
    if (count === 0) continue;
    const sums = Object.entries(totals).map(([currency, sum]) => formatMoney(BigInt(sum), currency));
    io.out(
      `  ${String(count).padStart(7)}  ${words[name] ?? name}${sums.length > 0 ? `: ${sums.join(', ')}` : ''}`,
    );
  }
  if (report.resolvedEarlier > 0) io.out(`${report.resolvedEarlier} rows of earlier imports wait no more.`);
  if (report.importId !== null) await showOpen(io, api, report.importId);
  io.out('Nobody was paid.');
}

async function showOpen(io: Io, api: ApiClient, importId: string): Promise<void> {
  const path = `/api/admin/imports/legacy-payouts/${importId}`;
  for (const result of ['ambiguous', 'unmatched', 'invalid']) {
    const { data } = await call<{
      data: { line: number; reference: string; message: string; candidates: string[] }[];
    }>(api, 'GET', `${path}/rows?result=${result}&limit=${shownMax}`);
    for (const { line, reference, message, candidates } of data)
      io.err(
        `Line ${line} (${reference || 'no reference'}): ${message}${candidates.length > 0 ? ` Candidates: ${candidates.join('; ')}.` : ''}`,
      );
    if (data.length === shownMax) io.err(`All of them: GET ${path}/not-matched.csv`);
  }
}
