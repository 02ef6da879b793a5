import type { Outcome, Refusal } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { returnedPartSource } from '../core/source-types.ts';
import { telling } from '../core/told.ts';
import { earningRecorded, partSettled } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { findEarnings, insertEarnings } from '../store/earnings.ts';
import { closeAlerts } from '../store/alerts.ts';
import { post } from '../store/ledger.ts';
import type { LockedPart } from '../store/parts.ts';
import { lockPart, settlePart } from '../store/parts.ts';
import { isRecovered } from '../store/owed.ts';
import { recordEvents } from '../store/payout-moves.ts';
import { findPayout } from '../store/payouts.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { coverEarnings, coversOf } from './covers.ts';

export interface PartDecision {
  readonly payoutId: string;
  /** What the person saw as come back and not decided about; minor units of what was paid. */
  readonly amount: bigint;
  /** `pay_again`: the payee is owed it, as an earning of its own. `keep`: they are not. */
  readonly decision: 'pay_again' | 'keep';
  readonly reason: string;
}

/**
 * A person decides about the part of a completed payment that came back. What of it was paid for earnings that were taken back
 * counts against these, so that nobody is charged twice. The rest leaves what is available to the payee either way; to be
 * paid again it comes back as an earning, which is in at most one payout by key like any other. Bound to the amount that was
 * seen: asked twice, or while more came back, it is refused.
 */
export async function settleReturnedPart(
  ctx: ActionContext,
  input: PartDecision,
): Promise<Outcome<{ payoutId: string }>> {
  const { payoutId, amount, decision, reason } = input;
  return transaction(ctx.db, async (tx) => {
    const payout = await findPayout(tx, payoutId);
    if (!payout) return refuse('payout_not_found', { payoutId });
    const part = await lockPart(tx, payout.publicId);
    const open = part ? part.returnedPart - part.settledPart : 0n;
    if (!part || open === 0n) return refuse('nothing_came_back', { payoutId });
    if (open !== amount) return refuse('part_differs', { payoutId, cameBack: { [part.currency]: open } });
    const taken = decision === 'pay_again' ? await nameTaken(tx, part) : null;
    if (taken) return taken;
    const now = ctx.now();
    const worth = part.worth - part.decided;
    const covers = await coversOf(tx, part, worth);
    const rest = covers.reduce((left, cover) => left - cover.amount, worth);
    if (rest === 0n && decision === 'pay_again') return refuse('part_not_owed', { payoutId });
    if (rest > 0n && decision === 'keep' && (await isRecovered(tx, part.payoutId)))
      return refuse('part_recovered', { payoutId });
    await settlePart(tx, part.attemptId, decision === 'keep' ? rest : 0n);
    await postDecided(tx, part, worth, now);
    await coverEarnings(tx, covers, now);
    if (decision === 'pay_again') await payAgain(tx, ctx, part, rest, reason);
    const event = { payoutId: part.payoutId, from: 'completed', to: 'completed' } as const;
    await recordEvents(tx, [{ ...event, event: `part_${decision}`, detail: reason }], ctx.actor.name, now);
    await closeAlerts(tx, ['partly_returned'], part.itemReference, now);
    const against = worth > rest ? { takenBack: worth - rest } : {};
    const after = { decision, amount: open, currency: part.currency, reason, ...against };
    await audit(tx, ctx, 'payout.part_settled', { type: 'payout', id: part.payoutPublicId }, { after });
    return done({ payoutId: part.payoutPublicId });
  });
}

/** Named by what was decided about in all. Nothing where a little of one currency is nothing of the other. */
async function postDecided(tx: Db, part: LockedPart, worth: bigint, now: Date): Promise<void> {
  if (worth === 0n) return;
  const fact = partSettled({ ...part, currency: part.balanceCurrency, amount: worth });
  await post(tx, 'attempt', `settled-${part.worth}`, [fact], now, { mayOwe: true });
}

/** The name of the earning to come: of this attempt, up to this much that came back. */
function nameOf({ itemReference, returnedPart }: LockedPart): string {
  return `${itemReference}:${returnedPart}`;
}

/** Somebody recorded an earning under that name, when that was still possible. */
async function nameTaken(tx: Db, part: LockedPart): Promise<Refusal | null> {
  const externalId = nameOf(part);
  const [known] = await findEarnings(tx, returnedPartSource, [externalId]);
  if (!known) return null;
  const named = `${returnedPartSource} ${externalId}`;
  return telling(refuse('earning_differs', { sourceType: returnedPartSource, externalId }), {
    en: {
      message: `The earning that would pay this part again, ${named}, was recorded before by somebody. Nothing was changed and no money moved.`,
      action:
        'Look at that earning. To pay the part all the same, keep it here and record an earning under another name.',
    },
    fr: {
      message: `Le gain qui paierait de nouveau cette part, ${named}, a déjà été enregistré par quelqu’un. Rien n’a été changé et aucun argent n’a bougé.`,
      action:
        'Regardez ce gain. Pour payer la part malgré tout, gardez-la ici et enregistrez un gain sous un autre nom.',
    },
  });
}

async function payAgain(
  tx: Db,
  ctx: ActionContext,
  part: LockedPart,
  amount: bigint,
  reason: string,
): Promise<void> {
  const { payeeId, balanceCurrency: currency } = part;
  const externalId = nameOf(part);
  const row = { externalId, payeeId, gross: amount, fee: 0n, net: amount, currency, note: reason };
  const [earning] = await insertEarnings(tx, returnedPartSource, null, [row], ctx.now());
  if (earning?.created !== true) throw new Error(`the part ${externalId} was recorded before`);
  await post(tx, 'earning', 'recorded', [earningRecorded({ ...row, id: earning.id })], ctx.now());
}
