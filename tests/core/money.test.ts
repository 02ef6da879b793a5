import fc from 'fast-check';
import { expect, it } from 'vitest';
import { exponentOf, isCurrency } from '../../src/core/currencies.ts';
import { feeOf } from '../../src/core/fees.ts';
import {
  addTo,
  amountMaxMinor,
  formatAmount,
  formatMoney,
  parseAmount,
  type Totals,
} from '../../src/core/money.ts';

const currencies = ['USD', 'EUR', 'HTG', 'JPY', 'XOF', 'KWD', 'BHD'];
const anyCurrency = fc.constantFrom(...currencies);
const anyAmount = fc.bigInt({ min: 1n, max: amountMaxMinor });

it('reads back every amount that it writes, in currencies with no, two and three decimals', () => {
  fc.assert(
    fc.property(anyAmount, anyCurrency, (amount, currency) => {
      expect(parseAmount(formatAmount(amount, currency), currency)).toBe(amount);
    }),
  );
});

it('writes exactly the decimals of the currency', () => {
  fc.assert(
    fc.property(anyAmount, anyCurrency, (amount, currency) => {
      const [, decimals = ''] = formatAmount(amount, currency).split('.');
      expect(decimals).toHaveLength(exponentOf(currency) ?? -1);
    }),
  );
});

it('keeps amounts exact that a float cannot hold', () => {
  expect(parseAmount('90071992547409.91', 'USD')).toBe(9_007_199_254_740_991n);
  expect(formatAmount(9_007_199_254_740_991n, 'KWD')).toBe('9007199254740.991');
  expect(parseAmount('0.29', 'USD')).toBe(29n);
  expect(parseAmount('1.005', 'KWD')).toBe(1005n);
});

it('says why a text is no amount, and never guesses', () => {
  const cases: [string, string, string][] = [
    ['', 'USD', 'amount_missing'],
    ['   ', 'USD', 'amount_missing'],
    ['12,50', 'USD', 'amount_not_a_number'],
    ['1,234.50', 'USD', 'amount_not_a_number'],
    ['1 234', 'USD', 'amount_not_a_number'],
    ['1e3', 'USD', 'amount_not_a_number'],
    ['0x10', 'USD', 'amount_not_a_number'],
    ['NaN', 'USD', 'amount_not_a_number'],
    ['Infinity', 'USD', 'amount_not_a_number'],
    ['.5', 'USD', 'amount_not_a_number'],
    ['5.', 'USD', 'amount_not_a_number'],
    ['=1+1', 'USD', 'amount_not_a_number'],
    ['١٢', 'USD', 'amount_not_a_number'],
    ['$5', 'USD', 'amount_not_a_number'],
    ['0', 'USD', 'amount_zero'],
    ['0.00', 'USD', 'amount_zero'],
    ['-0.00', 'USD', 'amount_zero'],
    ['-1.00', 'USD', 'amount_negative'],
    ['1.234', 'USD', 'amount_too_many_decimals'],
    ['1.000', 'USD', 'amount_too_many_decimals'],
    ['100.0', 'JPY', 'amount_too_many_decimals'],
    ['1.2345', 'KWD', 'amount_too_many_decimals'],
    ['90071992547409.92', 'USD', 'amount_too_large'],
    ['9'.repeat(30), 'USD', 'amount_too_large'],
    ['9'.repeat(31), 'USD', 'amount_not_a_number'],
    ['1', 'USDT', 'currency_unknown'],
    ['1', 'usd', 'currency_unknown'],
    ['1', '', 'currency_unknown'],
  ];
  for (const [text, currency, problem] of cases) {
    expect([text, currency, parseAmount(text, currency)]).toEqual([text, currency, problem]);
  }
});

it('answers any text with an amount that can be paid or a problem, and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string(), fc.double().map(String), fc.bigInt().map(String)),
      anyCurrency,
      (text, currency) => {
        const read = parseAmount(text, currency);
        if (typeof read === 'string') expect(read).toMatch(/^(amount|currency)_/);
        else expect(read > 0n && read <= amountMaxMinor).toBe(true);
      },
    ),
  );
});

it('ignores leading zeros, a plus and blanks around', () => {
  expect(parseAmount(' +0012.5 ', 'USD')).toBe(1250n);
});

it('groups thousands for people, and keeps the sign', () => {
  expect(formatMoney(123_456_789n, 'USD')).toBe('1,234,567.89 USD');
  expect(formatMoney(-1_234_567n, 'JPY')).toBe('-1,234,567 JPY');
  expect(formatMoney(999n, 'USD')).toBe('9.99 USD');
  expect(formatAmount(-5n, 'USD')).toBe('-0.05');
});

it('never adds two currencies up', () => {
  const totals: Totals = {};
  addTo(totals, 'USD', 5n);
  addTo(totals, 'JPY', 7n);
  addTo(totals, 'USD', 1n);
  expect(totals).toEqual({ USD: 6n, JPY: 7n });
});

it('knows currencies by capitals only', () => {
  expect(currencies.every((currency) => isCurrency(currency))).toBe(true);
  expect(['usd', 'XXX', 'toString', '__proto__', ''].some((text) => isCurrency(text))).toBe(false);
});

it('takes a fee that with the net is always the gross, half a minor unit at most from the exact one', () => {
  fc.assert(
    fc.property(anyAmount, fc.integer({ min: 0, max: 10_000 }), (gross, points) => {
      const fee = feeOf(gross, points);
      const off = fee * 20_000n - gross * BigInt(points) * 2n;
      expect(fee >= 0n && fee <= gross).toBe(true);
      expect(off > -10_000n && off <= 10_000n).toBe(true);
    }),
  );
  for (const points of [-1, 10_001, 0.5, Number.NaN]) expect(() => feeOf(1n, points)).toThrow(RangeError);
});
