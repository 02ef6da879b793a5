import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from './support/processes.ts';

// Every text stands in every language that its readers can choose, with the same facts in it.
//
// One French word for one notion, in pages and in what the server says:
//   payout            versement              payout method   moyen de versement
//   to pay a cycle    paiement (d’un cycle)  run of the clock  échéance
//   batch             lot                    submission      envoi
//   attempt, retry    tentative, réessayer   by itself       automatiquement
//   payee             bénéficiaire           provider        prestataire
//   float             trésorerie             ledger          comptabilité, écriture
//   earning           gain                   hold            suspension
//   to reconcile      rapprocher             next to act     à qui d’agir

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

const ofTeam = readdirSync(path.join(locales, 'en'))
  .map((file) => file.replace('.json', ''))
  .filter((area) => area !== 'portal' && area !== 'common');

describe.each(ofTeam)('texts of %s', (area) => {
  it('are whole in French', () => {
    const [plain, french] = [textsOf('en', area), textsOf('fr', area)];
    expect(new Set([...french.keys()].map(singular))).toEqual(new Set([...plain.keys()].map(singular)));
  });
});

describe.each(['fr', 'ht'])('numbers in texts in %s', (language) => {
  it('have a comma before decimals, and a blank that stays on the line before %', () => {
    const wrong = readdirSync(path.join(locales, language)).flatMap((file) =>
      [...textsOf(language, file.replace('.json', ''))].filter(
        ([, text]) => /\d\.\d/.test(text) || /[^\u00A0\u202F]%/.test(text),
      ),
    );
    expect(wrong).toEqual([]);
  });
});

/** Words that say the same as one of the table, or say it as no French speaker would. */
const otherWords =
  /\bpassages?\b|(?:de |d’)(?:lui|elle|eux|elles)-mêmes?|\btou(?:te?s?|s) seule?s?\b|mêmes octets|À vous de jouer/;

describe('French', () => {
  it('has one word for one notion, in the pages', () => {
    const wrong = readdirSync(path.join(locales, 'fr')).flatMap((file) =>
      [...textsOf('fr', file.replace('.json', ''))].filter(([, text]) => otherWords.test(text)),
    );
    expect(wrong).toEqual([]);
  });

  it('has the same words in what the server says', () => {
    const core = path.join(projectRoot, 'src', 'core');
    const wrong = readdirSync(core).flatMap((file) =>
      readFileSync(path.join(core, file), 'utf8')
        .split('\n')
        .filter((line) => otherWords.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has a form for every million, as nothing is taken from another language', () => {
    const wrong = ofTeam.flatMap((area) => {
      const french = textsOf('fr', area);
      return [...french.keys()].filter(
        (key) => key.endsWith('_one') && !french.has(key.replace(/_one$/, '_many')),
      );
    });
    expect(wrong).toEqual([]);
  });
});

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
