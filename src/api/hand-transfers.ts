import { fault, faultIn } from '../core/fault-words.ts';
import type { TeamLanguage } from '../core/language.ts';
import { teamLanguageOf } from '../core/language.ts';
import { faultLine, parsing } from '../wire/parsing.ts';
import { exportTransfers } from '../actions/hand-export.ts';
import type { PaidRowInput } from '../actions/mark-paid-file.ts';
import { markPaidRows } from '../actions/mark-paid-file.ts';
import { approvalTotals, handQueue, handTotals } from '../store/hand-transfers.ts';
import {
  approvalQueueView,
  exportBody,
  handQuery,
  handTransferView,
  presentHandTransfer,
  presentQueue,
  transfersCsv,
} from '../wire/hand-transfers.ts';
import {
  countResults,
  markPaidFileBody,
  markPaidFileView,
  paidRow,
  presentBadRow,
  presentPaidRow,
} from '../wire/mark-paid-file.ts';
import { pageOfFound } from '../wire/paging.ts';
import { paidRowsMax, readPaidFile } from '../wire/paid-file.ts';
import type { No } from '../wire/problem.ts';
import { faultsOf, no } from '../wire/problem.ts';
import { pageOfView } from '../wire/shapes.ts';
import { afterRaces } from './failure.ts';
import { bulkBodyMaxBytes, ok, route } from './route.ts';

/** How far ahead a day may be that is over somewhere already. */
const dayAheadMs = 24 * 60 * 60_000;

export const handTransferRoutes = [
  route({
    method: 'GET',
    path: '/approvals',
    right: 'read',
    summary: 'What waits for approval and what waits to be paid by hand: how many, and how much per currency',
    answer: approvalQueueView,
    async handle(deps) {
      return ok(presentQueue(await approvalTotals(deps.db), await handTotals(deps.db)));
    },
  }),
  route({
    method: 'GET',
    path: '/hand-transfers',
    right: 'read',
    summary: 'Approved payouts that are paid by hand, the oldest first, accounts masked',
    answer: pageOfView(handTransferView),
    query: handQuery,
    async handle(deps, { query: { method = null, currency = null, limit, cursor = null } }) {
      const found = await handQueue(deps.db, { method, currency }, limit, cursor);
      return ok(pageOfFound(found, presentHandTransfer));
    },
  }),
  route({
    method: 'POST',
    path: '/hand-transfers/export',
    secretAnswer: true,
    right: 'reveal',
    stepUp: true,
    summary:
      'Hands approved payouts over to be paid by hand, as CSV with whole accounts; who saw it goes on record',
    answer: { contentType: 'text/csv' },
    answerHeaders: {
      'X-Export-Id': 'The export (he_…)',
      'X-More-Transfers': '`true` when more wait than one export takes',
    },
    refuses: ['nothing_to_export'],
    body: exportBody,
    async handle(deps, { body: { currency = null, payoutIds = null, ...body } }) {
      const made = await exportTransfers(deps, { ...body, currency, payoutIds });
      if (!made.ok) return made;
      const { exportId, transfers, more } = made.value;
      return ok(transfersCsv(transfers), {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': `attachment; filename="${exportId}-${body.method}.csv"`,
        'cache-control': 'no-store',
        'x-export-id': exportId,
        'x-more-transfers': String(more),
      });
    },
  }),
  route({
    method: 'POST',
    path: '/payouts/mark-paid-file',
    right: 'approve',
    stepUp: true,
    summary: 'Marks payouts as paid by hand, up to 5,000 rows, each checked against what was approved',
    answer: markPaidFileView,
    bodyLimit: bulkBodyMaxBytes,
    body: markPaidFileBody,
    async handle(deps, { body, language }) {
      const reader = teamLanguageOf(language);
      const given = body.csv === undefined ? rowsIn(body.rows ?? []) : await linesIn(body.csv, reader);
      if ('ok' in given) return given;
      const latest = new Date(deps.now().getTime() + dayAheadMs).toISOString();
      const read = given.map((one) => readRow(one, latest, reader));
      const good = read.flatMap((one) => one.row ?? []);
      const judged = (await afterRaces(() => markPaidRows(deps, good)))[Symbol.iterator]();
      const results = read.map(({ place, row, problem }) => {
        if (!row) return presentBadRow(place, problem, reader);
        const outcome = judged.next();
        if (outcome.done) throw new Error('a row got no result');
        return presentPaidRow(place, row, outcome.value, reader);
      });
      return ok({ counts: countResults(results), results });
    },
  }),
];

/** A row as it came, or why there is none. */
interface Given {
  readonly place: { readonly index: number; readonly line: number | null };
  readonly row?: unknown;
  readonly problem?: string | undefined;
}

function rowsIn(rows: readonly unknown[]): Given[] {
  return rows.map((row, index) => ({ place: { index, line: null }, row }));
}

async function linesIn(csv: string, language: TeamLanguage): Promise<Given[] | No> {
  const file = await readPaidFile(bytesOf(csv), language);
  const wrong = (message: string) => no('invalid_request', { errors: [{ path: 'csv', message }] });
  if (!file.ok) return wrong(`${file.issue.message} ${file.issue.howToFix}`);
  const { lines } = file;
  if (lines.length > paidRowsMax) return wrong(fault('rows_per_call', lines.length, paidRowsMax));
  return lines.map(({ line, row, problem }, index) => ({ place: { index, line }, row, problem }));
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

type Read =
  | { readonly place: Given['place']; readonly row: PaidRowInput; readonly problem?: undefined }
  | { readonly place: Given['place']; readonly row?: undefined; readonly problem: string };

function readRow({ place, row, problem }: Given, latest: string, language: TeamLanguage): Read {
  if (problem !== undefined) return { place, problem: faultIn(problem, language) };
  const { data, error } = paidRow.safeParse(row, parsing);
  if (!data) return { place, problem: faultLine(faultsOf(error.issues), language) };
  if (data.paidOn !== null && data.paidOn > latest)
    return { place, problem: faultIn(fault('paid_in_future', data.paidOn), language) };
  return { place, row: data };
}
