import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { MethodRow } from '../store/method-changes.ts';
import {
  countMethods,
  freeze,
  insertMethod,
  methodOf,
  methodTo,
  retire,
  setPart,
} from '../store/method-changes.ts';
import { endMethodLinks } from '../store/method-links.ts';
import type { PayeeRow } from '../store/payees.ts';
import { findPayee } from '../store/payees.ts';
import type { GivenMethod } from '../store/payout-methods.ts';
import { lockPayee } from '../store/requests.ts';
import { flagShared } from '../store/shared-accounts.ts';
import { voidChanged } from './approval-void.ts';
import { audit } from './audit.ts';
import { overChanges } from './change-limits.ts';
import type { Teller } from './change-told.ts';
import { contactsOf, partOf, tellOfChange } from './change-told.ts';
import type { ActionContext } from './context.ts';
import { coolUntil } from './cool-off.ts';

/** Methods one payee may have that are not retired. */
const methodsPerPayeeMax = 20;

/** Whose method: a public or external id, or the payee who calls. */
type Whose = string | bigint;

/** What a method is for: the one in use, the one in reserve, or neither yet. */
export type Part = 'default' | 'backup' | 'none';

/**
 * Adds a method. It serves the cool-off unless it is the first the payee ever had; one that is there already goes on as it
 * is. Added as backup or for later it serves its time there, and becomes the default without another wait.
 */
export async function addMethod(
  ctx: ActionContext,
  teller: Teller,
  input: { payee: Whose; method: GivenMethod; part: Part },
): Promise<Outcome<MethodRow>> {
  return transaction(ctx.db, async (tx) => {
    const payee = await locked(tx, input.payee);
    if (!payee) return refuse('payee_not_found', { payeeId: String(input.payee) });
    const part = payee.methodId === null ? 'default' : input.part;
    const known = await methodTo(tx, ctx.vault, payee.id, input.method);
    if (known) return part === 'none' ? done(known) : take(tx, ctx, teller, { payee, method: known, part });
    if ((await countMethods(tx, payee.id)) >= methodsPerPayeeMax)
      return refuse('too_many_methods', { most: methodsPerPayeeMax });
    const over = await overChanges(tx, ctx, payee);
    if (over) return over;
    const contacts = await contactsOf(tx, ctx, payee);
    const given = { ...input.method, publicId: ctx.newId('pm'), payeeId: payee.id };
    const times = { now: ctx.now(), coolUntil: await coolUntil(tx, ctx) };
    const publicId = await insertMethod(tx, ctx.vault, given, times);
    const method = await methodOf(tx, payee.id, publicId);
    if (!method) throw new Error('a method that was just written is not there');
    const problem = part === 'none' ? null : unfit(method, part);
    if (problem) return problem;
    if (part !== 'none') await setPart(tx, payee.id, method.id, part);
    await flagShared(tx, [payee.id], ctx.now());
    const added = await changed(tx, ctx, payee, method, 'payout_method.added');
    if (input.method.kind === 'email') contacts.push(input.method.destination);
    await tell(tx, ctx, teller, payee, added, contacts);
    return done(added);
  });
}

/** Makes a method the default or the backup. What waits or was approved goes to the new default and is approved again. */
export async function chooseMethod(
  ctx: ActionContext,
  teller: Teller,
  input: { payee: Whose; methodId: string; part: 'default' | 'backup' },
): Promise<Outcome<MethodRow>> {
  return transaction(ctx.db, async (tx) => {
    const found = await find(tx, input);
    if (!found.ok) return found;
    return take(tx, ctx, teller, { ...found.value, part: input.part });
  });
}

/** A method that is there takes its part. */
async function take(
  tx: Db,
  ctx: ActionContext,
  teller: Teller,
  { payee, method, part }: { payee: PayeeRow; method: MethodRow; part: 'default' | 'backup' },
): Promise<Outcome<MethodRow>> {
  if (part === 'default' ? method.isDefault : method.isBackup) return done(method);
  const problem = unfit(method, part);
  if (problem) return problem;
  // A backup is told to nobody.
  const over = part === 'default' ? await overChanges(tx, ctx, payee) : null;
  if (over) return over;
  await setPart(tx, payee.id, method.id, part);
  const chosen = await changed(tx, ctx, payee, method, 'payout_method.chosen');
  if (part === 'default') await tell(tx, ctx, teller, payee, chosen, await contactsOf(tx, ctx, payee));
  return done(chosen);
}

/**
 * Takes a method out of use. It is never deleted, and what is under way to it goes on. The team ends the open links "this
 * was not me" about it; the payee's own session does not, as somebody else in it would take them from the payee.
 */
