import { Stripe } from 'stripe';
import { describe, expect, test } from 'vitest';
import { createStripeProvider } from '../../src/providers/stripe/provider.ts';
import { frozenOf } from '../providers/stripe/scripted.ts';
import { createSchema, needsSpecs, problemsBy, specsAbsent } from '../providers/stripe/specs.ts';
import { killHard, spawnSandbox, temporaryDirectory } from './support.ts';
import { officialClient, openStripe, stripeClient, transferForm } from './stripe-support.ts';

const parameters = { amount: 1250, currency: 'usd', destination: 'acct_1Ada', transfer_group: 'royalty-1-2' };

describe('Stripe’s own library finds in the sandbox what it finds at Stripe', () => {
  test('transfers, reversals, lists that page by themselves, accounts, balance and events', async () => {
    const { url } = await openStripe({ settleMs: 0 });
    const stripe = officialClient(url);
    const made = await stripe.transfers.create(
      { ...parameters, metadata: { a: '1' } },
      { idempotencyKey: 'k1' },
    );
    expect(made.lastResponse.headers['idempotency-key']).toBe('k1');
    expect(await stripe.transfers.retrieve(made.id)).toMatchObject({ id: made.id, metadata: { a: '1' } });
    await stripe.transfers.update(made.id, { metadata: { a: '2' } });
    const reversal = await stripe.transfers.createReversal(made.id, { amount: 250 });
    expect(await stripe.transfers.listReversals(made.id)).toMatchObject({ data: [{ id: reversal.id }] });
    for (let n = 0; n < 12; n += 1) await stripe.transfers.create({ ...parameters, transfer_group: `g${n}` });
    const seen: string[] = [];
    for await (const transfer of stripe.transfers.list({ limit: 5 })) seen.push(transfer.id);
    expect(new Set(seen).size).toBe(13);
    expect((await stripe.accounts.retrieve('acct_1Ada')).payouts_enabled).toBe(true);
    expect((await stripe.accounts.retrieveCurrent()).object).toBe('account');
    expect((await stripe.balance.retrieve()).available[0]?.currency).toBe('usd');
    const events = await stripe.events.list({ types: ['transfer.reversed'], created: { gte: 1 } });
    expect(events.data.map(({ type }) => type)).toEqual(['transfer.reversed']);
  });

  test('errors, each of its own class', async () => {
    const sandbox = await openStripe();
    const stripe = officialClient(sandbox.url);
    const create = (change: object, idempotencyKey?: string) =>
      stripe.transfers.create(
        { ...parameters, ...change },
        idempotencyKey === undefined ? {} : { idempotencyKey },
      );
    const { errors } = Stripe;
    await create({}, 'k1');
    await expect(create({ amount: 1 }, 'k1')).rejects.toBeInstanceOf(errors.StripeIdempotencyError);
    await expect(create({ destination: 'acct_1_insufficient' })).rejects.toMatchObject({
      code: 'balance_insufficient',
    });
    await expect(create({ destination: 'acct_1_locked' })).rejects.toBeInstanceOf(
      errors.StripeRateLimitError,
    );
    await expect(create({ destination: 'acct_1_error' })).rejects.toBeInstanceOf(errors.StripeAPIError);
    await expect(stripe.transfers.retrieve('tr_none')).rejects.toBeInstanceOf(
      errors.StripeInvalidRequestError,
    );
    await expect(stripe.accounts.retrieve('acct_1_missing')).rejects.toBeInstanceOf(
      errors.StripePermissionError,
    );
    const live = new Stripe('sk_live_1', {
      host: '127.0.0.1',
      port: new URL(sandbox.url).port,
      protocol: 'http',
    });
    await expect(live.balance.retrieve()).rejects.toBeInstanceOf(errors.StripeAuthenticationError);
  });
});

describe.skipIf(specsAbsent)(needsSpecs('the sandbox keeps to Stripe’s OpenAPI file'), () => {
  const schema = (name: string) => problemsBy('components', 'schemas', name);

  test('in every answer', async () => {
    const stripe = await openStripe({ settleMs: 0 });
    const made = await stripe.create({ destination: 'acct_1_partly', 'metadata[a]': '1' });
    expect(schema('transfer')(made.body)).toEqual([]);
    await stripe.advance(10);
    const read = await stripe.get(`/v1/transfers/${made.body.id}`);
    expect(schema('transfer')(read.body)).toEqual([]);
    const reversals = await stripe.get(`/v1/transfers/${made.body.id}/reversals`);
    expect(schema('transfer_reversal')(reversals.body.data[0])).toEqual([]);
    expect(schema('balance')((await stripe.get('/v1/balance')).body)).toEqual([]);
    expect(schema('account')((await stripe.get('/v1/account')).body)).toEqual([]);
    expect(schema('account')((await stripe.get('/v1/accounts/acct_1_disabled')).body)).toEqual([]);
    const events = (await stripe.get('/v1/events')).body.data;
    expect(events).toHaveLength(3);
    for (const event of events) expect(schema('event')(event)).toEqual([]);
    for (const event of events.filter(({ type }) => type === 'payout.paid')) {
      expect(schema('payout')((event['data'] as unknown as { object: unknown }).object)).toEqual([]);
    }
    for (const path of ['/v1/transfers/tr_none', '/v1/accounts/x/y', '/v1/transfers?limit=0']) {
      const { status, body } = await stripe.get(path);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(schema('error')(body)).toEqual([]);
    }
  });

  test('and takes the requests that the file allows', async () => {
    const stripe = await openStripe();
    expect(problemsBy(...createSchema)({ ...transferForm, amount: 1250 })).toEqual([]);
    const all = { description: 'd', source_transaction: 'ch_1', source_type: 'card', 'metadata[a]': '1' };
    expect((await stripe.create(all)).status).toBe(200);
  });
});

