import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openAlertsList } from '../../src/store/alerts.ts';
import { providerSays } from './provider-says.ts';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { asPayee, differences, request, sell, ticketHouse } from './tickets.ts';

// What a provider says of an attempt after somebody has moved its payout on: nothing is undone, nothing is paid twice.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const post = async (what: string, body: unknown, key = house.keys.owner) =>
  house.ask('POST', `/api/admin/payouts/${what}`, body, { key });
const see = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
const approve = async (id: string) => post('approve', { payoutIds: [id] }, house.keys.approver);
const process = async () => house.ask('POST', '/api/admin/payout-batches/process-approved', {});
const kinds = async () => (await openAlertsList(house.db, 100)).map(({ kind }) => kind);

let people = 0;
/** Asked for, approved, sent by the provider, and this became of it. */
async function sentAnd(fate: 'failed' | 'returned'): Promise<{ id: string; payee: string }> {
  const payee = `late${(people += 1)}`;
  await sell(house, payee, 6);
  const id = await request(house, payee);
  await approve(id);
  await process();
  await settle(house, () => fate);
  expect(await see(id)).toMatchObject({ status: fate });
  return { id, payee };
}
async function paidByHandAfter(fate: 'failed' | 'returned') {
  const made = await sentAnd(fate);
  const reference = `WIRE-${made.payee}`;
  expect(await post('mark-paid', { payoutId: made.id, paymentReferenceId: reference })).toMatchObject({
    status: 200,
  });
  return made;
}

describe('after a person paid by hand', () => {
  it.each(['failed', 'returned'] as const)(
    'RETURNED of what %s leaves it paid, and the books clean',
    async (fate) => {
      const { id } = await paidByHandAfter(fate);
      await providerSays(house, id, 'returned');
      expect(await see(id)).toMatchObject({ status: 'completed' });
      expect(await differences(house)).toEqual([]);
    },
  );

  it('COMPLETED of what failed is told to a person, and keeps it from being paid a third time', async () => {
    const { id } = await paidByHandAfter('failed');
    await providerSays(house, id, 'completed', 25n);
    expect(await kinds()).toContain('late_change_of_old_attempt');
    expect(await differences(house)).toEqual([]);
    await post('unpay', { payoutId: id, reason: 'the bank gave it back' });
    expect(await post('retry', { payoutIds: [id] })).toMatchObject({ body: { code: 'payout_in_progress' } });
  });
});

describe('a late success', () => {
  it('of what waits for approval again keeps it from being approved', async () => {
    const { id } = await sentAnd('failed');
    await post('resubmit', { payoutIds: [id] });
    await providerSays(house, id, 'completed');
    expect(await approve(id)).toMatchObject({ status: 409, body: { code: 'payout_in_progress' } });
  });

  it('of what was approved again keeps it from being sent, until the provider takes it back', async () => {
    const { id } = await sentAnd('failed');
    await post('resubmit', { payoutIds: [id] });
    await approve(id);
    await providerSays(house, id, 'completed');
    expect(await process()).toMatchObject({ body: { code: 'nothing_to_pay' } });
    await providerSays(house, id, 'failed');
    expect(await process()).toMatchObject({ status: 202 });
    await settle(house);
    expect(await see(id)).toMatchObject({ status: 'completed', attemptCount: 2 });
  });

  it('of what was cancelled keeps its earnings from being paid again by a run', async () => {
    await seed(house, 'late', [winner('late', 1)]);
    await start(house, 'late');
    await settle(house, () => 'failed');
    const { body } = await house.ask('GET', '/api/admin/payouts/late-sel1');
    const id = String(body['id']);
    await post('cancel', { payoutIds: [id], reason: 'wrong person' });
    await providerSays(house, id, 'completed');
    const run = async () => {
      house.clock.ms += 60_000;
      return house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'late' });
    };
    expect(await run()).toMatchObject({ status: 409, body: { code: 'nothing_to_pay' } });
    await providerSays(house, id, 'failed');
    expect(await run()).toMatchObject({ status: 202 });
  });

  it('of what was cancelled keeps its earnings from being paid again by a request', async () => {
    const { id, payee } = await sentAnd('failed');
    await post('cancel', { payoutIds: [id], reason: 'wrong person' });
    await providerSays(house, id, 'completed');
    const again = await asPayee(house, payee)('POST', '/request-payout', {});
    expect(again).toMatchObject({ status: 409, body: { code: 'below_minimum', available: { USD: 0 } } });
    await providerSays(house, id, 'failed');
    expect(await asPayee(house, payee)('POST', '/request-payout', {})).toMatchObject({ status: 201 });
  });

  it('of what came back keeps it from being paid again', async () => {
    const { id } = await sentAnd('returned');
    await providerSays(house, id, 'completed');
    expect(await kinds()).toContain('contradiction');
    expect(await post('retry', { payoutIds: [id] })).toMatchObject({ body: { code: 'payout_in_progress' } });
  });
});
