import type { TeamLanguage } from './language.ts';
import { formatMoney } from './money.ts';

/** How often each provider account is read without anybody asking. */
export const readEveryMs = 5 * 60_000;
/** Looking at a reading older than this asks for another one. */
export const askAgainMs = 60_000;
/** Least time between two questions to one account, however many look. */
export const askGapMs = 5_000;
/** A reading older than this refuses nothing any more. */
const freshMs = 15 * 60_000;

/** What an account held in one currency when it was last read. Minor units. */
export interface Reading {
  readonly available: bigint;
  readonly pending: bigint;
  /** The moment the provider speaks of. */
  readonly asOf: Date;
  readonly readAt: Date;
  /** What the provider accepted after that moment. */
  readonly sentSince: bigint;
}

/** Can what is needed be paid? Null where nothing is known of the account. Minor units. */
export interface Outlook {
  readonly available: bigint | null;
  readonly sentSince: bigint;
  /** Prepared and not accepted yet: it leaves first. */
  readonly queued: bigint;
  readonly needed: bigint;
  readonly after: bigint | null;
  readonly shortfall: bigint | null;
  readonly readAt: Date | null;
  /** Only what a fresh reading says refuses a run. */
  readonly fresh: boolean;
}

/** Whether a reading may still decide something. One from the future was written by a clock that is off. */
export function isFresh(readAt: Date, now: Date): boolean {
  return Math.abs(now.getTime() - readAt.getTime()) <= freshMs;
}

/** What is left, or missing, when `queued` has left and then `needed`. */
export function outlookOf(
  reading: Reading | null,
  { queued, needed }: { queued: bigint; needed: bigint },
  now: Date,
): Outlook {
  if (reading === null) {
    const unknown = { available: null, after: null, shortfall: null, readAt: null, fresh: false };
    return { ...unknown, sentSince: 0n, queued, needed };
  }
  const { available, sentSince, readAt } = reading;
  const after = available - sentSince - queued - needed;
  const shortfall = after < 0n && needed > 0n ? -after : 0n;
  return { available, sentSince, queued, needed, after, shortfall, readAt, fresh: isFresh(readAt, now) };
}

/** True when a run with this outlook is not started without somebody saying so. */
export function isShort({ shortfall, fresh }: Outlook): boolean {
  return fresh && shortfall !== null && shortfall > 0n;
}

/** Whose outlook it is. */
export type FloatSubject = 'run' | 'leaving' | 'file' | { readonly cycle: string };

interface FloatTexts {
  readonly subject: Record<Extract<FloatSubject, string>, string>;
  readonly cycle: (id: string) => string;
  readonly notKnown: (currency: string) => string;
  readonly short: (what: string, missing: string, needed: string, there: string) => string;
  readonly covered: (what: string, needed: string, left: string) => string;
  /** Nothing of it is to leave. */
  readonly quiet: (there: string) => string;
  readonly old: string;
}

const texts: Readonly<Record<TeamLanguage, FloatTexts>> = {
  en: {
    subject: { run: 'This run', leaving: 'What is queued and approved', file: 'This file' },
    cycle: (id) => `The run of cycle ${id}`,
    notKnown: (currency) =>
      `What the account holds in ${currency} is not known, so nothing is refused for it.`,
    short: (what, missing, needed, there) =>
      `${what} is ${missing} short: it needs ${needed}, and ${there} is there for it.`,
    covered: (what, needed, left) => `${what} needs ${needed}; ${left} is left after it.`,
    quiet: (there) => `Nothing is queued or approved; ${there} is there.`,
    old: 'The reading is too old to refuse anything.',
  },
  fr: {
    subject: { run: 'Ce paiement', leaving: 'Ce qui est en préparation ou approuvé', file: 'Ce fichier' },
    cycle: (id) => `Le paiement du cycle ${id}`,
    notKnown: (currency) =>
      `On ne sait pas ce que le compte contient en ${currency} ; rien n’est donc refusé pour cela.`,
    short: (what, missing, needed, there) =>
      `${what} demande ${needed} et il y a ${there} pour cela : il manque ${missing}.`,
    covered: (what, needed, left) => `${what} demande ${needed} ; il reste ensuite ${left}.`,
    quiet: (there) => `Rien n’est en préparation ni approuvé ; il y a ${there}.`,
    old: 'La lecture est trop ancienne pour refuser quoi que ce soit.',
  },
};

/** The outlook in a sentence. */
export function outlookWords(
  of: FloatSubject,
  currency: string,
  outlook: Outlook,
  language: TeamLanguage = 'en',
): string {
  const { available, after, shortfall, needed, fresh } = outlook;
  const words = texts[language];
  const money = (amount: bigint) => formatMoney(amount, currency, language);
  if (available === null || after === null || shortfall === null) return words.notKnown(currency);
  const what = typeof of === 'string' ? words.subject[of] : words.cycle(of.cycle);
  const there = after + needed;
  let said = words.covered(what, money(needed), money(after));
  if (of === 'leaving' && needed === 0n) said = words.quiet(money(there));
  if (shortfall > 0n)
    said = words.short(what, money(shortfall), money(needed), money(there > 0n ? there : 0n));
  return fresh ? said : `${said} ${words.old}`;
}
