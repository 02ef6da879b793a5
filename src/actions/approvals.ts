import { approvalHash } from '../core/approval.ts';
import { conversionWords } from '../core/conversion-words.ts';
import { can } from '../core/payout.ts';
import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import { approversNeeded } from '../core/settings.ts';
import { approvalsOf, insertApprovals } from '../store/approvals.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { lastDeed, recordEvents } from '../store/payout-moves.ts';
import { readSettings } from '../store/settings.ts';
import { auditAll } from './audit.ts';
import type { ActionContext } from './context.ts';
import type { DeedResult } from './deeds.ts';
import { judged, resultsOf, stillExported, tooLate } from './deeds.ts';
import { handsLook } from './own-hands.ts';
import { movePayouts } from './payout-moves.ts';

/**
 * Approves payouts, each by itself. Nobody approves what they asked for or have sent elsewhere since, nor what another hand of theirs did, also through a
 * link to the portal; above an amount that the team has set it takes two. With the hash of what was seen, exactly that is approved or nothing is.
 */
export async function approvePayouts(
  ctx: ActionContext,
  input: { payoutIds: readonly string[]; approvalHash: string | null },
): Promise<DeedResult[]> {
  return transaction(ctx.db, async (tx) => {
    const settings = await readSettings(tx);
    const first = new Set<string>();
    const { able, refused } = await judged(tx, input.payoutIds, async (payout) => {
      if (!can.approve(payout.state)) return tooLate(tx, ctx, payout, 'approve');
      if (payout.doubted) return refuse('payout_in_progress', { payoutId: payout.publicId });
      const changed = await changedSince(tx, ctx, payout, input.approvalHash);
      if (changed) return changed;
      const own = (await handsLook(tx, ctx.actor, [payout])).get(payout.id)?.own;
      if (own) return own.refusal;
      const earlier = await approvalsOf(tx, [payout.id]);
      const needed = approversNeeded(settings, payout);
      if (earlier.length + 1 < needed) first.add(payout.publicId);
      return null;
    });
    await insertApprovals(tx, able, ctx.actor, ctx.now());
    const whole = able.filter(({ publicId }) => !first.has(publicId));
    await movePayouts(tx, ctx, whole, 'approve', null);
    await noteFirst(
      tx,
      ctx,
      able.filter(({ publicId }) => first.has(publicId)),
    );
    await auditAll(
      tx,
      ctx,
      able.map((payout) => ({
        event: first.has(payout.publicId) ? 'payout.approved_first' : 'payout.approved',
        subject: { type: 'payout', id: payout.publicId },
        before: { status: payout.state },
        after: { ...seenOf(payout), version: payout.version },
      })),
    );
    return resultsOf(input.payoutIds, refused, (id) => (first.has(id) ? 'pending_approval' : 'approved'));
  });
}

/** What of a payout an approver looks at. */
function seenOf(payout: LockedPayout) {
  const { amount, currency, methodType, methodMasked } = payout;
  const converted = conversionWords(payout);
  const method = `${methodType ?? ''} ${methodMasked ?? ''}`.trim();
  return { amount, currency, method, ...(converted !== null && { converted }) };
}

async function changedSince(
  tx: Db,
  ctx: ActionContext,
  payout: LockedPayout,
  expected: string | null,
): Promise<Refusal | null> {
  const now = approvalHash(payout, ctx.hash);
  if (expected === null || expected === now) return null;
  const deed = await lastDeed(tx, payout.id, 'any');
  const { amount, currency, ...seen } = seenOf(payout);
  return refuse('changed_since_seen', {
    payoutId: payout.publicId,
    approvalHash: now,
    amount: { [currency]: amount },
    ...seen,
    difference: deed ? `${deed.event}: ${deed.detail ?? 'no details'}` : 'the payout is another one',
  });
}

async function noteFirst(tx: Db, ctx: ActionContext, payouts: readonly LockedPayout[]): Promise<void> {
  const notes = payouts.map(({ id, state }) => ({
    payoutId: id,
    from: state,
    to: state,
    event: 'approve_first',
    detail: 'its amount needs a second approver',
  }));
  if (notes.length > 0) await recordEvents(tx, notes, ctx.actor.name, ctx.now());
}

/** Declines payouts that have not left; the money is available again and so is what they carried. */
export async function declinePayouts(
  ctx: ActionContext,
  input: { payoutIds: readonly string[]; reason: string; evenIfExported?: boolean },
): Promise<DeedResult[]> {
  return transaction(ctx.db, async (tx) => {
    const { able, refused } = await judged(tx, input.payoutIds, (payout) =>
      can.decline(payout.state) ? stillExported(payout, input.evenIfExported) : tooLate(tx, ctx, payout),
    );
    await movePayouts(tx, ctx, able, 'decline', input.reason);
    await auditAll(
      tx,
      ctx,
      able.map((payout) => ({
        event: 'payout.declined',
        subject: { type: 'payout', id: payout.publicId },
        before: { status: payout.state },
        after: { ...seenOf(payout), reason: input.reason },
      })),
    );
    return resultsOf(input.payoutIds, refused, () => 'declined');
  });
}
