import { afterAll, beforeAll, expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import type { EngineContext } from '../../src/engine/context.ts';
import * as poll from '../../src/engine/poll.ts';
import * as retrying from '../../src/engine/retry.ts';
import * as send from '../../src/engine/send.ts';
import { operatorMoment } from '../../src/core/when.ts';
import { ModelProvider } from '../support/model-provider.ts';
import type { House } from './support.ts';
import { seed, start, winner } from './support.ts';
import { asPayee, differences, request, sell, ticketHouse } from './tickets.ts';

// A payout waits to be tried again by itself, and something comes in its way: what people read says so at once, and the retry
// waits for what passes, asks for what needs an approval, and is left to a person otherwise.

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
let house: House;
let isShort = true;
const model = new ModelProvider((call) => (call === 'send' && isShort ? 'insufficient_funds' : 'none'));
beforeAll(async () => {
  house = await ticketHouse({ providers: new Providers([model]) });
});
afterAll(() => house.close());

const see = async (id: string, language = 'en') =>
  (
    await house.ask('GET', `/api/admin/payouts/${id}`, undefined, {
      headers: { 'accept-language': language },
    })
  ).body;
const own = async (payee: string, id: string) => (await asPayee(house, payee)('GET', `/payouts/${id}`)).body;
const change = async (payee: string, destination: string, type = 'paypal') =>
  house.ask('POST', `/api/admin/payees/${payee}/payout-methods`, { type, destination, use: 'default' });
const moment = (ms: number, language: 'en' | 'fr' = 'en') => operatorMoment('UTC', new Date(ms), language);

async function rounds(passMs = 0): Promise<void> {
  const engine = { worker: 'w', sendLeaseMs: 120_000, pollIntervalMs: 15_000 };
  const ctx = { ...house.deps, ...engine } as unknown as EngineContext;
  house.clock.ms += passMs;
  await retrying.runOnce(ctx);
  await send.runOnce(ctx, { batchId: null });
  house.clock.ms += minuteMs;
  await poll.runOnce(ctx, { batchId: null });
}

/** A winner whose payout failed for want of money, and that is tried again in five minutes. */
async function failed(payee: string): Promise<{ id: string; at: number }> {
  isShort = true;
  const method = { type: 'paypal', destination: `${payee}@example.com` };
  const given = { payeeExternalId: payee, payee: { name: payee, payoutMethod: method } };
  await seed(house, `c-${payee}`, [winner(`c-${payee}`, 0, given)]);
  await start(house, `c-${payee}`);
  await rounds();
  isShort = false;
  const [payout] = (await house.ask('GET', `/api/admin/payouts?payeeId=${payee}`)).body.data;
  expect(payout).toMatchObject({ status: 'failed', waitingOn: 'clock' });
  return { id: String(payout?.['id']), at: Date.parse(String(payout?.['nextRetryAt'])) };
}

const alerts = async (id: string) =>
  (await house.ask('GET', '/api/admin/alerts?limit=100')).body.data.filter(({ subject }) => subject === id);

it('waits for the end of the cool-off of another method, says so from the first moment, and goes on then', async () => {
  const { id, at } = await failed('cool');
  expect((await change('cool', 'cool.new@example.com')).status).toBe(201);
  const ends = house.clock.ms + 72 * hourMs;
  for (const passMs of [0, 10 * minuteMs, 10 * hourMs]) {
    await rounds(passMs);
    const page = await see(id);
    expect(page).toMatchObject({
      status: 'failed',
      label: `Retries at ${moment(ends)}`,
      waitingOn: 'clock',
      nextRetryAt: new Date(ends).toISOString(),
      attemptCount: 1,
    });
    expect(page['nextStep']).toMatch(/new payout method was saved .* tried again by itself/);
    expect(page['nextStep']).not.toContain('then retry');
    const french = await see(id, 'fr');
    expect(french['label']).toBe(`Nouvel essai le ${moment(ends, 'fr')}`);
    const theirs = await own('cool', id);
    expect(theirs).toMatchObject({ label: 'Delayed', waitingOn: 'clock', fix: null });
    expect(theirs['nextStep']).toMatch(/^It did not go through yet. It waits until .*you changed where/);
  }
  expect(await alerts(id)).toEqual([]);
  expect((await house.ask('POST', '/api/admin/payouts/retry', { payoutIds: [id] })).status).toBe(409);
  house.clock.ms = Math.max(at, ends);
  await rounds(15 * minuteMs);
  expect(await see(id)).toMatchObject({ status: 'completed', attemptCount: 2, waitingOn: 'nobody' });
  expect(model.arrivals.at(-1)?.bytes).toContain('cool.new@example.com');
  expect(await differences(house)).toEqual([]);
}, 20_000);

it('waits for somebody to release its payee, and goes on soon after', async () => {
  const { id } = await failed('held');
  await house.ask('POST', '/api/admin/payees/held/hold', { reason: 'looking into it' });
  for (const passMs of [0, 10 * minuteMs]) {
    await rounds(passMs);
    expect(await see(id)).toMatchObject({
      label: 'On hold: looking into it',
      waitingOn: 'you',
      nextRetryAt: null,
      nextStep: expect.stringMatching(/Release the payee to go on\. Then it is tried again by itself\.$/),
    });
    expect(await own('held', id)).toMatchObject({ label: 'Delayed', waitingOn: 'platform' });
  }
  await house.ask('POST', '/api/admin/payees/held/release');
  expect(await see(id)).toMatchObject({ waitingOn: 'clock', label: expect.stringMatching(/^Retries at/) });
  await rounds(15 * minuteMs);
  expect(await see(id)).toMatchObject({ status: 'completed' });
});

it('goes back to be approved when it was approved for another method', async () => {
  isShort = true;
  await sell(house, 'moved', 6);
  const id = await request(house, 'moved');
  await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key: house.keys.approver });
  await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
  await rounds();
  isShort = false;
  const at = Date.parse(String((await see(id))['nextRetryAt']));
  await change('moved', 'moved.new@example.com');
  expect(await see(id)).toMatchObject({
    status: 'failed',
    label: `Needs approval again from ${moment(at)}`,
    waitingOn: 'clock',
    nextRetryAt: null,
    nextStep: expect.stringContaining('It was approved for the earlier one'),
  });
  expect(await own('moved', id)).toMatchObject({ label: 'Delayed', waitingOn: 'clock' });
  await rounds(5 * minuteMs);
  const page = await see(id);
  expect(page).toMatchObject({ status: 'pending_approval', waitingOn: 'approver', attemptCount: 1 });
  expect(page['timeline']).toContainEqual(
    expect.objectContaining({ event: 'resubmit', actor: 'system', detail: expect.stringContaining('m***') }),
  );
  expect(await alerts(id)).toEqual([]);
  expect(await differences(house)).toEqual([]);
}, 20_000);

