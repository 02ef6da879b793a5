import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { transaction } from '../store/db.ts';
import { deleteSession, deleteSessions, noteStepUp } from '../store/people-sessions.ts';
import { findPerson, setTemporaryPassword } from '../store/people.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** Ends one session of a person; false when there is no such one. */
export async function endSession(ctx: ActionContext, personId: string, sessionId: string): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const ended = await deleteSession(tx, personId, sessionId);
    if (ended)
      await audit(tx, ctx, 'session.ended', { type: 'person', id: personId }, { after: { sessionId } });
    return ended;
  });
}

/** Signs a person out everywhere. */
export async function endSessions(ctx: ActionContext, id: string): Promise<Outcome<{ ended: number }>> {
  return transaction(ctx.db, async (tx) => {
    const person = await findPerson(tx, id);
    if (!person) return refuse('person_not_found', { personId: id });
    const ended = await deleteSessions(tx, person.id);
    await audit(tx, ctx, 'session.ended', { type: 'person', id: person.id }, { after: { sessions: ended } });
    return done({ ended });
  });
}

/** How a second factor was proven. */
export type Factor = 'totp' | 'recovery_code' | 'passkey';

/** A second factor was proven in this session just now. */
export async function stepUp(
  ctx: ActionContext,
  session: { readonly id: string; readonly personId: string },
  factor: Factor,
): Promise<void> {
  await transaction(ctx.db, async (tx) => {
    await noteStepUp(tx, session.id, ctx.now());
    const after = { factor, sessionId: session.id };
    await audit(tx, ctx, 'person.stepped_up', { type: 'person', id: session.personId }, { after });
  });
}

/** Somebody signed in; a second factor that was proven in doing so counts for this session. */
export async function signIn(
  ctx: ActionContext,
  session: { readonly id: string; readonly personId: string },
  factor: Factor | null,
): Promise<void> {
  await transaction(ctx.db, async (tx) => {
    if (factor !== null) await noteStepUp(tx, session.id, ctx.now());
    const after = { secondFactor: factor, sessionId: session.id };
    await audit(tx, ctx, 'person.signed_in', { type: 'person', id: session.personId }, { after });
  });
}

/** The person has chosen a password: what was made for them counts no more. */
export async function passwordChanged(ctx: ActionContext, personId: string): Promise<void> {
  await transaction(ctx.db, async (tx) => {
    await setTemporaryPassword(tx, personId, null, ctx.now());
    await audit(tx, ctx, 'person.password_changed', { type: 'person', id: personId });
  });
}
