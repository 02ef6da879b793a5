import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Role } from '../core/roles.ts';
import { transaction } from '../store/db.ts';
import type { InvitationRow } from '../store/invitations.ts';
import { endInvitations, findInvitation, insertInvitation, takeInvitation } from '../store/invitations.ts';
import { findPerson } from '../store/people.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { voidInvitations } from './invitation-ends.ts';
import { addPerson } from './people.ts';

/** How long an invitation can be accepted. */
const invitationMs = 72 * 60 * 60_000;

export interface Invited {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly expiresAt: Date;
}

/** Invites somebody; an earlier open invitation of the same address ends. `token` is shown once, its hash is kept. */
export async function invite(
  ctx: ActionContext,
  input: { readonly email: string; readonly name: string; readonly role: Role; readonly token: string },
): Promise<Outcome<Invited>> {
  const email = input.email.toLowerCase();
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const person = await findPerson(tx, email);
    if (person?.status === 'active') return refuse('person_exists');
    await voidInvitations(tx, ctx, { emails: [email] }, 'invited_again');
    const invited = {
      id: ctx.newId('pi'),
      email,
      role: input.role,
      expiresAt: new Date(now.getTime() + invitationMs),
    };
    const row = { ...invited, publicId: invited.id, name: input.name, invitedBy: ctx.actor.id };
    await insertInvitation(tx, { ...row, tokenHash: ctx.hash(input.token) }, now);
    const after = { role: input.role };
    await audit(tx, ctx, 'person.invited', { type: 'invitation', id: invited.id }, { after });
    return done(invited);
  });
}

/** What an open invitation says; looking at it uses nothing up. */
export async function readInvitation(ctx: ActionContext, token: string): Promise<InvitationRow | undefined> {
  return findInvitation(ctx.db, ctx.hash(token), ctx.now());
}

export async function endInvitation(ctx: ActionContext, id: string): Promise<Outcome<null>> {
  return transaction(ctx.db, async (tx) => {
    const ended = await endInvitations(tx, { publicId: id }, ctx.now());
    if (ended.length === 0) return refuse('invitation_not_found');
    await audit(tx, ctx, 'invitation.ended', { type: 'invitation', id });
    return done(null);
  });
}

/** Whoever has the link becomes a member of the team, once. The actor of the deed is the one who joins. */
export async function acceptInvitation(
  ctx: ActionContext,
  input: { readonly token: string; readonly name: string; readonly passwordHash: string },
): Promise<Outcome<{ id: string; email: string; role: Role }>> {
  return transaction(ctx.db, async (tx) => {
    const invitation = await takeInvitation(tx, ctx.hash(input.token), ctx.now());
    if (!invitation) return refuse('invitation_not_found');
    const { email, role } = invitation;
    const name = input.name === '' ? invitation.name : input.name;
    const { passwordHash } = input;
    const id = await addPerson(tx, ctx, { email, name, role, passwordHash, temporaryPasswordUntil: null });
    // They were added in another way meanwhile, so there is nothing left to join.
    if (id === null) return refuse('person_exists');
    const actor = { ...ctx.actor, kind: 'person' as const, id, name };
    const after = { role, invitation: invitation.publicId };
    await audit(tx, { ...ctx, actor }, 'person.joined', { type: 'person', id }, { after });
    return done({ id, email, role });
  });
}
