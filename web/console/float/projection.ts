import { calendarDayWords, firstShortWords } from '../../../src/core/float-plan-words.ts';
import type { TeamLanguage } from '../../../src/core/language.ts';
import { formatAmount } from '../../../src/core/money.ts';
import type { Minor } from '../../app/format.ts';
import type { Account, Plan } from './float-query.ts';

const dayMs = 24 * 60 * 60_000;

/** A day of the calendar in words: "Fri 27 Nov". */
export function dayWords(day: string, language: string): string {
  return calendarDayWords(day, teamLanguage(language));
}

/** Where it first falls short, as the command line says it: "On Fri 27 Nov the account falls 1,240.00 USD short." */
export function shortWords(day: string, missing: string, withFees: boolean, language: string): string {
  return firstShortWords(day, missing, withFees, teamLanguage(language));
}

function teamLanguage(language: string): TeamLanguage {
  return language.startsWith('fr') ? 'fr' : 'en';
}

/** What is there now, before anything leaves; null: not known. */
export function thereNow({ available, sentSince }: Account): bigint | null {
  return available === null ? null : BigInt(available) - BigInt(sentSince);
}

/** What is left at the end of each day, and the steps that changed it are the days between which it differs. */
export function daysOf({ from, to, steps }: Plan, there: bigint): { day: string; left: bigint }[] {
  const days: { day: string; left: bigint }[] = [];
  let left = there;
  for (let at = Date.parse(from); at <= Date.parse(to); at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    const last = steps.findLast((step) => step.day === day)?.left ?? null;
    left = last === null ? left : BigInt(last);
    days.push({ day, left });
  }
  return days;
}

/** For drawing only, where a rounding is not seen: the amount in major units. */
export function drawn(amount: bigint, currency: string): number {
  return Number(formatAmount(amount, currency));
}

/** Something that leaves when somebody pays it. Minor units. */
export interface WhenPaid {
  readonly kind: 'approved' | 'requested' | 'cycle';
  readonly id: string;
  readonly name: string;
  readonly words: string;
  readonly count: Minor;
  readonly needed: Minor;
  readonly after: bigint | null;
}

/** What waits for a person, each as if it were paid next, after what is queued. */
export function whenPaidOf(account: Account): WhenPaid[] {
  const there = thereNow(account);
  const { approved, requested } = account.whenPaid;
  const left = (amount: Minor) =>
    there === null ? null : there - BigInt(account.queued.amount) - BigInt(amount);
  const waiting = (
    [
      ['approved', approved],
      ['requested', requested],
    ] as const
  ).flatMap(([kind, need]) =>
    BigInt(need.count) === 0n
      ? []
      : [
          {
            kind,
            id: kind,
            name: '',
            words: '',
            count: need.count,
            needed: need.amount,
            after: left(need.amount),
          },
        ],
  );
  const cycles = account.runs.map(({ cycleId, name, words, eligible, needed, after }) => ({
    kind: 'cycle' as const,
    id: cycleId,
    name: name || cycleId,
    words,
    count: eligible,
    needed,
    after: after === null ? null : BigInt(after),
  }));
  return [...waiting, ...cycles];
}
