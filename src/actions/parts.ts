import type { NewAlert } from '../core/alert-kinds.ts';
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
