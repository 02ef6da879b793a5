import { describe, expect, it } from 'vitest';
import { fault, faultIn, faultNames } from '../../src/core/fault-words.ts';
import type { NewAlert } from '../../src/core/alert-kinds.ts';
import { alertKinds, alertWords, keptWords } from '../../src/core/alert-words.ts';
import { teamLanguages } from '../../src/core/language.ts';
import { doneWords } from '../../src/core/done-words.ts';
import { refuseNotReady, refuseOnHold } from '../../src/core/hold-refusals.ts';
import { tooLittleWords } from '../../src/core/minimum-words.ts';
import { refusalCodes, refuse } from '../../src/core/refusal.ts';
import { codesOf } from '../../src/wire/openapi-problems.ts';
import { inTeamWords } from '../../src/wire/problem-words.ts';
import { noOf } from '../../src/wire/problem.ts';
import { problemsFr } from '../../src/wire/problems-fr.ts';
import { fileFaults } from '../../src/wire/file-faults.ts';
import { sentencesOf } from '../../src/wire/fault-table.ts';
import { rowFaults } from '../../src/wire/row-faults.ts';
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
      'jusqu’au 24 nov. 2026, 20:15 UTC : facture.',
    );
    const words = tooLittleWords({ ...little, failed }, 'UTC');
    expect(words.en.message).toContain('50.00 USD is the least; 20.00 USD is available');
    expect(words.fr.message).toMatch(/^Le montant minimal est de 50,00\sUSD ; 20,00\sUSD sont disponibles/);
    expect(words.en.action).toContain('9.00 USD more becomes available on 24 Nov 2026, 20:15 UTC.');
    expect(english(`${words.fr.action}`)).toEqual([]);
    for (const event of ['approve', 'decline', 'cancel', 'mark_paid', 'complete', 'return', 'resubmit'])
      expect(english(doneWords({ event, actor: 'Ana', at }, 'UTC')?.fr.message ?? 'is the')).toEqual([]);
    expect(doneWords({ event: 'part_keep', actor: 'Ana', at }, 'UTC')).toBeNull();
  });
});

describe('what is wrong with a value', () => {
  it('is told in French under every name, with the facts of the English', () => {
    for (const name of faultNames) {
      const said = fault(name, 'F1', 'F2', 'F3', 'F4');
      const french = faultIn(said, 'fr');
      expect(french, name).not.toBe(said);
      expect(english(french.replace('nextCursor of', '')), name).toEqual([]);
      const facts = (text: string) => text.match(/F\d/g)?.toSorted() ?? [];
      // The parts of a schedule are named in the language itself.
      if (name !== 'cron_parts' && name !== 'cron_unreadable')
        expect(facts(french), name).toEqual(facts(said));
      expect(said).not.toMatch(/[{}]/);
      expect(faultIn(said, 'en')).toBe(said);
    }
    expect(faultIn('none of ours', 'fr')).toBe('none of ours');
    expect(faultIn('is not a parameter of this call; this call takes none', 'fr')).toContain('aucun');
  });

  it('is told in French of every fault of a file and its rows', () => {
    for (const [name, words] of Object.entries({ ...rowFaults, ...fileFaults })) {
      const facts = ['F0', 'F1', 'F2', 'F3'];
      const [inEnglish, french] = [sentencesOf(words, facts, 'en'), sentencesOf(words, facts, 'fr')];
      expect(english(`${french.message} ${french.howToFix}`), name).toEqual([]);
      for (const part of ['message', 'howToFix'] as const) {
        expect(french[part], name).not.toBe(inEnglish[part]);
        expect(french[part].match(/F\d/g)?.toSorted(), name).toEqual(
          inEnglish[part].match(/F\d/g)?.toSorted(),
        );
      }
    }
  });
});

