import { describe, expect, test } from 'vitest';
import { openStripe, transferForm, type StripeAnswer } from './stripe-support.ts';

const errorOf = ({ status, body }: StripeAnswer) => [
  status,
  body.error.code ?? body.error.type,
  body.error.param,
];

describe('a transfer', () => {
  test('moves money once it is made, and can be read, listed and found by its group', async () => {
    const stripe = await openStripe();
    const made = await stripe.create({ description: 'May', 'metadata[who]': 'ada' });
    expect(made.status).toBe(200);
    expect(made.body).toMatchObject({
      object: 'transfer',
      amount: 1250,
      amount_reversed: 0,
      currency: 'usd',
      destination: 'acct_1Ada',
      transfer_group: 'royalty-1-2',
      metadata: { who: 'ada' },
      reversed: false,
    });
    expect(made.headers.get('request-id')).toMatch(/^req_/);
    expect((await stripe.get(`/v1/transfers/${made.body.id}`)).body).toEqual(made.body);
    await stripe.create({ transfer_group: 'other' });
    const found = await stripe.get('/v1/transfers?transfer_group=royalty-1-2');
    expect(found.body.data.map(({ id }) => id)).toEqual([made.body.id]);
    expect(await stripe.effects()).toMatchObject([
      { transferId: made.body.id, transferGroup: 'royalty-1-2', amountMinor: '1250', outstanding: true },
      { transferGroup: 'other' },
    ]);
  });

  test('is refused for parameters Stripe would refuse, one by one', async () => {
    const stripe = await openStripe();
    const refused = async (change: Record<string, string>) => errorOf(await stripe.create(change));
    expect(await refused({ surprise: '1' })).toEqual([400, 'parameter_unknown', 'surprise']);
    expect(await refused({ amount: '12.5' })).toEqual([400, 'parameter_invalid_integer', 'amount']);
    expect(await refused({ amount: '0' })).toEqual([400, 'parameter_invalid_integer', 'amount']);
    expect(await refused({ amount: '-1' })).toEqual([400, 'parameter_invalid_integer', 'amount']);
    expect(await refused({ currency: '' })).toEqual([400, 'parameter_invalid_empty', 'currency']);
    expect(await refused({ currency: 'zzz' })).toEqual([400, 'invalid_request_error', 'currency']);
    expect(await refused({ source_type: 'gold' })).toEqual([400, 'invalid_request_error', 'source_type']);
    const longName = `metadata[${'k'.repeat(41)}]`;
    expect(await refused({ [longName]: 'v' })).toEqual([400, 'invalid_request_error', longName]);
    expect(await refused({ 'expand[]': 'destination' })).toEqual([400, 'invalid_request_error', 'expand']);
    expect(await refused({ currency: 'kwd', amount: '5124' })).toEqual([
      400,
      'invalid_request_error',
      'amount',
    ]);
    const { destination: _, ...without } = transferForm;
    expect(errorOf(await stripe.post('/v1/transfers', without))).toEqual([
      400,
      'parameter_missing',
      'destination',
    ]);
    expect(await stripe.effects()).toEqual([]);
  });

  test('needs a test key, a form and a version that is one', async () => {
    const stripe = await openStripe();
    const as = (headers: Record<string, string>) =>
      stripe.post('/v1/transfers', transferForm, undefined, headers);
    expect((await as({ authorization: 'Bearer sk_live_1' })).status).toBe(401);
    expect((await as({ authorization: 'Bearer sk_test_bad' })).status).toBe(401);
    expect((await as({ authorization: '' })).status).toBe(401);
    expect((await as({ 'stripe-version': 'yesterday' })).status).toBe(400);
    expect((await as({ 'content-type': 'application/json' })).status).toBe(400);
    expect((await as({ authorization: `Basic ${btoa('sk_test_1:')}` })).status).toBe(200);
    expect((await stripe.get('/v1/transfers/tr_none')).status).toBe(404);
    expect((await stripe.post('/v1/balance', {})).status).toBe(404);
  });

  test('keeps description and metadata open to change, and nothing else', async () => {
    const stripe = await openStripe();
    const { body } = await stripe.create({ 'metadata[a]': '1', 'metadata[b]': '2' });
    const path = `/v1/transfers/${body.id}`;
    const changed = await stripe.post(path, { description: 'New', 'metadata[a]': '', 'metadata[c]': '3' });
    expect(changed.body).toMatchObject({ description: 'New', metadata: { b: '2', c: '3' }, amount: 1250 });
    expect((await stripe.post(path, { amount: '1' })).body.error.code).toBe('parameter_unknown');
  });
});

