import { partReturned } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { postKinds } from '../store/ledger.ts';
import { noteParts } from '../store/parts.ts';
import type { ActionContext } from './context.ts';

/** A part that came back: of which attempt, how much in all, and how much of it was booked before. Minor units. */
export interface BookedPart {
  readonly attemptId: bigint;
  readonly payoutId: bigint;
  readonly payeeId: bigint;
  readonly currency: string;
  readonly before: bigint;
  readonly part: bigint;
  readonly words: string;
}

/** What is told when a part comes back; where the books do not show it (`isBooked` false), a person must compare. */
export function partAlert(subject: string, words: string, isBooked: boolean) {
  const rest = isBooked
    ? 'The payout stays completed, and the part is in what is available to the payee; no run and no request pays it again. Find out why it came back, then decide: pay it again, or keep it.'
    : 'The books show it whole, as the payout was converted, or is in another state here. Nothing is sent again by itself: compare with the provider, and settle the difference with the payee.';
  return { kind: 'partly_returned', subject, message: `${words}. ${rest}` };
}

/**
 * Books what came back of completed payments: provider float → payee available, for what is new of the amount in all, so
 * that the same amount heard twice is one posting. Inside the transaction that changed the attempts.
 */
export async function bookParts(
  tx: Db,
  ctx: ActionContext,
  provider: string,
  parts: readonly BookedPart[],
  actor: string,
): Promise<void> {
  if (parts.length === 0) return;
  const now = ctx.now();
  await noteParts(tx, parts, actor, now);
  const facts = parts.map((item) => ({
    ...partReturned({ ...item, provider, amount: item.part - item.before }),
    kind: `part-${item.part}`,
  }));
  const kinds = Map.groupBy(facts, ({ kind }) => kind);
  await postKinds(tx, 'attempt', kinds, now, { mayOwe: true });
}
