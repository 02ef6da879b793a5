import { coverWith } from '../core/cover.ts';
import { returnedPartSource } from '../core/source-types.ts';
import { earningCovered } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { addCovered, keepAfterAll, lockKept, useKept } from '../store/kept-parts.ts';
import { postKinds } from '../store/ledger.ts';
import { lockOwedOf } from '../store/owed.ts';

/** Counts what came back of payments against earnings of theirs that were taken back, which are locked. */
export async function coverEarnings(
  tx: Db,
  covers: readonly { id: bigint; amount: bigint }[],
  now: Date,
): Promise<void> {
  if (covers.length === 0) return;
  const facts = (await addCovered(tx, covers)).map((row) => ({ ...row, fact: earningCovered(row) }));
  const kinds = [...Map.groupBy(facts, ({ covered }) => `covered-${covered}`)].map(
    ([kind, rows]) => [kind, rows.map(({ fact }) => fact)] as const,
  );
  await postKinds(tx, 'earning', kinds, now, { mayOwe: true });
}

/**
 * Earnings were taken back of which a part had come back by their payment and was kept: it counts against them, so that the
 * payee is charged once, whichever was first. Inside the transaction that took them back and has locked their payees.
 */
export async function coverFromKept(
  tx: Db,
  earnings: readonly { id: bigint; sourceType: string }[],
  now: Date,
): Promise<void> {
  const again = earnings.filter(({ sourceType }) => sourceType === returnedPartSource);
  if (again.length > 0)
    await keepAfterAll(
      tx,
      again.map(({ id }) => id),
    );
  const parts = await lockKept(
    tx,
    earnings.map(({ id }) => id),
  );
  for (const { attemptId, payoutId, kept } of parts) {
    const covers = coverWith(kept, await lockOwedOf(tx, payoutId));
    await useKept(
      tx,
      attemptId,
      covers.reduce((sum, { amount }) => sum + amount, 0n),
    );
    await coverEarnings(tx, covers, now);
  }
}
