import { afterAll, beforeAll, expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import { beginSend, recordCall } from '../../src/actions/submissions.ts';
import { operatorMoment } from '../../src/core/when.ts';
import { claimSubmissions } from '../../src/store/submissions.ts';
import { english } from '../support/english.ts';
import { ModelProvider } from '../support/model-provider.ts';
import type { House } from './support.ts';
import { asPayee, request, sell, ticketHouse } from './tickets.ts';

// What people read of a payout is what is, also between two approvals, while a send is put off, and after money came back.

const hourMs = 60 * 60_000;
let house: House;
beforeAll(async () => {
  // A provider with more currencies than anybody would list by heart.
  const codes = [...Array.from({ length: 60 }, (_, at) => `X${at + 10}`), 'USD'];
  const model = new ModelProvider(() => 'none');
  const payableSteps = Object.fromEntries(codes.map((code) => [code, 1n]));
  Object.assign(model.capabilities, { payableSteps });
  house = await ticketHouse({ providers: new Providers([model]) });
});
afterAll(() => house.close());

const post = async (what: string, body: unknown, key = house.keys.owner) =>
  house.ask('POST', `/api/admin/payouts/${what}`, body, { key });
const see = async (id: string, language = 'en') =>
  (
    await house.ask('GET', `/api/admin/payouts/${id}`, undefined, {
      headers: { 'accept-language': language },
    })
  ).body;

async function waiting(payee: string): Promise<string> {
  await sell(house, payee, 6);
  return request(house, payee);
}
async function approved(payee: string): Promise<string> {
  const id = await waiting(payee);
  await post('approve', { payoutIds: [id] }, house.keys.approver);
  return id;
}

it('counts a payout that is named twice in one call once, and says so beside it', async () => {
  const id = await waiting('twice');
  const missing = 'po_none';
  const got = await post('approve', { payoutIds: [id, id, missing, missing] }, house.keys.approver);
  expect(got.body).toMatchObject({
    done: 1,
    refused: 1,
    results: [
      { payoutId: id, result: 'done', status: 'approved' },
      {
        payoutId: id,
        result: 'repeated',
        status: 'approved',
        message: expect.stringContaining('counts once'),
      },
      { payoutId: missing, result: 'refused', code: 'payout_not_found' },
      { payoutId: missing, result: 'repeated', code: null },
    ],
  });
});

it('says after the first of two approvals who gave it and that another one is missing', async () => {
  const settings = { secondApproverAbove: { USD: 1000 } };
  expect((await house.ask('PATCH', '/api/admin/settings', settings)).status).toBe(200);
  const id = await waiting('two');
  expect(await see(id)).toMatchObject({ label: 'Needs approval' });
  await post('approve', { payoutIds: [id] }, house.keys.approver);
  const words =
    'approver key approved it. Its amount needs two: another approver must approve or decline it.';
  const page = await see(id);
  expect(page).toMatchObject({ label: 'Needs a second approval', nextStep: words, waitingOn: 'approver' });
  const list = await house.ask('GET', '/api/admin/approvals/waiting');
  expect(list.body.data).toContainEqual(expect.objectContaining({ id, nextStep: words }));
  const french = await see(id, 'fr');
  expect(french).toMatchObject({ label: 'Attend une deuxième approbation' });
  expect(english(String(french['nextStep']).replace('approver key', ''))).toEqual([]);
  await post('approve', { payoutIds: [id] });
  expect(await see(id)).toMatchObject({ label: 'Approved' });
  await house.ask('PATCH', '/api/admin/settings', { secondApproverAbove: { USD: 1_000_000 } });
});

it('says when a send is tried again that the provider put off, to the team and to the payee', async () => {
  const id = await approved('off');
  await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
  expect((await see(id))['nextStep']).toContain('in the next moments');
  const claim = { owner: 'test', leaseMs: hourMs, limit: 9, batchId: null };
  const [submission] = await claimSubmissions(house.db, 'send', claim, house.deps.now());
  if (!submission) throw new Error('nothing is due');
  await beginSend(house.deps, submission, () => new TextEncoder().encode('x'), 30 * hourMs);
  const put = { kind: 'deferred', code: 'rate_limited', message: '429', retryAfterMs: 30 * hourMs } as const;
  await recordCall(house.deps, submission, put, 1000);
  const at = operatorMoment('UTC', new Date(house.clock.ms + hourMs));
  expect(await see(id)).toMatchObject({
    status: 'queued',
    label: `Put off until ${at}`,
    nextStep: expect.stringContaining('Purser sends it again then'),
    waitingOn: 'clock',
  });
  const own = await asPayee(house, 'off')('GET', `/payouts/${id}`);
  expect(own.body['nextStep']).toContain('The provider did not take it yet. It is sent again on');
  const french = await see(id, 'fr');
  expect(english(String(french['nextStep']))).toEqual([]);
});

it('says of a payment by hand that came back what it is, and of its money that it came back', async () => {
  const id = await approved('hand');
  await post('mark-paid', { payoutId: id, paymentReferenceId: 'H-1' });
  await post('unpay', { payoutId: id, reason: 'account closed' });
  const page = await see(id);
  expect(page).toMatchObject({
    status: 'returned',
    label: 'Came back: account closed',
    failedReason: 'account closed',
    waitingOn: 'you',
  });
  expect(page['nextStep']).toContain('It had been paid by hand under H-1');
  expect(page['nextStep']).not.toContain('provider took');
  const own = await asPayee(house, 'hand')('GET', '/balance');
  const note = expect.stringContaining('failed or came back');
  expect(own.body['balances']).toMatchObject([{ inFailed: 5400, note }]);
});

it('warns where a payment by hand has the reference of another payout, alone and by file', async () => {
  const [first, second, third] = [await approved('r1'), await approved('r2'), await approved('r3')];
  const one = await post('mark-paid', { payoutId: first, paymentReferenceId: 'BNC-9' });
  expect(one.body).toMatchObject({ paidByHand: { alsoOn: [], warning: null } });
  const two = await post('mark-paid', { payoutId: second, paymentReferenceId: ' BNC-9' });
  expect(two.body).toMatchObject({
    status: 'completed',
    paidByHand: { alsoOn: [first], warning: expect.stringContaining(`also that of ${first}`) },
  });
  const row = { payoutId: third, amount: 5400, currency: 'USD', paymentReferenceId: 'BNC-9' };
  const file = await post('mark-paid-file', { rows: [row, row] });
  expect(file.body).toMatchObject({
    results: [
      {
        result: 'paid',
        alsoOn: [first, second],
        message: expect.stringContaining(`also that of ${first}, ${second}`),
      },
      { result: 'duplicate_in_file', payoutStatus: 'completed', knownReference: 'BNC-9', alsoOn: [] },
    ],
  });
});

it('names every currency a method takes', async () => {
  const from = new Date(house.clock.ms - 1000).toISOString();
  await house.ask('POST', '/api/admin/fx-rates', {
    rates: [{ from: 'USD', to: 'HTG', rate: '132', at: from, source: 'bank' }],
  });
  await sell(house, 'fx', 6);
  const got = await house.ask('POST', '/api/admin/payees/fx/request-payout', {
    currency: 'USD',
    payoutCurrency: 'HTG',
  });
  expect(got.body).toMatchObject({ code: 'currency_not_taken' });
  expect(String(got.body['taken']).split(', ')).toContain('USD');
});