describe('a reversal', () => {
  test('takes back part, then the rest, and then no more', async () => {
    const stripe = await openStripe();
    const { id } = (await stripe.create()).body;
    const path = `/v1/transfers/${id}/reversals`;
    expect((await stripe.post(path, { amount: '250' })).body).toMatchObject({ amount: 250, transfer: id });
    expect((await stripe.get(`/v1/transfers/${id}`)).body).toMatchObject({
      amount_reversed: 250,
      reversed: false,
    });
    expect((await stripe.post(path, { amount: '1001' })).status).toBe(400);
    expect((await stripe.post(path, {})).body).toMatchObject({ amount: 1000 });
    expect((await stripe.post(path, {})).status).toBe(400);
    const read = (await stripe.get(`/v1/transfers/${id}`)).body;
    expect(read).toMatchObject({ amount_reversed: 1250, reversed: true });
    expect((await stripe.get(path)).body.data.map(({ amount }) => amount)).toEqual([1000, 250]);
    expect(await stripe.effects()).toMatchObject([
      { status: 'reversed', outstanding: false, reversedMinor: '1250' },
    ]);
  });
});

describe('a list', () => {
  test('is newest first, in pages with cursors both ways', async () => {
    const stripe = await openStripe();
    const ids: string[] = [];
    for (let n = 0; n < 7; n += 1) ids.unshift((await stripe.create({ transfer_group: `g${n}` })).body.id);
    const page = async (query: string) => {
      const { body } = await stripe.get(`/v1/transfers?${query}`);
      return { ids: body.data.map(({ id }) => id), more: body.has_more };
    };
    expect(await page('limit=3')).toEqual({ ids: ids.slice(0, 3), more: true });
    expect(await page(`limit=3&starting_after=${ids[2]}`)).toEqual({ ids: ids.slice(3, 6), more: true });
    expect(await page(`limit=3&starting_after=${ids[5]}`)).toEqual({ ids: ids.slice(6), more: false });
    expect(await page(`limit=3&ending_before=${ids[5]}`)).toEqual({ ids: ids.slice(2, 5), more: true });
    expect((await stripe.get('/v1/transfers?limit=101')).status).toBe(400);
    expect((await stripe.get('/v1/transfers?starting_after=tr_none')).body.error.code).toBe(
      'resource_missing',
    );
    expect((await stripe.get(`/v1/transfers?starting_after=${ids[0]}&ending_before=${ids[1]}`)).status).toBe(
      400,
    );
  });

  test('is narrowed by destination and time', async () => {
    const stripe = await openStripe();
    const first = (await stripe.create({ destination: 'acct_1Bob' })).body;
    await stripe.advance(60);
    const second = (await stripe.create()).body;
    const ids = async (query: string) =>
      (await stripe.get(`/v1/transfers?${query}`)).body.data.map(({ id }) => id);
    expect(await ids('destination=acct_1Bob')).toEqual([first.id]);
    expect(await ids(`created[gte]=${String(second['created'])}`)).toEqual([second.id]);
    expect(await ids(`created[lt]=${String(second['created'])}`)).toEqual([first.id]);
    expect(await ids(`created=${String(first['created'])}`)).toEqual([first.id]);
    expect((await stripe.get('/v1/transfers?created[about]=1')).status).toBe(400);
  });
});

