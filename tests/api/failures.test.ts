import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

// What failed and can be retried as a new batch, and the newest errors by their reason, each with what to do.

const minute = 60_000;
let house: House;
/** Of which five failed: Ana and Bob are locked, Cyd met a shortage, Dan is tried again by itself, and Eve is on hold. */
let batch = '';
beforeAll(async () => {
  house = await openHouse();
  const names = ['ana', 'bob', 'cyd', 'dan', 'eve', 'fay'];
  await seed(
    house,
    'nov',
    names.map((name, at) => winner('nov', at, person(name))),
  );
  batch = await start(house, 'nov');
  await settle(house, (to) => (to.startsWith('fay') ? 'completed' : 'failed'));
  await reasonOf('insufficient_funds', ['cyd', 'dan', 'eve']);
  const retryAt = new Date(house.clock.ms + 10 * minute);
  await sql`update payout p set next_retry_at = ${retryAt} from payee y
    where y.id = p.payee_id and y.external_id = 'dan'`.execute(house.db);
  const held = await house.ask('POST', '/api/admin/payees/eve/hold', { reason: 'Under review' });
  expect(held.status).toBe(200);
});
afterAll(() => house.close());

function person(name: string, currency = 'USD') {
  const payoutMethod = { type: 'paypal', destination: `${name}@example.com` };
  return { payeeExternalId: name, currency, payee: { name, payoutMethod } };
}

async function reasonOf(code: string, payees: readonly string[]): Promise<void> {
  await sql`update payout p set reason_code = ${code} from payee y
    where y.id = p.payee_id and p.state in ('failed', 'returned') and y.external_id = any(${payees}::text[])`.execute(
    house.db,
  );
}

async function failures(more: { headers?: Record<string, string> } = {}) {
  const got = await house.ask('GET', '/api/admin/status/failures', undefined, {
    key: house.keys.viewer,
    ...more,
  });
  return got.body as unknown as {
    retryable: Record<string, unknown>[];
    errors: { code: string; count: number; provider: string }[];
    capped: boolean;
  };
}

describe('GET /status/failures', () => {
  it('says of each batch what failed in it and still waits, and what a retry would find', async () => {
    const { retryable, capped } = await failures();
    expect(retryable).toEqual([
      expect.objectContaining({
        batchId: batch,
        cycleId: 'nov',
        provider: 'paypal',
        failed: 5,
        totals: { USD: 5000 },
        ready: 1,
        payees: 2,
        byItself: 1,
        kept: 1,
        retriedAs: null,
        activeBatchId: null,
      }),
    ]);
    expect(capped).toBe(false);
  });

  it('says of the newest errors why, how many, when last, where, and what to do', async () => {
    const { errors } = await failures();
    expect(errors).toMatchObject([
      { code: 'insufficient_funds', status: 'failed', provider: 'paypal', count: 3, totals: { USD: 3000 } },
      { code: 'receiver_locked', status: 'failed', provider: 'paypal', count: 2 },
    ]);
    expect(errors[0]).toMatchObject({
      operator: 'The provider account did not hold enough money. Nothing was sent.',
      fix: 'Add funds at the provider, then retry.',
      lastAt: '2026-11-20T12:00:00.000Z',
    });
    const french = await failures({ headers: { 'accept-language': 'fr' } });
    expect(french.errors[0]).toMatchObject({ fix: expect.stringContaining('Approvisionnez le compte') });
  });

  it('leads to exactly the payouts that it counts', async () => {
    for (const { code, count, provider } of (await failures()).errors) {
      const filter = `status=failed&reason=${code}&method=${provider}`;
      const list = await house.ask('GET', `/api/admin/payouts?${filter}`);
      expect(list.body.data.length).toBe(count);
      expect((await house.ask('GET', `/api/admin/payouts/counts?${filter}`)).body['total']).toBe(count);
    }
    expect((await house.ask('GET', '/api/admin/payouts?reason=no_such')).status).toBe(422);
  });

  it('does not offer a batch twice: its retry stands in its place, and what moved on is left out', async () => {
    const retry = { leaveOutUnmended: true };
    const path = `/api/admin/payout-batches/${batch}/retry-failed`;
    const { body } = await house.ask('POST', path, retry);
    const second = body['batchId'] as string;
    // Cyd and Dan are on their way; the cycle has a batch under way, so nothing else of it can be retried.
    expect((await failures()).retryable).toMatchObject([
      { batchId: batch, failed: 3, ready: 0, payees: 2, kept: 1, retriedAs: second, activeBatchId: second },
    ]);
    house.clock.ms += minute;
    await settle(house, () => 'failed');
    expect((await failures()).retryable).toMatchObject([
      { batchId: second, failed: 2, payees: 2, retriedAs: null, activeBatchId: null },
      { batchId: batch, failed: 3, retriedAs: second, activeBatchId: null },
    ]);
    expect((await failures()).errors[0]).toMatchObject({ code: 'receiver_locked', count: 4 });
  });
});

