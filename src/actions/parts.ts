import type { NewAlert } from '../core/alert-kinds.ts';
import { between, worthOf } from '../core/part.ts';
import type { PayoutState } from '../core/payout.ts';
import { partReturned } from '../ledger/postings.ts';
import { closeAlerts } from '../store/alerts.ts';
import type { LockedAttempt } from '../store/attempts.ts';
import type { Db } from '../store/db.ts';
import { postKinds } from '../store/ledger.ts';
import { noteParts, noteWorth } from '../store/parts.ts';
import type { ActionContext } from './context.ts';

/** A part that came back: of which attempt, as it was before, and how much in all, in minor units. */
interface NewPart {
  readonly attemptId: bigint;
  readonly payoutId: bigint;
  readonly move: LockedAttempt;
  readonly returnedPart?: bigint;
  readonly reasonDetail: string | null;
}

/** What is told when a part comes back; where the books do not show it (`booked` false), a person must compare. */
export function partAlert(
  subject: string,
  part: bigint,
  { amount, currency, why }: { amount: bigint; currency: string; why: string | null },
  booked: boolean,
): NewAlert {
  const facts = { part: String(part), amount: String(amount), currency, why, booked };
  return { kind: 'partly_returned', subject, facts };
}

/**
 * Books what came back of completed payments: provider float → payee available, for what is new of the amount in all, so
 * that the same amount heard twice is one posting. Of a converted payout in both its currencies. Inside the transaction that
 * changed the attempts; changes by which nothing came back in part are passed over.
 */
export async function bookParts(
  tx: Db,
  ctx: ActionContext,
  provider: string,
  changes: readonly NewPart[],
  actor: string,
): Promise<void> {
  const parts = changes.flatMap(({ attemptId, payoutId, move, returnedPart: part, reasonDetail: words }) =>
    part === undefined
      ? []
      : [{ attemptId, payoutId, move, part, words: words ?? '', worth: worthOf(move, part) }],
  );
  if (parts.length === 0) return;
  const now = ctx.now();
  await noteParts(tx, parts, actor, now);
  await noteWorth(tx, parts);
  const facts = parts.map(({ attemptId, move, part }) => ({
    ...partReturned({ ...move, attemptId, provider, ...between(move, move.returnedPart, part) }),
    kind: `part-${part}`,
  }));
  const kinds = Map.groupBy(facts, ({ kind }) => kind);
  await postKinds(tx, 'attempt', kinds, now, { mayOwe: true });
}

/** All of a payment has come back of which a part had: there is nothing to decide about that part any more. Few rows. */
export async function closePartAlerts(
  tx: Db,
  changes: readonly { readonly to: PayoutState; readonly move: LockedAttempt }[],
  now: Date,
): Promise<void> {
  for (const { to, move } of changes)
    if (to === 'returned' && move.returnedPart > 0n)
      await closeAlerts(tx, ['partly_returned'], move.itemReference, now);
}
