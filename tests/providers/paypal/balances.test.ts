import { describe, expect, test } from 'vitest';
import { LookupFailedError } from '../../../src/providers/provider.ts';
import { startSandbox } from '../../../src/sandbox/server.ts';
import { temporaryDirectory } from '../../sandbox/support.ts';
import { nowMs, provider, refusal, scriptedPaypal } from './scripted.ts';
import type { Play } from './scripted.ts';
import { needsSpecs, problemsBy, specsAbsent } from './specs.ts';

const money = (value: unknown, currency_code = 'USD') => ({ currency_code, value });

/** One balance as PayPal writes it. */
function held(currency: string, available: unknown, more: object = {}) {
  return { currency, total_balance: money('1.00', currency), available_balance: available, ...more };
}

function answer(balances: unknown[], more: object = {}): Play {
  return { status: 200, body: { balances, account_id: '7J7XV2ZKM4L9Q', ...more } };
}

async function read(play: Play) {
  const paypal = await scriptedPaypal(play);
  const found = await provider(paypal.base).balances?.();
  return { found: found ?? [], received: paypal.received };
}

describe('what the account holds', () => {
  test('is read per currency in minor units, below zero too, as of the moment PayPal speaks of', async () => {
    const refreshed = '2026-03-01T11:30:00Z';
    const { found, received } = await read(
      answer(
        [
          held('USD', money('3760.00'), { withheld_balance: money('12.5') }),
          held('JPY', money('1200', 'JPY')),
          held('EUR', money('-0.05', 'EUR')),
        ],
        { last_refresh_time: refreshed, as_of_time: '2026-03-01T00:00:00Z' },
      ),
    );
    const asOf = new Date(refreshed);
    expect(found).toEqual([
      { currency: 'USD', available: 376_000n, pending: 1250n, asOf },
      { currency: 'JPY', available: 1200n, pending: 0n, asOf },
      { currency: 'EUR', available: -5n, pending: 0n, asOf },
    ]);
    expect(received.map(({ method, url }) => `${method} ${url}`)).toEqual(['GET /v1/reporting/balances']);
  });

  test('leaves out what it cannot read: that is not known, and not nothing', async () => {
    const odd = [
      held('USD', money(12.5)),
      held('EUR', money('1.00', 'USD')),
      held('GBP', undefined),
      7,
      null,
    ];
    expect((await read(answer(odd))).found).toEqual([]);
  });

  test.each([
    ['from the future', '2026-03-01T13:00:00Z', 0],
    ['that nobody can read', 'yesterday', 0],
    ['older than PayPal’s lag', '2026-02-01T00:00:00Z', 3 * 60 * 60_000],
  ])('takes no moment %s', async (_what, last_refresh_time, agoMs) => {
    const { found } = await read(answer([held('USD', money('1.00'))], { last_refresh_time }));
    expect(found[0]?.asOf).toEqual(new Date(nowMs - agoMs));
  });

  test('without the right to read balances says what to switch on', async () => {
    const failing = read(refusal(403, 'NOT_AUTHORIZED'));
    await expect(failing).rejects.toBeInstanceOf(LookupFailedError);
    await expect(failing).rejects.toThrow(/does not let these credentials read balances \(.*NOT_AUTHORIZED/);
  });

  test.each([
    ['an error', refusal(500, 'INTERNAL_SERVER_ERROR')],
    ['no JSON', { status: 200, body: 'sorry' }],
  ])('is not known after %s', async (_what, play) => {
    await expect(read(play)).rejects.toBeInstanceOf(LookupFailedError);
  });
});

test('the sandbox tells the same, and less after it paid', async () => {
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dir: temporaryDirectory(), settleMs: 0 });
  try {
    const paypal = provider(sandbox.url, {}, Date.now);
    const available = async () => (await paypal.balances?.())?.map((one) => [one.currency, one.available]);
    const before = (await available())?.[0];
    expect(before).toEqual(['USD', 9_999_999_999_999n]);
    await fetch(`${sandbox.url}/__sandbox/balance`, {
      method: 'POST',
      body: JSON.stringify({ currency: 'USD', amountMinor: 5000 }),
    });
    const item = { itemReference: 'r1', destination: { kind: 'email', value: 'a@example.com' } as const };
    const plan = { providerKey: 'k1', currency: 'USD' };
    const items = [{ ...item, amount: 1000n, currency: 'USD', note: null }];
    await paypal.send({ providerKey: 'k1', body: paypal.prepare({ ...plan, items }) });
    expect(await available()).toEqual([['USD', 3980n]]);
  } finally {
    await sandbox.close();
  }
});

test.skipIf(specsAbsent)(needsSpecs('the answers these tests script are PayPal’s'), () => {
  const problems = problemsBy('reporting_transactions_v1.json', 'balances_response');
  const body = {
    balances: [held('USD', money('3760.00'), { withheld_balance: money('12.5') })],
    last_refresh_time: '2026-03-01T11:30:00Z',
    account_id: '7J7XV2ZKM4L9Q',
  };
  expect(problems(body)).toEqual([]);
});