describe('a retry that is planned', () => {
  it('counts as one by itself only where nothing bars it, as each payout says of itself', async () => {
    const names = ['fine', 'waits', 'moved', 'blocked', 'frozen', 'debtor', 'by-hand', 'unready'];
    await seed(house, 'old', [winner('old', 1, person('debtor'))]);
    await start(house, 'old');
    await settle(house);
    await seed(
      house,
      'dec',
      names.map((name, at) => winner('dec', at, person(name))),
    );
    const dec = await start(house, 'dec');
    await settle(house, () => 'failed');
    await reasonOf('insufficient_funds', names);
    const retryAt = new Date(house.clock.ms + 10 * minute);
    await sql`update payout p set next_retry_at = ${retryAt} from payee y
      where y.id = p.payee_id and p.state = 'failed' and y.external_id = any(${names}::text[])`.execute(
      house.db,
    );
    const now = async () => (await failures()).retryable.find(({ batchId }) => batchId === dec);
    expect(await now()).toMatchObject({ ready: 0, payees: 0, byItself: 8, kept: 0 });

    const post = (path: string, body: unknown) => house.ask('POST', `/api/admin/${path}`, body);
    await post('payees/waits/hold', { reason: 'Until noon', until: retryAt.toISOString() });
    // A cycle pays to whatever is in use by then, also through another provider.
    await sql`update payout_method m set type = 'stripe' from payee y
      where y.id = m.payee_id and y.external_id = 'moved'`.execute(house.db);
    await house.ask('PATCH', '/api/admin/payees/blocked', { status: 'blocked' });
    await sql`update payout_method m set frozen_at = now() from payee y
      where y.id = m.payee_id and y.external_id = 'frozen'`.execute(house.db);
    await post('earnings/reverse', {
      earnings: [{ sourceType: 'winner', externalId: 'old-sel1', reason: 'Refunded' }],
    });
    await post('payees/by-hand/payout-methods', { type: 'manual', destination: 'By cheque', use: 'default' });
    await sql`insert into provider_account (public_id, provider, fingerprint, state, reason_code, checked_at, state_at, due_at)
      select 'pa_1', m.type, m.fingerprint, 'not_ready', 'receiver_not_enabled', now(), now(), now()
      from payout_method m join payee y on y.id = m.payee_id where y.external_id = 'unready'`.execute(
      house.db,
    );
    expect(await now()).toMatchObject({ ready: 0, payees: 0, byItself: 3, kept: 5 });
    const { data } = (await house.ask('GET', '/api/admin/payouts?cycleId=dec&limit=100')).body;
    const byThemselves = data.filter(({ nextRetryAt }) => nextRetryAt !== null).map(({ payeeId }) => payeeId);
    expect(new Set(byThemselves)).toEqual(new Set(['fine', 'moved', 'waits']));
  });
});
