import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

// One truth about who can be paid: the list, the payee's own page and the filter of the list say the same.

interface Shown {
  readonly externalId: string;
  readonly canBePaid: boolean;
  readonly blocks: { kind: string; words: string; until: string | null; waitingOn: string }[];
}

let house: House;
const names = [
  'ready',
  'held',
  'held-a-while',
  'blocked',
  'bare',
  'cooling',
  'frozen',
  'unready',
  'failed',
  'mended',
];
const post = async (path: string, body: unknown) => {
  const got = await house.ask('POST', `/api/admin/payees/${path}`, body);
  expect(got.status, got.text).toBeLessThan(300);
};
const other = (name: string) => ({ type: 'paypal', destination: `${name}.new@example.com`, use: 'default' });

beforeAll(async () => {
  house = await openHouse();
  const paid = names.filter((name) => name !== 'bare');
  await seed(
    house,
    'may',
    paid.map((name, at) => {
      const payoutMethod = { type: 'paypal', destination: `${name}@example.com` };
      return winner('may', at, { payeeExternalId: name, payee: { name, payoutMethod } });
    }),
  );
  await house.ask('POST', '/api/admin/payees', { externalId: 'bare' });
  await start(house, 'may');
  await settle(house, (address) =>
    ['failed@example.com', 'mended@example.com'].includes(address) ? 'failed' : 'completed',
  );
  await post('held/hold', { reason: 'invoice missing' });
  const until = new Date(house.clock.ms + 3_600_000).toISOString();
  await post('held-a-while/hold', { reason: 'until noon', until });
  await house.ask('PATCH', '/api/admin/payees/blocked', { status: 'blocked' });
  await post('cooling/payout-methods', other('cooling'));
  await post('mended/payout-methods', other('mended'));
  await sql`update payout_method m set frozen_at = now() from payee y
    where y.id = m.payee_id and y.external_id = 'frozen'`.execute(house.db);
  await sql`insert into provider_account (public_id, provider, fingerprint, state, reason_code, reason_detail, checked_at,
      state_at, due_at)
    select 'pa_1', m.type, m.fingerprint, 'not_ready', 'receiver_not_enabled', 'Stripe asks for a bank account.', now(), now(), now()
    from payout_method m join payee y on y.id = m.payee_id where y.external_id = 'unready'`.execute(house.db);
});
afterAll(() => house.close());

const listed = async (query: string) =>
  (await house.ask('GET', `/api/admin/payees?${query}`)).body.data as unknown as Shown[];

it('is said of a payee in the list as on their own page, in the same words', async () => {
  const kinds = Object.fromEntries(
    (await listed('')).map(({ externalId, blocks }) => [externalId, blocks.map(({ kind }) => kind)]),
  );
  expect(kinds).toEqual({
    ready: [],
    held: ['on_hold'],
    'held-a-while': ['on_hold'],
    blocked: ['blocked'],
    bare: ['no_method'],
    cooling: ['cooling_off'],
    frozen: ['frozen'],
    unready: ['account_not_ready'],
    failed: ['account_not_ready'],
    mended: ['cooling_off'],
  });
  for (const language of ['en', 'fr']) {
    const headers = { 'accept-language': language };
    const page = await house.ask('GET', '/api/admin/payees', undefined, { headers });
    for (const payee of page.body.data as unknown as Shown[]) {
      const { externalId, canBePaid, blocks } = payee;
      expect(canBePaid).toBe(blocks.length === 0);
      const own = await house.ask('GET', `/api/admin/payees/${externalId}`, undefined, { headers });
      expect(own.body).toMatchObject({ canBePaid, blocks });
      const outlook = await house.ask('GET', `/api/admin/payees/${externalId}/outlook`, undefined, {
        headers,
      });
      expect(outlook.body).toMatchObject({ canBePaid, blocks });
    }
  }
  const [unready] = await listed('q=unready');
  const words = "The payee's account at the provider cannot receive payouts yet. No money moved.";
  expect(unready?.blocks[0]).toMatchObject({ words, waitingOn: 'payee' });
});

it('is what the filter of the list finds by, page by page, also when the clock moved', async () => {
  const found = async (canBePaid: boolean) => {
    const ids: string[] = [];
    let cursor = '';
    do {
      const { body } = await house.ask('GET', `/api/admin/payees?limit=2&canBePaid=${canBePaid}${cursor}`);
      for (const payee of body.data as unknown as Shown[]) {
        expect(payee.canBePaid).toBe(canBePaid);
        ids.push(payee.externalId);
      }
      cursor = typeof body['nextCursor'] === 'string' ? `&cursor=${body['nextCursor']}` : '';
    } while (cursor !== '');
    return ids.toSorted();
  };
  expect(await found(true)).toEqual(['ready']);
  expect(await found(false)).toEqual(names.filter((name) => name !== 'ready').toSorted());
  house.clock.ms += 4 * 24 * 3_600_000;
  expect(await found(true)).toEqual(['cooling', 'held-a-while', 'mended', 'ready']);
  expect((await listed('canBePaid=false&status=blocked')).map(({ externalId }) => externalId)).toEqual([
    'blocked',
  ]);
  expect((await house.ask('GET', '/api/admin/payees?canBePaid=perhaps')).status).toBe(422);
});

it('does not hold against a payee what failed before their account was looked at and found ready', async () => {
  const kindsOf = async () => (await listed('q=failed'))[0]?.blocks.map(({ kind }) => kind);
  expect(await kindsOf()).toEqual(['account_not_ready']);
  await sql`insert into provider_account (public_id, provider, fingerprint, state, checked_at, state_at, due_at)
    select 'pa_2', m.type, m.fingerprint, 'ready', ${new Date(house.clock.ms)}, now(), now()
    from payout_method m join payee y on y.id = m.payee_id where y.external_id = 'failed'`.execute(house.db);
  expect(await kindsOf()).toEqual([]);
});
