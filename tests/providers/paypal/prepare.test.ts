import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatValue, readValue } from '../../../src/providers/paypal/money.ts';
import { item, provider } from './scripted.ts';
import { needsSpecs, problemsBy, specsAbsent } from './specs.ts';

const paypal = provider('http://127.0.0.1:9');
const plan = { providerKey: 'cycle-18-0123456789abcdef', currency: 'USD', items: [item()] };
const textOf = (body: Uint8Array) => new TextDecoder().decode(body);
const valueOf = (amount: bigint, currency: string) => {
  const body = paypal.prepare({ ...plan, currency, items: [item({ amount, currency })] });
  return (JSON.parse(textOf(body)) as { items: { amount: unknown }[] }).items[0]?.amount;
};

describe('the create request', () => {
  test('is these bytes and no others', () => {
    const items = [
      item(),
      item({ itemReference: 'winner-13-35', destination: { kind: 'phone', value: '+15550100' }, note: null }),
      item({ itemReference: 'winner-14-36', destination: { kind: 'paypal_id', value: 'ABCDEFGHJKLMN' } }),
    ];
    expect(textOf(paypal.prepare({ ...plan, items }))).toBe(
      '{"sender_batch_header":{"sender_batch_id":"cycle-18-0123456789abcdef","email_subject":"You have a payment"},' +
        '"items":[{"recipient_type":"EMAIL","receiver":"ada@example.com","amount":{"currency":"USD","value":"12.50"},' +
        '"note":"Prize of cycle 18","sender_item_id":"winner-12-34"},' +
        '{"recipient_type":"PHONE","receiver":"+15550100","amount":{"currency":"USD","value":"12.50"},' +
        '"sender_item_id":"winner-13-35"},' +
        '{"recipient_type":"PAYPAL_ID","receiver":"ABCDEFGHJKLMN","amount":{"currency":"USD","value":"12.50"},' +
        '"note":"Prize of cycle 18","sender_item_id":"winner-14-36"}]}',
    );
  });

  test('trap 2, key born in memory: the same plan gives the same bytes in another provider object', () => {
    expect(provider('http://127.0.0.1:9').prepare(plan)).toEqual(paypal.prepare(plan));
  });

  test('carries the key of the plan as sender_batch_id, which is what PayPal deduplicates by', () => {
    expect(textOf(paypal.prepare({ ...plan, providerKey: 'other' }))).toContain('"sender_batch_id":"other"');
  });

  test('refuses a plan that no caller may make', () => {
    expect(() => paypal.prepare({ ...plan, items: [] })).toThrow(RangeError);
    expect(() => paypal.prepare({ ...plan, providerKey: 'k'.repeat(257) })).toThrow(RangeError);
    expect(() => paypal.prepare({ ...plan, items: [item({ currency: 'EUR' })] })).toThrow('one currency');
    expect(() => paypal.prepare({ ...plan, items: [item({ amount: 0n })] })).toThrow(RangeError);
    const tooMany = Array.from({ length: 15_001 }, () => item());
    expect(() => paypal.prepare({ ...plan, items: tooMany })).toThrow(RangeError);
  });

  test.skipIf(specsAbsent)(needsSpecs("conforms to PayPal's published schema"), () => {
    const problems = problemsBy('payments_payouts_batch_v1.json', 'create_payout_request');
    const items = [
      item({ note: null }),
      item({ destination: { kind: 'phone', value: '15550100' } }),
      item({ destination: { kind: 'paypal_id', value: 'ABCDEFGHJKLMN' }, itemReference: 'r'.repeat(63) }),
      item({
        note: 'n'.repeat(4000),
        destination: { kind: 'email', value: `${'a'.repeat(60)}@example.com` },
      }),
    ];
    expect(items.map((each) => paypal.validate(each))).toEqual([null, null, null, null]);
    const body: unknown = JSON.parse(
      textOf(paypal.prepare({ ...plan, providerKey: 'k'.repeat(256), items })),
    );
    expect(problems(body)).toEqual([]);
    expect(problems({ ...(body as object), items: [{ receiver: 'x' }] })).not.toEqual([]);
  });
});

describe('trap 27, zero-decimal currencies', () => {
  test('HUF, TWD and JPY are written without decimals, whatever their minor unit is', () => {
    expect(valueOf(150_000n, 'HUF')).toEqual({ currency: 'HUF', value: '1500' });
    expect(valueOf(150_000n, 'TWD')).toEqual({ currency: 'TWD', value: '1500' });
    expect(valueOf(1500n, 'JPY')).toEqual({ currency: 'JPY', value: '1500' });
    expect(valueOf(1500n, 'EUR')).toEqual({ currency: 'EUR', value: '15.00' });
    expect(valueOf(5n, 'EUR')).toEqual({ currency: 'EUR', value: '0.05' });
  });

  test('an amount with decimals in one of them is refused offline and never rounded', () => {
    expect(paypal.validate(item({ amount: 150_050n, currency: 'HUF' }))?.code).toBe('amount_not_allowed');
    expect(() => valueOf(150_050n, 'HUF')).toThrow(RangeError);
    expect(paypal.validate(item({ amount: 150_000n, currency: 'HUF' }))).toBeNull();
  });

  test('every amount survives the way to PayPal and back, exactly', () => {
    const whole = new Set(['HUF', 'TWD']);
    const currency = fc.constantFrom('USD', 'EUR', 'HUF', 'TWD', 'JPY');
    fc.assert(
      fc.property(fc.bigInt(1n, 9_007_199_254_740_991n), currency, (some, currency) => {
        const amount = whole.has(currency) ? some * 100n : some;
        expect(readValue(formatValue(amount, currency), currency)).toBe(amount);
      }),
    );
  });

  test('values by PayPal are read with fewer or more decimals than ours, never through a float', () => {
    expect(readValue('0.9', 'USD')).toBe(90n);
    expect(readValue('12', 'USD')).toBe(1200n);
    expect(readValue('1.500', 'USD')).toBe(150n);
    expect(readValue('1500.00', 'JPY')).toBe(1500n);
    expect(readValue('90071992547409.93', 'USD')).toBe(9_007_199_254_740_993n);
    expect(readValue('1.505', 'USD')).toBeNull();
    expect(readValue(0.99, 'USD')).toBeNull();
    expect(readValue('-1.00', 'USD')).toBeNull();
    expect(readValue('1,000.00', 'USD')).toBeNull();
    expect(readValue('1.00', 'XXX')).toBeNull();
  });
});
