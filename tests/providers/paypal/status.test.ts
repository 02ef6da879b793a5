import { describe, expect, test } from 'vitest';
import { reasonOf } from '../../../src/providers/paypal/errors.ts';
import { LookupFailedError } from '../../../src/providers/provider.ts';
import { reasonCodes } from '../../../src/core/reasons.ts';
import { provider, refusal, scriptedPaypal } from './scripted.ts';
import type { Play, Scripted } from './scripted.ts';
import { needsSpecs, problemsBy, readSpec, recordings, specsAbsent } from './specs.ts';

interface Change {
  readonly id?: string;
  readonly reference?: string;
  readonly status?: string;
  readonly amount?: unknown;
  readonly more?: object;
}

function reported({ id = 'ITEM1', reference = 'winner-12-34', status = 'SUCCESS', ...rest }: Change = {}) {
  return {
    payout_item_id: id,
    transaction_id: `T${id}`,
    transaction_status: status,
    payout_item_fee: { currency: 'USD', value: '0.25' },
    payout_item: {
      recipient_type: 'EMAIL',
      amount: rest.amount ?? { currency: 'USD', value: '12.50' },
      receiver: 'ada@example.com',
      sender_item_id: reference,
    },
    ...rest.more,
  };
}

function page(items: unknown[], more: object = {}, status = 'PROCESSING'): Scripted {
  const header = {
    payout_batch_id: 'BATCH1',
    batch_status: status,
    time_created: '2014-55-11T01:55:28Z',
    sender_batch_header: { sender_batch_id: 'cycle-18-0123456789abcdef' },
  };
  return { status: 200, body: { batch_header: header, items, links: [], ...more } };
}

async function fetched(play: Play, number = 1) {
  const paypal = await scriptedPaypal(play);
  return provider(paypal.base).fetchStatus('BATCH1', number);
}

async function reportOf(change: Change) {
  const { items } = await fetched(page([reported(change)]));
  return items[0];
}

describe('a page of a batch', () => {
  test('is asked for with a thousand items and the total', async () => {
    const paypal = await scriptedPaypal(page([]));
    await provider(paypal.base).fetchStatus('BATCH1', 3);
    expect(paypal.received[0]?.url).toBe(
      '/v1/payments/payouts/BATCH1?page=3&page_size=1000&total_required=true',
    );
  });

  test('is read whole', async () => {
    expect(await fetched(page([reported()], { total_items: 1, total_pages: 1 }))).toEqual({
      progress: 'open',
      raw: 'PROCESSING',
      providerKey: 'cycle-18-0123456789abcdef',
      totalItems: 1,
      items: [
        {
          itemReference: 'winner-12-34',
          providerItemId: 'ITEM1',
          status: 'completed',
          raw: 'SUCCESS',
          amount: 1250n,
          currency: 'USD',
          fee: 25n,
          reason: null,
          transactionId: 'TITEM1',
        },
      ],
      hasMore: false,
    });
  });

  test.each([
    ['PENDING', 'open'],
    ['PROCESSING', 'open'],
    ['NEW', 'open'],
    ['ACKNOWLEDGED', 'open'],
    ['SUCCESS', 'done'],
    ['CANCELED', 'done'],
    ['DENIED', 'denied'],
    ['FROZEN', 'unknown'],
    ['', 'unknown'],
  ])('of a %s batch is %s', async (status, progress) => {
    expect(await fetched(page([], {}, status))).toMatchObject({ progress, raw: status });
  });
});

