import type { ItemStatus } from './attempt.ts';
import { halfEven } from './conversion.ts';
import type { TeamLanguage } from './language.ts';
import { formatMoney } from './money.ts';

/** What is known of a completed attempt of which a part came back. Minor units. */
export interface PartKnown {
  readonly amount: bigint;
  /** In the books as come back. */
  readonly returnedPart: bigint;
  /** Of that, what somebody has decided about. */
  readonly settledPart: bigint;
}

/** Why a payout counts as partly come back. */
export const partlyReversed = 'partly_reversed';

/**
 * How much of a payment has come back in all, when that is more than was known; null when it is not, or when all of it is
 * back and the payout simply came back. Once somebody has decided about a part, the payout never comes back as a whole: a
 * retry would pay that part a second time. A smaller amount than was known is an old reading.
 */
export function partToBook(
  said: { readonly status: ItemStatus | null; readonly partlyReturned?: bigint },
  known: PartKnown,
): bigint | null {
  const all = said.status === 'returned' && known.settledPart > 0n;
  const part = all ? known.amount : said.status === 'completed' ? (said.partlyReturned ?? 0n) : 0n;
  return part > known.returnedPart && part <= known.amount ? part : null;
}

/** True when "all of it came back" tells nothing more than the parts did. */
export function isBackInParts(status: ItemStatus | null, known: PartKnown): boolean {
  return status === 'returned' && known.settledPart > 0n && known.returnedPart === known.amount;
}

/** What the books need of a payout or of a part of it: what is paid, and when it was converted, what left its balance. */
export interface Exchanged {
  readonly amount: bigint;
  readonly sourceAmount: bigint | null;
  readonly spreadAmount: bigint | null;
}

/**
 * So much of a payment in all its amounts, minor units: what is paid as the provider says it, what left the balance and what
 * the platform kept in proportion to it, rounded half to even. All of it is exactly the whole.
 */
function upTo(whole: Exchanged, part: bigint): Exchanged {
  const share = (of: bigint | null) => (of === null ? null : halfEven(of * part, whole.amount));
  return { amount: part, sourceAmount: share(whole.sourceAmount), spreadAmount: share(whole.spreadAmount) };
}

/** What lies between two amounts of one payment that came back in all, so that all such steps add up to the whole. */
export function between(whole: Exchanged, before: bigint, now: bigint): Exchanged {
  const [from, to] = [upTo(whole, before), upTo(whole, now)];
  const less = (one: bigint | null, other: bigint | null) => (one === null ? null : one - (other ?? 0n));
  return {
    amount: to.amount - from.amount,
    sourceAmount: less(to.sourceAmount, from.sourceAmount),
    spreadAmount: less(to.spreadAmount, from.spreadAmount),
  };
}

/** What came back in all is worth in the balance it had left; minor units. */
export function worthOf(whole: Exchanged, part: bigint): bigint {
  return upTo(whole, part).sourceAmount ?? part;
}

/** What people read of a part. Minor units. */
export function partWords(
  part: bigint,
  { amount, currency, why }: { amount: bigint; currency: string; why: string | null },
  language: TeamLanguage = 'en',
): string {
  const [some, all] = [part, amount].map((money) => formatMoney(money, currency, language));
  const because = why === null ? '' : ` (${why})`;
  return language === 'fr'
    ? `Une part est revenue : ${some} sur ${all}${because}`
    : `Partly came back: ${some} of ${all}${because}`;
}
