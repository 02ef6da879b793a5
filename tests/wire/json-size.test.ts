import { describe, expect, it } from 'vitest';
import { depthMax, oversized } from '../../src/wire/json-size.ts';

const look = (text: string) => oversized(new TextEncoder().encode(text));
const nested = (levels: number) => `${'[{"a":'.repeat(levels / 2)}0${'}]'.repeat(levels / 2)}`;

describe('The size of a JSON text', () => {
  it('is too deep from the first level beyond what means something', () => {
    expect(look(nested(depthMax))).toBeNull();
    expect(look(nested(depthMax + 2))).toBe('too_deep');
    expect(look('['.repeat(depthMax))).toBeNull();
    expect(look('['.repeat(depthMax + 1))).toBe('too_deep');
  });

  it('counts levels, not brackets that were closed', () => {
    expect(look(`[${'[],'.repeat(1_000)}[]]`)).toBeNull();
  });

  it('skips what stands in strings, whatever quotes and backslashes are there', () => {
    const brackets = '['.repeat(1_000);
    for (const text of [brackets, `"${brackets}`, `\\${brackets}`, `\\\\"${brackets}`, `é"\\${brackets}`])
      expect(look(JSON.stringify({ [text]: [text] }))).toBeNull();
    expect(look(`["\\\\",${brackets}`)).toBe('too_deep');
    expect(look(`"${brackets}`)).toBeNull();
  });

  it('takes a million references and refuses a million names', () => {
    expect(look(JSON.stringify({ only: { references: Array<string>(1_000_000).fill('w:1') } }))).toBeNull();
    expect(look(`{${'"a":0,'.repeat(1_000_000)}`)).toBe('too_many');
    expect(look(`[${'0,'.repeat(2_000_000)}`)).toBe('too_many');
  });
});
