import { describe, expect, it } from 'vitest';
import { linksInName } from '../../src/core/names.ts';

describe('a name', () => {
  it.each([
    ['M.Durand'],
    ['St.Pierre'],
    ['J.Robert Smith'],
    ['Dr.Ana'],
    ['Müller Co.Ltd'],
    ['M.DURAND'],
    ['Ana & Cie S.A.R.L.'],
    ['Jean-Marie St. Pierre'],
    ['Acme Inc.'],
  ])('such as %s holds no web address', (name) => {
    expect(linksInName(name)).toBe(false);
  });

  it.each([
    ['evil.example'],
    ['Unlock at evil.com/x'],
    ['EVIL.COM'],
    ['Evil.Com'],
    ['www.evil'],
    ['WWW.Evil'],
    ['https://Evil'],
    ['See 1evil.co, now'],
    ['evil.xn--p1ai'],
    ['müller.de'],
    ['evil.co.UK'],
    ['ana@evil.org'],
  ])('such as %s holds one', (name) => {
    expect(linksInName(name)).toBe(true);
  });
});
