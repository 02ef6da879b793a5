import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withAccount } from '../../src/core/account-words.ts';
import { linkHows } from '../../src/core/actor.ts';
import { approvalWarnings, linkWarnings } from '../../src/core/approval-words.ts';
import { outlookOf, outlookWords } from '../../src/core/float.ts';
import { holdEnding, holdReason } from '../../src/core/hold-words.ts';
import { inboxWords } from '../../src/core/inbox-words.ts';
import { inboxKinds } from '../../src/core/inbox.ts';
import { languageOf, teamLanguageOf } from '../../src/core/language.ts';
import { leftOutReasons, leftOutWords } from '../../src/core/left-out.ts';
import { formatMoney } from '../../src/core/money.ts';
import { explain } from '../../src/core/next-step.ts';
import { operatorReason } from '../../src/core/operator-reasons.ts';
import { partWords } from '../../src/core/part.ts';
import { payoutStates } from '../../src/core/payout.ts';
import { reasonCodes, reasonFor } from '../../src/core/reasons.ts';
import { askedThrough, sentThrough, withThrough } from '../../src/core/through-words.ts';
import { saidWords, timelineDetail } from '../../src/core/timeline-words.ts';
import type { Told } from '../../src/core/told.ts';
import { operatorMoment } from '../../src/core/when.ts';
import { english } from '../support/english.ts';

const holds = ['cooling_off', 'frozen', 'payout', 'payee', 'blocked'] as const;
const ends = [null, 'WHEN'];
const blank = { submissionState: null, reasonCode: null, unclaimedUntil: null };
const failed = { ...blank, state: 'failed', reasonCode: 'receiver_locked' } as const;
const otherMethods = ends.flatMap((savedAt) =>
  [true, false].map((needsApproval) => ({ savedAt, needsApproval })),
);

/** Somebody for each way to hold a link to the portal. */
const links = linkHows.map((how) => ({ kind: 'person', id: how, name: 'NAME', how }) as const);
const sentences = ({ message = '', action = '' }: Told) => [message, action];

/** Every situation whose words differ. */
const situations = [
  ...payoutStates.flatMap((state) => [
    { ...blank, state },
    { ...blank, state, isLegacy: true },
  ]),
  ...holds.flatMap((holdBy) =>
    ends.flatMap((holdEnds) => [
      ...(['approved', 'pending_approval'] as const).map((state) => ({
        ...blank,
        state,
        hold: 'HELD',
        holdBy,
        holdEnds,
      })),
      ...otherMethods.map((otherMethod) => ({ ...failed, otherMethod, hold: 'HELD', holdBy, holdEnds })),
    ]),
  ),
  ...otherMethods.map((otherMethod) => ({ ...failed, otherMethod })),
  { ...blank, state: 'sending' as const, submissionState: 'unknown' as const },
  { ...blank, state: 'sending' as const, submissionState: 'unknown' as const, handedOver: true },
  { ...blank, state: 'unclaimed' as const, unclaimedUntil: 'WHEN' },
  { ...blank, state: 'approved' as const, exported: 'WHEN' },
  { ...blank, state: 'approved' as const, byHand: true },
  { ...blank, state: 'approved' as const, sendsAt: 'WHEN' },
  { ...blank, state: 'completed' as const, paidReference: 'REF' },
  { ...failed, retriesAt: 'WHEN' },
  { ...failed, retriedOut: true },
  { ...blank, state: 'declined' as const, said: 'SAID' },
  ...reasonCodes.flatMap((reasonCode) =>
    (['failed', 'returned', 'unclaimed'] as const).map((state) => ({ ...blank, state, reasonCode })),
  ),
];
const facts = ['WHEN', 'HELD', 'REF', 'SAID'];

