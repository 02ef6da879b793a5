import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { document } from '../api/documented.ts';
import { signIn } from '../api/portal-support.ts';
import type { House } from '../api/support.ts';
import { openHouse } from '../api/support.ts';
import { cursorOf } from '../../src/wire/paging.ts';
import { payoutStates } from '../../src/core/payout.ts';
import { buckets } from '../../src/wire/batches.ts';
import { lookedAtMax } from '../../src/store/windows.ts';
import type { TestDatabase } from '../support/databases.ts';
import { migratedTemplate } from '../support/databases.ts';
import type { WatchedDatabase } from '../support/plans.ts';
import { watch } from '../support/plans.ts';
import { createDatabase } from '../support/postgres.ts';
import { fillTables } from './many-rows.ts';

// What a page of a list costs must not grow with the table. The statements are those that the server really runs.

const rowsPerTable = 200_000;
const pageSize = 50;
/** Rows that may be read for one row of a page: itself, and what is joined to it. */
const readsPerRowMax = 12;
/** Rows that are read whatever the page holds: the key, the address, what is looked up once. */
const readsAround = 100;
const middle = cursorOf(BigInt(rowsPerTable / 2));

/** Each filter a list has; a filter that looks through a window says so. Every list of the document is here. */
const lists: Readonly<Record<string, readonly string[]>> = {
  '/api/admin/payees': [
    '',
    'q=lopez',
    'q=user4',
    'status=blocked',
    'status=active',
    'q=lopez&status=active',
    'canBePaid=true',
    'canBePaid=false',
    'canBePaid=false&status=blocked',
    'q=lopez&canBePaid=false',
  ],
  '/api/admin/cycles': [''],
  '/api/admin/payout-batches': ['', 'cycleId=c1', 'cycleId=c4', 'cycleId=none', 'summary=true&cycleId=c4'],
  '/api/admin/payout-batches/{batchId}/items': ['', ...buckets.map((bucket) => `status=${bucket}`)],
  '/api/admin/payouts': [
    '',
    'payeeId=user1',
    'payeeId=user4',
    'payeeId=none',
    'cycleId=c1',
    'cycleId=c4',
    'payeeId=user1&cycleId=c4',
    'q=po_77',
    'q=ref77',
    'q=user4',
    'q=ana77',
    'q=lopez',
    'q=10.00',
    'q=10,00%20USD&status=failed',
    'q=7.77',
    "q=o'b%5C%20%3A*",
    'q=lopez&status=failed',
    'status=failed,returned',
    'status=failed,completed',
    'status=pending_approval,approved,sending&cycleId=c1',
    'waitingOn=you',
    'waitingOn=provider',
    'waitingOn=nobody',
    'waitingOn=you&payeeId=user1',
    'currency=EUR',
    'currency=USD&status=failed,unclaimed',
    'status=failed&reason=receiver_locked&method=paypal',
    'method=paypal',
    'method=stripe',
    'from=2026-11-02T00:00:00Z&to=2026-11-02T01:00:00Z',
    'batchId=pb_1',
    'batchId=pb_4',
    'batchId=pb_1&status=failed',
    'batchId=pb_1&method=stripe',
    ...payoutStates.flatMap((state) => [
      `status=${state}`,
      `status=${state}&cycleId=c1`,
      `status=${state}&payeeId=user1`,
    ]),
  ],
  '/api/admin/payouts/{id}/statement': [''],
  '/api/admin/approvals/waiting': [''],
  '/api/admin/hand-transfers': ['', 'method=bank', 'method=natcash', 'currency=USD', 'currency=HTG'],
  '/api/admin/alerts': [''],
  '/api/admin/fx-rates': ['', 'from=HTG&to=USD', 'from=EUR&to=USD', 'from=USD&to=HTG'],
  '/api/admin/reconciliations': ['', 'batchId=pb_1', 'batchId=pb_4', 'batchId=none'],
  '/api/admin/discrepancies': [''],
  '/api/admin/api-keys': [''],
  '/api/admin/audit-events': [
    '',
    'actor=ak_1',
    'actor=ak_4',
    'actor=none',
    'event=payee.changed',
    'event=key.created',
    'subject=payee',
    'subject=key',
    'subjectId=py_1',
    'subjectId=py_4',
    'from=2026-11-02T00:00:00Z&to=2026-11-02T01:00:00Z',
    'actor=ak_1&event=key.created',
    'actor=ak_4&subject=payee',
    'event=payee.changed&subjectId=py_4',
    'event=key.created&from=2026-11-01T00:00:00Z',
  ],
  '/api/admin/imports/left-out': ['', 'cycleId=c1', 'cycleId=c4', 'cycleId=none'],
  '/api/admin/imports/left-out/{id}/rows': [''],
  '/api/admin/imports/legacy-payouts': [''],
  '/api/admin/imports/legacy-payouts/{id}/rows': ['', 'result=matched', 'result=ambiguous', 'result=invalid'],
  '/api/admin/outbox': [''],
  '/api/admin/requests': [
    '',
    'keyId=ak_1',
    'keyId=ak_4',
    'keyId=none',
    'status=2xx',
    'status=5xx',
    'route=/api/admin/payouts',
    'route=/api/admin/rare',
    'keyId=ak_1&status=5xx&route=/api/admin/rare',
  ],
  '/api/payee/payouts': [''],
  '/api/payee/payouts/{id}/statement': [''],
};
/** Lists of what is not in our database. */
const elsewhere = ['/api/sandbox/effects'];
const cases = Object.entries(lists).flatMap(([path, filters]) =>
  filters.map((filter) => [path, filter] as const),
);

