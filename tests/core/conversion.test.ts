import { assert, bigInt, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rate } from '../../src/core/conversion.ts';
import { convert, decimalsOf, formatRate, parseRate } from '../../src/core/conversion.ts';

const rate = (text: string): Rate => {
  const parsed = parseRate(text);
  if (!parsed) throw new Error(`${text} is no rate`);
  return parsed;
};
const currencies = constantFrom('JPY', 'KWD', 'HTG', 'USD', 'HUF');
const amounts = bigInt(1n, 10n ** 12n);
const rates = integer({ min: 1, max: 10 ** 9 }).map((n): Rate => ({ mantissa: BigInt(n), scale: 5 }));

const numRuns = 2000;

describe('a rate', () => {
  it.each([
    ['132.50', '132.5'],
    ['0.00757', '0.00757'],
    ['150', '150'],
    ['000.100', '0.1'],
  ])('reads %s as %s, exactly', (text, again) => {
    expect(formatRate(rate(text))).toBe(again);
  });

  it.each(['0', '0.00', '-1', '1,5', '1e3', '', '1.', '.5', 'NaN', '1'.repeat(19), `0.${'1'.repeat(19)}`])(
    'does not read %s',
    (text) => {
      expect(parseRate(text)).toBeNull();
    },
  );
});

describe('trap 22: a conversion', () => {
  it('is exact over currencies with none, two and three decimals', () => {
    expect(convert(660_000n, { from: 'HTG', to: 'USD' }, rate('0.0075'))).toEqual({
      amount: 4950n,
      spreadAmount: 0n,
    });
    expect(convert(1000n, { from: 'JPY', to: 'KWD' }, rate('0.00205'))?.amount).toBe(2050n);
    expect(convert(2050n, { from: 'KWD', to: 'JPY' }, rate('487.8'))?.amount).toBe(1000n);
    expect(convert(12_345n, { from: 'USD', to: 'JPY' }, rate('150'))?.amount).toBe(18_518n);
  });

  it('rounds half to even, to the least that can be paid', () => {
    const halves = [1n, 3n, 5n, 7n].map((n) => convert(n, { from: 'USD', to: 'EUR' }, rate('0.5'))?.amount);
    expect(halves).toEqual([undefined, 2n, 2n, 4n]);
    expect(convert(1000n, { from: 'USD', to: 'HUF' }, rate('355.555'), { step: 100n })?.amount).toBe(
      355_600n,
    );
  });

  it('keeps what the spread leaves apart, and both add up to what it is without', () => {
    const pair = { from: 'HTG', to: 'USD' };
    expect(convert(660_000n, pair, rate('0.0075'), { spreadBps: 150 })).toEqual({
      amount: 4876n,
      spreadAmount: 74n,
    });
    assert(
      property(amounts, rates, integer({ min: 0, max: 2000 }), (amount, at, spreadBps) => {
        const whole = convert(amount, pair, at)?.amount ?? 0n;
        const paid = convert(amount, pair, at, { spreadBps });
        return paid === null || (paid.spreadAmount >= 0n && paid.amount + paid.spreadAmount === whole);
      }),
      { numRuns },
    );
  });

  it('pays the same at a rate of one between currencies with the same decimals', () => {
    assert(
      property(amounts, (n) => convert(n, { from: 'HTG', to: 'USD' }, rate('1'))?.amount === n),
      { numRuns },
    );
  });

  it('pays no less for more', () => {
    assert(
      property(amounts, amounts, currencies, currencies, rates, (a, more, from, to, at) => {
        const less = convert(a, { from, to }, at);
        const most = convert(a + more, { from, to }, at);
        return less === null || most === null || less.amount <= most.amount;
      }),
      { numRuns },
    );
  });

  it('gives no more there and back than it began with, but for one minor unit of the coarser currency', () => {
    assert(
      property(amounts, currencies, currencies, integer({ min: 0, max: 4 }), (start, from, to, scale) => {
        // Exact there and back: 1 : 10^scale and 10^scale : 1.
        const there: Rate = { mantissa: 10n ** BigInt(scale), scale: 0 };
        const back: Rate = { mantissa: 1n, scale };
        const middle = convert(start, { from, to }, there);
        const end = middle && convert(middle.amount, { from: to, to: from }, back);
        if (!end) return true;
        // One minor unit of `to`, in minor units of `from`, and one of `from` at least.
        const lost = decimalsOf(from) - decimalsOf(to) - scale;
        const coarser = lost > 0 ? 10n ** BigInt(lost) : 1n;
        return end.amount <= start + coarser;
      }),
      { numRuns },
    );
  });

  it('has no answer for less than can be paid, and for more than a JSON number holds', () => {
    expect(convert(1n, { from: 'HTG', to: 'USD' }, rate('0.0075'))).toBeNull();
    expect(convert(10n ** 15n, { from: 'USD', to: 'HTG' }, rate('132'))).toBeNull();
  });
});
