import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { calendarIn } from '../../src/main/calendar.ts';
import type { House } from './support.ts';
import { settle } from './support.ts';
import { asPayee, dayMs, differences, request, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse({ calendar: calendarIn('America/Port-au-Prince') });
});
afterAll(() => house.close());

const get = async (path: string, key = house.keys.owner) =>
  house.ask('GET', `/api/admin/${path}`, undefined, { key });
const rowsOf = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));

describe('payouts as a file', () => {
  it('has one line for each of a status: who, how much, how, when, and of what', async () => {
    // 20 November, 23:30 in Haiti is the 21st in UTC.
    house.clock.ms = Date.UTC(2026, 10, 19, 20);
    const bank = { type: 'bank', destination: 'HT-000123' };
    const payee = { name: '=Kreyol', email: 'kj@example.com', payoutMethod: bank };
    await sell(house, 'kreyol', 4, { payee, currency: 'HTG' });
    house.clock.ms = Date.UTC(2026, 10, 21, 4, 30);
    await sell(house, 'kreyol', 2, { payee, currency: 'HTG' }, 4);
    const id = await request(house, 'kreyol');
    await sell(house, 'yen', 1, { amount: 5400, currency: 'JPY', feeBps: 0 });
    await request(house, 'yen');
    await sell(house, 'dinar', 1, { amount: 54_321, currency: 'KWD', feeBps: 0 });
    await request(house, 'dinar');
    const got = await get('payouts/export.csv?status=pending_approval');
    expect(got.headers.get('content-disposition')).toBe('attachment; filename="payouts_2026-11-20.csv"');
    expect(got.text.split('\n')[0]).toBe(
      'organizer,email,amount,currency,method,requested_date,scheduled_date,tickets,period,status,payout_id,payee_id',
    );
    const [dinar, yen, kreyol] = rowsOf(got.text);
    expect(kreyol).toEqual([
      "'=Kreyol",
      'kj@example.com',
      '54.00',
      'HTG',
      'bank HT***23',
      '2026-11-20',
      '2026-11-27',
      '6',
      '2026-11-19 to 2026-11-20',
      'pending_approval',
      id,
      'kreyol',
    ]);
    expect([yen?.slice(1, 4), dinar?.slice(2, 4)]).toEqual([
      // Money goes to this address, so it is a payout detail.
      ['y***@example.com', '5400', 'JPY'],
      ['54.321', 'KWD'],
    ]);
    expect(rowsOf((await get('payouts/export.csv', house.keys.viewer)).text)[2]?.[1]).toBe(
      'k***@example.com',
    );
    expect(rowsOf((await get('payouts/export.csv?status=declined')).text)).toEqual([]);
    const queue = await get('approvals');
    expect(queue.body).toMatchObject({ count: 3, totals: { HTG: 5400, JPY: 5400, KWD: 54_321 } });
  });

  it('streams more than one page, none missing and none twice', async () => {
    const cycle = Array.from({ length: 620 }, (_, at) => ({
      sourceType: 'winner',
      externalId: `w${at}`,
      payeeExternalId: `w${at}`,
      cycleId: 'files',
      amount: 100 + at,
      currency: 'USD',
      payee: { name: `W${at}`, payoutMethod: { type: 'paypal', destination: `w${at}@example.com` } },
    }));
    await house.ask('POST', '/api/admin/cycles', { id: 'files' });
    await house.ask('POST', '/api/admin/earnings', { earnings: cycle });
    await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'files' });
    await settle(house);
    const rows = rowsOf((await get('payouts/export.csv?status=completed&cycleId=files')).text);
    expect(new Set(rows.map((row) => row[10])).size).toBe(620);
    expect(rows.length).toBe(620);
    expect(rows[0]?.slice(4, 8)).toEqual(['paypal w***@example.com', '2026-11-20', '', '1']);
  });
});

