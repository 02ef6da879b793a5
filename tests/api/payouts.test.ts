import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

let house: House;
let batchId = '';
beforeAll(async () => {
  house = await openHouse();
  const named = { name: 'Zoë Quint', payoutMethod: { type: 'paypal', destination: 'user3@example.com' } };
  await seed(house, '18', [winner('18', 1), winner('18', 2), winner('18', 3, { payee: named })]);
  batchId = await start(house, '18');
  const fates = { user1: 'completed', user2: 'failed', user3: 'unclaimed' } as const;
  await settle(house, (destination) => fates[destination.slice(0, 5) as keyof typeof fates]);
});
afterAll(() => house.close());

const path = '/api/admin/payouts';
const ids = async (query: string) =>
  (await house.ask('GET', `${path}?${query}`)).body.data.map((payout) => payout['payeeId']);

describe('GET /payouts', () => {
  it('filters by status, payee, cycle, and by what people type', async () => {
    expect(await ids('')).toEqual(['18-user3', '18-user2', '18-user1']);
    expect(await ids('status=failed')).toEqual(['18-user2']);
    expect(await ids('payeeId=18-user1')).toEqual(['18-user1']);
    expect(await ids('cycleId=18&status=unclaimed')).toEqual(['18-user3']);
    expect(await ids('cycleId=19')).toEqual([]);
    expect(await ids('q=quint')).toEqual(['18-user3']);
    expect(await ids('q=winner-18-sel2-18-user2')).toEqual(['18-user2']);
    expect(await ids('q=100%25')).toEqual([]);
  });

  it('pages by cursor', async () => {
    const first = await house.ask('GET', `${path}?limit=2`);
    expect(first.body.data).toHaveLength(2);
    expect(await ids(`limit=2&cursor=${first.body['nextCursor'] as string}`)).toEqual(['18-user1']);
  });

  it('says for each what happens next and whose turn it is', async () => {
    const { body } = await house.ask('GET', path);
    expect(body.data).toMatchObject([
      { status: 'unclaimed', label: 'Unclaimed until 20 Dec 2026', waitingOn: 'payee' },
      { status: 'failed', label: expect.stringContaining('Needs attention'), waitingOn: 'payee' },
      { status: 'completed', label: 'Arrived', waitingOn: 'nobody', amount: 1000, currency: 'USD' },
    ]);
  });
});

describe('GET /payouts/:id', () => {
  it('explains itself: timeline, attempts with evidence, ledger', async () => {
    const { body } = await house.ask('GET', `${path}/18-sel1`);
    expect(body).toMatchObject({ status: 'completed', label: 'Arrived', cycleId: '18' });
    const timeline = body['timeline'] as { event: string; actor: string }[];
    expect(timeline.map((line) => line.event)).toEqual(['create', 'prepare', 'send', 'accept', 'complete']);
    expect(timeline[1]).toMatchObject({ actor: 'cli', at: '2026-11-20T12:00:00.000Z' });
    expect(body['attempts']).toMatchObject([
      {
        ordinal: 1,
        status: 'completed',
        batchId,
        fee: 25,
        destination: 'u***@example.com',
        itemReference: 'winner-18-sel1-18-user1',
        submissionStatus: 'accepted',
        providerStatus: 'COMPLETED',
      },
    ]);
    const ledger = body['ledger'] as { account: string; amount: number }[];
    const float = ledger.filter((line) => line.account === 'provider_float');
    expect(float.map((line) => line.amount)).toEqual([1000]);
    expect(ledger.reduce((sum, line) => sum + line.amount, 0)).toBe(0);
  });

  it('is found by its id and by the reference of an attempt', async () => {
    const { body } = await house.ask('GET', `${path}/winner-18-sel2-18-user2`);
    const same = await house.ask('GET', `${path}/${body['id'] as string}`);
    expect(same.body).toEqual(body);
    expect(body).toMatchObject({ reason: { code: 'receiver_locked', detail: 'account locked' } });
  });

  it('says of a lost answer that nobody may send it again', async () => {
    await seed(house, '19', [winner('19', 1)]);
    await start(house, '19');
    await settle(house, undefined, { kind: 'unknown', cause: 'timeout', retryAfterMs: null });
    expect((await house.ask('GET', `${path}/19-sel1`)).body).toMatchObject({
      status: 'sending',
      label: 'Outcome unknown, checking; do not resend',
      waitingOn: 'provider',
    });
  });

  it('answers 404 for nothing', async () => {
    expect(await house.ask('GET', `${path}/none`)).toMatchObject({
      status: 404,
      body: { code: 'payout_not_found', payoutId: 'none' },
    });
  });
});
