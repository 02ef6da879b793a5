import type { ItemStatus } from './attempt.ts';
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
