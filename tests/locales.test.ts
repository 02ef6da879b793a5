import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './support/processes.ts';

// Every text of the portal stands in every language that payees can choose, with the same facts in it.

const locales = path.join(projectRoot, 'web', 'locales');
type Texts = { readonly [key: string]: string | Texts };

function textsOf(language: string, area: string): Map<string, string> {
  const file = readFileSync(path.join(locales, language, `${area}.json`), 'utf8');
  const walk = (texts: Texts, before: string): [string, string][] =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[before + key, value]] : walk(value, `${before}${key}.`),
    );
  return new Map(walk(JSON.parse(file) as Texts, ''));
}

/** Languages differ in how many forms a noun has. */
const singular = (key: string) => key.replace(/_(?:one|many|other)$/, '');
const factsIn = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted().join(' ');

describe.each(['portal', 'common'])('texts of %s', (area) => {
  const english = textsOf('en', area);

  it.each(readdirSync(locales).filter((language) => language !== 'en'))('are whole in %s', (language) => {
    if (language !== 'fr' && language !== 'ht') throw new Error(`${language} is not looked at here`);
    const other = textsOf(language, area);
    expect(new Set([...other.keys()].map(singular))).toEqual(new Set([...english.keys()].map(singular)));
    for (const [key, text] of other) {
      expect(text.trim()).not.toBe('');
      const same = english.get(key) ?? english.get(`${singular(key)}_other`) ?? '';
      expect(`${key} ${factsIn(text)}`).toBe(`${key} ${factsIn(same)}`);
    }
  });
});
