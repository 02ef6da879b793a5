import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { telling } from '../core/told.ts';
import { createKey, refuseWider, revokeKey } from '../actions/keys.ts';
import { listKeys } from '../store/key-makers.ts';
import { keyBody, keysQuery, keyView, newKeyView, presentKey } from '../wire/keys.ts';
import { pageOf } from '../wire/paging.ts';
import type { Fault } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import type { Route } from './route.ts';
import { created, ok, route } from './route.ts';

const noSuchKey = telling(no('not_found'), {
  en: {
    message: 'There is no such key, or it has ended already. Nothing was changed.',
    action: 'Check the key id (ak_…); the list of keys shows it.',
  },
  fr: {
    message: 'Cette clé n’existe pas, ou a déjà pris fin. Rien n’a été changé.',
    action: 'Vérifiez l’identifiant de la clé (ak_…) ; la liste des clés le montre.',
  },
});

/** What the schema cannot know: which parts the API has, and what time it is. */
function faultsIn(
  body: { scope?: readonly string[] | null | undefined; expiresAt?: Date | null | undefined },
  known: readonly string[],
  now: Date,
): Fault[] {
  const strangers = [...(body.scope ?? []).entries()].filter(([, part]) => !known.includes(part));
  const message = fault('no_part', known.join(', '));
  const faults = strangers.map(([index]) => ({ path: `scope.${index}`, message }));
  if (!body.expiresAt || body.expiresAt > now) return faults;
  return [...faults, { path: 'expiresAt', message: fault('not_in_future') }];
}

/** `scopes`: every part that a key can be limited to, from the table of routes itself. */
export function keyRoutes(scopes: () => readonly string[]): Route[] {
  return [
    route({
      method: 'GET',
      path: '/api-keys',
      right: 'own',
      summary: 'Lists keys, newest first; never the keys themselves',
      answer: pageOfView(keyView),
      query: keysQuery,
      async handle(deps, { query: { limit, cursor, madeBy } }) {
        const of = madeBy === undefined ? null : { madeBy, now: deps.now() };
        const rows = await listKeys(deps.db, { limit: limit + 1, before: cursor ?? null }, of);
        return ok(pageOf(rows, limit, presentKey));
      },
    }),
    route({
      method: 'POST',
      path: '/api-keys',
      right: 'own',
      stepUp: true,
      summary: 'Makes a key and shows it this once',
      answer: newKeyView,
      status: 201,
      refuses: ['key_too_wide'],
      body: keyBody,
      secretAnswer: true,
      async handle(deps, { body, caller }) {
        const errors = faultsIn(body, scopes(), deps.now());
        if (errors.length > 0) return no('invalid_request', { errors });
        const { name, role, scope = null, expiresAt = null } = body;
        const refused = await refuseWider(deps, caller, { role, scope, expiresAt });
        if (refused) return refused;
        return created(await createKey(deps, { name, role, scope, expiresAt, random: deps.newSecret() }));
      },
    }),
    route({
      method: 'DELETE',
      path: '/api-keys/:id',
      right: 'own',
      summary: 'Ends a key for good',
      answer: null,
      status: 204,
      refuses: ['not_found'],
      params: z.object({ id: anyId }),
      async handle(deps, { params: { id } }) {
        const ended = await revokeKey(deps, id);
        return ended ? { status: 204, body: undefined } : noSuchKey;
      },
    }),
  ];
}
