import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../src/api/routes.ts';
import { sql } from 'kysely';
import { cookieOf, makeLink, signIn, verify } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

let house: House;
let ana: Awaited<ReturnType<typeof signIn>>;
let bo: Awaited<ReturnType<typeof signIn>>;

beforeAll(async () => {
  house = await openHouse();
  const to = (number: number) => ({ payeeExternalId: `p${number}` });
  await seed(house, '18', [
    winner('18', 1, { ...to(1), amount: 2500 }),
    winner('18', 2, to(2)),
    winner('18', 3, {
      ...to(3),
      payee: { name: 'Cy', payoutMethod: { type: 'paypal', destination: 'cy@x.com' } },
    }),
  ]);
  await start(house, '18');
  await settle(house, (destination) => (destination === 'user2@example.com' ? 'failed' : 'completed'));
  await seed(house, '19', [
    winner('19', 1, { ...to(1), amount: 700 }),
    winner('19', 2, { ...to(1), payee: {}, currency: 'EUR', amount: 100 }),
  ]);
  ana = await signIn(house, 'p1');
  bo = await signIn(house, 'p2');
});
afterAll(() => house.close());

const own = routes.filter((route) => route.right === 'self');
const addressOf = (path: string) => path.replaceAll(/:[A-Za-z]+/g, 'none');

describe('who may call what', () => {
  it('keeps every route of payees below /api/payee, and no other there', () => {
    expect(own.length).toBeGreaterThan(8);
    for (const route of routes) expect(route.path.startsWith('/api/payee/')).toBe(route.right === 'self');
  });

  it.each(routes.filter((route) => route.right !== 'self'))(
    'keeps payees out of $method $path',
    async ({ method, path }) => {
      const body = method === 'GET' || method === 'DELETE' ? undefined : {};
      const got = await house.ask(method, addressOf(path), body, {
        key: null,
        headers: { cookie: ana.cookie },
      });
      expect(got).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    },
  );

  it.each(own)('keeps keys of the team out of $method $path', async ({ method, path }) => {
    const body = method === 'PATCH' ? { name: 'x' } : undefined;
    for (const key of Object.values(house.keys)) {
      const got = await house.ask(method, addressOf(path), body, { key });
      expect(got).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    }
    expect((await house.ask(method, addressOf(path), body, { key: null })).status).toBe(401);
  });

  it('believes the key when a key and a cookie come together', async () => {
    const headers = { cookie: ana.cookie };
    expect((await house.ask('GET', '/api/payee/profile', undefined, { headers })).status).toBe(403);
  });
});

describe('GET /balance', () => {
  it('shows what is theirs per currency, and the largest on top', async () => {
    const { body } = await ana.ask('GET', '/balance');
    const usd = { currency: 'USD', available: 700, pending: 0, reserved: 0, totalEarnings: 3200 };
    expect(body).toEqual({
      ...usd,
      nextPayoutDate: '2026-11-20T17:00:00.000Z',
      balances: [
        {
          currency: 'EUR',
          available: 100,
          inFailed: 0,
          note: null,
          pending: 0,
          reserved: 0,
          onItsWay: 0,
          nextAvailableAt: null,
          paid: 0,
          totalEarnings: 100,
          minimumPayout: 5000,
        },
        {
          ...usd,
          inFailed: 0,
          note: null,
          onItsWay: 0,
          paid: 2500,
          nextAvailableAt: null,
          minimumPayout: 5000,
        },
      ],
    });
    expect((await bo.ask('GET', '/balance')).body).toMatchObject({ available: 1000, totalEarnings: 1000 });
  });

  it('follows the money: reserved, on its way, paid, and back; what was earned stays the same', async () => {
    const payee = await newcomer('follow', 'follow');
    const shown = async () => {
      const { body } = await payee.ask('GET', '/balance');
      const [row] = body['balances'] as Record<string, number>[];
      return [
        row?.['available'],
        row?.['reserved'],
        row?.['onItsWay'],
        row?.['paid'],
        row?.['totalEarnings'],
      ];
    };
    expect(await shown()).toEqual([1000, 0, 0, 0, 1000]);
    await start(house, 'follow');
    expect(await shown()).toEqual([0, 1000, 0, 0, 1000]);
    await settle(house, () => 'unclaimed');
    expect(await shown()).toEqual([0, 0, 1000, 0, 1000]);
  });

  it('is empty for somebody who never earned', async () => {
    await house.ask('POST', '/api/admin/payees', { externalId: 'new' });
    const { ask } = await signIn(house, 'new');
    expect((await ask('GET', '/balance')).body).toMatchObject({ available: 0, currency: null, balances: [] });
    expect((await ask('GET', '/payouts')).body).toEqual({ data: [], nextCursor: null });
    // The first method waits for nothing.
    expect((await ask('GET', '/payout-methods')).body).toEqual({
      data: [],
      nextCursor: null,
      newUsableFrom: null,
      coolOffHours: 72,
    });
    const own = await ana.ask('GET', '/payout-methods');
    const coolOffMs = 72 * 60 * 60_000;
    expect(own.body['newUsableFrom']).toBe(new Date(house.clock.ms + coolOffMs).toISOString());
  });
});

