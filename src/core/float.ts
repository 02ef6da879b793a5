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

/** The outlook in a sentence; `what` begins it: "This run", "The run of cycle 18". */
export function outlookWords(what: string, currency: string, outlook: Outlook): string {
  const { available, after, shortfall, needed, fresh } = outlook;
  const money = (amount: bigint) => formatMoney(amount, currency);
  if (available === null || after === null || shortfall === null) {
    return `What the account holds in ${currency} is not known, so nothing is refused for it.`;
  }
  const old = fresh ? '' : ' The reading is too old to refuse anything.';
  if (shortfall > 0n) {
    const there = after + needed;
    return `${what} is ${money(shortfall)} short: it needs ${money(needed)}, and ${money(there > 0n ? there : 0n)} is there for it.${old}`;
  }
  return `${what} needs ${money(needed)}; ${money(after)} is left after it.${old}`;
}
