import { z } from 'zod';
import { endInvitation, invite } from '../actions/invitations.ts';
import { endSessions } from '../actions/people-sessions.ts';
import { refuseWider } from '../actions/keys.ts';
import { changePerson, createPerson, resetPassword } from '../actions/people.ts';
import type { Caller } from '../auth/caller.ts';
import type { Refusal } from '../core/refusal.ts';
import { listInvitations } from '../store/invitations.ts';
import { listPeople } from '../store/people.ts';
import {
  endedView,
  invitationBody,
  invitationsView,
  newInvitationView,
  newPersonView,
  peopleView,
  personView,
  personBody,
  personPatch,
  presentInvitations,
  presentPerson,
  resetBody,
} from '../wire/people.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { afterRaces } from './failure.ts';
import { oneTimePassword } from '../core/one-time-password.ts';
import { created, ok, route } from './route.ts';

const params = z.object({ id: anyId });

/** A key with a scope or an end hands on neither to people, who have none: they could make any key for themselves. */
async function refuseLimited(deps: ApiDeps, caller: Caller): Promise<Refusal | null> {
  return refuseWider(deps, caller, { role: 'owner', scope: null, expiresAt: null });
}

export const peopleRoutes = [
  route({
    method: 'GET',
    path: '/people',
    right: 'own',
    summary: 'Everybody in the team, and who was.',
    answer: peopleView,
    async handle(deps) {
      return ok({ data: (await listPeople(deps.db)).map((row) => presentPerson(row)), nextCursor: null });
    },
  }),
  route({
    method: 'POST',
    path: '/people',
    secretAnswer: true,
    right: 'own',
    stepUp: true,
    summary: 'Adds a person with a one-time password, shown this once.',
    answer: newPersonView,
    status: 201,
    refuses: ['person_exists', 'key_too_wide'],
    body: personBody,
    async handle(deps, { body, caller }) {
      const refused = await refuseLimited(deps, caller);
      if (refused) return refused;
      const password = oneTimePassword(deps.newSecret());
      const passwordHash = await deps.people.hashPassword(password);
      const made = await afterRaces(() => createPerson(deps, { ...body, passwordHash }));
      return made.ok ? created({ ...presentPerson(made.value), oneTimePassword: password }) : made;
    },
  }),
  route({
    method: 'PATCH',
    path: '/people/:id',
    right: 'own',
    stepUp: true,
    summary: 'Changes role, status, name or e-mail of a person; the last owner stays one.',
    answer: personView,
    refuses: ['person_not_found', 'person_exists', 'last_owner', 'keys_undecided', 'key_too_wide'],
    params,
    body: personPatch,
    async handle(deps, { params: { id }, body, caller }) {
      const refused = await refuseLimited(deps, caller);
      if (refused) return refused;
      const changed = await afterRaces(() => changePerson(deps, id, body));
      return changed.ok ? ok(presentPerson(changed.value)) : changed;
    },
  }),
  route({
    method: 'POST',
    path: '/people/:id/reset-password',
    secretAnswer: true,
    right: 'own',
    stepUp: true,
    summary:
      'Replaces a password by a one-time one, ends the sessions and any lock; takes lost second factors away.',
    answer: newPersonView,
    refuses: ['person_not_found', 'key_too_wide'],
    params,
    body: resetBody,
    async handle(deps, { params: { id }, body: { secondFactors }, caller }) {
      const refused = await refuseLimited(deps, caller);
      if (refused) return refused;
      const password = oneTimePassword(deps.newSecret());
      const passwordHash = await deps.people.hashPassword(password);
      const reset = await resetPassword(deps, id, { passwordHash, secondFactors });
      return reset.ok ? ok({ ...presentPerson(reset.value), oneTimePassword: password }) : reset;
    },
  }),
  route({
    method: 'DELETE',
    path: '/people/:id/sessions',
    right: 'own',
    summary: 'Signs a person out everywhere.',
    answer: endedView,
    refuses: ['person_not_found'],
    params,
    async handle(deps, { params: { id } }) {
      const ended = await endSessions(deps, id);
      return ended.ok ? ok(ended.value) : ended;
    },
  }),
  route({
    method: 'GET',
    path: '/people/invitations',
    right: 'own',
    summary: 'Invitations that can still be accepted.',
    answer: invitationsView,
    async handle(deps) {
      return ok(presentInvitations(await listInvitations(deps.db, deps.now())));
    },
  }),
  route({
    method: 'POST',
    path: '/people/invitations',
    secretAnswer: true,
    right: 'own',
    stepUp: true,
    summary: 'Invites somebody by a link, shown this once and good for 72 hours.',
    answer: newInvitationView,
    status: 201,
    refuses: ['person_exists', 'key_too_wide'],
    body: invitationBody,
    async handle(deps, { body, caller }) {
      const refused = await refuseLimited(deps, caller);
      if (refused) return refused;
      const token = Buffer.from(deps.newSecret()).toString('base64url');
      const invited = await afterRaces(() => invite(deps, { ...body, token }));
      const link = `${deps.people.publicUrl}/invitation?token=${token}`;
      return invited.ok ? created({ ...invited.value, link }) : invited;
    },
  }),
  route({
    method: 'DELETE',
    path: '/people/invitations/:id',
    right: 'own',
    summary: 'Ends an invitation: its link lets nobody in any more.',
    answer: null,
    status: 204,
    refuses: ['invitation_not_found'],
    params,
    async handle(deps, { params: { id } }) {
      const ended = await endInvitation(deps, id);
      return ended.ok ? { status: 204, body: undefined } : ended;
    },
  }),
];
