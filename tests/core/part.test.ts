import fc from 'fast-check';
import { expect, it } from 'vitest';
import { between, worthOf } from '../../src/core/part.ts';

const minor = fc.bigInt(1n, 10_000_000n);

it('what comes back of a converted payment in parts is, cent by cent and in every currency, exactly the whole', () => {
  const whole = fc.record({ amount: minor, sourceAmount: minor, spreadAmount: fc.bigInt(0n, 10_000n) });
  fc.assert(
    fc.property(whole, fc.array(fc.bigInt(0n, 10_000_000n), { maxLength: 8 }), (payment, cuts) => {
      const marks = [...new Set([...cuts.map((cut) => cut % payment.amount), 0n])].toSorted((a, b) =>
        a < b ? -1 : 1,
      );
      const parts = marks.map((mark, index) => between(payment, mark, marks[index + 1] ?? payment.amount));
      const sum = (of: 'amount' | 'sourceAmount' | 'spreadAmount') =>
        parts.reduce((all, part) => all + (part[of] ?? -1n), 0n);
      expect(sum('amount')).toBe(payment.amount);
      expect(sum('sourceAmount')).toBe(payment.sourceAmount);
      expect(sum('spreadAmount')).toBe(payment.spreadAmount);
      for (const part of parts)
        expect([part.sourceAmount, part.spreadAmount].every((of) => (of ?? -1n) >= 0n)).toBe(true);
    }),
  );
});

it('is worth in proportion, half to even, and the same where nothing was converted', () => {
  const payment = { amount: 5002n, sourceAmount: 10_003n, spreadAmount: null };
  expect(worthOf(payment, 2501n)).toBe(5002n);
  expect(worthOf(payment, 5002n)).toBe(10_003n);
  expect(worthOf({ amount: 5002n, sourceAmount: null, spreadAmount: null }, 2501n)).toBe(2501n);
  // One yen of many is nothing in a coarser currency: it comes with the next.
  expect(worthOf({ amount: 1000n, sourceAmount: 7n, spreadAmount: 0n }, 1n)).toBe(0n);
});
