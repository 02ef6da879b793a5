import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { legacyPayoutsCsv } from '../../examples/contest-winners/legacy.ts';
import { httpClient } from '../../src/cli/client.ts';
import { runCommand } from '../../src/cli/command.ts';
import { importFile } from '../../src/cli/import.ts';
import { all } from '../../src/store/db.ts';
import { projectRoot } from '../support/processes.ts';
import type { House } from './support.ts';
import { openHouse, settle, start } from './support.ts';
import { differences } from './tickets.ts';

// The story of 750 payouts that an earlier system sent: example and numbers are those of examples/contest-winners.

const folder = path.join(projectRoot, 'examples/contest-winners');
const report = path.join(folder, 'legacy-payouts.csv');
const address = '/api/admin/imports/legacy-payouts';

type Results = Record<string, { count: number; totals: Record<string, number> }>;

let house: House;
/** The import of all 750. */
let first = '';
beforeAll(async () => {
  house = await openHouse();
  await house.ask('POST', '/api/admin/cycles', { id: '18' });
  const earnings = readFileSync(path.join(folder, 'winners.csv'), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [user = '', name = '', email = '', amount = '', currency = '', , , externalId = ''] =
        line.split(',');
      const minor = Math.round(Number(amount) * 100);
      const payee = { name, email, payoutMethod: { type: 'paypal', destination: email } };
      return {
        sourceType: 'winner',
        externalId,
        payeeExternalId: user,
        cycleId: '18',
        amount: minor,
        currency,
        payee,
      };
    });
  await house.ask('POST', '/api/admin/earnings', { earnings });
});
afterAll(() => house.close());

/** The command, as somebody types it. */
async function command(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text),
    interactive: false,
    signal: new AbortController().signal,
    nowMs: () => house.clock.ms,
    ask: () => Promise.resolve(''),
    connect: () => Promise.resolve(httpClient(house.url, house.keys.operator)),
  };
  const code = await runCommand(io, importFile, ['legacy', ...args]);
  return { code, out: out.join('\n'), err: err.join('\n') };
}

const countsOf = (results: Results) =>
  Object.fromEntries(Object.entries(results).map(([name, { count }]) => [name, count]));

/** Everything that money depends on, row by row. */
async function state(): Promise<unknown> {
  const tables = ['payout', 'payout_earning', 'earning', 'journal', 'entry', 'balance', 'payout_event'];
  const rows = [];
  for (const table of tables)
    rows.push(await all(house.db, sql`select t::text as row from ${sql.raw(table)} t order by 1`));
  return rows;
}

const eligible = async () =>
  (await house.ask('GET', '/api/admin/cycles/18')).body as unknown as {
    eligibleCount: number;
    eligibleTotals: Record<string, number>;
  };

const rowsOf = async (id: string, query = '') =>
  (await house.ask('GET', `${address}/${id}/rows?limit=500${query}`)).body.data;

