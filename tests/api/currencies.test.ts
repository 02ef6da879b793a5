import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import { approvalHash } from '../../src/core/approval.ts';
import { payableSteps } from '../../src/providers/paypal/money.ts';
import { validateItem } from '../../src/providers/paypal/validate.ts';
import { peekPayout } from '../../src/store/payout-moves.ts';
import { findPayout } from '../../src/store/payouts.ts';
import { verify } from '../../src/store/verify.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, winner } from './support.ts';
import { asPayee, ticketHouse } from './tickets.ts';

let house: House;
beforeAll(async () => {
  const bare = await openHouse();
  const provider = bare.deps.providers.of('paypal');
  await bare.close();
  const capabilities = { ...provider.capabilities, payableSteps };
  const providers = new Providers([{ ...provider, capabilities, validate: validateItem }]);
  house = await ticketHouse({ providers });
});
afterAll(() => house.close());

const hourMs = 60 * 60_000;
const agoIso = (ms: number) => new Date(house.clock.ms - ms).toISOString();
/** Enters a rate that holds from now on, or from another time. */
async function enter(from: string, to: string, rate: string, more: object = {}): Promise<void> {
  house.clock.ms += 1000;
  const rates = [{ from, to, rate, at: agoIso(0), source: 'central bank', ...more }];
  const got = await house.ask('POST', '/api/admin/fx-rates', { rates, acceptJump: true });
  expect(got.body['counts']).toMatchObject({ created: 1 });
}

/** A payee who earned this much, and how they are paid. */
async function earned(payee: string, amount: number, currency: string, type = 'bank'): Promise<void> {
  const destination = type === 'paypal' ? `${payee}@example.com` : `account of ${payee}`;
  const earning = {
    sourceType: 'ticket',
    externalId: `${payee}-${house.deps.newId('t')}`,
    payeeExternalId: payee,
    amount,
    currency,
    payee: { name: payee, email: `${payee}@example.com`, payoutMethod: { type, destination } },
  };
  const got = await house.ask('POST', '/api/admin/earnings', { earnings: [earning] });
  expect(got.body['counts']).toMatchObject({ created: 1 });
}

/** Parts of the payee's balance in a currency. */
async function balance(payee: string, currency: string) {
  const { body } = await asPayee(house, payee)('GET', '/balance');
  const rows = body['balances'] as Record<string, unknown>[];
  const { available, reserved, onItsWay, paid, totalEarnings } =
    rows.find((row) => row['currency'] === currency) ?? {};
  return { available, reserved, onItsWay, paid, totalEarnings };
}

async function ask(payee: string, body: object, path = '/request-payout') {
  return asPayee(house, payee)('POST', path, body);
}

async function approve(id: string): Promise<void> {
  const { key } = { key: house.keys.approver };
  const got = await house.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] }, { key });
  expect(got.body['done'], got.text).toBe(1);
}

async function clean(): Promise<void> {
  expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
}

const noMoney = { available: 0, reserved: 0, onItsWay: 0, paid: 0 };

describe('rates', () => {
  it('are entered one by one, once per pair and moment, and never change', async () => {
    const at = agoIso(5 * hourMs);
    const rates = [
      { from: 'EUR', to: 'USD', rate: '1.0800', at, source: 'ECB' },
      { from: 'EUR', to: 'USD', rate: '1.08', at, source: 'ECB' },
      { from: 'EUR', to: 'USD', rate: '1.09', at, source: 'ECB' },
      { from: 'EUR', to: 'EUR', rate: '1', at, source: 'ECB' },
      { from: 'EUR', to: 'USD', rate: 1.08, at, source: 'ECB' },
      { from: 'EUR', to: 'USD', rate: '1,08', at, source: 'ECB' },
      { from: 'EUR', to: 'USD', rate: '1.1', at: agoIso(-hourMs), source: 'ECB' },
    ];
    const got = await house.ask('POST', '/api/admin/fx-rates', { rates });
    const results = got.body['results'] as { status: string; message: string | null }[];
    expect(results.map(({ status }) => status)).toEqual([
      'created',
      'unchanged',
      'conflict',
      'invalid',
      'invalid',
      'invalid',
      'invalid',
    ]);
    expect(results[2]?.message).toContain('1.08 by ECB is on record');
    expect(results[6]?.message).toBe('at is in the future');
    const listed = await house.ask('GET', '/api/admin/fx-rates?from=EUR&to=USD');
    expect(listed.body.data).toMatchObject([
      { rate: '1.08', source: 'ECB', at, enteredBy: expect.any(String) },
    ]);
    expect((await house.ask('GET', '/api/admin/fx-rates?from=EUR')).status).toBe(422);
  });
});

