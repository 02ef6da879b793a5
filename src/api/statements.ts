import { Readable } from 'node:stream';
import { z } from 'zod';
import { refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import { ownPayout } from '../store/payee-own.ts';
import { findPayout } from '../store/payouts.ts';
import type { StatementRow } from '../store/statements.ts';
import { statementPage, statementTotals } from '../store/statements.ts';
import type { Found } from '../store/windows.ts';
import { pageOfFound } from '../wire/paging.ts';
import {
  presentLine,
  presentTotals,
  statementCsvHeader,
  statementCsvLine,
  statementQuery,
  statementView,
} from '../wire/statements.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { payeeOf } from './payee-self.ts';
import type { Answer } from './route.ts';
import { ok, route } from './route.ts';

/** Lines read at once: a slow reader holds one page in memory and no connection. */
const linesPerReadMax = 1000;

const params = z.object({ id: anyId });

interface Stated {
  readonly id: bigint;
  readonly publicId: string;
  readonly amount: bigint;
  readonly currency: string;
}

const notFound = (id: string) => refuse('payout_not_found', { payoutId: id });

export const statementRoutes = [
  route({
    method: 'GET',
    path: '/payouts/:id/statement',
    right: 'read',
    summary: 'What went into a payout: its earnings with their fees, and what it recovers',
    answer: statementView,
    refuses: ['payout_not_found'],
    params,
    query: statementQuery,
    async handle(deps, { params: { id }, query }) {
      const payout = await findPayout(deps.db, id);
      return payout ? shown(deps, payout, query) : notFound(id);
    },
  }),
  route({
    method: 'GET',
    path: '/payouts/:id/statement.csv',
    right: 'read',
    summary: 'What went into a payout, as CSV',
    answer: { contentType: 'text/csv' },
    refuses: ['payout_not_found'],
    params,
    async handle(deps, { params: { id } }) {
      const payout = await findPayout(deps.db, id);
      return payout ? asCsv(deps.db, payout) : notFound(id);
    },
  }),
  route({
    method: 'GET',
    path: '/api/payee/payouts/:id/statement',
    right: 'self',
    summary: 'What went into a payout to the payee who calls: earnings with their fees, and what it recovers',
    answer: statementView,
    refuses: ['payout_not_found'],
    params,
    query: statementQuery,
    async handle(deps, { params: { id }, query, caller }) {
      const payout = await ownPayout(deps.db, payeeOf(caller), id);
      return payout ? shown(deps, payout, query) : notFound(id);
    },
  }),
  route({
    method: 'GET',
    path: '/api/payee/payouts/:id/statement.csv',
    right: 'self',
    summary: 'What went into a payout to the payee who calls, as CSV',
    answer: { contentType: 'text/csv' },
    refuses: ['payout_not_found'],
    params,
    async handle(deps, { params: { id }, caller }) {
      const payout = await ownPayout(deps.db, payeeOf(caller), id);
      return payout ? asCsv(deps.db, payout) : notFound(id);
    },
  }),
];

async function shown(
  { db }: ApiDeps,
  { id, publicId: payoutId, amount, currency }: Stated,
  { limit, cursor }: z.output<typeof statementQuery>,
): Promise<Answer> {
  // Sums read every line, so they come once.
  const totals = cursor === undefined ? presentTotals(await statementTotals(db, id)) : null;
  const page = pageOfFound(await statementPage(db, id, limit, cursor ?? 0n), presentLine);
  return ok({ payoutId, amount, currency, totals, ...page });
}

function asCsv(db: Db, { id, publicId }: Stated): Answer {
  return ok(Readable.from(lines(db, id)), {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${publicId}-statement.csv"`,
  });
}

async function* lines(db: Db, payoutId: bigint): AsyncGenerator<string> {
  yield statementCsvHeader();
  let after: bigint | null = 0n;
  while (after !== null) {
    const { rows, next }: Found<StatementRow> = await statementPage(db, payoutId, linesPerReadMax, after);
    yield rows.map((row) => statementCsvLine(row)).join('');
    after = next;
  }
}