/** One of each kind, and of those that say different things several; the type holds that each kind has its facts. */
const samples: {
  readonly [Kind in NewAlert['kind']]: readonly Extract<NewAlert, { kind: Kind }>['facts'][];
} = {
  retry_not_possible: [{}],
  retries_exhausted: [
    { count: 12, times: 6, payouts: ['po_1', 'po_2'] },
    { count: 1, times: 6, payouts: ['po_1'] },
  ],
  key_expired: [{}],
  several_at_provider: [{ count: 2, ids: 'PB1, PB2' }],
  accepted_late: [{}],
  not_sent_yet: [
    { tries: 5, cause: 'HTTP 503', unmoved: true },
    { tries: 5, cause: 'HTTP 503', unmoved: false },
  ],
  outcome_unknown: [{ cause: 'HTTP 500' }],
  refused_after_loss: [{ cause: 'HTTP 400' }],
  bank_payout_failed: [
    { payees: 'py_1', amount: '5400', currency: 'USD', code: 'account_closed', id: 'po_x' },
    { payees: 'py_1', amount: '5400', currency: 'USD', code: null, id: 'po_x' },
  ],
  item_of_another_submission: [{ key: 'K1' }],
  unknown_status: [
    { raw: 'ODD', of: 'payout' },
    { raw: 'ODD', of: 'submission' },
  ],
  amount_mismatch: [{ listed: '100 USD', sent: '200 USD' }],
  contradiction: [{ raw: 'SUCCESS', state: 'cancelled' }],
  late_change_of_old_attempt: [{ before: 'failed', now: 'completed', state: 'sent' }],
  partly_returned: [
    { part: '100', amount: '5400', currency: 'USD', why: 'refund', booked: true },
    { part: '100', amount: '5400', currency: 'USD', why: null, booked: false },
  ],
  sent_after_all: [
    { batch: 'PB1', again: null },
    { batch: 'PB1', again: 1 },
    { batch: 'PB1', again: 2 },
  ],
  legacy_conflict: [{ line: 7, importId: 'li_1', reason: 'failed_here' }],
  change_disputed: [{ underWay: 0 }, { underWay: 1 }, { underWay: 2 }],
  float_short: [{ provider: 'paypal', currency: 'USD', needed: '500', there: '200', shortfall: '300' }],
  schedule_not_sent: [
    {
      provider: 'paypal',
      due: at.toISOString(),
      zone: 'UTC',
      why: { en: 'It is short.', fr: 'Il manque 5.00 USD.' },
    },
  ],
  listed_twice: [{}],
  items_missing: [{ seen: 3, of: 4 }],
  not_recorded: [{}],
  shared_account: [
    { payees: 2, type: 'paypal', masked: 'a***@x', named: ['py_1', 'py_2'] },
    { payees: 12, type: 'paypal', masked: 'a***@x', named: ['py_1'] },
  ],
  second_batch: [{ batch: 'PB2' }],
  adoption_mismatch: [{ batch: 'PB2', detail: 'item 3' }],
  mail_not_sent: [
    { mail: 'ml_1', why: 'No answer.', expired: null },
    { mail: 'ml_1', why: '', expired: 3 },
  ],
  mail_refused: [{ why: 'No such mailbox.' }],
  reconcile_unanswered: [{ tries: 6, cause: 'HTTP 500' }],
  reconciliation_mismatch: [{ count: 1 }, { count: 2 }],
  failure_rate: [{ provider: 'paypal', failed: 3, ended: 20, percent: 15, most: 5 }],
  stuck_sending: [{ count: 1 }, { count: 2 }],
};

describe('what an alert tells', () => {
  it('is said in whole sentences of each language, from facts that were kept as JSON', () => {
    expect(Object.keys(samples).toSorted()).toEqual(alertKinds.toSorted());
    for (const kind of alertKinds) {
      for (const facts of samples[kind]) {
        const message = alertWords(kind, facts as never, 'en');
        const kept = { kind, message, facts: JSON.parse(JSON.stringify(facts)) as unknown };
        const told = keptWords(kept, 'fr');
        expect(told, kind).toMatch(/[^ ]\.$/);
        expect(english(told), kind).toEqual([]);
        for (const language of teamLanguages)
          expect(alertWords(kind, facts as never, language), kind).not.toMatch(/undefined|NaN|\[object/);
        expect(english(message), kind).not.toEqual([]);
        expect(keptWords(kept, 'en')).toBe(message);
        expect(keptWords({ ...kept, facts: null }, 'fr')).toBe(message);
      }
    }
    expect(keptWords({ kind: 'of_tomorrow', message: 'As written.', facts: {} }, 'fr')).toBe('As written.');
  });

  it('is said as it was written when its facts are those of another version', () => {
    const message = 'As written.';
    const written = (kind: string, facts: unknown) => keptWords({ kind, message, facts }, 'fr');
    for (const kind of alertKinds) {
      for (const facts of samples[kind]) {
        for (const name of Object.keys(facts)) {
          const { [name]: _gone, ...rest } = facts as Record<string, unknown>;
          expect(written(kind, rest), `${kind} without ${name}`).toBe(message);
        }
        if (Object.keys(facts).length > 0)
          for (const other of [{}, [], 'text', 7, undefined])
            expect(written(kind, other), kind).toBe(message);
      }
    }
    expect(written('contradiction', { raw: 'PAID', state: 'of_tomorrow' })).toBe(message);
    expect(written('mail_refused', { why: { code: 550 } })).toBe(message);
    expect(written('bank_payout_failed', { ...samples.bank_payout_failed[0], amount: '1.5' })).toBe(message);
    expect(written('schedule_not_sent', { provider: 'p', due: 'soon', zone: 'Mars', why: { fr: 'x' } })).toBe(
      message,
    );
  });
});