describe('a payout in another currency than its balance', () => {
  it('says what is missing: a rate, a younger one, the one that was quoted, a currency that is taken', async () => {
    await earned('ana', 800_000, 'HTG', 'paypal');
    const direct = await ask('ana', { currency: 'HTG' });
    expect(direct.body).toMatchObject({ code: 'currency_not_taken', method: 'paypal', currency: 'HTG' });
    const toUsd = { currency: 'HTG', payoutCurrency: 'USD' };
    expect((await ask('ana', toUsd)).body).toMatchObject({ code: 'rate_missing', from: 'HTG', to: 'USD' });
    // The other direction is no rate for this one.
    await enter('USD', 'HTG', '132');
    expect((await ask('ana', toUsd)).body['code']).toBe('rate_missing');
    await enter('HTG', 'USD', '0.0075', { at: agoIso(25 * hourMs) });
    expect((await ask('ana', toUsd)).body).toMatchObject({ code: 'rate_too_old', maxAgeHours: 24 });
    await enter('HTG', 'USD', '0.0075');
    const quote = await ask('ana', toUsd, '/payout-quote');
    expect(quote.status).toBe(200);
    house.clock.ms += hourMs;
    await enter('HTG', 'USD', '0.0076');
    const { rateId } = quote.body['conversion'] as { rateId: string };
    expect((await ask('ana', { ...toUsd, rateId })).body['code']).toBe('rate_changed');
    expect(await balance('ana', 'HTG')).toMatchObject({ available: 800_000, reserved: 0 });
  });

  it('is quoted without writing, keeps its rate, and is paid and comes back by exactly its own legs', async () => {
    const toUsd = { currency: 'HTG', payoutCurrency: 'USD' };
    const quote = await ask('ana', toUsd, '/payout-quote');
    expect(quote.body).toMatchObject({
      amount: 6080,
      currency: 'USD',
      validUntil: new Date(house.clock.ms + 24 * hourMs).toISOString(),
      conversion: { sourceAmount: 800_000, sourceCurrency: 'HTG', rate: '0.0076', rounding: 'half_even' },
    });
    const conversion = quote.body['conversion'] as { rateId: string };
    const asked = await ask('ana', { ...toUsd, rateId: conversion.rateId });
    expect(asked.status, asked.text).toBe(201);
    expect(asked.body).toMatchObject({ amount: 6080, currency: 'USD', conversion });
    const id = String(asked.body['id']);
    expect(await balance('ana', 'HTG')).toEqual({ ...noMoney, reserved: 800_000, totalEarnings: 800_000 });
    expect((await ask('ana', toUsd)).body['code']).toBe('request_in_flight_already');

    // Another rate meanwhile changes nothing of it.
    await enter('HTG', 'USD', '0.009');
    await approve(id);
    expect((await house.ask('POST', '/api/admin/payout-batches/process-approved', {})).status).toBe(202);
    await settle(house, () => 'unclaimed');
    expect(await balance('ana', 'HTG')).toEqual({ ...noMoney, onItsWay: 800_000, totalEarnings: 800_000 });
    await clean();
    const away = await house.ask('GET', `/api/admin/payouts/${id}`);
    const legs = (away.body['ledger'] as { account: string; currency: string; amount: number }[]).slice(-4);
    expect(legs.map(({ account, currency, amount }) => [account, currency, amount])).toEqual([
      ['payee_reserved', 'HTG', -800_000],
      ['provider_clearing', 'USD', 6080],
      ['fx_clearing', 'HTG', 800_000],
      ['fx_clearing', 'USD', -6080],
    ]);
    expect(away.body['conversion']).toMatchObject({ rateSource: 'central bank', spreadAmount: 0 });
  });

  it('that is declined, cancelled or fails was never converted, and is tried again at its kept rate', async () => {
    await earned('ben', 1_000_000, 'HTG', 'paypal');
    const asked = await ask('ben', { payoutCurrency: 'USD' });
    const id = String(asked.body['id']);
    const { amount } = asked.body;
    await approve(id);
    await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
    await settle(house, () => 'failed');
    expect(await balance('ben', 'HTG')).toEqual({
      ...noMoney,
      available: 1_000_000,
      totalEarnings: 1_000_000,
    });
    await clean();
    await enter('HTG', 'USD', '0.001');
    const retried = await house.ask('POST', '/api/admin/payouts/retry', { payoutIds: [id] });
    expect(retried.status, retried.text).toBe(202);
    await settle(house, () => 'completed');
    expect((await house.ask('GET', `/api/admin/payouts/${id}`)).body).toMatchObject({
      status: 'completed',
      amount,
    });
    expect(await balance('ben', 'HTG')).toEqual({ ...noMoney, paid: 1_000_000, totalEarnings: 1_000_000 });
    await clean();
  });

  it('keeps the spread apart, also by hand, and gives it back with the rest when it came back', async () => {
    await house.ask('PATCH', '/api/admin/settings', { fxSpreadBps: 150, fxRateMaxAgeHours: 48 });
    await enter('HTG', 'USD', '0.0075');
    await earned('cem', 660_000, 'HTG');
    const asked = await ask('cem', { currency: 'HTG', payoutCurrency: 'USD' });
    expect(asked.body).toMatchObject({ amount: 4876, conversion: { spreadAmount: 74, spreadBps: 150 } });
    const id = String(asked.body['id']);
    const before = await trial();
    await approve(id);
    await house.ask('POST', '/api/admin/payouts/mark-paid', { payoutId: id, paymentReferenceId: 'W-1' });
    expect((await trial())['fx_spread USD']).toBe((before['fx_spread USD'] ?? 0) + 74);
    await clean();
    await house.ask('POST', '/api/admin/payouts/unpay', { payoutId: id, reason: 'account closed' });
    expect(await trial()).toEqual({
      ...before,
      'fx_spread USD': before['fx_spread USD'] ?? 0,
      ...(await reserves()),
    });
    expect(await balance('cem', 'HTG')).toMatchObject({ available: 660_000, reserved: 0 });
    await clean();
    await house.ask('PATCH', '/api/admin/settings', { fxSpreadBps: 0, fxRateMaxAgeHours: 24 });
  });

  it('is approved with its rate: a hash of other numbers is of another payout', async () => {
    await earned('dia', 700_000, 'HTG');
    await enter('HTG', 'USD', '0.0075');
    const asked = await ask('dia', { payoutCurrency: 'USD' });
    const id = String(asked.body['id']);
    const { body } = await house.ask('GET', `/api/admin/payouts/${id}`);
    const { approvalHash: seen } = body['approval'] as { approvalHash: string };
    const row = await findPayout(house.db, id);
    const payout = await peekPayout(house.db, row?.id ?? 0n);
    if (!payout) throw new Error('no payout');
    expect(approvalHash(payout, house.deps.hash)).toBe(seen);
    const others = [
      { rateMantissa: 76n },
      { rateScale: 5 },
      { rateSource: 'a friend' },
      { rateAt: new Date(0) },
      { sourceAmount: 700_001n },
      { sourceCurrency: 'EUR' },
      { spreadAmount: 1n },
    ];
    for (const other of others) expect(approvalHash({ ...payout, ...other }, house.deps.hash)).not.toBe(seen);
    // Two approvers by what leaves the balance, although what is paid is little.
    await house.ask('PATCH', '/api/admin/settings', { secondApproverAbove: { HTG: 500_000 } });
    const again = await house.ask('GET', `/api/admin/payouts/${id}`);
    expect(again.body['approval']).toMatchObject({ approversNeeded: 2 });
    await house.ask('PATCH', '/api/admin/settings', { secondApproverAbove: { HTG: null } });
  });

  it('is made by the team for a statement, too, which is not recorded when there is no rate', async () => {
    await earned('eva', 100, 'HTG');
    const statement = {
      payeeId: 'eva',
      amount: 30_000,
      currency: 'KWD',
      statementId: 'ST-1',
      payoutCurrency: 'JPY',
    };
    const no = await house.ask('POST', '/api/admin/payouts', statement);
    expect(no.body['code']).toBe('rate_missing');
    expect(await balance('eva', 'KWD')).toMatchObject({ available: undefined });
    await enter('KWD', 'JPY', '487.8');
    const made = await house.ask('POST', '/api/admin/payouts', statement);
    expect(made.body, made.text).toMatchObject({ amount: 14_634, currency: 'JPY' });
    await house.ask('POST', '/api/admin/payouts/decline', { payoutIds: [made.body['id']], reason: 'no' });
    expect(await balance('eva', 'KWD')).toEqual({ ...noMoney, available: 30_000, totalEarnings: 30_000 });
    await clean();
  });
});

