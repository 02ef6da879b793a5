import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from '../api/support.ts';
import { request, sell, ticketHouse, asPayee } from '../api/tickets.ts';
import { tools } from './kit.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());
const { approve, post, see } = tools(() => house);

it('a converted payout that failed, beside an open request from the same balance, cannot be resubmitted: in words', async () => {
  const at = new Date(house.clock.ms - 1000).toISOString();
  await house.ask('POST', '/api/admin/fx-rates', { rates: [{ from: 'USD', to: 'EUR', rate: '0.9', at, source: 'x' }] });
  await sell(house, 'cv', 6, { payee: { name: 'cv', payoutMethod: { type: 'bank', destination: 'cv account' } } });
  const asked = await asPayee(house, 'cv')('POST', '/request-payout', { currency: 'USD', payoutCurrency: 'EUR' });
  const id = String(asked.body['id']);
  await approve(id);
  await post('mark-paid', { payoutId: id, paymentReferenceId: 'A' });
  await post('unpay', { payoutId: id, reason: 'back' });
  await sell(house, 'cv', 6, {}, 100);
  await request(house, 'cv');
  const got = await post('resubmit', { payoutIds: [id] });
  console.log(got.status, got.body['code'], (await see(id))['status']);
  expect(got.body['code']).toBe('request_in_flight_already');
});
