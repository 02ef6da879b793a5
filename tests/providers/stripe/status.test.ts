import { describe, expect, test } from 'vitest';
import { LookupFailedError } from '../../../src/providers/provider.ts';
import { created, frozen, page, provider, refusal, scriptedStripe, transfer } from './scripted.ts';
import type { Act, Play } from './scripted.ts';

const reset: Act = (_, response) => response.socket?.destroy();

async function asked(...plays: Play[]) {
  const stripe = await scriptedStripe(...plays);
  return { provider: provider(stripe.base, { timeoutMs: 400 }), received: stripe.received };
}

async function statusOf(change: Record<string, unknown>) {
  const { provider: stripe } = await asked(created(change));
  return stripe.fetchStatus('tr_1Abc', 1);
}

describe('a transfer is read as the one page of its submission', () => {
  test('done and completed from the beginning, with the key that made it', async () => {
    expect(await statusOf({})).toEqual({
      progress: 'done',
      raw: 'paid',
      providerKey: 'batch-7-0123456789abcdef',
      totalItems: 1,
      hasMore: false,
      items: [
        {
          itemReference: 'royalty-12-34',
          providerItemId: 'tr_1Abc',
          status: 'completed',
          raw: 'paid',
          amount: 1250n,
          currency: 'USD',
          fee: null,
          reason: null,
          transactionId: 'txn_1Abc',
        },
      ],
    });
  });

  test('trap 21, reversal in status only: all of it back is returned, part of it is told as an amount', async () => {
    const reversals = { object: 'list', data: [{ id: 'trr_1A' }, { id: 'trr_1B' }], has_more: false };
    const all = await statusOf({ amount_reversed: 1250, reversed: true, reversals });
    expect(all.items[0]).toMatchObject({
      status: 'returned',
      raw: 'reversed',
      amount: 1250n,
      reason: { code: 'reversed', message: 'reversed by trr_1A, trr_1B' },
    });
    const part = await statusOf({ amount_reversed: 300, reversals });
    expect(part.items[0]).toMatchObject({
      status: 'completed',
      raw: 'partly_reversed',
      partlyReturned: 300n,
      reason: { code: 'partly_reversed' },
    });
  });

  test('trap 27, zero- and three-decimal currencies come back in our minor units', async () => {
    const amounts = [
      ['jpy', 500, 500n],
      ['kwd', 5120, 5120n],
      ['isk', 500, 5n],
      ['mga', 12, 1200n],
      ['huf', 1045, 1045n],
    ] as const;
    for (const [currency, amount, ours] of amounts) {
      const { items } = await statusOf({ currency, amount });
      expect([currency, items[0]?.amount, items[0]?.status]).toEqual([currency, ours, 'completed']);
    }
  });

  test('and what cannot be read stays open and matches nothing', async () => {
    for (const change of [
      { amount: '1250' },
      { amount: 12.5 },
      { currency: 'zzz' },
      { amount_reversed: -1 },
    ]) {
      const { items, progress } = await statusOf(change);
      expect([progress, items[0]?.status]).toEqual(['unknown', null]);
    }
  });

  test('no answer, another transfer, or an id that is none says nothing about money', async () => {
    for (const play of [
      reset,
      refusal(404, 'resource_missing'),
      { status: 200, body: '[' },
      created({ id: 'tr_1Other' }),
    ]) {
      const { provider: stripe } = await asked(play);
      await expect(stripe.fetchStatus('tr_1Abc', 1)).rejects.toBeInstanceOf(LookupFailedError);
    }
    const { provider: stripe, received } = await asked();
    await expect(stripe.fetchStatus('../balance', 1)).rejects.toBeInstanceOf(LookupFailedError);
    expect(received).toHaveLength(0);
  });

  test('a cancel is only a look: a transfer is never unclaimed', async () => {
    const { provider: stripe, received } = await asked(created());
    expect(await stripe.cancelUnclaimed('tr_1Abc')).toMatchObject({ status: 'completed' });
    expect(received[0]?.method).toBe('GET');
  });
});

