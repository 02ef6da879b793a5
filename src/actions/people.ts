import { signInKey } from '../core/guesses.ts';
import type { KeysOfLeaver } from '../core/left-keys.ts';
import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Role } from '../core/roles.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { forgetGuesses } from '../store/people-guesses.ts';
import { deleteSessions } from '../store/people-sessions.ts';
import type { PersonRow } from '../store/people.ts';
import {
  deleteSecondFactors,
  findPerson,
  insertPerson,
  isTeamEmpty,
  lockOwners,
  setPassword,
  setTemporaryPassword,
  updatePerson,
} from '../store/people.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { voidInvitations } from './invitation-ends.ts';
import { settleKeys } from './left-keys.ts';

/** How long a password that Purser made can be used. */
const temporaryPasswordMs = 24 * 60 * 60_000;
/** The e-mail of the first owner, who changes it; `.localhost` belongs to nobody (RFC 6761). */
export const firstOwnerEmail = 'owner@purser.localhost';

export interface PersonInput {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Of a one-time password, which the person changes at the first sign-in. */
  readonly passwordHash: string;
}

/** Adds a person with a one-time password. */
export async function createPerson(ctx: ActionContext, input: PersonInput): Promise<Outcome<PersonRow>> {
  return transaction(ctx.db, async (tx) => {
    const until = new Date(ctx.now().getTime() + temporaryPasswordMs);
    const id = await addPerson(tx, ctx, { ...input, temporaryPasswordUntil: until });
    if (id === null) return refuse('person_exists');
    // Kept open, it would bring them back with another role once they are removed.
    await voidInvitations(tx, ctx, { emails: [input.email.toLowerCase()] }, 'person_added');
    await audit(tx, ctx, 'person.created', { type: 'person', id }, { after: { role: input.role } });
    return done(await mustFind(tx, id));
  });
}

/** The first owner, when there is nobody yet; null: there is. Of two servers that start at once one makes it. */
export async function createFirstOwner(ctx: ActionContext, passwordHash: string): Promise<PersonRow | null> {
  if (!(await isTeamEmpty(ctx.db))) return null;
  const made = await createPerson(ctx, {
    email: firstOwnerEmail,
    name: 'Owner',
    role: 'owner',
    passwordHash,
  });
  return made.ok ? made.value : null;
}

/** Writes a person and the password, in the transaction of the deed; null when the e-mail is taken. */
export async function addPerson(
  tx: Db,
  ctx: ActionContext,
  input: PersonInput & { readonly temporaryPasswordUntil: Date | null },
): Promise<string | null> {
  const id = await insertPerson(tx, { ...input, id: ctx.newId('pe') }, ctx.now());
  if (id !== null) {
    const account = { id: ctx.newId('pc'), passwordHash: input.passwordHash };
    await setPassword(tx, id, account, ctx.now());
    // Of somebody who was removed and comes back: what proved them then proves nothing now.
    await deleteSecondFactors(tx, id);
  }
  return id;
}

export interface PersonChange {
  readonly name?: string | undefined;
  readonly email?: string | undefined;
  readonly role?: Role | undefined;
  readonly status?: 'active' | 'removed' | undefined;
  /** What becomes of the keys they made; needed when they are removed, or are an owner no more, and some still work. */
  readonly keys?: KeysOfLeaver | undefined;
}

/** Changes what is given. Whoever is removed is signed out at once; the last owner stays one. */
export async function changePerson(
  ctx: ActionContext,
  id: string,
  change: PersonChange,
): Promise<Outcome<PersonRow>> {
  return transaction(ctx.db, async (tx) => {
    // Locked first: what is read after it cannot change under this transaction's feet.
    const owners = await lockOwners(tx);
    const before = await findPerson(tx, id);
    if (!before) return refuse('person_not_found', { personId: id });
    const after = {
      name: change.name ?? before.name,
      email: change.email?.toLowerCase() ?? before.email,
      role: change.role ?? before.role,
      status: change.status ?? before.status,
    };
    const staysOwner = after.role === 'owner' && after.status === 'active';
    if (owners.includes(before.id) && !staysOwner && owners.length === 1)
      return refuse('last_owner', { personId: before.id });
    const taken = after.email === before.email ? undefined : await findPerson(tx, after.email);
    if (taken) return refuse('person_exists');
    const leaves = before.status === 'active' && (after.status === 'removed' || isLess(before, after));
    const settled =
      leaves || change.keys === 'revoke' ? await settleKeys(tx, ctx, before.id, change.keys) : done({});
    if (!settled.ok) return settled;
    // Before the row is written: whoever accepts at this moment locks their invitation first, too.
    await voidInvitations(tx, ctx, { emails: [before.email, after.email] }, 'person_changed');
    await updatePerson(tx, before.id, after, ctx.now());
    if (after.status === 'removed') await deleteSessions(tx, before.id);
    // A link made by somebody who may no longer invite lets nobody in.
    if (!staysOwner) await voidInvitations(tx, ctx, { invitedBy: [before.id] }, 'inviter_left');
    const facts = changeOf(before, after);
    const all = { before: facts.before, after: { ...facts.after, ...settled.value } };
    await audit(tx, ctx, 'person.changed', { type: 'person', id: before.id }, all);
    return done(await mustFind(tx, before.id));
  });
}

/** True when an owner becomes something less. */
function isLess(before: { role: Role }, after: { role: Role }): boolean {
  return before.role === 'owner' && after.role !== 'owner';
}

function changeOf(before: PersonRow, after: Pick<PersonRow, 'role' | 'status' | 'name' | 'email'>) {
  const facts = { emailChanged: before.email !== after.email, nameChanged: before.name !== after.name };
  return {
    before: { role: before.role, status: before.status },
    after: { role: after.role, status: after.status, ...facts },
  };
}

/**
 * Gives a person a one-time password in place of theirs, ends their sessions and any lock of their sign-in; with
 * `secondFactors` authenticator app, recovery codes and passkeys go too, for whoever has lost them.
 */
export async function resetPassword(
  ctx: ActionContext,
  id: string,
  input: { readonly passwordHash: string; readonly secondFactors: boolean },
): Promise<Outcome<PersonRow>> {
  return transaction(ctx.db, async (tx) => {
    const person = await findPerson(tx, id);
    if (person?.status !== 'active') return refuse('person_not_found', { personId: id });
    const now = ctx.now();
    const account = { id: ctx.newId('pc'), passwordHash: input.passwordHash };
    await setPassword(tx, person.id, account, now);
    await setTemporaryPassword(tx, person.id, new Date(now.getTime() + temporaryPasswordMs), now);
    const sessionsEnded = await deleteSessions(tx, person.id);
    await forgetGuesses(tx, signInKey(ctx.hash, person.email));
    const secondFactorsRemoved = input.secondFactors && (await deleteSecondFactors(tx, person.id));
    const after = { oneTimePassword: true, sessionsEnded, secondFactorsRemoved };
    await audit(tx, ctx, 'person.password_reset', { type: 'person', id: person.id }, { after });
    return done(await mustFind(tx, person.id));
  });
}

async function mustFind(tx: Db, id: string): Promise<PersonRow> {
  const person = await findPerson(tx, id);
  if (!person) throw new Error('a person was not written');
  return person;
}
