import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { settle } from './support.ts';
import { operatorMoment } from '../../src/core/when.ts';
import { asPayee, balance, dayMs, differences, request, sell, tick, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const post = async (what: string, body: unknown, key = house.keys.owner) =>
  house.ask('POST', `/api/admin/payouts/${what}`, body, { key });
const see = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;

let people = 0;
/** A payout of 54.00 USD that waits for approval. */
async function asked(more: Record<string, unknown> = {}): Promise<{ payee: string; id: string }> {
  const payee = `org${(people += 1)}`;
  await sell(house, payee, 6, more);
  return { payee, id: await request(house, payee) };
}
async function approved(more: Record<string, unknown> = {}) {
  const made = await asked(more);
  await post('approve', { payoutIds: [made.id] }, house.keys.approver);
  return made;
}
const byBank = { payee: { name: 'Bank', payoutMethod: { type: 'bank', destination: 'HT-0001' } } };

describe('asking for a payout', () => {
  it('carries exactly what is available, reserves it at once, and tells the payee whose turn it is', async () => {
    await sell(house, 'asks', 7);
    const ask = asPayee(house, 'asks');
    const got = await ask('POST', '/request-payout', { currency: 'USD' });
    expect(got).toMatchObject({
      status: 201,
      body: { amount: 6300, status: 'pending_approval', waitingOn: 'platform' },
    });
    expect(await see(got.body['id'] as string)).toMatchObject({
      carries: { earningCount: 7 },
      waitingOn: 'approver',
    });
    expect(await balance(house, 'asks')).toMatchObject({ available: 0, reserved: 6300 });
    await sell(house, 'asks', 9, {}, 10);
    const second = await ask('POST', '/request-payout', {});
    expect(second).toMatchObject({
      status: 409,
      body: { code: 'request_in_flight_already', payoutId: got.body['id'], payoutStatus: 'pending_approval' },
    });
  });

  it('below the minimum says what is missing and when more becomes available', async () => {
    const at = new Date(house.clock.ms + dayMs).toISOString();
    await sell(house, 'small', 2);
    await sell(house, 'small', 1, { availableAt: at }, 2);
    const ask = asPayee(house, 'small');
    expect(await ask('POST', '/request-payout', {})).toMatchObject({
      status: 409,
      body: { code: 'below_minimum', missing: { USD: 3200 }, minimum: { USD: 5000 }, nextAvailableAt: at },
    });
    await house.ask('PATCH', '/api/admin/settings', { minimumPayout: { USD: 1800 } });
    expect((await ask('POST', '/request-payout', {})).status).toBe(201);
    await house.ask('PATCH', '/api/admin/settings', { minimumPayout: { USD: null } });
  });

  it('takes the minimum of a currency without decimals in its own units', async () => {
    await sell(house, 'yen', 1, { amount: 50, currency: 'JPY', feeBps: 0 });
    expect(await see(await request(house, 'yen'))).toMatchObject({ amount: 50, currency: 'JPY' });
  });

  it.each([
    ['without a payout method', 'nomethod', { payee: { name: 'No' } }, {}, 'payout_method_missing'],
    ['that is blocked', 'blocked', {}, { status: 'blocked' }, 'payee_blocked'],
  ])('of a payee %s is refused in words', async (_what, payee, more, patch, code) => {
    await sell(house, payee, 6, more);
    await house.ask('PATCH', `/api/admin/payees/${payee}`, { name: 'X', ...patch });
    const got = await house.ask('POST', `/api/admin/payees/${payee}/request-payout`, {});
    expect(got).toMatchObject({ status: 409, body: { code } });
  });

  it('names the method it is meant for, and is refused when another one is in use', async () => {
    await sell(house, 'meant', 7);
    const ask = asPayee(house, 'meant');
    for (const method of ['bank', 'pm_another'])
      expect(await ask('POST', '/request-payout', { method })).toMatchObject({
        status: 409,
        body: { code: 'method_not_in_use', methodType: 'paypal' },
      });
    const quoted = await ask('POST', '/payout-quote', { method: 'bank' });
    expect(quoted.body).toMatchObject({ code: 'method_not_in_use' });
    expect(await ask('POST', '/request-payout', { method: 'paypal' })).toMatchObject({ status: 201 });
  });

  it('asks which currency when there are several', async () => {
    await sell(house, 'two', 6);
    await sell(house, 'two', 6, { currency: 'HTG' }, 10);
    const ask = asPayee(house, 'two');
    expect((await ask('POST', '/request-payout', {})).body).toMatchObject({
      code: 'currency_needed',
      currencies: 'HTG, USD',
    });
    expect((await ask('POST', '/request-payout', { currency: 'HTG' })).status).toBe(201);
    expect((await ask('POST', '/request-payout', { currency: 'USD' })).status).toBe(201);
  });
});

describe('a payout that the team makes', () => {
  it('of a statement is made once, and of an adjustment as often as asked', async () => {
    await sell(house, 'creator', 1);
    const body = { payeeId: 'creator', amount: 1200, currency: 'USD', statementId: 'ST-1', reason: 'May' };
    const key = house.keys.operator;
    const made = await house.ask('POST', '/api/admin/payouts', body, { key });
    expect(made).toMatchObject({ status: 201, body: { status: 'pending_approval', amount: 1200 } });
    const again = await house.ask('POST', '/api/admin/payouts', body, { key });
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'already_processed', payoutId: made.body['id'] },
    });
    const other = await house.ask('POST', '/api/admin/payouts', { ...body, amount: 1 }, { key });
    expect(other.body['code']).toBe('statement_differs');
    const { statementId: _none, ...adjustment } = body;
    expect((await house.ask('POST', '/api/admin/payouts', adjustment, { key })).status).toBe(201);
    expect((await house.ask('POST', '/api/admin/payouts', adjustment, { key })).status).toBe(201);
  });

  it('is not approved by whoever made it, nor by a key of theirs', async () => {
    await sell(house, 'mine', 1);
    const body = { payeeId: 'mine', amount: 1200, currency: 'USD' };
    const { body: made } = await house.ask('POST', '/api/admin/payouts', body, { key: house.keys.owner });
    const payoutIds = [made['id']];
    const { body: child } = await house.ask(
      'POST',
      '/api/admin/api-keys',
      { name: 'child', role: 'approver' },
      { key: house.keys.owner },
    );
    expect(await post('approve', { payoutIds })).toMatchObject({
      status: 409,
      body: { code: 'own_request' },
    });
    expect(await post('approve', { payoutIds }, child['key'] as string)).toMatchObject({
      body: { code: 'own_request' },
    });
    expect((await post('approve', { payoutIds }, house.keys.approver)).status).toBe(200);
  });
});

