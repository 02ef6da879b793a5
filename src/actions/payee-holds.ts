import type { Actor } from '../core/actor.ts';
import { notTheirs } from '../core/hold.ts';
import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { closeAlerts, openAlerts } from '../store/alerts.ts';
import { transaction } from '../store/db.ts';
import { freeze, savePayeeHold } from '../store/method-changes.ts';
import type { UsedMethodLink } from '../store/method-links.ts';
import { endEverySession, endMethodLinks, onTheirWay, useMethodLink } from '../store/method-links.ts';
import type { PayeeRow } from '../store/payees.ts';
import { findPayee } from '../store/payees.ts';
import { lockPayee } from '../store/requests.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

const disputed = 'change_disputed';

/** Keeps everything of a payee from being sent, until a time or until somebody releases them. A later hold replaces it. */
export async function holdPayee(
  ctx: ActionContext,
  input: { payeeId: string; reason: string; until: Date | null },
): Promise<Outcome<PayeeRow>> {
  return transaction(ctx.db, async (tx) => {
    const payee = await lockPayee(tx, input.payeeId);
    const before = payee && (await findPayee(tx, payee.publicId));
    if (!before) return refuse('payee_not_found', { payeeId: input.payeeId });
    await savePayeeHold(tx, before.id, input, ctx.now());
    const change = { before: factsOf(before), after: factsOf({ ...before, ...holdOf(input) }) };
    await audit(tx, ctx, 'payee.held', { type: 'payee', id: before.publicId }, change);
    return done({ ...before, ...holdOf(input) });
  });
}

/**
 * Ends the hold of a payee. A method that the payee had frozen stays frozen: that is released by itself. When a link "this
 * was not me" had put it, the other links of the payee that are open end: whoever had the portal for a minute could collect
 * any number, and freeze the payee anew with each. A hold that the team put for another reason takes no link from a payee.
 */
export async function releasePayee(ctx: ActionContext, payeeId: string): Promise<Outcome<PayeeRow>> {
  return transaction(ctx.db, async (tx) => {
    const payee = await lockPayee(tx, payeeId);
    const before = payee && (await findPayee(tx, payee.publicId));
    if (!before) return refuse('payee_not_found', { payeeId });
    if (before.holdReason === null) return refuse('payee_not_on_hold', { payeeId: before.externalId });
    await savePayeeHold(tx, before.id, null, ctx.now());
    const wasDisputed = (await closeAlerts(tx, [disputed], before.publicId, ctx.now())) > 0;
    const endsLinks = wasDisputed || before.holdReason === notTheirs;
    const linksEnded = endsLinks ? await endMethodLinks(tx, { payeeId: before.id }, ctx.now()) : 0;
    const change = { before: factsOf(before), ...(linksEnded > 0 && { after: { linksEnded } }) };
    await audit(tx, ctx, 'payee.released', { type: 'payee', id: before.publicId }, change);
    return done({ ...before, holdReason: null, holdUntil: null });
  });
}

/**
 * A payee says by the link of a mail that a change was not theirs: the method is frozen, the payee on hold without end, and
 * every session over. Null when the link was used, is too old, or none. Only the team releases.
 */
export async function freezeByLink(ctx: ActionContext, token: string): Promise<UsedMethodLink | null> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const link = await useMethodLink(tx, ctx.hash(token), now);
    if (!link) return null;
    const { payeeId, payeePublicId, name } = link;
    await lockPayee(tx, payeeId);
    if (link.methodId !== null) await freeze(tx, link.methodId, now);
    await savePayeeHold(tx, payeeId, { reason: notTheirs, until: null }, now);
    const sessionsEnded = await endEverySession(tx, payeeId, now);
    const underWay = await onTheirWay(tx, payeeId);
    const subject = payeePublicId;
    await openAlerts(tx, [{ kind: disputed, subject, facts: { underWay } }], now);
    const actor: Actor = { ...ctx.actor, kind: 'payee', id: payeePublicId, name };
    const after = { reason: notTheirs, methodId: link.methodPublicId, sessionsEnded, underWay };
    await audit(
      tx,
      { ...ctx, actor },
      'payee.change_disputed',
      { type: 'payee', id: payeePublicId },
      { after },
    );
    return link;
  });
}

function holdOf({ reason, until }: { reason: string; until: Date | null }) {
  return { holdReason: reason, holdUntil: until };
}

function factsOf({ holdReason, holdUntil }: Pick<PayeeRow, 'holdReason' | 'holdUntil'>) {
  return { reason: holdReason, until: holdUntil?.toISOString() ?? null };
}
