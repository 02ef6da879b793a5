import { Readable } from 'node:stream';
import { z } from 'zod';
import { importLegacy } from '../actions/legacy-import.ts';
import type { GivenRow } from '../actions/legacy-judge.ts';
import { matchByHand } from '../actions/legacy-match.ts';
import type { Db } from '../store/db.ts';
import { reportPage, waitingPage } from '../store/legacy-report.ts';
import { findImport, listImports, talliesOf } from '../store/legacy-rows.ts';
import { fault } from '../core/fault-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import { teamLanguageOf } from '../core/language.ts';
import { refuse } from '../core/refusal.ts';
import { FileProblem } from '../wire/file-issues.ts';
import { legacyRows } from '../wire/legacy-file.ts';
import {
  legacyImportBody,
  legacyImportedView,
  legacyImportView,
  legacyMatchBody,
  legacyMatchedView,
  legacyRowsPerCallMax,
  legacyRowsQuery,
  legacyRowView,
  presentImport,
  presentRow,
  reportOf,
  waitingCsvHeader,
  waitingCsvLine,
} from '../wire/legacy.ts';
import { pageOf, pageQuery } from '../wire/paging.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import { afterRaces } from './failure.ts';
import { bulkBodyMaxBytes, created, ok, route } from './route.ts';

const importParams = z.object({ id: anyId });
/** Rows read at once for the list of what waits. */
const rowsPerReadMax = 1000;

export const legacyRoutes = [
  route({
    method: 'POST',
    path: '/imports/legacy-payouts',
    right: 'operate',
    stepUp: true,
    summary: 'Imports payouts that an earlier system sent, from a payout report of the provider; pays nobody',
    answer: legacyImportedView,
    status: [200, 201],
    refuses: ['cycle_not_found', 'import_not_found'],
    bodyLimit: bulkBodyMaxBytes,
    body: legacyImportBody,
    async handle(deps, { body, language }) {
      const rows = await rowsOf(body, teamLanguageOf(language));
      if (!Array.isArray(rows)) return rows;
      const { dryRun, cycleId = null } = body;
      const importId = 'rows' in body ? (body.importId ?? null) : null;
      const input = { dryRun, importId, cycleId, name: body.name ?? 'report', rows };
      const imported = await afterRaces(() => importLegacy(deps, input));
      if (!imported.ok) return imported;
      const { tallies, resolvedEarlier } = imported.value;
      const answer = { importId: imported.value.importId, dryRun, ...reportOf(tallies), resolvedEarlier };
      return dryRun || importId !== null ? ok(answer) : created(answer);
    },
  }),
  route({
    method: 'GET',
    path: '/imports/legacy-payouts',
    right: 'read',
    summary: 'Imports of payouts of an earlier system, newest first',
    answer: pageOfView(legacyImportView),
    query: pageQuery,
    async handle({ db }, { query: { limit, cursor } }) {
      const imports = await listImports(db, limit + 1, cursor ?? null);
      const tallies = Map.groupBy(
        await talliesOf(
          db,
          imports.map(({ id }) => id),
        ),
        ({ importId }) => importId,
      );
      return ok(pageOf(imports, limit, (row) => presentImport(row, tallies.get(row.id) ?? [])));
    },
  }),
  route({
    method: 'GET',
    path: '/imports/legacy-payouts/:id',
    right: 'read',
    summary: 'What an import came to: counts and sums by result and currency',
    answer: legacyImportView,
    refuses: ['import_not_found'],
    params: importParams,
    async handle({ db }, { params: { id } }) {
      const row = await findImport(db, id);
      if (!row) return refuse('import_not_found', { importId: id });
      return ok(presentImport(row, await talliesOf(db, [row.id])));
    },
  }),
  route({
    method: 'GET',
    path: '/imports/legacy-payouts/:id/rows',
    right: 'read',
    summary: 'The rows of an import in the order of its file, of one result or of all',
    answer: pageOfView(legacyRowView),
    refuses: ['import_not_found'],
    params: importParams,
    query: legacyRowsQuery,
    async handle({ db }, { params: { id }, query: { result = null, limit, cursor } }) {
      const found = await findImport(db, id);
      if (!found) return refuse('import_not_found', { importId: id });
      const rows = await reportPage(db, found.id, result, limit + 1, cursor ?? 0n);
      return ok(pageOf(rows, limit, (row) => presentRow(row)));
    },
  }),
  route({
    method: 'GET',
    path: '/imports/legacy-payouts/:id/not-matched.csv',
    right: 'read',
    summary: 'Rows of an import that wait for somebody, as CSV with what to do',
    answer: { contentType: 'text/csv' },
    refuses: ['import_not_found'],
    params: importParams,
    async handle({ db }, { params: { id } }) {
      const found = await findImport(db, id);
      if (!found) return refuse('import_not_found', { importId: id });
      return ok(Readable.from(waitingLines(db, found.id)), {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${found.publicId}-not-matched.csv"`,
      });
    },
  }),
  route({
    method: 'POST',
    path: '/imports/legacy-payouts/rows/:id/match',
    right: 'operate',
    stepUp: true,
    summary: 'Says by hand whom a row of an import paid, and which earning',
    answer: legacyMatchedView,
    refuses: [
      'legacy_row_not_found',
      'legacy_row_not_open',
      'payee_not_found',
      'earning_not_found',
      'earning_differs',
      'payout_in_progress',
      'already_processed',
    ],
    params: importParams,
    body: legacyMatchBody,
    async handle(deps, { params: { id: rowId }, body: { payeeId, earning = null } }) {
      const matched = await afterRaces(() => matchByHand(deps, { rowId, payeeId, earning }));
      return matched.ok ? ok(matched.value) : matched;
    },
  }),
];

/** The rows of a call, or why its text cannot be read. */
async function rowsOf(
  body: z.output<typeof legacyImportBody>,
  language: TeamLanguage,
): Promise<GivenRow[] | No> {
  if ('rows' in body) return body.rows.map(({ line, tooMany, ...cells }) => ({ line, tooMany, cells }));
  const rows: GivenRow[] = [];
  try {
    for await (const row of legacyRows(Readable.from([Buffer.from(body.csv)], { objectMode: false }))) {
      if (rows.length === legacyRowsPerCallMax) return tooMany();
      rows.push(row);
    }
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    const { message, howToFix } = error.issueIn(language);
    return no('invalid_request', { errors: [{ path: 'csv', message: `${message} ${howToFix}` }] });
  }
  return rows;
}

function tooMany(): No {
  const message = fault('legacy_rows', legacyRowsPerCallMax);
  return no('invalid_request', { errors: [{ path: 'csv', message }] });
}

async function* waitingLines(db: Db, importId: bigint): AsyncGenerator<string> {
  yield waitingCsvHeader();
  for (let after = 0n; ;) {
    const rows = await waitingPage(db, importId, rowsPerReadMax, after);
    const last = rows.at(-1);
    if (!last) return;
    yield rows.map((row) => waitingCsvLine(row)).join('');
    after = last.id;
  }
}