describe('approving', () => {
  it('trap 32: is told who was faster', async () => {
    const { id } = await asked();
    expect((await post('approve', { payoutIds: [id] }, house.keys.approver)).body).toMatchObject({ done: 1 });
    expect(await post('approve', { payoutIds: [id] })).toMatchObject({
      status: 409,
      body: {
        code: 'already_processed',
        payoutStatus: 'approved',
        doneBy: 'approver key',
        doneAt: expect.any(String),
      },
    });
  });

  it('answers one by one for several', async () => {
    const [one, two] = [await asked(), await approved()];
    const { status, body } = await post('approve', { payoutIds: [one.id, two.id, 'po_none'] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      done: 1,
      refused: 2,
      results: [
        { payoutId: one.id, result: 'done', status: 'approved' },
        { result: 'refused', code: 'already_processed', doneBy: 'approver key' },
        { result: 'refused', code: 'payout_not_found', status: null },
      ],
    });
  });

  it('trap 33: of what was seen is refused when the method changed since, and says how', async () => {
    const { payee, id } = await asked();
    const { approvalHash } = (await see(id))['approval'] as { approvalHash: string };
    const payoutMethod = { type: 'paypal', destination: 'thief@example.com' };
    await house.ask('PATCH', `/api/admin/payees/${payee}`, { payoutMethod });
    const got = await post('approve', { payoutIds: [id], approvalHash });
    expect(got).toMatchObject({
      status: 409,
      body: { code: 'changed_since_seen', method: expect.stringContaining('t***') },
    });
    expect(got.body['difference']).toContain('method changed');
    const now = (await see(id))['approval'] as { approvalHash: string };
    expect((await post('approve', { payoutIds: [id], approvalHash: now.approvalHash })).status).toBe(200);
  });

  it('is void when the method changes afterwards', async () => {
    const { payee, id } = await approved();
    const payoutMethod = { type: 'paypal', destination: `new-${payee}@example.com` };
    await house.ask('PATCH', `/api/admin/payees/${payee}`, { payoutMethod });
    const payout = await see(id);
    expect(payout).toMatchObject({
      status: 'pending_approval',
      approval: { approvals: [], approversNeeded: 1 },
    });
    expect(JSON.stringify(payout['timeline'])).toContain('payout method changed');
    expect((await post('approve', { payoutIds: [id] })).status).toBe(200);
  });

  it('takes two people above the amount that is set', async () => {
    await house.ask('PATCH', '/api/admin/settings', { secondApproverAbove: { USD: 5000 } });
    const { id } = await asked();
    expect((await post('approve', { payoutIds: [id] }, house.keys.approver)).body).toMatchObject({
      results: [{ result: 'done', status: 'pending_approval' }],
    });
    expect((await post('approve', { payoutIds: [id] }, house.keys.approver)).body['code']).toBe(
      'approved_once',
    );
    expect(await see(id)).toMatchObject({
      approval: { approvals: [{ by: 'approver key' }], approversNeeded: 2 },
    });
    expect((await post('approve', { payoutIds: [id] })).body).toMatchObject({
      results: [{ status: 'approved' }],
    });
    await house.ask('PATCH', '/api/admin/settings', { secondApproverAbove: { USD: null } });
  });

  it('that nobody does in time is declined by the clock', async () => {
    const { payee, id } = await asked();
    await tick(house, 29 * dayMs);
    expect(await see(id)).toMatchObject({ status: 'pending_approval' });
    await tick(house, 1.1 * dayMs);
    expect(await see(id)).toMatchObject({
      status: 'declined',
      label: 'Declined: Nobody approved it in time.',
    });
    expect(await balance(house, payee)).toMatchObject({ available: 5400, reserved: 0 });
  });
});

