import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { settle } from './support.ts';
import { asPayee, request, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse({ publicUrl: 'https://pay.example.com' });
});
afterAll(() => house.close());

const approve = async (id: string) =>
  house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key: house.keys.approver });
const ofTeam = async (id: string) => house.ask('GET', `/api/admin/payouts/${id}/receipt`);

describe('a receipt', () => {
  it('is there once the money has arrived, the same for team and payee, with a hash anybody can make again', async () => {
    await sell(house, 'ana', 6);
    const id = await request(house, 'ana');
    const early = await asPayee(house, 'ana')('GET', `/payouts/${id}/receipt`);
    expect(early).toMatchObject({
      status: 409,
      body: { code: 'not_arrived', payoutStatus: 'pending_approval' },
    });
    await approve(id);
    await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
    await settle(house);
    const got = await ofTeam(id);
    expect(got.body).toMatchObject({
      platform: { name: 'pay.example.com', url: 'https://pay.example.com' },
      payoutId: id,
      payee: { id: 'ana', name: 'ana' },
      amount: 5400,
      currency: 'USD',
      returned: 0,
      conversion: null,
      earned: { currency: 'USD', count: 6, gross: 6000, fees: 600, net: 5400, recovered: 0 },
      method: { type: 'paypal', destination: 'a***@example.com' },
      paidThrough: 'provider',
      provider: 'paypal',
      references: { item: expect.any(String), byHand: null },
      sentAt: expect.any(String),
      completedAt: expect.any(String),
    });
    const { sha256, ...content } = got.body;
    expect(sha256).toBe(createHash('sha256').update(JSON.stringify(content)).digest('hex'));
    const own = await asPayee(house, 'ana')('GET', `/payouts/${id}/receipt`);
    expect(own.text).toBe(got.text);
    expect(got.text).not.toContain('ana@example.com');

    const renamed = await house.ask('PATCH', '/api/admin/payees/ana', { name: 'Ana Married' });
    expect(renamed.body['name']).toBe('Ana Married');
    expect((await ofTeam(id)).text).toBe(got.text);
    expect((await asPayee(house, 'ana')('GET', `/payouts/${id}/receipt`)).text).toBe(got.text);
  });

  it('names the reference of a payment by hand, and is gone when the money comes back', async () => {
    await sell(house, 'ben', 6, {
      payee: { name: 'ben', payoutMethod: { type: 'moncash', destination: '+50937001122' } },
    });
    const id = await request(house, 'ben');
    await approve(id);
    const paid = { payoutId: id, paymentReferenceId: 'MC-7' };
    await house.ask('POST', '/api/admin/payouts/mark-paid', paid, { key: house.keys.approver });
    expect((await ofTeam(id)).body).toMatchObject({
      paidThrough: 'hand',
      provider: null,
      method: { type: 'moncash' },
      references: { item: null, transaction: null, byHand: 'MC-7' },
    });
    const printed = (await ofTeam(id)).text;
    await house.ask('PATCH', '/api/admin/payees/ben', { name: 'Ben Renamed' });
    expect((await ofTeam(id)).text).toBe(printed);
    const back = await house.ask('POST', '/api/admin/payouts/unpay', {
      payoutId: id,
      reason: 'gave it back',
    });
    expect(back.status, back.text).toBe(200);
    expect(await ofTeam(id)).toMatchObject({ status: 409, body: { code: 'not_arrived' } });
    expect(await ofTeam('po_none')).toMatchObject({ status: 404 });
  });
});