describe('trap 27: a currency with no, two or three decimals', () => {
  it.each([
    ['JPY', 12_000, '12,000 JPY', 'paypal'],
    ['KWD', 75_125, '75.125 KWD', 'bank'],
    ['HTG', 900_050, '9,000.50 HTG', 'bank'],
    ['USD', 6055, '60.55 USD', 'paypal'],
    ['HUF', 2_500_000, '25,000.00 HUF', 'paypal'],
  ])('%s goes from earning to paid to the portal as it is', async (currency, amount, words, type) => {
    const payee = `walk${currency}`;
    await earned(payee, amount, currency, type);
    const asked = await ask(payee, { currency });
    expect(asked.status, asked.text).toBe(201);
    const id = String(asked.body['id']);
    await approve(id);
    if (type === 'bank') {
      const paid = { payoutId: id, paymentReferenceId: `W-${currency}` };
      expect((await house.ask('POST', '/api/admin/payouts/mark-paid', paid)).status).toBe(200);
    } else {
      const run = await house.ask('POST', '/api/admin/payout-batches/process-approved', {});
      await settle(house);
      const csv = await house.ask(
        'GET',
        `/api/admin/payout-batches/${String(run.body['batchId'])}/export.csv`,
      );
      expect(csv.text).toContain(`${words.split(' ')[0]?.replaceAll(',', '')},${currency}`);
    }
    expect(await balance(payee, currency)).toEqual({ ...noMoney, paid: amount, totalEarnings: amount });
    const portal = await house.ask('GET', '/api/payee/payouts', undefined, {
      key: null,
      headers: { cookie: `payee=${payee}` },
    });
    expect(portal.body.data).toMatchObject([{ amount, currency }]);
    await clean();
  });

  it('is refused before a run where the provider takes whole units only', async () => {
    await earned('gil', 2_500_050, 'HUF', 'paypal');
    expect((await ask('gil', { currency: 'HUF' })).body['code']).toBe('amount_not_whole');
    await earned('hal', 20_000, 'USD', 'paypal');
    await enter('USD', 'HUF', '355.555');
    const asked = await ask('hal', { payoutCurrency: 'HUF' });
    expect(asked.body).toMatchObject({ amount: 7_111_100, currency: 'HUF' });
  });
});