describe('declining', () => {
  it('needs a reason, gives the money back and frees the earnings', async () => {
    const { payee, id } = await approved();
    expect((await post('decline', { payoutIds: [id] })).status).toBe(422);
    expect((await post('decline', { payoutIds: [id], reason: 'Wrong account' })).status).toBe(200);
    expect(await see(id)).toMatchObject({ status: 'declined', label: 'Declined: Wrong account' });
    expect(await balance(house, payee)).toMatchObject({ available: 5400 });
    const ask = asPayee(house, payee);
    expect((await ask('GET', `/payouts/${id}`)).body['nextStep']).toContain('Wrong account');
    await request(house, payee);
  });
});

describe('paying by hand', () => {
  it('needs an approval and a reference, and can be taken back', async () => {
    const { payee, id } = await asked(byBank);
    const paid = { payoutId: id, paymentReferenceId: 'TRX-9', paymentNotes: 'by Jean' };
    expect((await post('mark-paid', paid)).body['code']).toBe('not_approved');
    await post('approve', { payoutIds: [id] }, house.keys.approver);
    expect((await post('mark-paid', { payoutId: id })).status).toBe(422);
    expect((await post('mark-paid', paid)).body).toMatchObject({
      status: 'completed',
      label: 'Paid by hand, reference TRX-9',
      paidByHand: { paymentReferenceId: 'TRX-9', paymentNotes: 'by Jean' },
    });
    expect(await post('mark-paid', paid)).toMatchObject({
      status: 409,
      body: { code: 'already_processed', doneBy: 'owner key' },
    });
    expect(await balance(house, payee)).toMatchObject({ available: 0, reserved: 0, totalEarnings: 5400 });
    expect((await post('unpay', { payoutId: id, reason: 'account closed' })).body).toMatchObject({
      status: 'returned',
    });
    expect(await balance(house, payee)).toMatchObject({ available: 5400 });
    expect((await post('mark-paid', { ...paid, paymentReferenceId: 'TRX-10' })).body).toMatchObject({
      status: 'completed',
    });
    expect((await post('unpay', { payoutId: 'po_none', reason: 'x' })).status).toBe(404);
  });

  it('waits while a payout is on hold', async () => {
    const { id } = await approved(byBank);
    const until = new Date(house.clock.ms + dayMs).toISOString();
    await post('hold', { payoutIds: [id], reason: 'check the account', until });
    expect(await see(id)).toMatchObject({
      label: `On hold until ${operatorMoment(house.deps.calendar.zone, new Date(until))}: check the account`,
      waitingOn: 'clock',
    });
    const paid = { payoutId: id, paymentReferenceId: 'TRX-11' };
    const { body: no } = await post('mark-paid', paid);
    expect(no).toMatchObject({ code: 'payout_on_hold', reason: 'check the account', until });
    const when = operatorMoment(house.deps.calendar.zone, new Date(until));
    expect(no['userMessage']).toContain(`on hold until ${when}: check the account.`);
    expect(no['actionRequired']).toBe(`It ends by the clock on ${when}. Release the payout to go on before.`);
    await post('release', { payoutIds: [id] });
    expect((await post('mark-paid', paid)).status).toBe(200);
  });
});

