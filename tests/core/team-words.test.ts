import { describe, expect, it } from 'vitest';
import { doneWords } from '../../src/core/done-words.ts';
import { refuseNotReady, refuseOnHold } from '../../src/core/hold-refusals.ts';
import { tooLittleWords } from '../../src/core/minimum-words.ts';
import { refusalCodes, refuse } from '../../src/core/refusal.ts';
import { codesOf } from '../../src/wire/openapi-problems.ts';
import { inTeamWords } from '../../src/wire/problem-words.ts';
import { noOf } from '../../src/wire/problem.ts';
import { problemsFr } from '../../src/wire/problems-fr.ts';
import { english } from '../support/english.ts';

const at = new Date('2026-11-24T20:15:00Z');

describe('what the team is refused with', () => {
  it('is whole sentences in French for every code, and nothing of it reads as in English', () => {
    const all = [...refusalCodes, ...(Object.keys(problemsFr) as (keyof typeof problemsFr)[])];
    expect(all).toEqual(expect.arrayContaining(codesOf({ method: 'POST', params: {}, stepUp: true })));
    for (const code of all) {
      const no = noOf(code);
      const told = inTeamWords(no, 'fr');
      expect(told).toMatchObject({ code, status: no.status, details: no.details });
      for (const words of [told.message, told.action]) {
        expect(words).toMatch(/^\p{Lu}.*\.$/u);
        // A straight apostrophe, or a space that is missing before a colon, is a slip of the keyboard.
        expect(words.replaceAll(/Authorization:|Content-Type:/g, '')).not.toMatch(/'|[^ \d]:|\S;/u);
      }
      expect(english(`${told.title} ${told.message} ${told.action}`)).toEqual([]);
      expect(inTeamWords(no, 'en')).toBe(no);
    }
  });

  it('keeps what it says beyond its code in both languages', () => {
    const hold = { by: 'frozen', reason: 'the payout method is frozen', until: null } as const;
    const failed = { amount: 4000n, currency: 'USD', count: 2 };
    const little = { currency: 'USD', available: 2000n, minimum: 5000n, next: { at, amount: 900n }, run: at };
    const cases = [
      refuseOnHold('po_1', hold, 'UTC'),
      refuseOnHold('po_1', { by: 'cooling_off', reason: 'the payout method changed', until: at }, 'UTC'),
      refuseOnHold('po_1', { by: 'payee', reason: 'facture', until: at }, 'UTC'),
      refuseNotReady('po_1', 'The provider asks for a document.'),
    ];
    for (const no of cases) {
      const told = inTeamWords(no, 'fr');
      expect(english(`${told.message} ${told.action}`)).toEqual([]);
      expect(told.message).not.toBe(inTeamWords(refuse('payout_on_hold'), 'fr').message);
    }
    expect(inTeamWords(cases[2] ?? noOf('internal'), 'fr').message).toContain(
      'jusqu’au mar. 24 nov. 2026, 20:15 UTC : facture.',
    );
    const words = tooLittleWords({ ...little, failed }, 'UTC');
    expect(words.en.message).toContain('50.00 USD is the least; 20.00 USD is available');
    expect(words.fr.message).toContain('Le montant minimal est de 50.00 USD ; 20.00 USD sont disponibles');
    expect(words.en.action).toContain('9.00 USD more becomes available on 24 Nov 2026, 20:15 UTC.');
    expect(english(`${words.fr.action}`)).toEqual([]);
    for (const event of ['approve', 'decline', 'cancel', 'mark_paid', 'complete', 'return', 'resubmit'])
      expect(english(doneWords({ event, actor: 'Ana', at }, 'UTC')?.fr.message ?? 'is the')).toEqual([]);
    expect(doneWords({ event: 'part_keep', actor: 'Ana', at }, 'UTC')).toBeNull();
  });
});