let database: TestDatabase;
let watched: WatchedDatabase;
let house: House;
/** Whose payouts three of four are. */
let payeeCookie = '';
beforeAll(async () => {
  database = await createDatabase(migratedTemplate);
  watched = watch(database.url);
  await fillTables(watched.db, rowsPerTable);
  house = await openHouse({ db: watched.db });
  payeeCookie = (await signIn(house, 'user1')).cookie;
}, 300_000);
afterAll(async () => {
  await house.close();
  await database[Symbol.asyncDispose]();
});

/** Runs a request and answers what its statements read, the worst first. */
async function readingsOf(address: string) {
  watched.taken();
  const as = address.startsWith('/api/payee/') ? { key: null, headers: { cookie: payeeCookie } } : {};
  const got = await house.ask('GET', address, undefined, as);
  expect(got.status).toBe(200);
  const readings = [];
  // What only opens and closes a transaction has no plan.
  const queries = watched
    .taken()
    .filter((query) => /^\s*(select|with|insert|update|delete)/i.test(query.sql));
  for (const query of queries) readings.push({ sql: query.sql, ...(await watched.explain(query)) });
  return readings.toSorted((a, b) => b.rowsRead - a.rowsRead);
}

/** Tables that hold a few rows whatever is paid: one of settings, one of each database of the server. */
const small = new Set(['setting', 'pg_database']);

describe('a list on 200,000 rows', () => {
  it('is here with its filters, whichever list it is', () => {
    const paged = Object.entries(document.paths).filter(([, { get }]) =>
      JSON.stringify(get ?? {}).includes('"cursor"'),
    );
    expect([...Object.keys(lists), ...elsewhere].toSorted()).toEqual(paged.map(([path]) => path).toSorted());
  });

  it.each(cases)('reads a bounded part of it: %s?%s', async (path, filter) => {
    const id = path.includes('/left-out/') ? 'lo_1' : path.includes('/imports/') ? 'li_1' : 'po_1';
    const real = path.replace('{batchId}', 'pb_1').replace('{id}', id);
    for (const cursor of ['', `&cursor=${middle}`]) {
      const [worst, ...others] = await readingsOf(`${real}?limit=${pageSize}&${filter}${cursor}`);
      const whole = [worst, ...others]
        .flatMap((reading) => reading?.wholeTables ?? [])
        .filter((table) => !small.has(table));
      expect(whole, `read whole tables:\n${worst?.sql}\n${worst?.plan}`).toEqual([]);
      const most = readsAround + readsPerRowMax * pageSize + windowOf(path, filter);
      expect(worst?.rowsRead, `${worst?.sql}\n${worst?.plan}`).toBeLessThanOrEqual(most);
    }
  });
});

/** Tables that nothing is filled into here: reading them whole reads nothing. */
const empty = new Set([
  'setting',
  'journal',
  'entry',
  'payout_event',
  'bank_payout',
  'payout_approval',
  'submission_event',
]);