/** A payee with one earning in a cycle of their own, signed in. */
async function newcomer(externalId: string, cycle: string) {
  const payee = {
    name: externalId,
    payoutMethod: { type: 'paypal', destination: `${externalId}@example.com` },
  };
  await seed(house, cycle, [winner(cycle, 1, { payeeExternalId: externalId, payee })]);
  return signIn(house, externalId);
}

describe('GET /payouts', () => {
  it('speaks to the payee, of what is theirs alone', async () => {
    const { body, text } = await ana.ask('GET', '/payouts');
    expect(body).toMatchObject({
      data: [{ amount: 2500, status: 'completed', label: 'Paid', waitingOn: 'nobody' }],
      nextCursor: null,
    });
    expect(text).not.toMatch(/p2|p3|cli|PB-|winner-/);
    expect((await bo.ask('GET', '/payouts')).body.data).toMatchObject([
      {
        status: 'failed',
        label: 'Needs attention',
        nextStep: expect.stringMatching(/^Your account is limited\. Contact the provider/),
        waitingOn: 'you',
      },
    ]);
  });

  it('gives nothing of another by cursor, filter or id', async () => {
    const all = await house.ask('GET', '/api/admin/payouts');
    const others = all.body.data.filter((payout) => payout['payeeId'] !== 'p1');
    expect(others.length).toBeGreaterThan(1);
    const first = await house.ask('GET', '/api/admin/payouts?limit=1');
    const cursor = first.body['nextCursor'] as string;
    for (const query of [
      `cursor=${cursor}`,
      'payeeId=p2',
      'status=failed',
      'q=p2',
      'cycleId=18',
      'limit=100',
    ]) {
      const { status, text } = await ana.ask('GET', `/payouts?${query}`);
      // What the call does not know is refused, so nobody takes it for a filter.
      expect(status, query).toBe(/^(cursor|limit)=/.test(query) ? 200 : 422);
      for (const payout of others) expect(text).not.toContain(payout['id']);
    }
    for (const payout of others) {
      const id = String(payout['id']);
      const foreign = await ana.ask('GET', `/payouts/${id}`);
      const none = await ana.ask('GET', `/payouts/${id.slice(0, -1)}x`);
      expect([foreign.status, none.status]).toEqual([404, 404]);
      const said = ({ requestId: _id, payoutId: _payoutId, ...rest }: Record<string, unknown>) => rest;
      expect(said(foreign.body)).toEqual(said(none.body));
    }
  });

  it('knows payouts by their own id only, not by what the platform calls them', async () => {
    for (const id of ['18-sel1', 'winner-18-sel1-p1', '18-sel2'])
      expect((await ana.ask('GET', `/payouts/${id}`)).status).toBe(404);
  });

  it('pages 20 at a time, newest first', async () => {
    const cycles = Array.from({ length: 22 }, (_, index) => `many${index}`);
    for (const cycle of cycles) {
      await seed(house, cycle, [winner(cycle, 1, { payeeExternalId: 'many' })]);
      await start(house, cycle);
    }
    const { ask } = await signIn(house, 'many');
    const first = await ask('GET', '/payouts');
    expect(first.body.data).toHaveLength(20);
    const cursor = first.body['nextCursor'] as string;
    expect((await ask('GET', `/payouts?cursor=${cursor}`)).body.data).toHaveLength(2);
    expect((await bo.ask('GET', `/payouts?cursor=${cursor}`)).body.data).toHaveLength(1);
    expect((await ask('GET', '/payouts?limit=0')).status).toBe(422);
  });
});

