import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from 'kysely';
import { recordItems } from '../../src/actions/outcomes.ts';
import type { EngineContext } from '../../src/engine/context.ts';
import { runOnce as retryOnce } from '../../src/engine/retry.ts';
import { all } from '../../src/store/db.ts';
import { claimSubmissions } from '../../src/store/submissions.ts';
import { beginSend, recordCall } from '../../src/actions/submissions.ts';
import type { House } from '../api/support.ts';
import { settle } from '../api/support.ts';
import { asPayee, dayMs, differences, ticketHouse } from '../api/tickets.ts';
import { tools } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
beforeEach(async () => {
  house.clock.ms += 1000;
  const rates = [
    { from: 'USD', to: 'EUR', rate: '0.9', at: new Date(house.clock.ms).toISOString(), source: 'x' },
    { from: 'EUR', to: 'USD', rate: '1.1', at: new Date(house.clock.ms).toISOString(), source: 'x' },
  ];
  await house.ask('POST', '/api/admin/fx-rates', { rates });
});
const { post, see, process, approve } = tools(() => house);
async function earned(payee: string, externalId: string, amount: number, currency: string): Promise<void> {
  const earning = {
    sourceType: 'ticket', externalId, payeeExternalId: payee, amount, currency,
    payee: { name: payee, email: `${payee}@example.com`, payoutMethod: { type: 'paypal', destination: `${payee}@example.com` } },
  };
  const got = await house.ask('POST', '/api/admin/earnings', { earnings: [earning] });
  expect(got.body['counts'], got.text).toMatchObject({ created: 1 });
}
const reverse = async (externalId: string) =>
  house.ask('POST', '/api/admin/earnings/reverse', { earnings: [{ sourceType: 'ticket', externalId, reason: 'refund' }] });
const balances = async (payee: string) => (await house.ask('GET', `/api/admin/payees/${payee}/balance`)).text;

/** A converted payout in the queue, an earning of which was taken back: the payee owes in the currency of the balance. */
async function owingConverted(payee: string): Promise<string> {
  await earned(payee, `${payee}-1`, 4000, 'USD');
  await earned(payee, `${payee}-2`, 6000, 'USD');
  const asked = await asPayee(house, payee)('POST', '/request-payout', { currency: 'USD', payoutCurrency: 'EUR' });
  expect(asked.status, asked.text).toBe(201);
  const id = String(asked.body['id']);
  await approve(id);
  await process();
  expect((await see(id))['status']).toBe('queued');
  expect((await reverse(`${payee}-1`)).body).toMatchObject({ results: [{ status: 'owed' }] });
  return id;
}
/** Everything queued is accepted and fails for want of funds. */
async function failTemporarily(): Promise<void> {
  const { db, deps } = house;
  const claim = { owner: 'test', leaseMs: dayMs, limit: 100, batchId: null };
  for (const submission of await claimSubmissions(db, 'send', claim, deps.now())) {
    await beginSend(deps, submission, () => new TextEncoder().encode(submission.providerKey), 30 * dayMs);
    await recordCall(deps, submission, { kind: 'accepted', providerBatchId: `PB-${submission.id}`, evidence: '201' }, 15_000);
    const items = await all(db, sql<{ itemReference: string; amount: bigint; currency: string }>`select item_reference as "itemReference", amount, currency from payout_attempt where submission_id = ${submission.id}`);
    await recordItems(deps, submission, items.map((item) => ({ ...item, providerItemId: `I${item.itemReference}`, status: 'failed' as const, raw: 'FAILED', fee: null, transactionId: null, reason: { code: 'insufficient_funds', message: 'no money' } })), 'paypal');
  }
}

describe('a converted payout of a payee who owes in the currency of the balance', () => {
  it('is not retried by a person, without a 5xx', async () => {
    const id = await owingConverted('k1');
    await settle(house, () => 'failed');
    const got = await post('retry', { payoutIds: [id] });
    console.log('retry', got.status, got.text.slice(0, 300), await balances('k1'));
    console.log(house.logged.filter((l) => l.level === 'error').map((l) => JSON.stringify(l).slice(0, 300)));
    expect(got.status).toBeLessThan(500);
  });
  it('does not stop the engine when its automatic retry is due', async () => {
    const id = await owingConverted('k2');
    await failTemporarily();
    console.log((await see(id))['status'], (await see(id))['nextRetryAt']);
    // Somebody else, who owes nothing, is due as well.
    house.clock.ms += 10 * 60_000;
    const ctx = house.deps as unknown as EngineContext;
    const tried = await retryOnce(ctx).then(String, (error: Error) => `threw ${error.name} ${error.message}`);
    const again = await retryOnce(ctx).then(String, (error: Error) => `threw ${error.name} ${error.message}`);
    console.log('auto', tried, again, (await see(id))['status']);
    expect(tried).not.toContain('threw');
  });
  it('is not resubmitted and paid in full', async () => {
    const id = await owingConverted('k3');
    await settle(house, () => 'failed');
    const got = await post('resubmit', { payoutIds: [id] });
    console.log('resubmit', got.status, got.text.slice(0, 200), await balances('k3'), await differences(house));
    console.log((await approve(id)).text.slice(0, 100), (await process()).text.slice(0, 200));
    await settle(house);
    console.log((await see(id))['status'], await balances('k3'), await differences(house));
    expect(got.status).toBe(409);
  });
  it('owing in EUR does not block a USD payout paid as EUR (the other way round)', async () => {
    await earned('k4', 'k4-e', 5000, 'EUR');
    const asked = await asPayee(house, 'k4')('POST', '/request-payout', { currency: 'EUR' });
    await approve(String(asked.body['id']));
    await process();
    await settle(house);
    await reverse('k4-e');
    await earned('k4', 'k4-1', 10000, 'USD');
    const b = await asPayee(house, 'k4')('POST', '/request-payout', { currency: 'USD', payoutCurrency: 'EUR' });
    const id = String(b.body['id']);
    await approve(id);
    await process();
    await settle(house, () => 'failed');
    console.log('k4 retry', (await post('retry', { payoutIds: [id] })).text.slice(0, 200));
    console.log('k4 resubmit', (await post('resubmit', { payoutIds: [id] })).text.slice(0, 200));
  });
});
