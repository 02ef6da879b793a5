import { describe, expect, test } from 'vitest';
import type { PayoutItem } from '../../../src/providers/provider.ts';
import { prepareTransfer } from '../../../src/providers/stripe/translate.ts';
import { validateItem } from '../../../src/providers/stripe/validate.ts';
import { fromStripeUnits, toStripeUnits } from '../../../src/providers/stripe/money.ts';
import { createStripeProvider } from '../../../src/providers/stripe/provider.ts';
import { item, provider, providerKey, transfer } from './scripted.ts';
import { createSchema, needsSpecs, problemsBy, specsAbsent, transferSchema } from './specs.ts';

const plan = (change: Partial<PayoutItem> = {}, key = providerKey) => {
  const one = item(change);
  return { providerKey: key, currency: one.currency, items: [one] };
};
const parametersOf = (change: Partial<PayoutItem> = {}): unknown =>
  JSON.parse(new TextDecoder().decode(prepareTransfer(plan(change))));

describe('the frozen parameters', () => {
  test('are the same bytes for the same plan, with the item reference where Stripe can search it', () => {
    const bytes = prepareTransfer(plan());
    expect(Buffer.from(bytes).equals(Buffer.from(prepareTransfer(plan())))).toBe(true);
    expect(new TextDecoder().decode(bytes)).toBe(
      '{"amount":1250,"currency":"usd","destination":"acct_1Ada","transfer_group":"royalty-12-34",' +
        '"description":"Royalties of May",' +
        '"metadata":{"purser_key":"batch-7-0123456789abcdef","purser_item":"royalty-12-34"}}',
    );
    expect(parametersOf({ note: null })).not.toHaveProperty('description');
  });

  test('are refused for a plan nobody may make', () => {
    const one = item();
    const refused = [
      { ...plan(), items: [] },
      { ...plan(), items: [one, one] },
      { ...plan(), currency: 'EUR' },
      plan({ amount: 0n }),
      plan({ destination: { kind: 'email', value: 'ada@example.com' } }),
      plan({ currency: 'UGX' }),
      plan({}, 'k'.repeat(256)),
      plan({}, 'two words'),
      plan({ amount: 2n ** 53n }),
    ];
    for (const bad of refused) expect(() => prepareTransfer(bad)).toThrow(RangeError);
  });

  test.skipIf(specsAbsent)(needsSpecs('conform to Stripe’s published parameters'), () => {
    const problems = problemsBy(...createSchema);
    expect(problems(parametersOf())).toEqual([]);
    expect(problems(parametersOf({ note: null, currency: 'JPY' }))).toEqual([]);
    expect(problems({ ...(parametersOf() as object), surprise: 1 })).not.toEqual([]);
  });

  test.skipIf(specsAbsent)(needsSpecs('and the answers of these tests conform to Stripe’s transfer'), () => {
    expect(problemsBy(...transferSchema)(transfer())).toEqual([]);
    expect(problemsBy(...transferSchema)(transfer({ amount: '12' }))).not.toEqual([]);
  });
});

describe('an item is checked offline', () => {
  const codeOf = (change: Partial<PayoutItem>) => validateItem(item(change))?.code ?? 'fine';
  const account = (value: string) => codeOf({ destination: { kind: 'account', value } });

  test('for a connected account', () => {
    expect(account('acct_1Ada')).toBe('fine');
    expect(account('acct_1Ada_failed')).toBe('fine');
    for (const wrong of [
      '',
      'acct_',
      'ada@example.com',
      'acct_1/../2',
      'acct_1 2',
      `acct_${'x'.repeat(300)}`,
    ]) {
      expect(account(wrong)).toBe('receiver_invalid');
    }
    expect(codeOf({ destination: { kind: 'email', value: 'acct_1Ada' } })).toBe('receiver_invalid');
  });

  test('for amount and currency by Stripe’s own rules', () => {
    expect(codeOf({ amount: 1n })).toBe('fine');
    expect(codeOf({ amount: 0n })).toBe('amount_not_allowed');
    expect(codeOf({ amount: -5n })).toBe('amount_not_allowed');
    expect(codeOf({ amount: 2n ** 53n })).toBe('amount_not_allowed');
    expect(codeOf({ currency: 'KWD', amount: 5120n })).toBe('fine');
    expect(codeOf({ currency: 'KWD', amount: 5124n })).toBe('amount_not_allowed');
    expect(codeOf({ currency: 'MGA', amount: 1250n })).toBe('amount_not_allowed');
    expect(codeOf({ currency: 'UGX', amount: 500n })).toBe('currency_not_supported');
    expect(codeOf({ currency: 'XXX' })).toBe('currency_not_supported');
    expect(codeOf({ currency: 'usd' })).toBe('currency_not_supported');
  });

  test('for note and reference', () => {
    expect(codeOf({ note: 'x'.repeat(5001) })).toBe('request_invalid');
    expect(codeOf({ note: 'two\nlines' })).toBe('request_invalid');
    expect(codeOf({ itemReference: '' })).toBe('request_invalid');
    expect(codeOf({ itemReference: 'r'.repeat(256) })).toBe('request_invalid');
    expect(codeOf({ itemReference: 'two words' })).toBe('request_invalid');
  });
});

test('trap 27: every currency goes to Stripe’s units and back without losing or making money', () => {
  const known = [
    ['USD', 1250n, 1250n],
    ['JPY', 1250n, 1250n],
    ['KWD', 1250n, 1250n],
    ['ISK', 5n, 500n],
    ['MGA', 1200n, 12n],
    ['HUF', 1045n, 1045n],
    ['XOF', 7n, 7n],
  ] as const;
  for (const [currency, ours, theirs] of known) {
    expect([currency, toStripeUnits(ours, currency)]).toEqual([currency, theirs]);
    expect(fromStripeUnits(theirs, currency)).toBe(ours);
  }
  expect(fromStripeUnits(501n, 'ISK')).toBeNull();
});

test('what it can do is said, with the key’s life safely below Stripe’s 24 hours', () => {
  const { capabilities, name } = provider('http://127.0.0.1:1');
  expect(name).toBe('stripe');
  expect(capabilities).toMatchObject({
    itemsPerSubmissionMax: 1,
    providerKeyMax: 255,
    keyLifeMs: 23 * 3_600_000,
  });
});

test('an address that is none is a mistake in configuration', () => {
  for (const apiBase of [
    '',
    'stripe',
    'ftp://api.stripe.com',
    'https://user:pw@api.stripe.com',
    'https://a?b',
  ]) {
    const config = { apiBase, secretKey: 'sk_test_1', webhookSecrets: [], timeoutMs: 1, sandbox: true };
    expect(() => createStripeProvider(config, { now: () => 0 })).toThrow(RangeError);
  }
});
