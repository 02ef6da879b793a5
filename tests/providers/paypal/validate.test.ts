import { describe, expect, test } from 'vitest';
import type { Destination, PayoutItem } from '../../../src/providers/provider.ts';
import { item, provider } from './scripted.ts';

const paypal = provider('http://127.0.0.1:9');
const codeOf = (change: Partial<PayoutItem>) => paypal.validate(item(change))?.code ?? 'fine';
const receiver = (kind: Destination['kind'], value: string) => codeOf({ destination: { kind, value } });

describe('trap 25, one malformed item rejects all: it is found offline', () => {
  test.each([
    'ada@example.com',
    'ada.b+failed@sub.example.co',
    "o'hara_1@x-y.example",
    `${'a'.repeat(64)}@example.com`,
  ])('the address %s can be paid', (address) => {
    expect(receiver('email', address)).toBe('fine');
  });

  test.each([
    ['missing', ''],
    ['without @', 'ada.example.com'],
    ['with two @', 'ada@home@example.com'],
    ['without a domain name', 'ada@localhost'],
    ['with a space', 'ada b@example.com'],
    ['with a trailing space', 'ada@example.com '],
    ['with a line break', 'ada@example.com\n'],
    ['beyond ASCII', 'adä@example.com'],
    ['with an emoji', 'ada🙂@example.com'],
    ['with dots in a row', 'ada..b@example.com'],
    ['starting with a dot', '.ada@example.com'],
    ['with a label ending in a hyphen', 'ada@example-.com'],
    ['with an address for a domain', 'ada@127.0.0.1'],
    ['with a local part of 65 characters', `${'a'.repeat(65)}@example.com`],
    ['of 128 characters', `ada@${'abcdefghi.'.repeat(12)}comx`],
  ])('an e-mail address %s cannot', (_, address) => {
    expect(receiver('email', address)).toBe('receiver_invalid');
  });

  test('phone numbers and account ids have shapes of their own', () => {
    expect(receiver('phone', '+50937001122')).toBe('fine');
    expect(receiver('phone', '5551234')).toBe('fine');
    expect(receiver('phone', '555-1234')).toBe('receiver_invalid');
    expect(receiver('phone', '+1234567890123456')).toBe('receiver_invalid');
    expect(receiver('paypal_id', 'ABCDEFGHJKLMN')).toBe('fine');
    expect(receiver('paypal_id', 'ada@example.com')).toBe('receiver_invalid');
    expect(receiver('account', 'acct_1Ada')).toBe('receiver_invalid');
  });

  test('amounts are above zero and within the default maximum in USD', () => {
    expect(codeOf({ amount: 0n })).toBe('amount_not_allowed');
    expect(codeOf({ amount: -1n })).toBe('amount_not_allowed');
    expect(codeOf({ amount: 2_000_000n })).toBe('fine');
    expect(codeOf({ amount: 2_000_001n })).toBe('amount_not_allowed');
    expect(codeOf({ amount: 300_000_000n, currency: 'JPY' })).toBe('fine');
  });

  test('currencies are those PayPal pays out', () => {
    expect(codeOf({ currency: 'THB' })).toBe('fine');
    expect(codeOf({ currency: 'HTG' })).toBe('currency_not_supported');
    expect(codeOf({ currency: 'usd' })).toBe('currency_not_supported');
  });

  test('a note fits: 4,000 characters in ASCII, 1,000 otherwise, on one line', () => {
    expect(codeOf({ note: 'n'.repeat(4000) })).toBe('fine');
    expect(codeOf({ note: 'n'.repeat(4001) })).toBe('request_invalid');
    expect(codeOf({ note: 'é'.repeat(1000) })).toBe('fine');
    expect(codeOf({ note: 'é'.repeat(1001) })).toBe('request_invalid');
    expect(codeOf({ note: 'Bravo 🏆 שלום' })).toBe('fine');
    expect(codeOf({ note: 'two\nlines' })).toBe('request_invalid');
    expect(codeOf({ note: 'half a pair \uD83C' })).toBe('request_invalid');
  });

  test('an item reference fits', () => {
    expect(codeOf({ itemReference: 'r'.repeat(63) })).toBe('fine');
    expect(codeOf({ itemReference: 'r'.repeat(64) })).toBe('request_invalid');
    expect(codeOf({ itemReference: '' })).toBe('request_invalid');
    expect(codeOf({ itemReference: 'two words' })).toBe('request_invalid');
  });

  test('messages say what to do and never repeat the address', () => {
    const message =
      paypal.validate(item({ destination: { kind: 'email', value: 'ada@home' } }))?.message ?? '';
    expect(message).toContain('Nothing was sent');
    expect(message).not.toContain('ada');
  });
});