describe('what is approved', () => {
  const run = async () => house.ask('POST', '/api/admin/payout-batches/process-approved', {});

  it('is paid by the provider in one batch, without what is on hold, paid by hand or cancelled', async () => {
    while ((await run()).status === 202) await settle(house);
    const [good, held, bank, gone] = [
      await approved(),
      await approved(),
      await approved(byBank),
      await approved(),
    ];
    await post('hold', { payoutIds: [held.id], reason: 'look again' });
    await post('cancel', { payoutIds: [gone.id], reason: 'twice' });
    const started = await run();
    expect(started).toMatchObject({ status: 202, body: { totalItems: 1, status: 'processing' } });
    expect(await post('mark-paid', { payoutId: good.id, paymentReferenceId: 'X' })).toMatchObject({
      status: 409,
      body: { code: 'payout_in_progress', payoutStatus: 'queued' },
    });
    expect(await post('cancel', { payoutIds: [good.id], reason: 'x' })).toMatchObject({
      body: { code: 'payout_in_progress' },
    });
    await settle(house);
    expect(await see(good.id)).toMatchObject({ status: 'completed', attemptCount: 1, label: 'Arrived' });
    expect(await balance(house, good.payee)).toMatchObject({
      available: 0,
      reserved: 0,
      totalEarnings: 5400,
    });
    for (const other of [held, bank]) expect(await see(other.id)).toMatchObject({ status: 'approved' });
    expect((await run()).body['code']).toBe('nothing_to_pay');
    await post('release', { payoutIds: [held.id] });
    expect((await run()).body).toMatchObject({ totalItems: 1 });
  });

  it('that fails can be retried with all it carries, as one payment', async () => {
    while ((await run()).status === 202) await settle(house);
    await settle(house);
    const { payee, id } = await approved();
    await run();
    await settle(house, () => 'failed');
    expect(await balance(house, payee)).toMatchObject({ available: 5400 });
    expect((await post('retry', { payoutIds: [id] })).body).toMatchObject({ totalItems: 1 });
    await settle(house);
    expect(await see(id)).toMatchObject({ status: 'completed', attemptCount: 2, amount: 5400 });
  });

  it('with an address the provider refuses offline fails, and its money is available again', async () => {
    const { payee, id } = await approved({
      payee: { name: 'Bad', payoutMethod: { type: 'paypal', destination: 'nowhere' } },
    });
    await run();
    expect(await see(id)).toMatchObject({ status: 'failed' });
    expect(await balance(house, payee)).toMatchObject({ available: 5400, reserved: 0 });
  });
});

it('leaves the books clean', async () => {
  expect(await differences(house)).toEqual([]);
});