describe('the status of an item', () => {
  test.each([
    ['PENDING', 'pending', null],
    ['SUCCESS', 'completed', null],
    ['UNCLAIMED', 'unclaimed', 'receiver_unregistered'],
    ['ONHOLD', 'held', null],
    ['ON_HOLD', 'held', null],
    ['FAILED', 'failed', 'receiver_account_invalid'],
    ['BLOCKED', 'failed', 'receiver_account_invalid'],
    ['DENIED', 'failed', 'receiver_account_invalid'],
    ['RETURNED', 'returned', 'unclaimed_expired'],
    ['REFUNDED', 'returned', 'refunded'],
    ['REVERSED', 'returned', 'reversed'],
    ['VANISHED', null, null],
    ['', null, null],
  ])('%s is %s, with the reason %s', async (raw, status, reason) => {
    const errors = { name: 'RECEIVER_UNREGISTERED', message: 'Receiver is unregistered' };
    const report = await reportOf({ status: raw, more: { errors } });
    expect(report).toMatchObject({ status, raw });
    expect(report?.reason?.code ?? null).toBe(reason);
  });

  test('trap 26, unclaimed re-sent: unclaimed is neither failed nor over', async () => {
    expect(await reportOf({ status: 'UNCLAIMED' })).toMatchObject({ status: 'unclaimed', reason: null });
  });

  test('a failure has a reason, known or not, and its text shows no address', async () => {
    const failed = async (name: string, message: string) =>
      (await reportOf({ status: 'FAILED', more: { errors: { name, message } } }))?.reason;
    expect(await failed('RISK_DECLINE', 'for ada@example.com')).toEqual({
      code: 'risk_declined',
      message: 'RISK_DECLINE: for [address]',
    });
    expect((await failed('A_NAME_OF_TOMORROW', ''))?.code).toBe('provider_error');
    expect((await failed('toString', ''))?.code).toBe('provider_error');
    expect((await reportOf({ status: 'FAILED' }))?.reason).toEqual({
      code: 'provider_error',
      message: 'FAILED',
    });
  });

  test.skipIf(specsAbsent)(
    needsSpecs('every error name PayPal lists for payouts has a reason in words'),
    () => {
      const facts = readSpec('payouts-behaviour.json') as {
        error_reason_codes: { by_reason_code: Record<string, string[]> };
        get_batch_simulation: { item_error_in_200_body: Record<string, string> };
      };
      const names = new Set([
        ...Object.values(facts.error_reason_codes.by_reason_code).flat(),
        ...Object.values(facts.get_batch_simulation.item_error_in_200_body),
      ]);
      // Refusals of calls, judged where the call is made.
      const ofCalls = /^ITEM_|^RATE_LIMIT|^REQUEST_TIMEOUT/;
      const without = [...names].filter((name) => !ofCalls.test(name) && reasonOf(name) === null);
      expect(without).toEqual([]);
      expect(
        [...names].filter((name) => reasonCodes.includes(reasonOf(name) ?? 'provider_error')).length,
      ).toBe(names.size);
    },
  );
});

describe('an answer is read leniently', () => {
  test.each([
    ['no amount', null],
    ['a number for an amount', { currency: 'USD', value: 12.5 }],
    ['a currency that is none', { currency: 'XX', value: '12.50' }],
    ['more decimals than there are', { currency: 'USD', value: '12.505' }],
  ])('an item with %s stays open and matches nothing of ours', async (_, amount) => {
    const { items } = await fetched(page([reported({ id: 'ITEM2' }), reported({ amount: amount ?? {} })]));
    expect(items[0]).toMatchObject({ status: 'completed', amount: 1250n });
    expect(items[1]).toMatchObject({ status: null, amount: 0n, raw: 'SUCCESS (amount or id unreadable)' });
  });

  test('things that are no items at all do not stop the page', async () => {
    const { items } = await fetched(page([null, 7, 'x', {}, reported()]));
    expect(items.filter(({ status }) => status !== null)).toHaveLength(1);
    expect(items.every(({ status, amount }) => status !== null || amount === 0n)).toBe(true);
  });

  test('a fee in another currency is not a number of ours', async () => {
    const report = await reportOf({ more: { payout_item_fee: { currency: 'EUR', value: '0.25' } } });
    expect(report?.fee).toBeNull();
  });

  test('an array of errors is read like an object', async () => {
    const errors = [{ name: 'RISK_DECLINE', message: 'no' }];
    expect((await reportOf({ status: 'FAILED', more: { errors } }))?.reason?.code).toBe('risk_declined');
  });
});

