import { z } from 'zod';
import { telling } from '../core/told.ts';
import { endSession, stepUp } from '../actions/people-sessions.ts';
import type { Factor } from '../actions/people-sessions.ts';
import type { Caller } from '../auth/caller.ts';
import { proofKey } from '../core/guesses.ts';
import { listSessions } from '../store/people-sessions.ts';
import { findPerson } from '../store/people.ts';
import type { Me } from '../wire/people.ts';
import { meView, stepUpBody, stepUpView } from '../wire/people.ts';
import { no } from '../wire/problem.ts';
import { presentSessions, sessionsView } from '../wire/sessions.ts';
import { anyId } from '../wire/text.ts';
import { stepUpMs } from './access.ts';
import type { ApiDeps } from './deps.ts';
import { settleGuess, takeAccountGuess } from './guesses.ts';
import { ok, route } from './route.ts';
import { byWallClock } from './wall-clock.ts';

const noSuchSession = telling(no('not_found'), {
  en: {
    message: 'You have no such session, or it has ended already. Nothing was changed.',
    action: 'Check the id (ps_…); the list of your sessions shows it.',
  },
  fr: {
    message: 'Vous n’avez pas cette session, ou elle a déjà pris fin. Rien n’a été changé.',
    action: 'Vérifiez l’identifiant (ps_…) ; la liste de vos sessions le montre.',
  },
});

export const meRoutes = [
  route({
    method: 'GET',
    path: '/api/me',
    right: 'read',
    summary: 'Who is calling, with which role, and what they have proven.',
    answer: meView,
    async handle(deps, { caller }) {
      const { kind, id } = caller.actor;
      const person = caller.session ? await findPerson(deps.db, id) : undefined;
      return ok({
        kind,
        id,
        name: caller.name,
        role: caller.role,
        email: person?.email ?? null,
        secondFactors: person ? { totp: person.totp, passkeys: person.passkeys } : null,
        sessionId: caller.session?.id ?? null,
        stepUpUntil: stepUpUntil(caller.session?.steppedUpAt ?? null, deps.people.now()),
      } satisfies Me);
    },
  }),
  route({
    method: 'GET',
    path: '/api/me/sessions',
    right: 'read',
    summary: 'Where the caller is signed in.',
    answer: sessionsView,
    async handle(deps, { caller }) {
      const rows = caller.session ? await listSessions(deps.db, caller.actor.id, deps.people.now()) : [];
      return ok(presentSessions(rows, caller.session?.id));
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/me/sessions/:id',
    right: 'read',
    summary: 'Ends one of the caller’s sessions.',
    answer: null,
    status: 204,
    refuses: ['not_found'],
    params: z.object({ id: anyId }),
    async handle(deps, { params: { id }, caller }) {
      const ended = caller.session !== null && (await endSession(deps, caller.actor.id, id));
      return ended ? { status: 204, body: undefined } : noSuchSession;
    },
  }),
  route({
    method: 'POST',
    path: '/api/me/step-up',
    right: 'read',
    // The library that checks the proof has the database to itself, and a proof counts once.
    unrepeatable: true,
    summary: 'Proves a second factor, which opens the routes that ask for a fresh one for ten minutes.',
    answer: stepUpView,
    refuses: ['session_required', 'second_factor_missing', 'wrong_second_factor', 'too_many_attempts'],
    body: stepUpBody,
    async handle(api, { body, caller, cookie }) {
      const deps = byWallClock(api);
      const { session } = caller;
      if (session === null || cookie === undefined) return no('session_required');
      if (session.hasSecondFactor === false) return no('second_factor_missing');
      const key = proofKey(deps.hash, caller.actor.id);
      const waiting = await takeAccountGuess(deps, key);
      if (waiting.refused) return waiting.refused;
      const factor = await prove(deps, caller, cookie, body);
      await settleGuess(deps, key, factor === null ? 'failed' : 'proven', waiting.failures, {
        id: caller.actor.id,
        what: 'step-up',
      });
      if (factor === null) return no('wrong_second_factor');
      await stepUp(deps, { id: session.id, personId: caller.actor.id }, factor);
      return ok({ stepUpUntil: stepUpUntil(deps.now(), deps.now()) });
    },
  }),
];

/** Which factor was proven; null: none. A code is taken once, whether of the app or for recovery. */
async function prove(
  deps: ApiDeps,
  caller: Caller,
  cookie: string,
  body: z.output<typeof stepUpBody>,
): Promise<Factor | null> {
  const { people } = deps;
  const { id } = caller.actor;
  if ('passkey' in body) return (await people.provePasskey(cookie, id, body.passkey)) ? 'passkey' : null;
  if (/^[0-9]{6}$/.test(body.code)) return (await people.takeCode(id, body.code)) ? 'totp' : null;
  return (await people.takeRecoveryCode(cookie, body.code)) ? 'recovery_code' : null;
}

function stepUpUntil(at: Date | null, now: Date): Date | null {
  const until = at === null ? null : new Date(at.getTime() + stepUpMs);
  return until !== null && until > now ? until : null;
}