describe('750 payouts that an earlier system sent', () => {
  it('are the file that its generator makes', () => {
    expect(readFileSync(report, 'utf8')).toBe(legacyPayoutsCsv());
    expect(legacyPayoutsCsv().trimEnd().split('\n')).toHaveLength(751);
  });

  it('write nothing in a dry run, which says what would be', async () => {
    const before = await state();
    const { code, out } = await command(report, '--cycle', '18', '--dry-run', '--json');
    expect(code).toBe(3);
    expect(countsOf((JSON.parse(out) as { results: Results }).results)).toEqual({
      matched: 710,
      already_imported: 0,
      ambiguous: 20,
      unmatched: 10,
      invalid: 10,
    });
    expect(await state()).toEqual(before);
    expect((await house.ask('GET', address)).body.data).toEqual([]);
  });

  it('are matched where that is sure, listed where it is not, and add up to the file', async () => {
    const { code, out, err } = await command(report, '--cycle', '18', '--json');
    expect(code).toBe(3);
    expect(err).toBe('');
    const { importId, rows, results } = JSON.parse(out) as {
      importId: string;
      rows: number;
      results: Results;
    };
    first = importId;
    expect(rows).toBe(750);
    expect(countsOf(results)).toEqual({
      matched: 710,
      already_imported: 0,
      ambiguous: 20,
      unmatched: 10,
      invalid: 10,
    });
    const sums: Record<string, number> = {};
    for (const { totals } of Object.values(results))
      for (const [currency, sum] of Object.entries(totals)) sums[currency] = (sums[currency] ?? 0) + sum;
    const said: Record<string, number> = {};
    for (const line of legacyPayoutsCsv().trimEnd().split('\n').slice(1)) {
      if (line.includes('"')) continue;
      const [, , , , , , amount = '', currency = ''] = line.split(',');
      said[currency] = (said[currency] ?? 0) + Math.round(Number(amount) * 100);
    }
    expect(sums).toEqual(said);
    expect(await differences(house)).toEqual([]);
  });

  it('count as paid: who was paid is not eligible, who was not still is, and no float moved', async () => {
    const report = await rowsOf(first, '&result=matched');
    const rest = await house.ask(
      'GET',
      `${address}/${first}/rows?limit=500&result=matched&cursor=${btoa('501').replaceAll('=', '')}`,
    );
    const matched = [...report, ...rest.body.data];
    expect(matched).toHaveLength(710);
    const failed = matched.filter(({ status }) => status === 'failed' || status === 'returned');
    expect(failed.length).toBeGreaterThan(40);
    for (const row of matched) expect(row['earningId'], JSON.stringify(row)).not.toBeNull();
    expect((await eligible()).eligibleCount).toBe(1000 - (710 - failed.length));
    const { body } = await house.ask('GET', '/api/admin/ledger/trial-balance');
    const accounts = new Set((body['accounts'] as { account: string }[]).map(({ account }) => account));
    expect(accounts).toContain('legacy_paid');
    expect(accounts).toContain('legacy_clearing');
    expect(accounts).not.toContain('provider_float');
    const listed = await house.ask('GET', '/api/admin/payouts?cycleId=18&limit=500');
    expect(new Set(listed.body.data.map(({ kind }) => kind))).toEqual(new Set(['legacy']));
  });

  it('appear in history with the evidence of the provider, and in what their payee earned and was paid', async () => {
    const [row] = await rowsOf(first);
    const { body } = await house.ask('GET', `/api/admin/payouts/${String(row?.['payoutId'])}`);
    expect(body).toMatchObject({
      kind: 'legacy',
      status: 'completed',
      label: 'Paid by an earlier system',
      waitingOn: 'nobody',
      cycleId: '18',
      amount: 500_000,
      completedAt: '2026-10-01T17:04:05.000Z',
      carries: { earningCount: 1, earnings: [{ externalId: '180001' }] },
      legacy: {
        importId: first,
        line: 2,
        transactionId: '7XL0000183416994Y',
        providerStatus: 'SUCCESS',
        fee: 25,
      },
      ledger: [{ account: 'payee_available' }, { account: 'legacy_paid' }],
    });
    expect(JSON.stringify(body)).not.toContain('bjoern.schmidt@');
    const { body: balance } = await house.ask('GET', `/api/admin/payees/${String(row?.['payeeId'])}/balance`);
    expect(balance).toMatchObject({ available: 0, totalEarnings: 500_000 });
  });

  it('list what could not be matched, with whom it could be, as CSV that no spreadsheet runs', async () => {
    const { text } = await house.ask('GET', `${address}/${first}/not-matched.csv`);
    const lines = text.trimEnd().split('\n');
    expect(lines).toHaveLength(1 + 40);
    expect(text).not.toMatch(/(^|,)[=+@]/m);
    expect(text).not.toMatch(/\w{3,}@/);
    const [differs] = await rowsOf(first, '&result=ambiguous');
    expect(differs).toMatchObject({
      reason: 'amount_differs',
      candidates: [expect.stringContaining('earning 1807')],
    });
    const invalid = await rowsOf(first, '&result=invalid');
    expect(new Set(invalid.map(({ reason }) => reason))).toEqual(
      new Set(['amount_unreadable', 'status_unknown']),
    );
  });

  it('change nothing when they are imported again, row for row', async () => {
    const before = await state();
    const { body } = await house.ask('POST', address, { csv: legacyPayoutsCsv(), cycleId: '18' });
    expect(countsOf(body['results'] as Results)).toEqual({
      matched: 0,
      already_imported: 710,
      ambiguous: 20,
      unmatched: 10,
      invalid: 10,
    });
    expect(await state()).toEqual(before);
    expect(await differences(house)).toEqual([]);
  });

  it('are resolved by a later import of the same file once what was missing is there, and only those', async () => {
    await house.ask('POST', '/api/admin/payees', { externalId: 'x4', email: 'nobody4@example.org' });
    const { body } = await house.ask('POST', address, { csv: legacyPayoutsCsv(), cycleId: '18' });
    expect(body).toMatchObject({ resolvedEarlier: 2 });
    expect(countsOf(body['results'] as Results)).toMatchObject({
      matched: 1,
      already_imported: 710,
      unmatched: 9,
    });
    const old = await house.ask('GET', `${address}/${first}`);
    expect(countsOf(old.body['results'] as Results)).toMatchObject({
      matched: 710,
      already_imported: 1,
      unmatched: 9,
    });
    const { body: balance } = await house.ask('GET', '/api/admin/payees/x4/balance');
    expect(balance).toMatchObject({ available: 0 });
    expect(balance['totalEarnings']).toBeGreaterThan(0);
    expect(await differences(house)).toEqual([]);
  });

  it('are matched by hand, once', async () => {
    const [row] = await rowsOf(first, '&result=unmatched');
    const match = `${address}/rows/${String(row?.['id'])}/match`;
    const options = { key: house.keys.operator };
    expect((await house.ask('POST', match, { payeeId: 'none' }, options)).body).toMatchObject({
      code: 'payee_not_found',
    });
    const other = { sourceType: 'winner', externalId: '180999' };
    const notTheirs = await house.ask('POST', match, { payeeId: 'x4', earning: other }, options);
    expect(notTheirs.body).toMatchObject({ code: 'earning_not_found' });
    const owner = await all(
      house.db,
      sql<{ id: string }>`select y.external_id as id from earning e join payee y
      on y.id = e.payee_id where e.external_id = '180999'`,
    );
    const differs = await house.ask('POST', match, { payeeId: owner[0]?.id, earning: other }, options);
    expect(differs.body).toMatchObject({ code: 'earning_differs' });
    const got = await house.ask('POST', match, { payeeId: 'x4' }, options);
    expect(got.status, got.text).toBe(200);
    const again = await house.ask('POST', match, { payeeId: 'x4' }, options);
    expect(again.body).toMatchObject({ code: 'legacy_row_not_open' });
    expect(await rowsOf(first, '&result=unmatched')).toHaveLength(8);
    expect(await differences(house)).toEqual([]);
  });

  it('are not paid, cancelled, marked or tried again here', async () => {
    const { body } = await house.ask('GET', '/api/admin/payouts?cycleId=18&status=failed');
    const payoutId = String(body.data[0]?.['id']);
    expect(body.data[0]).toMatchObject({ label: 'Failed at an earlier system' });
    const paid = { payoutId, paymentReferenceId: 'x' };
    const noes = [
      await house.ask('POST', '/api/admin/payouts/mark-paid', paid),
      await house.ask('POST', '/api/admin/payouts/cancel', { payoutIds: [payoutId], reason: 'x' }),
      await house.ask('POST', '/api/admin/payouts/retry', { payoutIds: [payoutId] }),
    ];
    expect(noes.map((got) => got.body['code'])).toEqual(['legacy_payout', 'legacy_payout', 'legacy_payout']);
  });

  it('leave a run to pay everybody else, once', async () => {
    const { eligibleCount } = await eligible();
    const batch = await start(house, '18');
    await settle(house);
    const { body } = await house.ask('GET', `/api/admin/payout-batches/${batch}/summary`);
    expect(body).toMatchObject({ totalItems: eligibleCount, success: eligibleCount });
    const twice = await all(
      house.db,
      sql`select earning_id from payout_earning l join payout p on p.id = l.payout_id
      where p.state not in ('failed', 'returned', 'cancelled') group by earning_id having count(*) > 1`,
    );
    expect(twice).toEqual([]);
    expect(await differences(house)).toEqual([]);
  });
});
