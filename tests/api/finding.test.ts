import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { dayMs, request, sell, ticketHouse } from './tickets.ts';

// Filters of payouts and payees, what they count, and the one field in which people type whatever they have.

let house: House;
let batchId = '';
let between = '';
beforeAll(async () => {
  house = await ticketHouse();
  await seed(house, 'find', [
    winner('find', 1, {
      payee: { name: 'Ana Lopez', email: 'ana@example.com', payoutMethod: method('ana') },
    }),
    winner('find', 2, { currency: 'EUR' }),
    winner('find', 3),
    winner('find', 4),
    winner('find', 5),
  ]);
  batchId = await start(house, 'find');
  await settle(house, (to) => {
    if (to.startsWith('user3')) return 'failed';
    if (to.startsWith('user4')) return 'unclaimed';
    return to.startsWith('user5') ? 'held' : 'completed';
  });
  house.clock.ms += dayMs;
  between = new Date(house.clock.ms).toISOString();
  house.clock.ms += dayMs;
  await sell(house, 'waits', 6);
  await request(house, 'waits');
  await sell(house, 'bank', 6, {
    payee: { name: 'Ben Bank', payoutMethod: { type: 'bank', destination: 'HT-0001' } },
  });
  const approved = await request(house, 'bank');
  const by = { key: house.keys.approver };
  await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [approved] }, by);
});
afterAll(() => house.close());

const method = (who: string) => ({ type: 'paypal', destination: `${who}@example.com` });

/** The payees of every page of a filter, in their order. */
async function listed(query: string, limit = 2): Promise<string[]> {
  const found: string[] = [];
  let cursor = '';
  for (let pages = 0; pages < 20; pages += 1) {
    const { body } = await house.ask('GET', `/api/admin/payouts?limit=${limit}&${query}${cursor}`);
    found.push(...body.data.map((payout) => String(payout['payeeId'])));
    if (body['nextCursor'] === null) return found;
    cursor = `&cursor=${body['nextCursor'] as string}`;
  }
  throw new Error('the pages did not end');
}
const counted = async (query: string) => (await house.ask('GET', `/api/admin/payouts/counts?${query}`)).body;
const user = (number: number) => `find-user${number}`;

describe('a list of payouts', () => {
  const cases: [string, string[]][] = [
    ['status=failed,unclaimed', [user(4), user(3)]],
    ['status=completed,failed', [user(3), user(2), user(1)].toSorted().toReversed()],
    ['status=pending_approval,approved,sent', ['bank', 'waits']],
    ['status=failed,completed&payeeId=find-user3', [user(3)]],
    ['currency=EUR', [user(2)]],
    ['currency=EUR&status=failed', []],
    ['method=bank', ['bank']],
    ['method=paypal&status=pending_approval,approved', ['waits']],
    ['waitingOn=approver', ['waits']],
    ['waitingOn=you', ['bank']],
    ['waitingOn=provider', [user(5)]],
    ['waitingOn=payee', [user(4), user(3)]],
    ['waitingOn=payee&status=failed,completed', [user(3)]],
    ['waitingOn=approver&status=failed', []],
    ['q=waits&waitingOn=approver', ['waits']],
    ['q=waits&currency=EUR', []],
  ];
  it.each(cases)('holds to %s, whole over its pages, and its count says the same', async (query, payees) => {
    const found = await listed(query);
    expect(found.toSorted()).toEqual(payees.toSorted());
    expect(await listed(query, 50)).toEqual(found);
    expect(await counted(query)).toMatchObject({ total: payees.length, capped: false });
  });

  it('holds to a time and to a batch', async () => {
    expect((await listed(`to=${between}`)).length).toBe(5);
    expect(await listed(`from=${between}`)).toEqual(['bank', 'waits']);
    expect((await listed(`batchId=${batchId}`)).toSorted()).toEqual([1, 2, 3, 4, 5].map((n) => user(n)));
    expect(await listed(`batchId=${batchId}&status=failed,held`, 1)).toHaveLength(2);
    expect(await listed(`batchId=${batchId}&waitingOn=payee`, 1)).toHaveLength(2);
    expect(await listed('batchId=pb_none')).toEqual([]);
    expect(await counted(`batchId=${batchId}`)).toEqual({
      total: 5,
      capped: false,
      totals: { EUR: 1000, USD: 4000 },
    });
  });

  it('shows each payout under whoever it says that it waits on, and under nobody else', async () => {
    const { body } = await house.ask('GET', '/api/admin/payouts?limit=50');
    const all = body.data.map(({ payeeId, waitingOn }) => `${String(waitingOn)} ${String(payeeId)}`);
    const found: string[] = [];
    for (const who of ['you', 'approver', 'payee', 'provider', 'clock', 'nobody'])
      found.push(...(await listed(`waitingOn=${who}`)).map((payee) => `${who} ${payee}`));
    expect(found.toSorted()).toEqual(all.toSorted());
  });

  it('is found by its amount in the minor units of each currency, as it is typed or copied, and by its payee', async () => {
    const sum = { payeeId: user(1), reason: 'Expenses' };
    for (const [amount, currency] of [
      [8102, 'USD'],
      [8102, 'JPY'],
      [123_450, 'EUR'],
    ] as const)
      expect((await house.ask('POST', '/api/admin/payouts', { ...sum, amount, currency })).status).toBe(201);
    const q = (text: string) => listed(`q=${encodeURIComponent(text)}`);
    for (const text of ['81.02', '81,02', '81.02 USD', 'usd 81,02']) expect(await q(text)).toEqual([user(1)]);
    expect(await q('8102')).toEqual([user(1)]);
    expect(await q('81.02 EUR')).toEqual([]);
    for (const text of ['1,234.50', '1 234,50\u00A0EUR', '1234.5'])
      expect(await counted(`q=${encodeURIComponent(text)}`)).toEqual({
        total: 1,
        capped: false,
        totals: { EUR: 123_450 },
      });
    expect((await q('10.00')).toSorted()).toEqual([1, 2, 3, 4, 5].map(user));
    expect((await q('10.00 USD')).toSorted()).toEqual([1, 3, 4, 5].map(user));
    expect(await listed('q=10&status=failed')).toEqual([user(3)]);
    for (const text of ['lopez', 'Ana@example.com', user(1)]) expect(await q(text)).toHaveLength(4);
    const { body } = await house.ask('GET', '/api/admin/search?q=81,02');
    expect(body['hits']).toMatchObject([{ kind: 'payout', title: '81.02 USD to Ana Lopez' }]);
  });

  it('refuses a state that there is none of, also among others', async () => {
    const got = await house.ask('GET', '/api/admin/payouts?status=failed,lost');
    expect(got).toMatchObject({ status: 422, body: { errors: [{ path: 'status' }] } });
  });
});