describe('what the team reads in French', () => {
  it('of a payout is whole sentences of its own for every situation, with the same turn and the same facts', () => {
    for (const situation of situations) {
      const [en, fr] = [explain(situation), explain(situation, 'fr')];
      expect(fr.waitingOn).toBe(en.waitingOn);
      expect(fr.label).not.toBe(en.label);
      expect(fr.nextStep).not.toBe(en.nextStep);
      expect(fr.nextStep).toMatch(/^\p{Lu}.*(\.|purser resolve)\.?$/u);
      expect(english(`${fr.label} ${fr.nextStep}`)).toEqual([]);
      const told = (said: typeof en) =>
        facts.filter((fact) => `${said.label} ${said.nextStep}`.includes(fact));
      expect(told(fr)).toEqual(told(en));
    }
  });

  it('of a reason is two whole sentences, and the English ones stay those of the table', () => {
    for (const code of reasonCodes) {
      const { operator, fix, waitingOn } = operatorReason(code, 'fr');
      const reason = reasonFor(code);
      expect(operatorReason(code, 'en')).toEqual({
        operator: reason.operator,
        fix: reason.fix,
        waitingOn: reason.waitingOn,
      });
      expect(waitingOn).toBe(reason.waitingOn);
      for (const text of [operator, fix]) expect(text).toMatch(/^\p{Lu}.*\.$/u);
      expect(english(`${operator} ${fix}`)).toEqual([]);
      // Where the English says that nothing was sent or no money moved, so does the French.
      expect(/Rien n’a été envoyé|Aucun argent n’a bougé/.test(operator)).toBe(
        /Nothing was sent|No money moved/.test(reason.operator),
      );
    }
    expect(operatorReason('no_such_reason', 'fr')).toEqual(operatorReason('provider_error', 'fr'));
  });

  it('of the inbox counts in French, and leads to the same lists', () => {
    for (const kind of inboxKinds) {
      for (const heap of [
        { kind, count: 1, capped: false, againNow: 0 },
        { kind, count: 12, capped: true, againNow: 2 },
      ]) {
        const [en, fr] = [inboxWords(heap, 'en'), inboxWords(heap, 'fr')];
        expect([fr.list, fr.filter, fr.waitingOn]).toEqual([en.list, en.filter, en.waitingOn]);
        for (const part of ['title', 'detail', 'action'] as const) {
          expect(fr[part]).not.toBe(en[part]);
          expect(english(fr[part])).toEqual([]);
        }
        expect(fr.title).toContain(`${heap.count} `);
      }
    }
  });

  it('of who is left out, holds, floats and approvals is French, too', () => {
    const now = new Date('2026-11-20T12:00:00Z');
    const reading = { available: 100n, pending: 0n, asOf: now, readAt: new Date(0), sentSince: 0n };
    const outlooks = [null, reading].flatMap((known) =>
      [50n, 500n].map((needed) => outlookOf(known, { queued: 0n, needed }, now)),
    );
    const part = { amount: 2000n, currency: 'USD', why: null };
    const said = (language: 'en' | 'fr') => [
      ...leftOutReasons.flatMap((reason) => leftOutWords(reason, language)),
      ...holds.flatMap((by) => ends.map((end) => holdEnding(by, end, language))),
      ...(['cooling_off', 'frozen', 'blocked'] as const).map((by) =>
        holdReason({ by, reason: 'the payee is blocked', until: null }, language),
      ),
      ...outlooks.flatMap((outlook) =>
        (['run', 'leaving', 'file', { cycle: '18' }] as const).map((of) =>
          outlookWords(of, 'USD', outlook, language),
        ),
      ),
      ...approvalWarnings({ others: 1, paidBefore: false }, language),
      ...approvalWarnings({ others: 3, paidBefore: true }, language),
      ...linkWarnings({ asked: links, sent: links.toReversed() }, language),
      ...linkHows.flatMap((how) =>
        [askedThrough(how)[language], sentThrough(how)[language]].flatMap((told) => sentences(told)),
      ),
      partWords(500n, part, language),
    ];
    const [en, fr] = [said('en'), said('fr')];
    expect(fr).toHaveLength(en.length);
    for (const [index, words] of fr.entries()) {
      expect(words).not.toBe(en[index]);
      expect(english(words)).toEqual([]);
    }
  });

  it('writes amounts and moments as the French do, and English as it was', () => {
    expect(formatMoney(123_456_789n, 'USD')).toBe('1,234,567.89 USD');
    expect(formatMoney(123_456_789n, 'USD', 'fr')).toBe('1\u202F234\u202F567,89\u00A0USD');
    expect(formatMoney(-1000n, 'JPY', 'fr')).toBe('-1\u202F000\u00A0JPY');
    const at = new Date('2026-11-21T20:17:00Z');
    expect(operatorMoment('UTC', at)).toBe('21 Nov 2026, 20:17 UTC');
    expect(operatorMoment('UTC', at, 'fr')).toBe('21 nov. 2026, 20:17 UTC');
  });

  it('leaves what people wrote as they wrote it, and says in French what Purser wrote', () => {
    const hold = { by: 'payout', reason: 'the payee is blocked', until: null } as const;
    expect(holdReason(hold, 'fr')).toBe('the payee is blocked');
    expect(saidWords('Looks odd.', 'fr')).toBe('Looks odd.');
    expect(saidWords('Nobody approved it in time.', 'fr')).toBe('Personne ne l’a approuvé à temps.');
    expect(timelineDetail('put_on_hold', 'to be approved again, for a test', 'fr')).toBe(
      'to be approved again, for a test',
    );
    expect(timelineDetail('export', 'in export hx_1 to be paid by hand (bank)', 'fr')).toBe(
      'export hx_1, à payer à la main (bank)',
    );
    expect(timelineDetail('void', 'the payout method changed from paypal a***@x.ht to bank ***1', 'fr')).toBe(
      'le moyen de versement est passé de paypal a***@x.ht à bank ***1',
    );
    expect(timelineDetail('request', withThrough(null, links), 'fr')).toBe(
      'par un lien du portail créé par NAME, un lien du portail d’une nouvelle clé de NAME, un lien du portail dans un e-mail lu par NAME, un lien du portail envoyé à une adresse que NAME venait de donner',
    );
    const again = withThrough('to be approved again, for paypal a***@x.ht', links.slice(0, 1));
    expect(timelineDetail('resubmit', again, 'fr')).toBe(
      'à approuver de nouveau, pour paypal a***@x.ht ; par un lien du portail créé par NAME',
    );
    expect(timelineDetail('put_on_hold', again, 'fr')).toBe(again);
  });

  it('knows every sentence that is kept beside events, in the sources that write them', () => {
    // Changed there, it would be read in English here.
    for (const [file, text] of [
      ['approvals', 'its amount needs a second approver'],
      ['hand-export', '`in export ${exportId} to be paid by hand (${filter.method})`'],
      ['approval-void', '`the payout method changed from ${was} to ${to.type} ${to.masked}`'],
      ['resubmit', '`to be approved again, for ${present(payout).words}`'],
      ['by-hand', '`paid by hand, reference ${reference}`'],
      ['reversals', "'an earning was taken back'"],
      [
        'legacy-match',
        '`${row.rawStatus} in line ${row.line} of import ${row.importPublicId}, matched by hand`',
      ],
    ] as const)
      expect(readFileSync(`src/actions/${file}.ts`, 'utf8')).toContain(text);
  });

  it('says of an account that is not ready, and of a part that came back, what it says in English', () => {
    const step = explain({ ...blank, state: 'approved' }, 'fr');
    const account = {
      state: 'approved',
      reasonCode: null,
      reasonDetail: null,
      amount: 2000n,
      currency: 'USD',
      returnedPart: 0n,
      settledPart: 0n,
      isOnHold: false,
      notReady: { code: 'receiver_not_enabled', detail: 'The connected account cannot be paid.' },
      readySince: false,
      hasOtherMethod: false,
    } as const;
    const waits = withAccount(step, account, 'fr');
    expect(waits.waitingOn).toBe('payee');
    expect(english(`${waits.label} ${waits.nextStep}`)).toEqual([]);
    const partly = {
      ...account,
      state: 'completed',
      reasonCode: 'partly_reversed',
      reasonDetail: 'Partly came back: 5.00 USD of 20.00 USD (x)',
      returnedPart: 500n,
    } as const;
    expect(withAccount(step, partly, 'en').waitingOn).toBe('you');
    const decided = withAccount(step, { ...partly, settledPart: 500n }, 'fr');
    expect(decided.waitingOn).toBe('nobody');
    expect(english(`${decided.label} ${decided.nextStep}`)).toEqual([]);
    expect(withAccount(step, partly, 'en').label).toBe('Partly came back: 5.00 USD of 20.00 USD (x)');
    expect(withAccount(step, partly, 'fr').label).toBe(
      'Une part est revenue : 5,00\u00A0USD sur 20,00\u00A0USD',
    );
  });

  it('is chosen by what the browser likes: Kreyòl reads French, what is unknown reads English', () => {
    const read = (header: string) => teamLanguageOf(languageOf(header));
    expect(['fr-CA', 'ht', 'de, fr;q=0.5', 'en-US, fr;q=0.9', '*', ''].map((header) => read(header))).toEqual(
      ['fr', 'fr', 'fr', 'en', 'en', 'en'],
    );
  });
});
