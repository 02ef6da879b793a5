import { coverWith } from '../core/cover.ts';
import { returnedPartSource } from '../core/source-types.ts';
import { earningCovered } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import type { KeptPart } from '../store/kept-parts.ts';
import {
  addCovered,
  keepAfterAll,
  lockKept,
  lockTakenAgain,
  recoveredOf,
  useKept,
} from '../store/kept-parts.ts';
import { postKinds } from '../store/ledger.ts';
import { lockOwedOf } from '../store/owed.ts';

type Covers = ReturnType<typeof coverWith>;

/** Counts what came back of payments against earnings of theirs that were taken back, which are locked. */
export async function coverEarnings(tx: Db, covers: Covers, now: Date): Promise<void> {
  if (covers.length === 0) return;
  const facts = (await addCovered(tx, covers)).map((row) => ({ ...row, fact: earningCovered(row) }));
  const kinds = [...Map.groupBy(facts, ({ covered }) => `covered-${covered}`)].map(
    ([kind, rows]) => [kind, rows.map(({ fact }) => fact)] as const,
  );
  await postKinds(tx, 'earning', kinds, now, { mayOwe: true });
}

/** An earning that is taken back. */
interface Taken {
  readonly id: bigint;
  readonly sourceType: string;
}

const paidAgain = (earnings: readonly Taken[]) =>
  earnings.filter(({ sourceType }) => sourceType === returnedPartSource).map(({ id }) => id);

/**
 * Locks what was kept of the parts of payments of earnings that are to be taken back. What those had paid again is kept from
 * now on. Their payees and payouts are locked, and no balance yet.
 */
export async function keepParts(tx: Db, earnings: readonly Taken[]): Promise<KeptPart[]> {
  const parts = await lockKept(
    tx,
    earnings.map(({ id }) => id),
  );
  const again = paidAgain(earnings);
  const more = again.length > 0 ? await keepAfterAll(tx, again) : [];
  const kept = new Map(more.map((row) => [row.attemptId, row.kept]));
  return parts
    .map((part) => ({ ...part, kept: kept.get(part.attemptId) ?? part.kept }))
    .filter((part) => part.kept > 0n);
}

/**
 * Earnings were taken back of which a part had come back by their payment and was kept: it counts against them, so that the
 * payee is charged once, whichever was first. Where another payout has recovered what it would count against, it counts against
 * the earning that had paid it again: where no payout carries that one, so much of it stays the payee's. Inside the transaction that took them back and has locked their payees and the parts.
 */
export async function coverFromKept(
  tx: Db,
  earnings: readonly Taken[],
  parts: readonly KeptPart[],
  now: Date,
): Promise<void> {
  const again = paidAgain(earnings);
  for (const part of parts) {
    const left = part.kept - (await use(tx, part, await coversOf(tx, part, part.kept), now));
    if (left === 0n || again.length === 0) continue;
    const taken = await lockTakenAgain(tx, part.attemptId, again);
    if (taken.length === 0) continue;
    const recovered = await recoveredOf(tx, part);
    const twice = recovered < 0n ? 0n : recovered;
    await use(tx, part, coverWith(twice < left ? twice : left, taken), now);
  }
}

/**
 * What so much of a part covers of what is owed of its payment. Where more was given back for what had been recovered than still
 * is, the payee has that much of what is owed, and it stays so.
 */
export async function coversOf(
  tx: Db,
  part: { readonly attemptId: bigint; readonly payoutId: bigint },
  amount: bigint,
): Promise<Covers> {
  const earnings = await lockOwedOf(tx, part.payoutId);
  if (earnings.length === 0) return [];
  const recovered = await recoveredOf(tx, part);
  const all = earnings.reduce((sum, { owed }) => sum + owed, 0n);
  const most = recovered < 0n ? all + recovered : all;
  return coverWith(most < amount ? most : amount, earnings);
}

/** Uses so much of what was kept for these earnings; answers how much. */
async function use(tx: Db, { attemptId }: KeptPart, covers: Covers, now: Date): Promise<bigint> {
  const used = covers.reduce((sum, { amount }) => sum + amount, 0n);
  if (used > 0n) await useKept(tx, attemptId, used);
  await coverEarnings(tx, covers, now);
  return used;
}