describe('the statement of a payout', () => {
  it('lists what it pays with gross, fee and net, and what it recovers; its sums are the payout', async () => {
    await sell(house, 'stated', 6, { amount: 1005, note: 'row 1' });
    const first = await request(house, 'stated');
    const payoutIds = [first];
    await house.ask('POST', '/api/admin/payouts/approve', { payoutIds }, { key: house.keys.approver });
    const paid = { payoutId: first, paymentReferenceId: 'S-1' };
    await house.ask('POST', '/api/admin/payouts/mark-paid', paid);
    const back = { sourceType: 'ticket', externalId: 'stated-T2', reason: 'refund' };
    await house.ask('POST', '/api/admin/earnings/reverse', back);
    await sell(house, 'stated', 8, { amount: 1005 }, 10);
    const second = await request(house, 'stated');
    // 10 % of 10.05 is 100.5 cents: half a cent rounds up to the platform.
    const line = { gross: 1005, fee: 101, net: 904 };
    const got = await get(`payouts/${second}/statement?limit=5`);
    expect(got.body).toMatchObject({
      payoutId: second,
      amount: 7 * 904,
      totals: {
        earnings: 8,
        gross: 8040,
        fee: 808,
        net: 7232,
        recoveries: 1,
        recovered: 904,
        amount: 7 * 904,
      },
    });
    const rest = await get(`payouts/${second}/statement?limit=5&cursor=${String(got.body['nextCursor'])}`);
    expect(rest.body['nextCursor']).toBeNull();
    const lines = [...got.body.data, ...rest.body.data];
    expect(lines.length).toBe(9);
    expect(lines[0]).toMatchObject({ kind: 'recovery', externalId: 'stated-T2', ...line, amount: -904 });
    expect(lines[1]).toMatchObject({ kind: 'earning', externalId: 'stated-T11', ...line, amount: 904 });
    expect(lines.reduce((sum, { amount }) => sum + Number(amount), 0)).toBe(7 * 904);
    const mine = asPayee(house, 'stated');
    expect((await mine('GET', `/payouts/${second}/statement`)).body.data).toEqual(lines);
    for (const detail of [await get(`payouts/${second}`), await mine('GET', `/payouts/${second}`)])
      expect(detail.body).toMatchObject({
        carries: {
          earningCount: 8,
          earnings: expect.arrayContaining([expect.objectContaining(line)]),
          recoveredCount: 1,
        },
      });
    const csv = await get(`payouts/${second}/statement.csv`);
    expect(csv.headers.get('content-disposition')).toContain(`${second}-statement.csv`);
    const amounts = rowsOf(csv.text).map((row) => Number(row[8]) - Number(row[9]));
    expect(Math.round(amounts.reduce((sum, amount) => sum + amount, 0) * 100)).toBe(7 * 904);
    expect((await mine('GET', `/payouts/${second}/statement.csv`)).text).toBe(csv.text);
  });

  it('of somebody else is answered like one that is not there', async () => {
    const other = asPayee(house, 'yen');
    const { body } = await get('payouts?payeeId=stated');
    const theirs = String(body.data[0]?.['id']);
    for (const file of ['statement', 'statement.csv'])
      for (const id of [theirs, 'po_none'])
        expect(await other('GET', `/payouts/${id}/${file}`)).toMatchObject({
          status: 404,
          body: { code: 'payout_not_found', payoutId: id },
        });
  });
});

describe('the fee of a source type', () => {
  const earn = async (externalId: string, more: Record<string, unknown> = {}) => {
    const earning = {
      sourceType: 'ticket',
      externalId,
      payeeExternalId: 'feed',
      amount: 1005,
      currency: 'USD',
    };
    const payee = { name: 'Feed' };
    const got = await house.ask('POST', '/api/admin/earnings', {
      earnings: [{ ...earning, payee, ...more }],
    });
    return (got.body['results'] as { status: string }[])[0];
  };
  const set = async (ticket: number | null) =>
    house.ask('PATCH', '/api/admin/settings', { feeBpsBySource: { ticket } });
  const available = async () => (await get('payees/feed/balance')).body['available'];

  it('counts where an earning says none, and what was recorded keeps its own', async () => {
    expect(await earn('F0')).toMatchObject({ status: 'created' });
    expect((await set(1000)).body['feeBpsBySource']).toEqual({ ticket: 1000 });
    expect(await earn('F1')).toMatchObject({ status: 'created' });
    expect(await earn('F2', { feeBps: 0 })).toMatchObject({ status: 'created' });
    expect(await earn('F3', { sourceType: 'royalty' })).toMatchObject({ status: 'created' });
    expect(await available()).toBe(1005 + 904 + 1005 + 1005);
    await set(2000);
    // Sent again without a fee it is what it was, whatever is set by now; with a fee it must be the same fee.
    for (const id of ['F0', 'F1', 'F2']) expect(await earn(id)).toMatchObject({ status: 'unchanged' });
    expect(await earn('F1', { feeBps: 1000 })).toMatchObject({ status: 'unchanged' });
    expect(await earn('F1', { feeBps: 2000 })).toMatchObject({
      status: 'conflict',
      differences: [{ field: 'fee' }],
    });
    await set(10_000);
    expect(await earn('F4')).toMatchObject({ status: 'invalid', code: 'nothing_left' });
    await set(null);
    expect((await get('settings')).body['feeBpsBySource']).toEqual({});
    expect((await set(10_001)).status).toBe(422);
  });
});

it('leaves the books clean', async () => {
  house.clock.ms += dayMs;
  expect(await differences(house)).toEqual([]);
});
