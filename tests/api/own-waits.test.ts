import { afterAll, beforeAll, expect, it } from 'vitest';
import { momentIn } from '../../src/core/when.ts';
import type { House } from './support.ts';
import { asPayee, dayMs, request, sell, ticketHouse } from './tickets.ts';

// What a payee reads of a payout that waits: by when it is decided, that it is approved, and that it is on hold only when it is.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const seen = async (id: string) => (await asPayee(house, 'ida')('GET', `/payouts/${id}`)).body;
const team = (what: string, body: unknown) =>
  house.ask('POST', `/api/admin/payouts/${what}`, body, { key: house.keys.approver });

it('says of a request by when it must be decided and what the clock does then, of what is approved who sends it, and of a hold that it is one', async () => {
  await house.ask('PATCH', '/api/admin/settings', { approvalExpiryDays: 9 });
  await sell(house, 'ida', 6);
  const id = await request(house, 'ida');
  const reader = { language: 'en', zone: house.deps.calendar.zone } as const;
  const by = momentIn(reader, new Date(house.clock.ms + 9 * dayMs));
  expect((await seen(id))['nextStep']).toBe(
    `The platform looks at it and approves or declines it by ${by}. If nobody has by then, it is declined by itself: no money moves, and you can request it again.`,
  );
  expect((await team('approve', { payoutIds: [id] })).status).toBe(200);
  expect(await seen(id)).toMatchObject({
    label: 'Approved',
    waitingOn: 'platform',
    onHold: false,
    nextStep: 'Your platform sends it; no day is set for that. You need do nothing.',
  });
  const held = await house.ask('POST', '/api/admin/payouts/hold', { payoutIds: [id], reason: 'looked into' });
  expect(held.status, held.text).toBe(200);
  expect(await seen(id)).toMatchObject({ label: 'On hold', waitingOn: 'platform', onHold: true });
  const { body } = await asPayee(house, 'ida')('GET', '/payout-methods');
  expect(body['coolOffHours']).toBe(72);
});
