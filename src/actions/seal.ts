import type { Hash } from '../core/ids.ts';
import { withoutUntaken } from '../core/payable.ts';
import { refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import type { Scope } from '../store/eligibility.ts';
import type { SealRow } from '../store/seal.ts';
import { sealedTotals, sealOfBatch } from '../store/seal.ts';
import type { ActionContext, ProviderRules } from './context.ts';

/** The checksum of what would be paid: the same as long as nobody is added, left out or changed. Null when nobody is eligible. */
export function checksumOfSeal(
  rows: readonly (SealRow & { status?: string })[],
  scope: { cyclePublicId: string; provider: string },
  hash: Hash,
): string | null {
  const sealed = rows
    .filter((row) => row.status === undefined || row.status === 'eligible')
    .map((row) => [row.currency, `${row.count}`, `${row.amount}`, row.hashA, row.hashB])
    .toSorted(([a = ''], [b = '']) => (a < b ? -1 : 1));
  if (sealed.length === 0) return null;
  return hash(JSON.stringify([scope.cyclePublicId, scope.provider, sealed]));
}

/** What a caller saw in a preview and wants to pay, exactly. */
export interface Seen {
  readonly cyclePublicId: string;
  readonly checksum: string;
  readonly scope: Scope;
}

/** What the caller of a run saw, or null when they did not say. */
export function seenIn(
  cyclePublicId: string,
  scope: Scope,
  checksum: string | null | undefined,
): Seen | null {
  return checksum === null || checksum === undefined ? null : { cyclePublicId, scope, checksum };
}

/** Refuses when what would be paid is no longer what was seen, with the count and totals of now. */
export async function changedSince(tx: Db, ctx: ActionContext, rules: ProviderRules, seen: Seen | null) {
  if (!seen) return null;
  const { payableSteps = null } = rules.capabilities;
  const rows = withoutUntaken(await sealedTotals(tx, seen.scope, rules.name, ctx.now()), () => payableSteps);
  const of = { cyclePublicId: seen.cyclePublicId, provider: rules.name };
  if (checksumOfSeal(rows, of, ctx.hash) === seen.checksum) return null;
  const eligible = rows.filter((row) => row.status === 'eligible');
  return refuse('changed_since_preview', {
    cycleId: seen.cyclePublicId,
    eligibleCount: eligible.reduce((sum, row) => sum + Number(row.count), 0),
    eligibleTotals: Object.fromEntries(eligible.map((row) => [row.currency, row.amount])),
  });
}

/** Something was recorded between the look and the writing. The code makes the transaction start over, as after a lost race. */
class ChangedMeanwhileError extends Error {
  override readonly name = 'ChangedMeanwhileError';
  readonly code = '40001';
}

/** Makes sure, once it is written, that the batch is made of what was seen; throws when it is not. */
export async function confirmSeen(
  tx: Db,
  ctx: ActionContext,
  rules: ProviderRules,
  seen: Seen | null,
  batchPublicId: string,
): Promise<void> {
  if (!seen) return;
  const of = { cyclePublicId: seen.cyclePublicId, provider: rules.name };
  const checksum = checksumOfSeal(await sealOfBatch(tx, batchPublicId), of, ctx.hash);
  if (checksum !== seen.checksum) throw new ChangedMeanwhileError('the batch is not what was seen');
}
