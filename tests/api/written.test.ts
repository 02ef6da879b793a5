import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from './support.ts';
import { request, sell, ticketHouse } from './tickets.ts';

// What people write down for others is kept without blanks around it and has something to see; a hold ends after it begins.

let house: House;
let id = '';
beforeAll(async () => {
  house = await ticketHouse();
  await sell(house, 'ana', 6);
  id = await request(house, 'ana');
});
afterAll(() => house.close());

const blanks = ['   ', '\u00a0', '\t', '\u200b', '\u2800 \u3164'];

it.each([
  ['payouts/decline', () => ({ payoutIds: [id] }), 'reason'],
  ['payouts/cancel', () => ({ payoutIds: [id] }), 'reason'],
  ['payouts/hold', () => ({ payoutIds: [id] }), 'reason'],
  ['payouts/unpay', () => ({ payoutId: id }), 'reason'],
  ['payouts/mark-paid', () => ({ payoutId: id }), 'paymentReferenceId'],
  ['payees/ana/hold', () => ({}), 'reason'],
] as const)('refuses what nobody can see: %s', async (what, body, field) => {
  for (const blank of blanks) {
    const got = await house.ask('POST', `/api/admin/${what}`, { ...body(), [field]: blank });
    expect(got, JSON.stringify(blank)).toMatchObject({
      status: 422,
      body: { errors: [{ path: field, message: 'has nothing that can be seen: write it out' }] },
    });
  }
});

it('refuses it of an earning that is taken back, and of a row of a file, alone', async () => {
  const earnings = [{ sourceType: 'ticket', externalId: 'ana-T1', reason: ' ' }];
  const reversed = await house.ask('POST', '/api/admin/earnings/reverse', { earnings });
  expect(reversed.text).toContain('nothing that can be seen');
  const rows = [{ payoutId: id, amount: 5400, currency: 'USD', paymentReferenceId: '\u00a0' }];
  const marked = await house.ask('POST', '/api/admin/payouts/mark-paid-file', { rows });
  expect(marked.body).toMatchObject({ counts: { invalid: 1 } });
});

it('refuses a hold that ends before it begins, of a payout and of a payee', async () => {
  const until = new Date(house.clock.ms).toISOString();
  for (const what of ['payouts/hold', 'payees/ana/hold']) {
    const body = { reason: 'late', until, ...(what === 'payouts/hold' && { payoutIds: [id] }) };
    expect(await house.ask('POST', `/api/admin/${what}`, body)).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'until', message: 'must be in the future' }] },
    });
  }
  expect((await house.ask('GET', `/api/admin/payouts/${id}`)).body).toMatchObject({
    label: 'Needs approval',
  });
});

it('keeps what is written without the blanks around it', async () => {
  await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key: house.keys.approver });
  const until = new Date(house.clock.ms + 60_000).toISOString();
  const held = { payoutIds: [id], reason: '  looking\u00a0', until };
  expect((await house.ask('POST', '/api/admin/payouts/hold', held)).status).toBe(200);
  expect((await house.ask('GET', `/api/admin/payouts/${id}`)).body['label']).toMatch(/: looking$/);
  house.clock.ms += 120_000;
  const paid = { payoutId: id, paymentReferenceId: '\tBNC-1 ' };
  expect((await house.ask('POST', '/api/admin/payouts/mark-paid', paid)).body).toMatchObject({
    paidByHand: { paymentReferenceId: 'BNC-1' },
  });
});
