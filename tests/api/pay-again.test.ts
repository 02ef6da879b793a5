import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { momentIn, operatorMoment } from '../../src/core/when.ts';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { asPayee, balance, dayMs, differences, request, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const post = async (what: string, body: unknown) =>
  house.ask('POST', `/api/admin/payouts/${what}`, body, { key: house.keys.approver });
const pays = async () => {
  await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
  const paid: string[] = [];
  await settle(house, (destination) => {
    paid.push(destination);
    return 'completed';
  });
  return paid;
};

/** A payout of 54.00 USD that the payee asked for, that was approved, sent, and refused for this reason. */
async function failedRequest(payee: string, reason = 'receiver_account_invalid'): Promise<string> {
  await sell(house, payee, 6);
  const id = await request(house, payee);
  await post('approve', { payoutIds: [id] });
  await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
  await settle(house, () => 'failed');
  await sql`update payout set reason_code = ${reason} where public_id = ${id}`.execute(house.db);
  return id;
}

const again = (payee: string, id: string, body: unknown = {}) =>
  asPayee(house, payee)('POST', `/payouts/${id}/pay-again`, body);
const to = (destination: string) => ({ method: { type: 'paypal', destination } });
const seen = async (payee: string, id: string) => (await asPayee(house, payee)('GET', `/payouts/${id}`)).body;
const defaultOf = async (payee: string) =>
  (await asPayee(house, payee)('GET', '/payout-methods')).body.data.find((method) => method['isDefault']);

describe('"save and pay me again"', () => {
  it('saves the method and asks for approval in one, says what it waits for, and is harmless twice', async () => {
    const id = await failedRequest('ana');
    expect(await seen('ana', id)).toMatchObject({
      status: 'failed',
      waitingOn: 'you',
      fix: { kind: 'method', words: expect.stringContaining('Say where the money shall go instead') },
    });
    const both = await Promise.all([
      again('ana', id, to('ana2@example.com')),
      again('ana', id, to('ana2@example.com')),
    ]);
    const reader = { language: 'en', zone: house.deps.calendar.zone } as const;
    const until = momentIn(reader, new Date(house.clock.ms + 3 * dayMs));
    for (const got of both) {
      expect(got.status, got.text).toBe(200);
      expect(got.body).toMatchObject({ id, status: 'pending_approval', fix: null, waitingOn: 'platform' });
      expect(got.body['nextStep']).toContain(
        `It waits until ${until}, because you changed where money goes, and for approval.`,
      );
    }
    expect((await asPayee(house, 'ana')('GET', '/payout-methods')).body.data).toHaveLength(2);
    expect(await balance(house, 'ana')).toMatchObject({ available: 0, reserved: 5400 });
    const { body } = await house.ask('GET', '/api/admin/audit-events?event=payout.resubmitted');
    expect(body.data).toMatchObject([{ actor: { kind: 'payee' }, subject: { id } }]);
    await post('approve', { payoutIds: [id] });
    expect(await pays()).toEqual([]);
    house.clock.ms += 3 * dayMs;
    expect(await pays()).toEqual(['ana2@example.com']);
    expect(await seen('ana', id)).toMatchObject({ status: 'completed', fix: null });
    expect(await again('ana', id, to('ana3@example.com'))).toMatchObject({
      status: 409,
      body: { code: 'not_yours_to_fix', payoutStatus: 'completed' },
    });
    expect(await differences(house)).toEqual([]);
  });

  it('takes a method there is, and the one in use once its provider is satisfied', async () => {
    const id = await failedRequest('ben');
    const { body: spare } = await asPayee(house, 'ben')('POST', '/payout-methods', {
      type: 'paypal',
      destination: 'ben2@example.com',
      use: 'backup',
    });
    house.clock.ms += 3 * dayMs;
    expect((await again('ben', id, { methodId: spare['id'] })).body).toMatchObject({
      status: 'pending_approval',
    });
    expect(await defaultOf('ben')).toMatchObject({ id: spare['id'] });
    const other = await failedRequest('bea', 'receiver_not_enabled');
    expect(await seen('bea', other)).toMatchObject({ fix: { kind: 'details' } });
    expect((await again('bea', other)).body).toMatchObject({ status: 'pending_approval' });
    await post('approve', { payoutIds: [id, other] });
    expect(new Set(await pays())).toEqual(new Set(['ben2@example.com', 'bea@example.com']));
  });

  it('goes once more to an account whose lock the provider lifted, and back to one that sent it back or let it expire', async () => {
    const reasons = ['receiver_locked', 'receiver_unregistered', 'refunded', 'unclaimed_expired'];
    const ids: string[] = [];
    for (const [at, reason] of reasons.entries()) {
      const id = await failedRequest(`lou${at}`, reason);
      expect(await seen(`lou${at}`, id)).toMatchObject({ waitingOn: 'you', fix: { kind: 'details' } });
      const used = await defaultOf(`lou${at}`);
      const got = await again(`lou${at}`, id, { methodId: used?.['id'] });
      expect(got.body).toMatchObject({ status: 'pending_approval' });
      ids.push(id);
    }
    await post('approve', { payoutIds: ids });
    expect((await pays()).toSorted()).toEqual(reasons.map((_, at) => `lou${at}@example.com`));
    expect(await differences(house)).toEqual([]);
  });

  it('goes another way where the provider refused the way itself, and the same way only when an operator retries it', async () => {
    const ways = ['compliance_blocked', 'risk_declined', 'currency_not_supported'];
    const ids: string[] = [];
    for (const [at, reason] of ways.entries()) {
      const payee = `way${at}`;
      const id = await failedRequest(payee, reason);
      const own = await seen(payee, id);
      const words = expect.stringContaining('tell the platform: only they can');
      expect(own).toMatchObject({ waitingOn: 'you', fix: { kind: 'way', words } });
      expect(own['nextStep']).toContain('Your money is safe. Choose another payout method');
      const page = await house.ask('GET', `/api/admin/payouts/${id}`);
      expect(page.body).toMatchObject({ waitingOn: 'payee', nextStep: expect.stringContaining('retry.') });
      const used = await defaultOf(payee);
      for (const body of [{}, { methodId: used?.['id'] }])
        expect(await again(payee, id, body)).toMatchObject({ body: { code: 'same_method_failed' } });
      ids.push(id);
    }
    // It says nothing of the account: whatever else is due to it may be paid there.
    expect((await house.ask('GET', '/api/admin/payees/way0/outlook')).body).toMatchObject({
      canBePaid: true,
    });
    const [blocked = '', declined = '', currency = ''] = ids;
    expect((await again('way1', declined, to('way1b@example.com'))).body).toMatchObject({
      status: 'pending_approval',
    });
    // The provider lifted it and said so to the team, which releases it: it was approved for this method.
    const retried = await house.ask('POST', '/api/admin/payouts/retry', { payoutIds: [blocked] });
    expect(retried.status, retried.text).toBe(202);
    expect(await seen('way0', blocked)).toMatchObject({ fix: null });
    expect(await again('way0', blocked, to('way0b@example.com'))).toMatchObject({
      body: { code: 'not_yours_to_fix' },
    });
    expect(await pays()).toEqual(['way0@example.com']);
    expect(await seen('way0', blocked)).toMatchObject({ status: 'completed' });
    await post('approve', { payoutIds: [declined] });
    house.clock.ms += 3 * dayMs;
    expect(await pays()).toEqual(['way1b@example.com']);
    expect(await seen('way2', currency)).toMatchObject({ status: 'failed', waitingOn: 'you' });
    expect(await differences(house)).toEqual([]);
  });

  it('refuses the method that just failed for a reason of its account, however it is named, and changes nothing', async () => {
    const id = await failedRequest('flo');
    const used = await defaultOf('flo');
    const refused = { status: 409, body: { code: 'same_method_failed', payoutId: id } };
    for (const body of [{}, { methodId: used?.['id'] }, to('flo@example.com'), to(' flo@example.com ')])
      expect(await again('flo', id, body)).toMatchObject(refused);
    expect(await seen('flo', id)).toMatchObject({
      status: 'failed',
      kind: 'request',
      method: { type: 'paypal', destination: used?.['destination'] },
    });
    // Also when it was removed meanwhile: it is the same account still.
    const own = asPayee(house, 'flo');
    const other = (await own('POST', '/payout-methods', { ...to('flo2@example.com').method, use: 'default' }))
      .body;
    expect((await own('DELETE', `/payout-methods/${String(used?.['id'])}`)).status).toBe(204);
    expect(await again('flo', id, to('flo@example.com'))).toMatchObject(refused);
    expect((await own('GET', '/payout-methods')).body.data).toHaveLength(1);
    expect((await again('flo', id)).body).toMatchObject({
      status: 'pending_approval',
      method: { destination: other['destination'] },
    });
  });

  it('refuses what is the platform’s to mend, what is not theirs and two methods at once, and then saves no method', async () => {
    const id = await failedRequest('cy', 'insufficient_funds');
    expect(await seen('cy', id)).toMatchObject({ waitingOn: 'platform', fix: null });
    expect(await again('cy', id, to('cy2@example.com'))).toMatchObject({
      status: 409,
      body: { code: 'not_yours_to_fix' },
    });
    expect(await again('ana', id, to('cy2@example.com'))).toMatchObject({ status: 404 });
    const both = { ...to('cy2@example.com'), methodId: 'pm_none' };
    expect(await again('cy', id, both)).toMatchObject({ status: 422 });
    await sql`update payout set reason_code = 'receiver_invalid' where public_id = ${id}`.execute(house.db);
    expect(await again('cy', id, { methodId: 'pm_none' })).toMatchObject({
      status: 404,
      body: { code: 'method_not_found' },
    });
    await sell(house, 'cy', 6, {}, 100);
    const newer = await request(house, 'cy');
    expect(await again('cy', id, to('cy2@example.com'))).toMatchObject({
      status: 409,
      body: { code: 'request_in_flight_already', payoutId: newer },
    });
    await house.ask('PATCH', '/api/admin/payees/cy', { status: 'blocked' });
    expect(await seen('cy', id)).toMatchObject({ fix: null });
    expect(await again('cy', id, to('cy2@example.com'))).toMatchObject({ body: { code: 'payee_blocked' } });
    expect((await asPayee(house, 'cy')('GET', '/payout-methods')).body.data).toHaveLength(1);
    expect(await differences(house)).toEqual([]);
  });

  it('saves the method for a payout of a run, which the platform pays again with its next one', async () => {
    const payeeExternalId = 'dan';
    await seed(house, 'run', [winner('run', 1, { payeeExternalId })]);
    const batch = await start(house, 'run');
    await settle(house, () => 'failed');
    const { body: list } = await asPayee(house, 'dan')('GET', '/payouts');
    const id = String(list.data[0]?.['id']);
    expect(await seen('dan', id)).toMatchObject({ fix: { kind: 'details' } });
    for (let click = 0; click < 2; click += 1) {
      const got = await again('dan', id, to('dan2@example.com'));
      expect(got.body).toMatchObject({ status: 'failed', fix: null, waitingOn: 'clock' });
      expect(got.body['nextStep']).toMatch(
        /method is saved\. Until \w{3} \d+ \w{3} 2\d{3}, .* it is the clock’s turn/,
      );
    }
    expect((await asPayee(house, 'dan')('GET', '/payout-methods')).body.data).toHaveLength(2);
    const zone = house.deps.calendar.zone;
    const [savedAt, until] = [0, 3 * dayMs].map((ms) => operatorMoment(zone, new Date(house.clock.ms + ms)));
    const admin = async () => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
    expect(await admin()).toMatchObject({
      label: expect.stringMatching(/^Needs attention: /),
      nextStep: `A new payout method was saved on ${savedAt}. Until ${until} it is the clock's turn: nothing is paid to it before its cool-off ends. Then it is yours: retry it, or pay its cycle again. Nothing sends it by itself.`,
      waitingOn: 'clock',
      presentMethod: {
        type: 'paypal',
        destination: 'd***@example.com',
        addedAt: house.deps.now().toISOString(),
        usableFrom: new Date(house.clock.ms + 3 * dayMs).toISOString(),
        isOther: true,
      },
    });
    const inbox = async () => {
      const { body } = await house.ask('GET', '/api/admin/inbox');
      const items = body['items'] as { kind: string; detail: string; count: number }[];
      return items.find(({ kind }) => kind === 'failed');
    };
    expect((await inbox())?.detail).not.toContain('can be paid again now');
    const early = await house.ask('POST', '/api/admin/payouts/retry', { payoutIds: [id] });
    expect(early).toMatchObject({ status: 409, body: { code: 'payout_on_hold' } });
    expect(early.body['userMessage']).toContain(`on hold until ${until}: the payout method changed.`);
    expect(early.body['actionRequired']).toContain(`it ends by the clock on ${until}`);
    const at = house.clock.ms;
    house.clock.ms += 3 * dayMs;
    expect(await admin()).toMatchObject({
      nextStep: `A new payout method was saved on ${savedAt}. Retry it, or pay its cycle again.`,
      waitingOn: 'you',
    });
    expect((await inbox())?.detail).toContain('1 of them can be paid again now: its payee did their part.');
    house.clock.ms = at;
    house.clock.ms += 3 * dayMs;
    expect((await house.ask('POST', `/api/admin/payout-batches/${batch}/retry-failed`)).status).toBe(202);
    const paid: string[] = [];
    await settle(house, (destination) => {
      paid.push(destination);
      return 'completed';
    });
    expect(paid).toEqual(['dan2@example.com']);
  });

  it('says what to claim, and is not what claims it', async () => {
    await seed(house, 'claims', [winner('claims', 1, { payeeExternalId: 'eve' })]);
    await start(house, 'claims');
    await settle(house, () => 'unclaimed');
    const { body: list } = await asPayee(house, 'eve')('GET', '/payouts');
    const id = String(list.data[0]?.['id']);
    expect(await seen('eve', id)).toMatchObject({ status: 'unclaimed', fix: { kind: 'claim' } });
    expect(await again('eve', id)).toMatchObject({ status: 409, body: { code: 'not_yours_to_fix' } });
  });
});
