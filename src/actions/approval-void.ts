import { withThrough } from '../core/through-words.ts';
import type { Db } from '../store/db.ts';
import { pinnedElsewhere, repin } from '../store/approvals.ts';
import { lockPayouts, recordEvents } from '../store/payout-moves.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import type { PayeeChanged } from './payee-trail.ts';
import { movePayouts } from './payout-moves.ts';

/**
 * The money of these payees goes somewhere else from now on: what waits for approval, or was approved and has not left, is
 * pinned to the new method and must be approved again.
 */
export async function voidChanged(
  tx: Db,
  ctx: ActionContext,
  changed: readonly PayeeChanged[],
): Promise<void> {
  const payees = changed.flatMap(({ before, after }) =>
    before === undefined || before.methodId === null || before.methodId === after.methodId ? [] : [after.id],
  );
  if (payees.length === 0) return;
  const found = await pinnedElsewhere(tx, payees);
  const locked = await lockPayouts(
    tx,
    found.map((row) => row.publicId),
  );
  for (const payout of locked) {
    const to = found.find((row) => row.publicId === payout.publicId);
    const isOpen = payout.state === 'pending_approval' || payout.state === 'approved';
    if (!to || !isOpen) continue;
    const was = `${payout.methodType ?? ''} ${payout.methodMasked ?? ''}`;
    const words = `the payout method changed from ${was} to ${to.type} ${to.masked}`;
    const detail = withThrough(words, ctx.actor.through);
    await repin(tx, payout.id, to.defaultId);
    if (payout.state === 'approved') await movePayouts(tx, ctx, [payout], 'void', detail);
    else {
      const state = payout.state;
      const note = { payoutId: payout.id, from: state, to: state, event: 'method_changed', detail };
      await recordEvents(tx, [note], ctx.actor.name, ctx.now());
    }
    const subject = { type: 'payout', id: payout.publicId };
    await audit(tx, ctx, 'payout.approval_voided', subject, {
      before: { status: payout.state, method: was },
      after: { status: 'pending_approval', method: `${to.type} ${to.masked}` },
    });
  }
}