export async function retireMethod(
  ctx: ActionContext,
  input: { payee: Whose; methodId: string },
): Promise<Outcome<MethodRow>> {
  return transaction(ctx.db, async (tx) => {
    const found = await find(tx, input);
    if (!found.ok) return found;
    const { payee, method } = found.value;
    if (method.isDefault) return refuse('method_is_default', { methodId: method.publicId });
    await retire(tx, method.id, ctx.now());
    const isTeam = ctx.actor.kind !== 'payee';
    const linksEnded = isTeam ? await endLinksOf(tx, ctx, payee, method) : 0;
    const change = { before: factsOf(method), ...(linksEnded > 0 && { after: { linksEnded } }) };
    await audit(tx, ctx, 'payout_method.retired', { type: 'payee', id: payee.publicId }, change);
    return done(method);
  });
}

/**
 * Frees a method that its payee had frozen: somebody of the team found that the change was right. The other links "this was
 * not me" about it end.
 */
export async function releaseMethod(
  ctx: ActionContext,
  input: { payee: Whose; methodId: string },
): Promise<Outcome<MethodRow>> {
  return transaction(ctx.db, async (tx) => {
    const found = await find(tx, input);
    if (!found.ok) return found;
    const { payee, method } = found.value;
    if (method.frozenAt === null) return refuse('method_not_frozen', { methodId: method.publicId });
    await freeze(tx, method.id, null);
    const freed = { ...method, frozenAt: null };
    const linksEnded = await endLinksOf(tx, ctx, payee, method);
    const after = { ...factsOf(freed), ...(linksEnded > 0 && { linksEnded }) };
    const change = { before: { ...factsOf(method), frozen: true }, after };
    await audit(tx, ctx, 'payout_method.released', { type: 'payee', id: payee.publicId }, change);
    return done(freed);
  });
}

function endLinksOf(tx: Db, ctx: ActionContext, payee: PayeeRow, method: MethodRow): Promise<number> {
  return endMethodLinks(tx, { payeeId: payee.id, methodId: method.id }, ctx.now());
}

/** The payee, with its row locked: changes of one payee come one after the other. */
async function locked(tx: Db, whose: Whose): Promise<PayeeRow | undefined> {
  const payee = await lockPayee(tx, whose);
  return payee && findPayee(tx, payee.publicId);
}

async function find(
  tx: Db,
  input: { payee: Whose; methodId: string },
): Promise<Outcome<{ payee: PayeeRow; method: MethodRow }>> {
  const payee = await locked(tx, input.payee);
  if (!payee) return refuse('payee_not_found', { payeeId: String(input.payee) });
  const method = await methodOf(tx, payee.id, input.methodId);
  return method ? done({ payee, method }) : refuse('method_not_found', { methodId: input.methodId });
}

function unfit(method: MethodRow, part: 'default' | 'backup') {
  if (method.frozenAt !== null) return refuse('method_frozen', { methodId: method.publicId });
  if (part === 'backup' && method.isDefault)
    return refuse('method_is_default', { methodId: method.publicId });
  return null;
}

/** Puts a change on record, and approvals that it voids; answers the method as it is now. */
async function changed(
  tx: Db,
  ctx: ActionContext,
  before: PayeeRow,
  method: MethodRow,
  event: string,
): Promise<MethodRow> {
  const after = await findPayee(tx, before.publicId);
  const now = await methodOf(tx, before.id, method.publicId);
  if (!after || !now) throw new Error('what was just changed is not there');
  await voidChanged(tx, ctx, [{ before, after }]);
  const facts = { before: { inUse: inUse(before) }, after: { ...factsOf(now), inUse: inUse(after) } };
  await audit(tx, ctx, event, { type: 'payee', id: before.publicId }, facts);
  return now;
}

const inUse = ({ methodType, masked }: PayeeRow) =>
  methodType === null || masked === null ? null : `${methodType} ${masked}`;

function factsOf(method: MethodRow) {
  return {
    methodId: method.publicId,
    method: `${method.type} ${method.masked}`,
    usableFrom: method.usableFrom?.toISOString() ?? null,
  };
}

async function tell(
  tx: Db,
  ctx: ActionContext,
  teller: Teller,
  payee: PayeeRow,
  method: MethodRow,
  emails: readonly (string | null)[],
): Promise<void> {
  const { id, publicId, externalId, email } = payee;
  const name = payee.name === '' ? externalId : payee.name;
  const told = { ...method, part: partOf(method) };
  await tellOfChange(tx, ctx, teller, { payee: { id, publicId, name, email }, method: told, emails });
}
