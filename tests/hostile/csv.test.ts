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

it('no CSV runs a formula', async () => {
  const evil = '=HYPERLINK("http://x","y")';
  await sell(house, 'ev', 6, { sourceType: 'ticket', note: '@SUM(1)', payee: { name: evil, email: 'ev@example.com', payoutMethod: { type: 'manual', destination: '+cmd|calc' } } });
  const id = await request(house, 'ev');
  const texts = [
    (await house.ask('GET', '/api/admin/payouts/export.csv')).text,
    (await house.ask('GET', `/api/admin/payouts/${id}/statement.csv`)).text,
    (await asPayee(house, 'ev')('GET', `/payouts/${id}/statement.csv`)).text,
  ];
  await approve(id);
  texts.push((await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'manual' })).text);
  const li = await house.ask('POST', '/api/admin/imports/legacy-payouts', { name: '=1+1', rows: [{ line: 2, status: '=cmd()', amount: '1.00', currency: 'USD', reference: '@evil', receiver: '-1+1' }] });
  texts.push((await house.ask('GET', `/api/admin/imports/legacy-payouts/${li.body['importId']}/not-matched.csv`)).text);
  const bad = texts.flatMap((text) => text.split('\n').slice(1).flatMap((l) => l.split(',').filter((cell) => /^"?[=+@\t-]/.test(cell))));
  console.log(bad, texts.at(-1));
  expect(bad).toEqual([]);
});

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
