import type { PayoutEvent } from '../core/payout.ts';
import { step } from '../core/payout.ts';
import { expiryOf } from '../core/settings.ts';
import { payoutMoved } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { postKinds } from '../store/ledger.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { applyMoves } from '../store/payout-moves.ts';
import { releaseEarnings } from '../store/payouts.ts';
import { readSettings } from '../store/settings.ts';
import type { ActionContext } from './context.ts';
import { tellPayees } from './payee-mails.ts';

/** Who holds the money of what was paid by hand, in the chart of accounts. */
const byHand = 'manual';

/**
 * Moves locked payouts that no attempt moves: rows, timeline and books together. `core.step` decides; a payout that it
 * refuses is a bug of the caller, who asks first. A payout that is over without payment frees what it carried.
 */
export async function movePayouts(
  tx: Db,
  ctx: ActionContext,
  payouts: readonly LockedPayout[],
  event: PayoutEvent,
  detail: string | null | ((payout: LockedPayout) => string),
): Promise<void> {
  if (payouts.length === 0) return;
  const now = ctx.now();
  const moves = payouts.map((payout) => {
    const to = step(payout.state, event);
    if (to === 'same' || to === 'refuse') throw new Error(`a payout that is ${payout.state} cannot ${event}`);
    return { payout, to, event, detail: typeof detail === 'function' ? detail(payout) : detail };
  });
  const expiresAt = expiryOf(await readSettings(tx), now);
  await applyMoves(tx, moves, { actor: ctx.actor.name, now, expiresAt });
  // Each change of a payout makes another version, so no fact is posted under the same kind twice.
  const facts = moves.flatMap(({ payout, to }) => {
    const moved = payoutMoved({ ...payout, attemptId: payout.id, provider: byHand, from: payout.state, to });
    return moved ? [{ ...moved, kind: `${to}-v${payout.version + 1}` }] : [];
  });
  const kinds = Map.groupBy(facts, ({ kind }) => kind);
  // Paid by hand is a fact, and so is what came back: what the payee owes does not undo it.
  await postKinds(tx, 'payout', kinds, now, { mayOwe: true });
  const told = moves.map(({ payout, to }) => {
    const occasion = `v${payout.version + 1}`;
    return { payoutId: payout.id, from: payout.state, to, occasion, reasonCode: null };
  });
  await tellPayees(tx, ctx, told);
  const over = moves.filter(({ to }) => to === 'cancelled' || to === 'declined');
  await releaseEarnings(
    tx,
    over.map(({ payout }) => payout.id),
    now,
  );
}
