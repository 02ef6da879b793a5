import { z } from 'zod';
import { rebuildBalances } from '../actions/books.ts';
import { trialBalance } from '../store/ledger.ts';
import { verify } from '../store/verify.ts';
import { ok, route } from './route.ts';

export const ledgerRoutes = [
  route({
    method: 'GET',
    path: '/ledger/verify',
    right: 'read',
    async handle(deps) {
      const verified = await verify(deps.db, deps.vault);
      return ok({ clean: verified.differences.length === 0, ...verified });
    },
  }),
  route({
    method: 'GET',
    path: '/ledger/trial-balance',
    right: 'read',
    async handle(deps) {
      return ok({ accounts: await trialBalance(deps.db) });
    },
  }),
  route({
    method: 'POST',
    path: '/ledger/rebuild',
    right: 'own',
    body: z.strictObject({ apply: z.boolean().default(false) }).default({ apply: false }),
    async handle(deps, { body: { apply } }) {
      const differences = await rebuildBalances(deps, apply);
      return ok({ applied: apply && differences.length > 0, differences });
    },
  }),
];
