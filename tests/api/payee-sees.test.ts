import { afterAll, beforeAll, expect, it } from 'vitest';
import { tools } from './contrary.ts';
import type { House } from './support.ts';
import { asPayee, request, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(async () => house.close());
const { post, approved } = tools(() => house);

it('shows payees nothing of what operators say among themselves, and nothing of other payees', async () => {
  const a = await approved('p1', 'bank');
  await house.ask('POST', '/api/admin/hand-transfers/export', { method: 'bank' });
  await post('hold', { payoutIds: [a], reason: 'SECRETHOLD' });
  await post('release', { payoutIds: [a] });
  await post('mark-paid', { payoutId: a, paymentReferenceId: 'REF', paymentNotes: 'SECRETNOTE' });
  const texts = [(await asPayee(house, 'p1')('GET', `/payouts/${a}`)).text];
  await post('unpay', { payoutId: a, reason: 'back' });
  await post('cancel', { payoutIds: [a], reason: 'SECRETCANCEL' });
  const b = await request(house, 'p1');
  const own = [`/payouts/${a}`, `/payouts/${a}/statement`, `/payouts/${a}/statement.csv`];
  const lists = ['/payouts', '/balance', '/profile', '/payout-methods', '/schedule', `/payouts/${b}`];
  for (const path of [...own, ...lists]) {
    const got = await asPayee(house, 'p1')('GET', path);
    expect([path, got.status]).toEqual([path, 200]);
    texts.push(got.text);
  }
  expect(texts.join('\n')).not.toMatch(/SECRETNOTE|he_\w+|approver key|owner key/);
  await sell(house, 'p2', 6);
  for (const path of own) expect((await asPayee(house, 'p2')('GET', path)).status).toBe(404);
});
