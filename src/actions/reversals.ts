import { can } from '../core/payout.ts';
import { earningReversed } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { openBalances, post } from '../store/ledger.ts';
import { lockPayouts } from '../store/payout-moves.ts';
import { doubtedAmong } from '../store/doubts.ts';
import type { ReversibleEarning } from '../store/reversals.ts';
import { livePayoutsOf, lockEarnings, markReversed } from '../store/reversals.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { coverFromKept, keepParts } from './covers.ts';
import { stillExported } from './deeds.ts';
import { keyOf } from './earning-item.ts';
import { movePayouts } from './payout-moves.ts';

/** An earning to be taken back, and why. */
export interface ReversalItem {
  readonly sourceType: string;
  readonly externalId: string;
  readonly reason: string;
}

/**
 * What became of one: `reversed` before it was paid; `owed` when its money has left or is leaving, so it is recovered from
 * the next request; `unchanged` when it was taken back before. `payoutId` is the payout that was cancelled, or that paid it.
 */
export interface ReversalResult {
  readonly status: 'reversed' | 'owed' | 'unchanged' | 'not_found';
  readonly payoutId: string | null;
}

type Locked = ReversibleEarning & { sourceType: string };

/** Takes earnings back, in one transaction; one result per item, in their order. */
export async function reverseEarnings(
  ctx: ActionContext,
  items: readonly ReversalItem[],
): Promise<ReversalResult[]> {
  const first = new Map(items.toReversed().map((item) => [keyOf(item), item]));
  return transaction(ctx.db, async (tx) => {
    const locked = await lockEarnings(tx, [...first.values()]);
    const fresh = locked.filter((earning) => earning.reversedAt === null);
    const reasonOf = (earning: Locked) => first.get(keyOf(earning))?.reason ?? '';
    const held = await lockLive(tx, fresh);
    // After the payouts and before any balance, in the order of what books a part.
    const parts = await keepParts(tx, fresh);
    const results = await leavePayouts(tx, ctx, fresh, held, reasonOf);
    await markReversed(
      tx,
      fresh.map((earning) => ({ id: earning.id, reason: reasonOf(earning) })),
      ctx.now(),
    );
    await postReversals(tx, ctx, fresh);
    await coverFromKept(tx, fresh, parts, ctx.now());
    for (const earning of locked)
      if (earning.reversedAt !== null) results.set(keyOf(earning), { status: 'unchanged', payoutId: null });
    if (fresh.length > 0) await record(tx, ctx, fresh, results);
    return items.map((item) => results.get(keyOf(item)) ?? { status: 'not_found', payoutId: null });
  });
}

/** The live payouts of these earnings, locked, and which earning is in which. */
async function lockLive(tx: Db, earnings: readonly Locked[]) {
  const links = await livePayoutsOf(
    tx,
    earnings.map((earning) => earning.id),
  );
  const payouts = await lockPayouts(tx, [...new Set(links.map((link) => link.publicId))]);
  return { links, payouts };
}

/**
 * Cancels what pays these earnings and has not left: requested, approved, or proven not to have been paid. What is
 * preparing stays, as its items are what its key is made of; so does what is on its way, paid, in doubt, or handed over to be
 * paid by hand.
 */
async function leavePayouts(
  tx: Db,
  ctx: ActionContext,
  earnings: readonly Locked[],
  { links, payouts }: Awaited<ReturnType<typeof lockLive>>,
  reasonOf: (earning: Locked) => string,
): Promise<Map<string, ReversalResult>> {
  const doubts = new Set(
    await doubtedAmong(
      tx,
      payouts.map((payout) => payout.id),
    ),
  );
  const unsent = payouts.filter(
    (payout) =>
      can.cancel(payout.state) &&
      payout.state !== 'queued' &&
      !doubts.has(payout.publicId) &&
      stillExported(payout, false) === null,
  );
  const linkOf = new Map(links.map((link) => [link.earningId, link]));
  const cancelled = new Set(unsent.map((payout) => payout.publicId));
  const causes = new Map(earnings.map((earning) => [linkOf.get(earning.id)?.payoutId, earning]));
  await movePayouts(tx, ctx, unsent, 'cancel', ({ id }) => {
    const earning = causes.get(id);
    return earning
      ? `${earning.externalId} was taken back: ${reasonOf(earning)}`
      : 'an earning was taken back';
  });
  return new Map(
    earnings.map((earning) => {
      const payoutId = linkOf.get(earning.id)?.publicId ?? null;
      const isOwed = payoutId !== null && !cancelled.has(payoutId);
      return [keyOf(earning), { status: isOwed ? 'owed' : 'reversed', payoutId }];
    }),
  );
}

async function postReversals(tx: Db, ctx: ActionContext, earnings: readonly Locked[]): Promise<void> {
  await openBalances(
    tx,
    earnings.map((earning) => ({ ownerId: earning.payeeId, currency: earning.currency })),
  );
  const facts = earnings.map((earning) => earningReversed(earning));
  await post(tx, 'earning', 'reversed', facts, ctx.now(), { mayOwe: true });
}

async function record(
  tx: Db,
  ctx: ActionContext,
  earnings: readonly Locked[],
  results: ReadonlyMap<string, ReversalResult>,
): Promise<void> {
  const totals: Record<string, bigint> = {};
  let owed = 0;
  for (const earning of earnings) {
    totals[earning.currency] = (totals[earning.currency] ?? 0n) + earning.net;
    if (results.get(keyOf(earning))?.status === 'owed') owed += 1;
  }
  const named = earnings.slice(0, namedMax).map((earning) => `${earning.sourceType} ${earning.externalId}`);
  const after = { reversed: earnings.length - owed, owed, totals, earnings: named };
  await audit(tx, ctx, 'earnings.reversed', { type: 'earnings', id: 'bulk' }, { after });
}

/** Earnings that one event names. */
const namedMax = 100;