describe('trap 4, believing item ids deduplicate', () => {
  test('two payments under one reference of ours are both reported', async () => {
    const { items } = await fetched(page([reported({ id: 'ITEM1' }), reported({ id: 'ITEM2' })]));
    expect(items.map(({ providerItemId }) => providerItemId)).toEqual(['ITEM1', 'ITEM2']);
    expect(new Set(items.map(({ itemReference }) => itemReference)).size).toBe(1);
  });

  test('one payment listed twice counts once, in any order; in two states both are told', async () => {
    const [one, two] = [reported({ id: 'ITEM1' }), reported({ id: 'ITEM2', reference: 'winner-13-35' })];
    expect((await fetched(page([two, one, two, one]))).items).toHaveLength(2);
    const flipped = await fetched(page([one, reported({ status: 'PENDING' })]));
    expect(flipped.items.map(({ status }) => status)).toEqual(['completed', 'pending']);
  });
});

describe('trap 17, only the first page read', () => {
  const full = Array.from({ length: 1000 }, (_, at) => reported({ id: `ITEM${at}` }));
  const next = { links: [{ rel: 'next', href: 'https://api-m.paypal.com/x', method: 'GET' }] };
  test.each([
    ['by the number of pages', page([reported()], { total_pages: 2 }), 1, true],
    ['by a next link', page([reported()], next), 1, true],
    ['by a full page', page(full), 1, true],
    ['by the total, when pages are smaller than asked for', page([reported()], { total_items: 2 }), 1, true],
    [
      'by the total, against a wrong number of pages',
      page(full, { total_pages: 1, total_items: 1001 }),
      1,
      true,
    ],
    ['not on the last page', page([reported()], { total_pages: 2, total_items: 1001 }), 2, false],
    ['not on a full last page', page(full, { total_pages: 1, total_items: 1000 }), 1, false],
    ['not on an empty page, whatever it links to', page([], { ...next, total_items: 5 }), 3, false],
    ['not beyond the last page PayPal serves', page(full, next), 1000, false],
  ])('more is known %s', async (_, play, number, more) => {
    expect((await fetched(play, number)).hasMore).toBe(more);
  });
});

describe('no answer is never an answer', () => {
  test.each([
    ['404', refusal(404, 'RESOURCE_NOT_FOUND')],
    ['500', refusal(500, 'INTERNAL_ERROR')],
    ['401 twice', refusal(401, 'AUTHENTICATION_FAILURE')],
    ['a redirect', { status: 302, headers: { location: '/elsewhere' } }],
    ['a page by somebody else', { status: 200, body: '<html>' }],
    ['JSON that is no object', { status: 200, body: 'null' }],
    ['no batch at all', { status: 200, body: {} }],
    ['another batch', { status: 200, body: { batch_header: { payout_batch_id: 'BATCH2' } } }],
    ['a reset', (_, response) => response.socket?.destroy()],
  ] as [string, Play][])('%s is a failed lookup', async (_, play) => {
    const paypal = await scriptedPaypal(play, refusal(401, 'AUTHENTICATION_FAILURE'));
    await expect(provider(paypal.base).fetchStatus('BATCH1', 1)).rejects.toThrow(LookupFailedError);
  });

  test('its wait is passed on and its words show no secret', async () => {
    const play = refusal(429, 'RATE_LIMIT_REACHED', [{ issue: 'slow down ada@example.com client-secret-1' }]);
    const failure = await fetched({ ...play, headers: { 'retry-after': '9' } }).catch(
      (error: unknown) => error,
    );
    if (!(failure instanceof LookupFailedError)) throw new Error('expected a failed lookup');
    expect(failure.retryAfterMs).toBe(9000);
    expect(failure.message).toContain('RATE_LIMIT_REACHED');
    expect(failure.message).not.toMatch(/ada@|client-secret-1/);
  });

  test('an id that is none of PayPal goes nowhere', async () => {
    const paypal = await scriptedPaypal();
    await expect(provider(paypal.base).fetchStatus('../../v1/x', 1)).rejects.toThrow(LookupFailedError);
    await expect(provider(paypal.base).cancelUnclaimed('..')).rejects.toThrow(LookupFailedError);
    expect(paypal.received).toHaveLength(0);
  });
});

