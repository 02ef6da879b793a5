import { waitingForApproval } from '../store/approvals-waiting.ts';
import { peekPayouts } from '../store/payout-moves.ts';
import { pageOfFound, pageQuery } from '../wire/paging.ts';
import { payoutWaitingView, presentPayout } from '../wire/payouts.ts';
import { pageOfView } from '../wire/shapes.ts';
import { approvalsFor } from './approval-view.ts';
import { lookOf } from './providers.ts';
import { ok, route } from './route.ts';

export const waitingRoutes = [
  route({
    method: 'GET',
    path: '/approvals/waiting',
    right: 'read',
    summary: 'Payouts that wait for approval, the oldest first, each with what its approver looks at',
    answer: pageOfView(payoutWaitingView),
    query: pageQuery,
    async handle(deps, { query: { limit, cursor = 0n } }) {
      const found = await waitingForApproval(deps.db, limit, cursor);
      const peeked = await peekPayouts(
        deps.db,
        found.rows.map(({ id }) => id),
      );
      const approvals = await approvalsFor(deps, peeked);
      const look = lookOf(deps);
      return ok(
        pageOfFound(found, (payout) => ({
          ...presentPayout(payout, look),
          approval: approvals.get(payout.id) ?? null,
        })),
      );
    },
  }),
];