it.each([
  ['blocked', 'you', 'the payee is blocked'],
  ['byhand', 'you', 'no provider pays to the payout method in use'],
] as const)('says at once that a person goes on when %s', async (payee, waitingOn, words) => {
  const { id, at } = await failed(payee);
  if (payee === 'blocked') await house.ask('PATCH', `/api/admin/payees/${payee}`, { status: 'blocked' });
  else await change(payee, 'Cash at the desk', 'manual');
  const page = await see(id);
  expect(page).toMatchObject({ waitingOn, nextRetryAt: null });
  expect(page['label']).toMatch(/^Needs attention/);
  expect(page['nextStep']).toContain(`It cannot be tried again by itself at ${moment(at)}: `);
  expect(page['nextStep']).toContain(words);
  expect(await own(payee, id)).toMatchObject({ label: 'Delayed', waitingOn: 'platform' });
  await rounds(6 * minuteMs);
  expect(await see(id)).toMatchObject({ status: 'failed', waitingOn: 'you', nextRetryAt: null });
  expect(await alerts(id)).toMatchObject([{ kind: 'retry_not_possible' }]);
});

it('says at once that a person goes on when the payee owes, and what they do then pays that much less', async () => {
  isShort = false;
  const payee = { name: 'owing', payoutMethod: { type: 'paypal', destination: 'owing@example.com' } };
  const earned = (cycle: string, amount: number) =>
    seed(house, cycle, [winner(cycle, 0, { payeeExternalId: 'owing', payee, amount })]);
  await earned('c-paid', 9000);
  await start(house, 'c-paid');
  await rounds();
  isShort = true;
  await earned('c-owing', 4000);
  await start(house, 'c-owing');
  await rounds();
  isShort = false;
  const [payout] = (await house.ask('GET', '/api/admin/payouts?payeeId=owing&status=failed')).body.data;
  const id = String(payout?.['id']);
  const at = Date.parse(String(payout?.['nextRetryAt']));
  expect(payout).toMatchObject({ waitingOn: 'clock', label: `Retries at ${moment(at)}` });
  const back = { sourceType: 'winner', externalId: 'c-paid-sel0', reason: 'Disqualified' };
  expect((await house.ask('POST', '/api/admin/earnings/reverse', { earnings: [back] })).status).toBe(200);
  const inList = (await house.ask('GET', '/api/admin/payouts?payeeId=owing&status=failed')).body.data[0];
  for (const page of [await see(id), inList])
    expect(page).toMatchObject({
      waitingOn: 'you',
      nextRetryAt: null,
      label: expect.stringMatching(/^Needs attention/),
      nextStep: expect.stringContaining(
        `It cannot be tried again by itself at ${moment(at)}: the payee owes,`,
      ),
    });
  expect((await see(id, 'fr'))['nextStep']).toContain('le bénéficiaire a une dette');
  expect(await own('owing', id)).toMatchObject({ label: 'Delayed', waitingOn: 'platform' });
  await rounds(6 * minuteMs);
  expect(await see(id)).toMatchObject({
    status: 'failed',
    attemptCount: 1,
    waitingOn: 'you',
    nextRetryAt: null,
  });
  expect(await alerts(id)).toMatchObject([{ kind: 'retry_not_possible' }]);
  // What the words say to do: it is cancelled, and with what they earn next all of it is asked for.
  const cancel = { payoutIds: [id], reason: 'The payee owes' };
  expect((await house.ask('POST', '/api/admin/payouts/cancel', cancel)).body).toMatchObject({ done: 1 });
  await sell(house, 'owing', 12);
  const asked = await request(house, 'owing');
  expect(await see(asked)).toMatchObject({ amount: 4000 + 12 * 900 - 9000 });
  expect(await differences(house)).toEqual([]);
}, 20_000);