describe('a run', () => {
  it('promises nobody whom the provider does not pay in this currency, and leaves them where they are', async () => {
    await seed(house, 'mixed', [
      winner('mixed', 1),
      winner('mixed', 2, { currency: 'HTG' }),
      winner('mixed', 3),
    ]);
    const cycle = await house.ask('GET', '/api/admin/cycles/mixed');
    expect(cycle.body).toMatchObject({ eligibleCount: 2, eligibleTotals: { USD: 2000 } });
    const preview = await house.ask('POST', '/api/admin/payout-batches/preview', {
      cycleId: 'mixed',
      details: true,
    });
    expect(preview.body['notEligible']).toMatchObject([
      { reason: 'currency_not_taken', currency: 'HTG', count: 1 },
    ]);
    expect(preview.body['largest']).toHaveLength(2);
    const { checksum } = preview.body;
    const run = await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'mixed', checksum });
    expect(run.body, run.text).toMatchObject({ totalItems: 2 });
    await settle(house);
    const left = await house.ask('GET', '/api/admin/payees/mixed-user2/balance');
    expect(left.body).toMatchObject({ currency: 'HTG', available: 1000 });
    await clean();
  });
});

async function trial(): Promise<Record<string, number>> {
  const { body } = await house.ask('GET', '/api/admin/ledger/trial-balance');
  const rows = body['accounts'] as { account: string; currency: string; amount: number }[];
  return Object.fromEntries(rows.map((row) => [`${row.account} ${row.currency}`, row.amount]));
}

/** What an un-paid payout moves for good: from reserved back to available. */
async function reserves(): Promise<Record<string, number>> {
  const now = await trial();
  const moved = ['payee_reserved HTG', 'payee_available HTG'];
  return Object.fromEntries(moved.map((name) => [name, now[name] ?? 0]));
}
