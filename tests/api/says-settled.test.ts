import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { asPayee, differences, ticketHouse } from './tickets.ts';

// A payment of a run failed for a reason that its payee settles, and shall go to the same method: nobody approves it, and no
// run asks. What the payee says is kept, and turns up where the team works.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

/** A payout of a run to this payee that failed, as its account could not be paid; with the batch it was in. */
async function failedInRun(payeeExternalId: string): Promise<{ id: string; batch: string }> {
  await seed(house, payeeExternalId, [winner(payeeExternalId, 1, { payeeExternalId })]);
  const batch = await start(house, payeeExternalId);
  await settle(house, () => 'failed');
  const { body } = await asPayee(house, payeeExternalId)('GET', '/payouts');
  return { id: String(body.data[0]?.['id']), batch };
}

const again = (payee: string, id: string, body: unknown = {}) =>
  asPayee(house, payee)('POST', `/payouts/${id}/pay-again`, body);
const seen = async (payee: string, id: string) => (await asPayee(house, payee)('GET', `/payouts/${id}`)).body;
const admin = async (id: string) => (await house.ask('GET', `/api/admin/payouts/${id}`)).body;
const said = async () =>
  (await house.ask('GET', '/api/admin/audit-events?event=payout.payee_settled')).body.data;

async function failedCard(): Promise<string> {
  const { body } = await house.ask('GET', '/api/admin/inbox');
  const items = body['items'] as { kind: string; detail: string }[];
  return items.find(({ kind }) => kind === 'failed')?.detail ?? '';
}

it('keeps once that the payee says it is settled, tells both sides whose turn it is, and is over with the next attempt', async () => {
  const { id, batch } = await failedInRun('gil');
  expect(await seen('gil', id)).toMatchObject({ waitingOn: 'you', fix: { kind: 'details' } });
  expect(await failedCard()).not.toContain('can be paid again now');
  const both = await Promise.all([again('gil', id), again('gil', id)]);
  for (const got of both) {
    expect(got.status, got.text).toBe(200);
    expect(got.body).toMatchObject({ status: 'failed', fix: null, waitingOn: 'platform' });
    expect(got.body['nextStep']).toContain('You told the platform that it is settled. It is their turn now');
  }
  const own = await seen('gil', id);
  const labels = (own['timeline'] as { label: string }[]).map(({ label }) => label);
  expect(labels.filter((label) => label === 'You said that it is settled')).toHaveLength(1);
  expect(await said()).toMatchObject([{ actor: { kind: 'payee' }, subject: { type: 'payout', id } }]);
  const page = await admin(id);
  expect(page).toMatchObject({ waitingOn: 'you', attempts: [{}] });
  expect(page['nextStep']).toMatch(
    /^The payee said on .* that it is settled\. Retry it, or pay its cycle again\.$/,
  );
  const events = (page['timeline'] as { event: string }[]).map(({ event }) => event);
  expect(events.filter((event) => event === 'payee_settled')).toHaveLength(1);
  expect(await failedCard()).toContain('1 of them');
  // Who retries it is told whose word that is.
  const { body: before } = await house.ask('GET', `/api/admin/payout-batches/${batch}/retry-preview`);
  expect(before).toMatchObject({
    settled: [{ payoutId: id, payeeId: 'gil', payeeName: 'User 1' }],
    triedBefore: [{ unmended: false }],
  });
  const [named] = before['settled'] as { saidAt: string }[];
  const { body: list } = await house.ask('GET', '/api/admin/payouts?payeeId=gil');
  expect(list.data).toMatchObject([{ settledAt: named?.saidAt }]);

  const retry = { leaveOutUnmended: true };
  const retried = await house.ask('POST', `/api/admin/payout-batches/${batch}/retry-failed`, retry);
  expect(retried.status, retried.text).toBe(202);
  await settle(house, () => 'failed');
  expect(await seen('gil', id)).toMatchObject({ waitingOn: 'you', fix: { kind: 'details' } });
  expect(await admin(id)).toMatchObject({ waitingOn: 'payee', attempts: [{}, {}] });
  expect((await again('gil', id)).body).toMatchObject({ waitingOn: 'platform' });
  expect(await said()).toHaveLength(2);
  expect(await differences(house)).toEqual([]);
});

it('records nothing for another method, nor for the same account named as a new one', async () => {
  const before = (await said()).length;
  const { id } = await failedInRun('hal');
  const to = (destination: string) => ({ method: { type: 'paypal', destination } });
  expect(await again('hal', id, to('user1@example.com'))).toMatchObject({
    status: 409,
    body: { code: 'same_method_failed' },
  });
  expect(await seen('hal', id)).toMatchObject({ waitingOn: 'you' });
  const moved = await again('hal', id, to('hal2@example.com'));
  expect(moved.body).toMatchObject({ fix: null, waitingOn: 'clock' });
  expect(await said()).toHaveLength(before);
});