test('killed hard in the middle of creates, it has every transfer it answered for, and pays none twice', async () => {
  const dir = temporaryDirectory();
  const acknowledged = new Map<string, string>();
  let sent = 0;
  for (let round = 0; round < 5; round += 1) {
    const sandbox = await spawnSandbox(dir);
    const client = stripeClient(sandbox.url);
    let answered = 0;
    const killAfter = 5 + round * 7;
    async function caller(): Promise<void> {
      for (;;) {
        sent += 1;
        const key = `k${sent}`;
        const made = await client.create({ transfer_group: key }, key).catch(() => null);
        if (made === null) return;
        expect(made.status).toBe(200);
        acknowledged.set(key, made.body.id);
        answered += 1;
        if (answered === killAfter) await killHard(sandbox);
      }
    }
    await Promise.all([caller(), caller(), caller(), caller()]);
  }
  const { url } = await spawnSandbox(dir);
  const client = stripeClient(url);
  const before = new Map(
    (await client.effects()).map((effect) => [effect.idempotencyKey, effect.transferId]),
  );
  for (const [key, id] of acknowledged) expect(before.get(key)).toBe(id);
  // Whatever was lost is sent again under its key: replayed where it had arrived, made where it had not.
  for (let n = 1; n <= sent; n += 1) {
    const again = await client.create({ transfer_group: `k${n}` }, `k${n}`);
    const had = before.get(`k${n}`);
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([
      200,
      had === undefined ? null : 'true',
    ]);
    if (had !== undefined) expect(again.body.id).toBe(had);
  }
  const summary = await client.control('GET', 'effects/summary?provider=stripe');
  expect(summary).toMatchObject({ count: sent, duplicateCount: 0 });
}, 120_000);

test('the provider gets every transfer through every fault once, with the lookup after the key’s life', async () => {
  const sandbox = await openStripe({ settleMs: 0 });
  const config = {
    apiBase: sandbox.url,
    secretKey: 'sk_test_1',
    webhookSecrets: [],
    timeoutMs: 1000,
    sandbox: true,
  };
  const provider = createStripeProvider(config, { now: () => 0 });
  const faults = [
    'drop_before',
    'drop_after',
    'error_500_before',
    'error_500_after',
    'malformed',
    'reset_mid_body',
    'rate_limit',
  ];
  for (const fault of faults) {
    const frozen = frozenOf({ itemReference: `item-${fault}` }, `key-${fault}`);
    await sandbox.control('POST', 'faults', { fault, method: 'POST', path: '/v1/transfers', times: 1 });
    const first = await provider.send(frozen);
    expect([fault, first.kind]).toEqual([fault, fault === 'rate_limit' ? 'deferred' : 'unknown']);
    const second = await provider.send(frozen);
    expect([fault, second.kind]).toEqual([fault, fault === 'error_500_after' ? 'duplicate' : 'accepted']);
    const found = await provider.lookUp(frozen);
    expect(found).toEqual({
      kind: 'found',
      providerBatchId: 'providerBatchId' in second ? second.providerBatchId : '',
    });
    if (found.kind === 'found') {
      expect(await provider.fetchStatus(found.providerBatchId, 1)).toMatchObject({
        providerKey: `key-${fault}`,
        items: [{ itemReference: `item-${fault}`, status: 'completed', amount: 1250n }],
      });
    }
  }
  expect(await sandbox.effects()).toHaveLength(faults.length);
  const stuck = frozenOf(
    { itemReference: 'item-stuck', destination: { kind: 'account', value: 'acct_1_error' } },
    'key-stuck',
  );
  expect((await provider.send(stuck)).kind).toBe('unknown');
  expect((await provider.send(stuck)).kind).toBe('unknown');
  expect(await provider.lookUp(stuck)).toEqual({ kind: 'absent' });
  expect(await provider.checkCredentials()).toBeNull();
  expect((await provider.checkDestination({ kind: 'account', value: 'acct_1_disabled' }))?.code).toBe(
    'receiver_not_enabled',
  );
  expect((await provider.balances())[0]?.currency).toBe('USD');
}, 60_000);
