import { describe, expect, it } from 'vitest';
import { formatRate, parseRate } from '../../src/core/conversion.ts';
import { changePercent, isJump, turned } from '../../src/core/rate-jump.ts';

const rate = (text: string) => parseRate(text) ?? { mantissa: 0n, scale: 0 };
const jumps = (last: string, next: string, bps = 2000) => isJump(rate(last), rate(next), bps);
const change = (last: string, next: string) => changePercent(rate(last), rate(next));

describe('a jump of a rate', () => {
  it('is more than the factor, up or down, exactly', () => {
    expect(jumps('100', '120')).toBe(false);
    expect(jumps('100', '120.00000000000001')).toBe(true);
    expect(jumps('120', '100')).toBe(false);
    expect(jumps('120', '99.99999999999999')).toBe(true);
    expect(jumps('0.0075', '0.075')).toBe(true);
    expect(jumps('0.0075', '133.3')).toBe(true);
    // A decimal slip downwards is one also where more than a doubling is allowed.
    expect(jumps('132', '13.2', 15_000)).toBe(true);
    expect(jumps('1.08', '1.08', 0)).toBe(false);
    expect(jumps('1.08', '1.0801', 0)).toBe(true);
  });

  it('is told in percent of the last rate', () => {
    expect(change('131.5', '1315')).toBe('900');
    expect(change('1.2', '1.45')).toBe('20.83');
    expect(change('1315', '131.5')).toBe('-90');
    expect(change('100', '100.5')).toBe('0.5');
    expect(change('3', '2')).toBe('-33.33');
  });

  it('is seen beside the other direction, turned around', () => {
    const around = (text: string) => formatRate(turned(rate(text)));
    expect(['0.00757', '132', '0.5', '1', '0.000000000000000001'].map(around)).toEqual([
      '132.1',
      '0.00757575',
      '2',
      '1',
      '1000000000000000000',
    ]);
    expect(isJump(turned(rate('0.00757')), rate('132'), 2000)).toBe(false);
    expect(isJump(turned(rate('0.00757')), rate('0.00757'), 2000)).toBe(true);
  });
});
