import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { asPayee, request, sell, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

const byBank = { name: 'Ana', payoutMethod: { type: 'bank', destination: 'account of Ana' } };
const quote = (payee: string, body: object = {}) => asPayee(house, payee)('POST', '/payout-quote', body);

describe('a quote', () => {
  it('says what was earned, the fees and what is owed, and they come to what would be paid', async () => {
    await sell(house, 'ana', 6, { payee: byBank });
    expect((await quote('ana')).body).toMatchObject({
      balanceCurrency: 'USD',
      earningCount: 6,
      gross: 6000,
      fee: 600,
      net: 5400,
      recovered: 0,
      amount: 5400,
      currency: 'USD',
    });
    const id = await request(house, 'ana');
    const statement = await asPayee(house, 'ana')('GET', `/payouts/${id}/statement`);
    expect(statement.body['totals']).toMatchObject({ earnings: 6, gross: 6000, fee: 600, net: 5400 });
    await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key: house.keys.approver });
    await house.ask('POST', '/api/admin/payouts/mark-paid', { payoutId: id, paymentReferenceId: 'W-1' });
    const refund = { sourceType: 'ticket', externalId: 'ana-T1', reason: 'Refunded' };
    expect((await house.ask('POST', '/api/admin/earnings/reverse', refund)).status).toBe(200);
    await sell(house, 'ana', 7, { payee: byBank }, 100);
    const after = await house.ask('POST', '/api/admin/payees/ana/payout-quote', {});
    expect(after.body).toMatchObject({
      gross: 7000,
      fee: 700,
      net: 6300,
      recovered: 900,
      amount: 5400,
      conversion: null,
    });
  });

  it('says them in the currency of the balance where another one is paid', async () => {
    const rate = { from: 'HTG', to: 'USD', rate: '0.0075', source: 'BRH', at: house.deps.now() };
    await house.ask('POST', '/api/admin/fx-rates', { rates: [rate] });
    await sell(house, 'ben', 3, { payee: byBank, amount: 200_001, currency: 'HTG' });
    const { body } = await quote('ben', { payoutCurrency: 'USD' });
    const { balanceCurrency, gross, fee, net, conversion } = body;
    expect({ balanceCurrency, gross, fee, net }).toEqual({
      balanceCurrency: 'HTG',
      gross: 600_003,
      fee: 60_000,
      net: 540_003,
    });
    expect(conversion).toMatchObject({ sourceAmount: 540_003, sourceCurrency: 'HTG' });
    expect(body).toMatchObject({ amount: 4050, currency: 'USD' });
    const headers = { 'accept-language': 'fr' };
    const path = '/api/admin/payees/ben/payout-quote';
    const team = await house.ask('POST', path, { payoutCurrency: 'USD' }, { headers });
    expect(team.body['conversion']).toMatchObject({
      words: expect.stringMatching(/^à partir de .* 0,0075 USD/),
    });
  });
});