describe('one thing on 200,000 rows', () => {
  it.each([
    ['a payout by its id', '/api/admin/payouts/po_77'],
    ['a payout by the reference of its item', '/api/admin/payouts/ref77'],
    ['a payout by the reference of its earning', '/api/admin/payouts/sel77'],
    ['the balance of a payee with one payout', '/api/admin/payees/user4/balance'],
    ['the balance of a payee with 150,000 payouts', '/api/admin/payees/user1/balance'],
    ['the same as the payee asks', '/api/payee/balance'],
  ])('is looked up: %s', async (_what, address) => {
    const [worst, ...others] = await readingsOf(address);
    const whole = [worst, ...others]
      .flatMap((reading) => reading?.wholeTables ?? [])
      .filter((table) => !empty.has(table));
    expect(whole).toEqual([]);
    expect(worst?.rowsRead, `${worst?.sql}\n${worst?.plan}`).toBeLessThanOrEqual(readsAround);
  });

  it.each([
    '/api/admin/inbox',
    '/api/admin/status/failures',
    '/api/admin/payouts/counts?status=failed,returned',
    '/api/admin/payouts/counts',
    '/api/admin/payouts/counts?waitingOn=you',
    '/api/admin/search?q=po_77',
    '/api/admin/search?q=ana77',
    '/api/admin/search?q=10.00',
    '/api/admin/search?q=7,77%20EUR',
    '/api/admin/search?q=c77',
    '/api/admin/search?q=pb_77',
    '/api/admin/payouts/analytics/parts?from=2026-11-02T00:00:00Z&to=2026-11-02T00:10:00Z',
    '/api/admin/payees/user4/outlook',
    '/api/admin/payout-batches/pb_1/since',
  ])('is looked for by index, at no more rows than a page may look at: %s', async (address) => {
    const readings = await readingsOf(address);
    const whole = readings.flatMap((reading) => reading.wholeTables).filter((table) => !empty.has(table));
    expect(whole).toEqual([]);
    const [worst] = readings;
    expect(worst?.rowsRead, `${worst?.sql}\n${worst?.plan}`).toBeLessThanOrEqual(2 * lookedAtMax);
  });

  it('finds suspected duplicates of a run at the newest payouts of the payees it pays', async () => {
    watched.taken();
    const run = { cycleId: 'c4', details: true };
    expect((await house.ask('POST', '/api/admin/payout-batches/preview', run)).status).toBe(200);
    const query = watched.taken().find(({ sql }) => sql.includes('twins as'));
    if (!query) throw new Error('no statement looked for duplicates');
    const { rowsRead, plan, wholeTables } = await watched.explain(query);
    expect(wholeTables.filter((table) => !empty.has(table))).toEqual([]);
    expect(plan).toContain('payout_by_payee');
    expect(rowsRead, plan).toBeLessThanOrEqual(2 * lookedAtMax);
  });

  it('sums nothing up for a balance: no payout is read, and of the earnings the next that waits', async () => {
    const got = await house.ask('GET', '/api/admin/payees/user1/balance');
    expect(got.body['balances']).toMatchObject([{ onItsWay: 1000, paid: 5000 }]);
    expect(JSON.stringify(got.body)).toContain('"nextAvailableAt":"2026-11-01T12:00:01');
    const [balance, ...others] = (await readingsOf('/api/admin/payees/user1/balance')).filter((reading) =>
      reading.plan.includes('"Relation Name": "balance"'),
    );
    expect(others).toEqual([]);
    expect(balance?.plan).not.toMatch(/"Relation Name": "payout/);
    // Three rows of the balance and one earning.
    expect(balance?.rowsRead, balance?.plan).toBe(4);
  });
});

describe('what is there to be paid, beside 200,000 rows of what was paid', () => {
  /** Grows with every payment; payees, their methods and balances do not. */
  const history = ['earning', 'payout', 'payout_earning', 'payout_attempt', 'submission', 'journal', 'entry'];
  /** What waits, what is approved and what was sent last are looked at, each up to a limit. */
  const most = 12_000;

  it.each([
    ['what the accounts need, and what the next runs ask for', '/api/admin/float'],
    ['what is under way and what the accounts hold', '/api/admin/status'],
    ['cycles, one of them with 150,000 earnings that were paid', `/api/admin/cycles?cursor=${cursorOf(51n)}`],
  ])('is read without the history: %s', async (_what, address) => {
    const readings = await readingsOf(address);
    const whole = readings.flatMap((reading) => reading.wholeTables);
    expect(whole.filter((table) => history.includes(table) && !empty.has(table))).toEqual([]);
    for (const { sql, plan, readOf } of readings) {
      const rows = history.reduce((sum, table) => sum + (readOf.get(table) ?? 0), 0);
      expect(rows, `${sql}\n${plan}`).toBeLessThanOrEqual(most);
    }
  });

  it('is all there: in the cycle, and in what the runs ask for', async () => {
    const cycles = await house.ask('GET', `/api/admin/cycles?cursor=${cursorOf(2n)}`);
    expect(cycles.body.data).toMatchObject([{ id: 'c1', eligibleTotals: { USD: 6_000_000 } }]);
    const { body } = await house.ask('GET', '/api/admin/float');
    expect(JSON.stringify(body)).toContain('"asks":{"count":1000,"amount":6000000}');
  });
});

/**
 * Rows that a filter may look through beside the page: its window, with the rows of others in between, or the namesakes
 * with their newest payouts.
 */
function windowOf(path: string, filter: string): number {
  if (path.endsWith('/hand-transfers')) return 2 * lookedAtMax;
  if (filter.startsWith('q=')) return 100 * 1_000;
  // Its method is looked up of each of them.
  if (filter.includes('method=')) return 4 * lookedAtMax;
  // Each payee with their method, its account, the last attempt to it and its payout.
  if (filter.includes('canBePaid=')) return 6 * lookedAtMax;
  const looksThrough = /status=|waitingOn=|currency=|from=|payeeId=user1&/;
  return looksThrough.test(filter) ? 2 * lookedAtMax : 0;
}
