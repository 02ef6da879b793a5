import { z } from 'zod';
import { retryPayouts } from '../actions/retry.ts';
import { refuse } from '../core/refusal.ts';
import { findPayout } from '../store/payouts.ts';
import { pageOfFound } from '../wire/paging.ts';
import {
  payoutCountsView,
  payoutDetailsView,
  payoutFilterQuery,
  payoutsQuery,
  payoutView,
  retryBody,
} from '../wire/payouts.ts';
import { retriedView } from '../wire/batches.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import { lockTarget } from './cycle-lock.ts';
import { afterRaces } from './failure.ts';
import { countsFor, payoutsFor } from './payout-list.ts';
import { payoutDetails } from './payout-view.ts';
import { accepted, ok, route } from './route.ts';

export const payoutRoutes = [
  route({
    method: 'GET',
    path: '/payouts',
    right: 'read',
    summary: 'Lists payouts, newest first',
    answer: pageOfView(payoutView),
    query: payoutsQuery,
    async handle(deps, { query: { limit, cursor = null, ...query } }) {
      return ok(pageOfFound(await payoutsFor(deps, query, limit, cursor), (shown) => shown));
    },
  }),
  route({
    method: 'GET',
    path: '/payouts/counts',
    right: 'read',
    summary: 'How many payouts a filter lets through, and how much per currency, up to 10,000',
    answer: payoutCountsView,
    query: payoutFilterQuery,
    async handle(deps, { query }) {
      const { sums, capped } = await countsFor(deps, query);
      const totals = Object.fromEntries(sums.map(({ currency, amount }) => [currency, amount]));
      return ok({ total: sums.reduce((sum, { count }) => sum + count, 0), capped, totals });
    },
  }),
  route({
    method: 'GET',
    path: '/payouts/:id',
    right: 'read',
    summary: 'One payout with its timeline, attempts and ledger lines, by its id or a reference',
    answer: payoutDetailsView,
    refuses: ['payout_not_found'],
    params: z.object({ id: anyId }),
    async handle(deps, { params: { id } }) {
      const payout = await findPayout(deps.db, id);
      if (!payout) return refuse('payout_not_found', { payoutId: id });
      return ok(await payoutDetails(deps, payout));
    },
  }),
  route({
    method: 'POST',
    path: '/payouts/retry',
    right: 'operate',
    stepUp: true,
    summary: 'Pays single payouts again that failed or came back, all or none',
    answer: retriedView,
    status: 202,
    refuses: [
      'payout_not_found',
      'payout_in_progress',
      'already_processed',
      'several_cycles',
      'several_providers',
      'method_not_approved',
      'payout_on_hold',
      'request_in_flight_already',
      'batch_already_active',
      'nothing_to_pay',
      'too_many_items',
      'insufficient_float',
      'cycle_locked',
      'cycle_lock_lost',
    ],
    body: retryBody,
    async locks(deps, { body }) {
      const first = await findPayout(deps.db, body.payoutIds[0] ?? '');
      return lockTarget(deps, first?.cycleId ?? null, 'payouts-retry');
    },
    async handle(deps, { body, caller }) {
      const { payoutIds: ids, acceptShortfall } = body;
      const input = { ids, acceptShortfall, startedBy: caller.name };
      const started = await afterRaces(() => retryPayouts(deps, deps.providers, input));
      return started.ok ? accepted({ success: true, ...started.value }) : started;
    },
  }),
];
