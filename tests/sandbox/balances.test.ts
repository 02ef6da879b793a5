import { expect, test } from 'vitest';
import { needsSpecs, problemsBy, specsAbsent } from '../providers/paypal/specs.ts';
import { item, openSandbox } from './support.ts';
import { openStripe } from './stripe-support.ts';

const path = '/v1/reporting/balances';

interface Balances {
  readonly balances: { currency: string; primary: boolean; available_balance: { value: string } }[];
}

test('PayPal’s side tells what is left of each currency that was set or paid in, and less while a payout is out', async () => {
  const client = await openSandbox({ settleMs: 0 });
  const left = async (query = '') => {
    const { body } = await client.call('GET', path + query);
    const { balances } = body as unknown as Balances;
    return balances.map((one) => `${one.available_balance.value} ${one.currency}`);
  };
  expect(await left()).toEqual(['99999999999.99 USD']);
  await client.call('POST', '/__sandbox/balance', { currency: 'USD', amountMinor: '5000' });
  await client.create([item('a@example.com', 'a', '20.00'), item('b+failed@example.com', 'b', '10.00')]);
  await client.create([item('c@example.com', 'c', '20', 'JPY')]);
  expect(await left()).toEqual(['9999999999979 JPY', '29.60 USD']);
  expect(await left('?currency_code=USD')).toEqual(['29.60 USD']);
  expect((await client.call('GET', `${path}?currency_code=XXX`)).status).toBe(400);
  expect((await client.call('GET', path, undefined, { authorization: 'Bearer no' })).status).toBe(401);
});

test('a rule without a path leaves looks at the balance alone, one with it meets them', async () => {
  const client = await openSandbox({ settleMs: 0 });
  const order = { fault: 'error_500_before', times: 1 };
  await client.call('POST', '/__sandbox/faults', order);
  expect((await client.call('GET', path)).status).toBe(200);
  expect((await client.create([item('a@example.com', 'a')])).status).toBe(500);
  await client.call('POST', '/__sandbox/faults', { ...order, path });
  expect((await client.call('GET', path)).status).toBe(500);
});

test.skipIf(specsAbsent)(needsSpecs('the answer is what PayPal publishes'), async () => {
  const client = await openSandbox({ settleMs: 0 });
  const { body } = await client.call('GET', path);
  expect(problemsBy('reporting_transactions_v1.json', 'balances_response')(body)).toEqual([]);
});

test('Stripe’s side has less after a transfer, and as much again after its reversal, without a limit too', async () => {
  const stripe = await openStripe();
  const left = async () => {
    const { body } = await stripe.get('/v1/balance');
    return (body as unknown as { available: { amount: number }[] }).available[0]?.amount ?? 0;
  };
  const before = await left();
  const { id } = (await stripe.create()).body;
  expect(await left()).toBe(before - 1250);
  await stripe.post(`/v1/transfers/${id}/reversals`, { amount: '1250' });
  expect(await left()).toBe(before);
});