describe('GET /payouts/:id', () => {
  it('tells what happened without telling who, how or why inside', async () => {
    const { body } = await bo.ask('GET', '/payouts');
    const got = await bo.ask('GET', `/payouts/${String(body.data[0]?.['id'])}`);
    const timeline = got.body['timeline'] as { at: string; label: string }[];
    expect(timeline.map(({ label }) => label)).toEqual(['Preparing', 'On its way', 'Needs attention']);
    expect(Object.keys(timeline[0] ?? {}).sort()).toEqual(['at', 'label']);
    // What they earned is theirs to see; nothing else of the inside is.
    // Where it goes is theirs to know.
    const { carries, method, ...rest } = got.body;
    expect(method).toEqual({
      id: expect.stringMatching(/^pm_/),
      type: 'paypal',
      destination: 'u***@example.com',
    });
    expect(carries).toMatchObject({ earnings: [{ sourceType: 'winner' }], recovered: [] });
    expect(JSON.stringify(rest)).not.toMatch(/"cli"|FAILED|account locked|paypal|PB-|PI\d|winner|user2|18-/);
  });
});

describe('GET /payout-methods', () => {
  it('shows their own, masked, the one in use first', async () => {
    const payoutMethod = { type: 'paypal', destination: 'second@example.com' };
    await house.ask('PATCH', '/api/admin/payees/p3', { payoutMethod });
    const { ask } = await signIn(house, 'p3');
    const { body, text } = await ask('GET', '/payout-methods');
    expect(body.data).toMatchObject([
      { type: 'paypal', destination: 's***@example.com', isDefault: true },
      { type: 'paypal', destination: 'c***@x.com', isDefault: false },
    ]);
    expect(text).not.toMatch(/second@|cy@|user1/);
  });
});

describe('the profile', () => {
  it('takes another name, and says who changes the address', async () => {
    const { ask } = await signIn(house, 'p3');
    expect((await ask('PATCH', '/profile', { name: 'Cyrus' })).body).toMatchObject({ name: 'Cyrus' });
    expect((await house.ask('GET', '/api/admin/payees/p3')).body).toMatchObject({
      name: 'Cyrus',
      email: null,
    });
    const refused = await ask('PATCH', '/profile', { name: 'X', email: 'thief@example.com' });
    expect(refused).toMatchObject({
      status: 422,
      body: {
        errors: [{ path: 'email', message: 'is changed by the platform that pays you: ask them' }],
      },
    });
    for (const body of [{}, { status: 'active' }, { name: '' }, { name: 'n'.repeat(201) }])
      expect((await ask('PATCH', '/profile', body)).status).toBe(422);
  });
});

describe('a blocked payee', () => {
  it('may look, because they must see why they are not paid', async () => {
    const { ask } = await newcomer('blocked', 'blocked');
    await house.ask('PATCH', '/api/admin/payees/blocked', { status: 'blocked' });
    expect((await ask('GET', '/profile')).body).toMatchObject({
      status: 'blocked',
      notice: expect.stringContaining('paused by the platform'),
    });
    expect((await ask('GET', '/balance')).body).toMatchObject({ available: 1000 });
    const again = await verify(house, await makeLink(house, 'blocked'));
    expect(again.status).toBe(200);
    expect(cookieOf(again.headers)).not.toBe('');
  });
});

describe('GET /outbox', () => {
  it('masks addresses and shows no body; one mail is shown whole, which goes on record', async () => {
    await house.ask('PATCH', '/api/admin/payees/p1', { email: 'ana@example.com' });
    await house.ask('POST', '/api/payee/sign-in', { email: 'ana@example.com' }, { key: null });
    const listed = await house.ask('GET', '/api/admin/outbox', undefined, { key: house.keys.owner });
    const links = listed.body.data.filter(({ kind }) => kind === 'portal_link');
    expect(links).toMatchObject([{ to: 'a***@example.com', status: 'waiting', tries: 0 }]);
    expect(listed.text).not.toMatch(/token|ana@/);
    const path = `/api/admin/outbox/${String(listed.body.data[0]?.['id'])}`;
    const whole = await house.ask('GET', path, undefined, { key: house.keys.owner });
    expect(whole.body).toMatchObject({ to: 'ana@example.com', text: expect.stringContaining('?token=') });
    const { rows } = await sql<{ event: string; by: string }>`select event, actor_kind as by from audit_event
      where subject_id = ${String(listed.body.data[0]?.['id'])}`.execute(house.db);
    expect(rows).toEqual([{ event: 'mail.read', by: 'key' }]);
    house.clock.ms += 15 * 60_000;
    const late = await house.ask('GET', path);
    expect(late.body).toMatchObject({ status: 'expired', text: null, html: null });
    expect((await house.ask('GET', '/api/admin/outbox/ml_none')).status).toBe(404);
  });

  it('asks a person for a fresh second factor before it shows links', () => {
    const route = routes.find(({ path }) => path === '/api/admin/outbox/:id');
    expect(route).toMatchObject({ right: 'own', stepUp: true });
  });
});
