import { describe, expect, it } from 'vitest';
import { languageOf, languages } from '../../src/core/language.ts';
import { methodFaults } from '../../src/core/method-faults.ts';
import { readMethod } from '../../src/core/method-input.ts';
import { payeeMailTexts } from '../../src/core/payee-mail-texts.ts';
import { payeeReason } from '../../src/core/payee-reasons.ts';
import { payeeRefusals, payeeRefusalWords } from '../../src/core/payee-refusals.ts';
import { explainToPayee, payeeFailedMoney, payeeLabel } from '../../src/core/payee-words.ts';
import { payoutStates } from '../../src/core/payout.ts';
import { reasonCodes } from '../../src/core/reasons.ts';
import { dayIn, momentIn } from '../../src/core/when.ts';

const holds = ['cooling_off', 'frozen', 'payout', 'payee', 'blocked'] as const;
const blank = { submissionState: null, reasonCode: null, unclaimedUntil: null };

/** Every situation whose words differ. */
const situations = [
  ...payoutStates.map((state) => ({ ...blank, state })),
  ...holds.flatMap((holdBy) =>
    [null, 'WHEN'].map((holdEnds) => ({ ...blank, state: 'approved' as const, hold: 'x', holdBy, holdEnds })),
  ),
  { ...blank, state: 'sending' as const, submissionState: 'unknown' as const },
  { ...blank, state: 'pending_approval' as const, decideBy: 'WHEN' },
  { ...blank, state: 'failed' as const, reasonCode: 'receiver_not_enabled', settledOn: 'x' },
  { ...blank, state: 'failed' as const, reasonCode: 'receiver_not_enabled', settledOn: 'x', isDoubted: true },
  { ...blank, state: 'unclaimed' as const, unclaimedUntil: 'WHEN' },
  { ...blank, state: 'failed' as const, retriesAt: 'WHEN' },
  { ...blank, state: 'declined' as const, said: 'SAID.' },
  ...reasonCodes.flatMap((reasonCode) =>
    (['failed', 'returned', 'unclaimed'] as const).map((state) => ({ ...blank, state, reasonCode })),
  ),
];

/** Every sentence of a tree of texts, by its path, with what is handed on standing for itself. */
function sentences(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([name, said]: [string, unknown]): [string, string][] => {
    const at = `${path}.${name}`;
    if (typeof said === 'string') return [[at, said]];
    if (typeof said === 'function') return [[at, (said as (fact: string) => string)('FACT')]];
    return sentences(said as object, at);
  });
}

describe('what a mail to a payee says', () => {
  it('is translated, and hands on every fact, in every language', () => {
    const english = new Map(sentences(payeeMailTexts.en));
    for (const language of ['fr', 'ht'] as const) {
      for (const [path, said] of sentences(payeeMailTexts[language])) {
        // Names of products, and what stands before a link.
        if (!/methods|colon/.test(path)) expect(said, path).not.toBe(english.get(path));
        expect(said.includes('FACT'), path).toBe(english.get(path)?.includes('FACT'));
        expect(said, path).not.toMatch(/'| the /);
      }
    }
  });
});

describe('what a payee reads', () => {
  it.each(languages)('is a whole sentence for every situation in %s, with the same turn', (language) => {
    for (const situation of situations) {
      const said = explainToPayee(situation, language);
      const english = explainToPayee(situation, 'en');
      expect(said.waitingOn).toBe(english.waitingOn);
      expect(said.label).not.toBe('');
      expect(said.nextStep).toMatch(/^\p{Lu}.*[.!]$/u);
      // What is handed on stands in every language.
      for (const fact of ['WHEN', 'SAID.'])
        expect([said.label + said.nextStep, fact].join().includes(`${fact},`)).toBe(
          [english.label + english.nextStep, fact].join().includes(`${fact},`),
        );
    }
  });

  it('is translated: nothing in French or Kreyòl reads as in English', () => {
    for (const language of ['fr', 'ht'] as const) {
      for (const situation of situations)
        expect(explainToPayee(situation, language).nextStep).not.toBe(
          explainToPayee(situation, 'en').nextStep,
        );
      for (const state of payoutStates) expect(payeeLabel(state, language)).not.toBe(payeeLabel(state, 'en'));
      for (const code of reasonCodes) expect(payeeReason(code, language)).not.toBe(payeeReason(code, 'en'));
      for (const code of payeeRefusals)
        expect(payeeRefusalWords(code, language)).not.toEqual(payeeRefusalWords(code, 'en'));
      for (const fault of Object.keys(methodFaults.en) as (keyof typeof methodFaults.en)[])
        expect(methodFaults[language][fault]).not.toBe(methodFaults.en[fault]);
    }
  });

  it('says of money in a payment that failed, with its figure, that no new request pays it', () => {
    const words = languages.map((language) =>
      payeeFailedMoney({ amount: 4375n, currency: 'USD', count: 1 }, language),
    );
    expect(words[0]).toBe(
      '43.75 USD belongs to a payment that failed or came back; it is paid by sending that payment again, not by a new request.',
    );
    expect(new Set(words).size).toBe(languages.length);
    for (const one of words) expect(one).toMatch(/^43\.75 USD .*\.$/);
  });

  it('never speaks of what only a team or a program knows', () => {
    for (const code of payeeRefusals)
      for (const language of languages)
        expect(payeeRefusalWords(code, language)?.join(' ')).not.toMatch(
          /_CENTS|Bearer|API|GET |POST |PATCH|rateId|Idempotency|JSON|owner/,
        );
  });

  it('has no words for what a payee never meets', () => {
    expect(payeeRefusalWords('batch_already_active', 'fr')).toBeNull();
    expect(payeeRefusalWords('toString', 'fr')).toBeNull();
  });

  it('names what is wrong with a payout method', () => {
    const read = readMethod({ type: 'moncash', destination: '+5091234567' });
    expect(read).toMatchObject({ path: 'destination', code: 'haitian_phone' });
  });
});

describe('the language of a reader', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['*', 'en'],
    ['de, nl;q=0.5', 'en'],
    ['fr', 'fr'],
    ['FR-CA', 'fr'],
    ['de;q=0.9, ht;q=0.8, fr;q=0.7', 'ht'],
    ['en;q=0.2, fr;q=0.8', 'fr'],
    ['fr;q=0, ht', 'ht'],
    ['fr;q=x, en', 'en'],
    [`${'x,'.repeat(1000)}fr`, 'en'],
  ])('of %j is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});

describe('a time', () => {
  const at = new Date('2026-03-06T22:00:00Z');

  it('is told in the language and the zone of the reader', () => {
    const zone = 'America/Port-au-Prince';
    expect(momentIn({ language: 'en', zone }, at)).toBe('Fri 6 Mar 2026, 17:00 GMT\u20115');
    expect(momentIn({ language: 'fr', zone }, at)).toBe('ven. 6 mars 2026, 17:00 UTC−5');
    expect(momentIn({ language: 'ht', zone }, at)).toBe('vandredi 6 mas 2026, 17:00 UTC−5');
  });

  it('is on the day of the zone', () => {
    const late = new Date('2026-12-31T23:30:00Z');
    expect(dayIn({ language: 'ht', zone: 'UTC' }, late)).toBe('jedi 31 desanm 2026');
    expect(dayIn({ language: 'ht', zone: 'Europe/Paris' }, late)).toBe('vandredi 1 janvye 2027');
  });
});