describe('a list of payees', () => {
  const ids = async (query: string) =>
    (await house.ask('GET', `/api/admin/payees?${query}`)).body.data.map(({ externalId }) => externalId);

  it('is found by words of a name, ids and whole addresses, and by status', async () => {
    expect(await ids('q=lop')).toEqual([user(1)]);
    expect(await ids('q=ANA@example.com')).toEqual([user(1)]);
    expect(await ids('q=find-user2')).toEqual([user(2)]);
    expect(await ids('q=ana@example')).toEqual([]);
    expect(await ids('status=blocked')).toEqual([]);
    await house.ask('PATCH', '/api/admin/payees/find-user2', { status: 'blocked' });
    expect(await ids('status=blocked')).toEqual([user(2)]);
    expect(await ids('status=active&limit=500')).toHaveLength(6);
    expect(await ids('status=active&q=find-user2')).toEqual([]);
  });
});

describe('the search', () => {
  const hits = async (q: string) =>
    (await house.ask('GET', `/api/admin/search?q=${encodeURIComponent(q)}`)).body['hits'] as {
      kind: string;
      id: string;
      title: string;
      subtitle: string;
    }[];

  it('finds a payout, a payee, a batch and a cycle by what people have in hand', async () => {
    await house.ask('POST', '/api/admin/cycles', { id: 'c-77', name: 'November Finals' });
    const { body: payout } = await house.ask('GET', '/api/admin/payouts/find-sel1');
    expect(await hits('find-sel1')).toEqual([
      { kind: 'payout', id: payout['id'], title: '10.00 USD to Ana Lopez', subtitle: `${user(1)}, Arrived` },
    ]);
    expect(await hits(String(payout['id']).replace('_', '').toUpperCase())).toMatchObject([
      { kind: 'payout' },
    ]);
    expect(await hits('Lopez')).toMatchObject([
      { kind: 'payee', title: 'Ana Lopez', subtitle: `${user(1)}, a***@example.com` },
    ]);
    expect(await hits(batchId)).toMatchObject([{ kind: 'batch', title: `${batchId} of cycle find` }]);
    expect(await hits(' finals ')).toEqual([
      { kind: 'cycle', id: 'c-77', title: 'November Finals', subtitle: 'c-77, open' },
    ]);
    expect(await hits('find')).toMatchObject([{ kind: 'cycle', id: 'find' }]);
    expect(await hits("'; drop table payee; --")).toEqual([]);
    expect(await hits(' ')).toEqual([]);
  });

  it('tells two people of one name apart, without showing where they are', async () => {
    for (const [externalId, email] of [
      ['twin-a', 'rose@example.com'],
      ['twin-b', 'rosa@example.org'],
    ])
      await house.ask('POST', '/api/admin/payees', { externalId, email, name: 'Rose Twin' });
    const found = await hits('Twin');
    expect(found.map(({ title }) => title)).toEqual(['Rose Twin', 'Rose Twin']);
    expect(found.map(({ subtitle }) => subtitle)).toEqual([
      'twin-b, r***@example.org',
      'twin-a, r***@example.com',
    ]);
  });
});
