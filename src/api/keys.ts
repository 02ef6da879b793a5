import { z } from 'zod';
import { createKey, revokeKey } from '../actions/keys.ts';
import { listKeys } from '../store/keys.ts';
import { keyBody, keyView, newKeyView, presentKey } from '../wire/keys.ts';
import { pageOf, pageQuery } from '../wire/paging.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import { created, ok, route } from './route.ts';

const noSuchKey: No = {
  ...no('not_found'),
  message: 'There is no such key, or it has ended already. Nothing was changed.',
  action: 'Check the key id (ak_…); the list of keys shows it.',
};

export const keyRoutes = [
  route({
    method: 'GET',
    path: '/api-keys',
    right: 'own',
    summary: 'Lists keys, newest first; never the keys themselves',
    answer: pageOfView(keyView),
    query: pageQuery,
    async handle(deps, { query: { limit, cursor } }) {
      return ok(pageOf(await listKeys(deps.db, limit + 1, cursor ?? null), limit, presentKey));
    },
  }),
  route({
    method: 'POST',
    path: '/api-keys',
    right: 'own',
    summary: 'Makes a key and shows it this once',
    answer: newKeyView,
    status: 201,
    body: keyBody,
    async handle(deps, { body }) {
      const { name, role, expiresAt = null } = body;
      return created(await createKey(deps, { name, role, expiresAt, random: deps.newSecret() }));
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
