import { expect, it } from 'vitest';
import { amountsIn } from '../../src/core/amount-search.ts';

/** What is sought in these currencies, one of each number of decimals. */
function sought(text: string): Record<string, bigint[]> {
  const found = amountsIn(text);
  return Object.fromEntries(
    ['JPY', 'USD', 'KWD'].flatMap((currency) => {
      const amounts = found.filter((one) => one.currency === currency).map(({ amount }) => amount);
      return amounts.length === 0 ? [] : [[currency, amounts] as const];
    }),
  );
}

it('reads an amount with a point or a comma into minor units of each currency', () => {
  const both = { USD: [8102n], KWD: [81_020n] };
  expect(sought('81.02')).toEqual(both);
  expect(sought(' 81,02 ')).toEqual(both);
  expect(sought('81')).toEqual({ JPY: [81n], USD: [8100n], KWD: [81_000n] });
  expect(sought('81.0')).toEqual({ USD: [8100n], KWD: [81_000n] });
});

it('seeks only the currency that is named, on either side', () => {
  for (const text of ['81.02 USD', '81,02usd', 'USD 81.02', '81,02\u00A0USD'])
    expect(amountsIn(text)).toEqual([{ currency: 'USD', amount: 8102n }]);
  expect(amountsIn('81.02 JPY')).toEqual([]);
  expect(amountsIn('81.02 ABC')).toEqual([]);
  expect(amountsIn('USD 81.02 USD')).toEqual([]);
});

it('reads thousands as pages write them, and seeks both where two readings fit', () => {
  for (const text of ['1,234.50 USD', '1 234,50 USD', '1\u202F234,50\u00A0USD', '1.234,50 USD', '1234.5 USD'])
    expect(amountsIn(text)).toEqual([{ currency: 'USD', amount: 123_450n }]);
  expect(sought('1,234')).toEqual({ JPY: [1234n], USD: [123_400n], KWD: [1_234_000n, 1234n] });
  expect(amountsIn('1,234,567.89 USD')).toEqual([{ currency: 'USD', amount: 123_456_789n }]);
});

it('takes nothing else for an amount', () => {
  for (const text of [
    '',
    'greta',
    'po_81',
    '81.02.03',
    '12,34,5',
    '-5',
    '0',
    '81.02 US',
    '2026-11-20',
    '1e3',
  ])
    expect(amountsIn(text)).toEqual([]);
});
