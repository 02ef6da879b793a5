import { expect, it } from 'vitest';
import { percentAbove } from '../../src/core/percent.ts';
import { alertWords } from '../../src/core/alert-words.ts';

it.each([
  { part: 2, whole: 30, percent: 6.7 },
  { part: 3, whole: 31, percent: 9.7 },
  { part: 1, whole: 16, percent: 6.3 },
  { part: 20, whole: 20, percent: 100 },
])('rounds $part of $whole half up to $percent %', ({ part, whole, percent }) => {
  expect(percentAbove(part, whole, 5)).toBe(percent);
});

it('says 5.04 % of what passed 5 % by a little, never 5 %', () => {
  expect(percentAbove(504, 10_000, 5)).toBe(5.04);
  expect(percentAbove(50_004, 1_000_000, 5)).toBe(5.0004);
});

it('says 5 % of what did not pass it', () => {
  expect(percentAbove(5, 100, 5)).toBe(5);
  expect(percentAbove(499, 10_000, 5)).toBe(5);
});

it('has a comma in French', () => {
  const facts = { provider: 'paypal', failed: 3, ended: 31, percent: percentAbove(3, 31, 5), most: 5 };
  expect(alertWords('failure_rate', facts, 'fr')).toContain('(9,7 %, plus de 5 %)');
  expect(alertWords('failure_rate', facts, 'en')).toContain('(9.7 %, more than 5 %)');
  // The headline names the provider that is meant.
  expect(alertWords('failure_rate', facts, 'fr')).toMatch(/^3 tentatives sur 31 par PayPal /);
  expect(alertWords('failure_rate', facts, 'en')).toMatch(/^3 of 31 attempts through PayPal in the last 24 /);
});