describe('after the life of its key a transfer is looked up by transfer_group', () => {
  test('found, once, whatever page it is on', async () => {
    const others = Array.from({ length: 100 }, (_, n) =>
      transfer({ id: `tr_1x${n}`, transfer_group: 'another' }),
    );
    const { provider: stripe, received } = await asked(
      page(others, true),
      page([transfer({ id: 'tr_1Mine' })]),
    );
    expect(await stripe.lookUp(frozen)).toEqual({ kind: 'found', providerBatchId: 'tr_1Mine' });
    expect(received.map(({ url }) => url)).toEqual([
      '/v1/transfers?transfer_group=royalty-12-34&limit=100',
      '/v1/transfers?transfer_group=royalty-12-34&limit=100&starting_after=tr_1x99',
    ]);
  });

  test('absent only when the whole list was read', async () => {
    expect(await (await asked(page([]))).provider.lookUp(frozen)).toEqual({ kind: 'absent' });
    const half = await asked(page([transfer({ transfer_group: 'another' })], true), { status: 500 });
    await expect(half.provider.lookUp(frozen)).rejects.toBeInstanceOf(LookupFailedError);
    const endless = await asked(page([], true));
    await expect(endless.provider.lookUp(frozen)).rejects.toBeInstanceOf(LookupFailedError);
    const strange = await asked({ status: 200, body: { object: 'list' } });
    await expect(strange.provider.lookUp(frozen)).rejects.toBeInstanceOf(LookupFailedError);
  });

  test('trap 17, only the first page read: a second transfer on the second page is seen', async () => {
    const { provider: stripe } = await asked(
      page([transfer({ id: 'tr_1A' })], true),
      page([transfer({ id: 'tr_1B' })]),
    );
    expect(await stripe.lookUp(frozen)).toEqual({ kind: 'several', providerBatchIds: ['tr_1A', 'tr_1B'] });
  });
});

describe('a connected account is asked about before it is paid', () => {
  const account = (change: object): Play => ({
    status: 200,
    body: {
      id: 'acct_1Ada',
      object: 'account',
      payouts_enabled: true,
      capabilities: { transfers: 'active' },
      ...change,
    },
  });
  async function issue(play: Play) {
    return (await asked(play)).provider.checkDestination({ kind: 'account', value: 'acct_1Ada' });
  }

  test('and nothing is wrong with one that can receive and pay out', async () => {
    expect(await issue(account({}))).toBeNull();
    expect(await issue(account({ capabilities: undefined }))).toBeNull();
  });

  test('one that is not enabled says what Stripe still asks for', async () => {
    const requirements = {
      disabled_reason: 'requirements.past_due',
      currently_due: ['external_account', 'ada@example.com'],
    };
    const off = await issue(
      account({ payouts_enabled: false, capabilities: { transfers: 'inactive' }, requirements }),
    );
    expect(off?.code).toBe('receiver_not_enabled');
    expect(off?.message).toContain('its transfers capability is inactive and its payouts are not enabled');
    expect(off?.message).toContain('(requirements.past_due, external_account)');
    expect((await issue(account({ capabilities: { transfers: 'pending' } })))?.code).toBe(
      'receiver_not_enabled',
    );
  });

  test('one that is not of this platform is not an account', async () => {
    expect((await issue(refusal(403, 'account_invalid')))?.code).toBe('receiver_account_invalid');
    expect((await issue(refusal(404, 'resource_missing')))?.code).toBe('receiver_account_invalid');
    const { provider: stripe } = await asked();
    expect((await stripe.checkDestination({ kind: 'email', value: 'a@example.com' }))?.code).toBe(
      'receiver_invalid',
    );
  });

  test('and without an answer nothing is said', async () => {
    for (const play of [
      reset,
      refusal(401, null),
      refusal(500, null),
      { status: 200, body: '<' },
    ] as Play[]) {
      await expect(issue(play)).rejects.toBeInstanceOf(LookupFailedError);
    }
  });
});

test('balances are summed by currency, in our minor units, and may be negative', async () => {
  const entry = (currency: string, amount: number) => ({ currency, amount, source_types: { card: amount } });
  const body = {
    object: 'balance',
    available: [entry('usd', 1000), entry('isk', 700)],
    pending: [entry('usd', -50)],
  };
  const { provider: stripe } = await asked({ status: 200, body });
  expect(await stripe.balances()).toEqual([
    { currency: 'USD', available: 1000n, pending: -50n },
    { currency: 'ISK', available: 7n, pending: 0n },
  ]);
});

test('credentials are checked with words that say what to mend', async () => {
  const check = async (play: Play) => (await asked(play)).provider.checkCredentials();
  expect(await check({ status: 200, body: { object: 'balance', available: [], pending: [] } })).toBeNull();
  expect(await check(refusal(401, null))).toContain('Check STRIPE_SECRET_KEY');
  expect(await check(reset)).toContain('Check STRIPE_API_BASE');
  expect(await check({ status: 200, body: '<html>' })).toContain('Check STRIPE_API_BASE');
});