describe('cancelling an unclaimed item', () => {
  test('says that the money is back', async () => {
    const errors = { name: 'RECEIVER_UNREGISTERED', message: 'Receiver is unregistered' };
    const body = reported({ status: 'RETURNED', more: { errors } });
    const paypal = await scriptedPaypal({ status: 200, body });
    const report = await provider(paypal.base).cancelUnclaimed('ITEM1');
    expect(report).toMatchObject({ status: 'returned', reason: { code: 'unclaimed_expired' } });
    expect(paypal.received[0]?.url).toBe('/v1/payments/payouts-item/ITEM1/cancel');
    expect(paypal.received[0]?.body.toString()).toBe('{}');
  });

  test.each(['ITEM_ALREADY_CANCELLED', 'ITEM_INCORRECT_STATUS', 'BATCH_NOT_COMPLETED'])(
    'when refused with %s tells what the item is instead',
    async (name) => {
      const paypal = await scriptedPaypal(refusal(400, name), { status: 200, body: reported() });
      expect(await provider(paypal.base).cancelUnclaimed('ITEM1')).toMatchObject({ status: 'completed' });
      expect(paypal.received.map(({ method }) => method)).toEqual(['POST', 'GET']);
    },
  );

  test('without an answer is a failed lookup, as nobody knows what became of it', async () => {
    const paypal = await scriptedPaypal(refusal(500, 'INTERNAL_ERROR'));
    await expect(provider(paypal.base).cancelUnclaimed('ITEM1')).rejects.toThrow(LookupFailedError);
  });
});

describe('recorded answers', () => {
  test.skipIf(specsAbsent)(needsSpecs('of batches and items are read without a loss'), async () => {
    const reads = recordings().filter(
      ({ request, response }) => request.method === 'GET' && response.status === 200,
    );
    const batches = reads.filter(({ request }) => request.url.includes('/payouts/'));
    expect(batches.length).toBeGreaterThan(1);
    for (const { request, response } of batches) {
      const paypal = await scriptedPaypal({ status: 200, body: response.body });
      const id = request.url.split('/').at(-1) ?? '';
      const read = await provider(paypal.base).fetchStatus(id, 1);
      expect(read.items.length).toBeGreaterThan(0);
      expect(
        read.items.every(({ status, amount, itemReference }) => status && amount > 0n && itemReference),
      ).toBe(true);
    }
  });

  test.skipIf(specsAbsent)(needsSpecs('of cancellations are read'), async () => {
    const cancels = recordings().filter(({ request }) => request.url.endsWith('/cancel'));
    const done = cancels.filter(({ response }) => response.status === 200);
    expect(done.length).toBeGreaterThan(0);
    for (const { request, response } of done) {
      const paypal = await scriptedPaypal({ status: 200, body: response.body });
      const id = request.url.split('/').at(-2) ?? '';
      expect((await provider(paypal.base).cancelUnclaimed(id)).status).toBe('returned');
    }
  });

  test.skipIf(specsAbsent)(needsSpecs("the answers of these tests conform to PayPal's schema"), () => {
    const problems = problemsBy('payments_payouts_batch_v1.json', 'payout_batch');
    const item = { ...reported(), payout_batch_id: 'BATCH1' };
    expect(problems(page([item], { total_items: 1, total_pages: 1 }).body)).toEqual([]);
  });
});