describe('an account id decides what becomes of a transfer to it', () => {
  test.each([
    ['acct_1Ada_failed', 400, 'transfers_not_allowed'],
    ['acct_1Ada_disabled', 400, 'insufficient_capabilities_for_transfer'],
    ['acct_1Ada_insufficient', 400, 'balance_insufficient'],
    ['acct_1Ada_missing', 400, 'resource_missing'],
    ['nobody', 400, 'resource_missing'],
    ['acct_1Ada_error', 500, 'api_error'],
    ['acct_1Ada_locked', 429, 'lock_timeout'],
  ])('%s: %i %s, and no money moves', async (destination, status, code) => {
    const stripe = await openStripe();
    const answer = await stripe.create({ destination });
    expect([answer.status, answer.body.error.code ?? answer.body.error.type]).toEqual([status, code]);
    expect(await stripe.effects()).toEqual([]);
  });

  test.each([
    ['acct_1Ada_reversed', 1250],
    ['acct_1Ada_returned', 1250],
    ['acct_1Ada_partly', 625],
  ])('%s: paid, and later %i of it comes back', async (destination, back) => {
    const stripe = await openStripe();
    const { id } = (await stripe.create({ destination })).body;
    expect((await stripe.get(`/v1/transfers/${id}`)).body.amount_reversed).toBe(0);
    await stripe.advance(10);
    expect((await stripe.get(`/v1/transfers/${id}`)).body).toMatchObject({
      amount_reversed: back,
      reversed: back === 1250,
    });
    await stripe.advance(10);
    expect((await stripe.get(`/v1/transfers/${id}`)).body.amount_reversed).toBe(back);
  });

  test('_disabled and _nopayouts say what they still lack, and a decision by hand is kept', async () => {
    const stripe = await openStripe();
    const account = async (id: string) => (await stripe.get(`/v1/accounts/${id}`)).body;
    expect(await account('acct_1Ada')).toMatchObject({
      payouts_enabled: true,
      capabilities: { transfers: 'active' },
    });
    expect(await account('acct_1_disabled')).toMatchObject({
      payouts_enabled: false,
      capabilities: { transfers: 'inactive' },
    });
    expect(await account('acct_1_nopayouts')).toMatchObject({
      payouts_enabled: false,
      capabilities: { transfers: 'active' },
    });
    expect((await stripe.get('/v1/accounts/acct_1_missing')).body.error.code).toBe('account_invalid');
    expect((await stripe.get('/v1/account')).body).toMatchObject({
      object: 'account',
      payouts_enabled: true,
    });
    await stripe.control('POST', 'accounts/acct_1Ada', { payoutsEnabled: false, transfers: 'inactive' });
    expect(await account('acct_1Ada')).toMatchObject({ payouts_enabled: false });
    expect((await stripe.create()).status).toBe(400);
    await stripe.control('POST', 'accounts/acct_1Ada', { payoutsEnabled: true, transfers: 'active' });
    expect((await stripe.create()).status).toBe(200);
  });
});

describe('the balance', () => {
  test('is unlimited until it is set, then must cover each transfer, and takes back what is reversed', async () => {
    const stripe = await openStripe();
    expect((await stripe.create()).status).toBe(200);
    await stripe.control('POST', 'balance?provider=stripe', { currency: 'usd', amountMinor: 2000 });
    const { id } = (await stripe.create()).body;
    expect((await stripe.get('/v1/balance')).body).toMatchObject({
      available: [{ amount: 750, currency: 'usd' }],
    });
    expect((await stripe.create()).body.error.code).toBe('balance_insufficient');
    await stripe.post(`/v1/transfers/${id}/reversals`, { amount: '500' });
    expect((await stripe.create()).status).toBe(200);
    expect((await stripe.get('/v1/balance')).body).toMatchObject({
      available: [{ amount: 0, currency: 'usd' }],
    });
  });
});

test('the summary names whoever has money twice for one thing, attempts included', async () => {
  const stripe = await openStripe();
  await stripe.create({ transfer_group: 'royalty-1-2' });
  const second = await stripe.create({ transfer_group: 'royalty-1-2-a2' });
  await stripe.create({ transfer_group: 'royalty-1-3' });
  const summary = async () => stripe.control('GET', 'effects/summary?provider=stripe');
  expect(await summary()).toMatchObject({
    count: 3,
    totals: [{ currency: 'usd', count: 3, amountMinor: '3750', reversedMinor: '0' }],
    duplicateCount: 1,
    duplicates: [{ destination: 'acct_1Ada', baseGroup: 'royalty-1-2', count: 2 }],
  });
  await stripe.post(`/v1/transfers/${second.body.id}/reversals`, {});
  expect(await summary()).toMatchObject({ duplicateCount: 0 });
});
