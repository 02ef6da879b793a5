import { describe, expect, it } from 'vitest';
import type { MethodInput } from '../../src/core/method-input.ts';
import { readMethod } from '../../src/core/method-input.ts';
import { accountOf, maskMethod } from '../../src/core/payout-method.ts';

const bank = (more: Partial<MethodInput>): MethodInput => ({
  type: 'bank',
  accountHolder: 'Ana Lopez',
  ...more,
});

describe('a method as somebody types it', () => {
  it.each<[string, MethodInput, string, string]>([
    [
      'an e-mail address of PayPal',
      { type: 'paypal', destination: ' ana@example.com ' },
      'email',
      'ana@example.com',
    ],
    ['an account of Stripe', { type: 'stripe', destination: 'acct_1NqK2eJ' }, 'account', 'acct_1NqK2eJ'],
    [
      'a number of Haiti without its country',
      { type: 'moncash', destination: '3700 12-34' },
      'phone',
      '+50937001234',
    ],
    [
      'a number of Haiti without its plus',
      { type: 'natcash', destination: '50937001234' },
      'phone',
      '+50937001234',
    ],
    [
      'a number of another country',
      { type: 'moncash', destination: '+1 (305) 555-0100' },
      'phone',
      '+13055550100',
    ],
    // The example of ISO 13616 for Germany and for Great Britain.
    [
      'an IBAN with spaces',
      bank({ iban: 'de89 3704 0044 0532 0130 00' }),
      'iban',
      'DE89370400440532013000 | Ana Lopez',
    ],
    [
      'an IBAN as destination',
      bank({ destination: 'GB82WEST12345698765432' }),
      'iban',
      'GB82WEST12345698765432 | Ana Lopez',
    ],
    [
      'an account with its bank',
      bank({ accountNumber: '000 123 456', routingNumber: '021000021' }),
      'bank_account',
      '021000021/000123456 | Ana Lopez',
    ],
    ['words', { type: 'manual', destination: 'cash at the office' }, 'text', 'cash at the office'],
  ])('is read: %s', (_what, input, kind, destination) => {
    expect(readMethod(input)).toEqual({ type: input.type, kind, destination });
  });

  it.each<[string, MethodInput, string, RegExp]>([
    ['an address without a domain', { type: 'paypal', destination: 'ana@example' }, 'destination', /e-mail/],
    ['two addresses', { type: 'paypal', destination: 'a@b.co, c@d.co' }, 'destination', /e-mail/],
    ['a bank without a holder', { type: 'bank', iban: 'DE89370400440532013000' }, 'accountHolder', /name/],
    ['an IBAN with a wrong digit', bank({ iban: 'DE89370400440532013001' }), 'iban', /check digits/],
    ['an IBAN with two digits exchanged', bank({ iban: 'DE89370400440532010300' }), 'iban', /check digits/],
    [
      'an account without its bank',
      bank({ accountNumber: '000123456' }),
      'routingNumber',
      /code of the bank/,
    ],
    [
      'an account beside an IBAN',
      bank({ accountNumber: '000123456', routingNumber: '021000021', iban: 'DE89370400440532013000' }),
      'accountNumber',
      /one of the two/,
    ],
    ['nothing of a bank', bank({}), 'iban', /account number/],
    ['seven digits', { type: 'moncash', destination: '3700123' }, 'destination', /eight digits/],
    [
      'nine digits of Haiti',
      { type: 'moncash', destination: '+509370012345' },
      'destination',
      /eight digits after/,
    ],
    ['a key instead of an account', { type: 'stripe', destination: 'sk_test_1' }, 'destination', /acct_/],
    ['no words', { type: 'manual' }, 'destination', /how/],
  ])('is refused with the field and the reason: %s', (_what, input, path, message) => {
    expect(readMethod(input)).toMatchObject({ path, message: expect.stringMatching(message) });
  });
});

it('is the same account whatever its holder is called, and shows its last four characters', () => {
  const of = (holder: string) => ({
    type: 'bank',
    kind: 'iban',
    destination: `DE89370400440532013000 | ${holder}`,
  });
  expect(accountOf(of('Ana'))).toBe(accountOf(of('ANA LOPEZ')));
  expect(maskMethod(of('Ana'))).toBe('DE***3000');
});
