import { rebuildBalances } from '../actions/books.ts';
import { trialBalance } from '../store/ledger.ts';
import { verify } from '../store/verify.ts';
import { rebuildBody, rebuiltView, trialBalanceView, verifiedView } from '../wire/books.ts';
import { ok, route } from './route.ts';

export const ledgerRoutes = [
  route({
    method: 'GET',
    path: '/ledger/verify',
    right: 'read',
    summary: 'Re-derives every balance, payout and total, and names what differs',
    answer: verifiedView,
    async handle(deps) {
      const verified = await verify(deps.db, deps.vault);
      return ok({ clean: verified.differences.length === 0, ...verified });
    },
  }),
  route({
    method: 'GET',
    path: '/ledger/trial-balance',
    right: 'read',
    summary: 'The sum of every account and currency; together they are zero',
    answer: trialBalanceView,
    async handle(deps) {
      return ok({ accounts: await trialBalance(deps.db) });
    },
  }),
  route({
    method: 'POST',
    path: '/ledger/rebuild',
    right: 'own',
    summary: 'Compares balances with their entries; corrects them when told to apply',
    answer: rebuiltView,
    body: rebuildBody,
    async handle(deps, { body: { apply } }) {
      const differences = await rebuildBalances(deps, apply);
      return ok({ applied: apply && differences.length > 0, differences });
    },
  }),
];
