import { operatorReason } from '../core/operator-reasons.ts';
import { methodSums, providerTimes, reasonCounts, topPayees } from '../store/analytics-parts.ts';
import { periodFacts, stateSums } from '../store/analytics.ts';
import {
  analyticsPartsQuery,
  analyticsPartsView,
  analyticsQuery,
  analyticsView,
  presentPeriod,
} from '../wire/analytics.ts';
import { teamLanguageIn } from './reader.ts';
import { ok, route } from './route.ts';

const dayMs = 24 * 60 * 60_000;
/** Days that are answered when nobody says from when. */
const daysDefault = 30;
/** Days that one call looks at, at most: a longer range begins later. */
const daysMax = 400;
/** Reasons, and payees of each currency, that are listed. */
const reasonsMax = 50;
const topPayeesMax = 10;

export const analyticsRoutes = [
  route({
    method: 'GET',
    path: '/payouts/analytics',
    right: 'read',
    summary: 'Payouts per day, week or month: how many, how much, how many failed, how long they took',
    answer: analyticsView,
    query: analyticsQuery,
    async handle(deps, { query }) {
      const { from, to } = rangeOf(query, deps.now());
      const scope = { from, to, by: query.by, provider: query.provider ?? null };
      const states = Map.groupBy(await stateSums(deps.db, scope), ({ period }) => period.getTime());
      const periods = await periodFacts(deps.db, scope);
      return ok({
        from,
        to,
        by: query.by,
        periods: periods.map((facts) => presentPeriod(facts, states.get(facts.period.getTime()) ?? [])),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/payouts/analytics/parts',
    right: 'read',
    summary: 'Payouts of a range by reason, by method, by payee, and how long each provider took',
    answer: analyticsPartsView,
    query: analyticsPartsQuery,
    async handle(deps, { query }) {
      const { from, to } = rangeOf(query, deps.now());
      const scope = { from, to, by: 'day' as const, provider: query.provider ?? null };
      const reasons = await reasonCounts(deps.db, scope, reasonsMax);
      const methods = await methodSums(deps.db, scope);
      return ok({
        from,
        to,
        reasons: reasons.map(({ reason, state: status, count }) => {
          const { operator: words, fix } = operatorReason(
            reason === '' ? null : reason,
            teamLanguageIn(deps),
          );
          return { reason, status, words, fix, count };
        }),
        methods: methods.map(({ method, ...sums }) => ({ method: method === '' ? null : method, ...sums })),
        topPayees: await topPayees(deps.db, scope, topPayeesMax),
        providers: await providerTimes(deps.db, scope),
      });
    },
  }),
];

/** The last days before `to`, or as many of what was asked for as one call looks at. */
function rangeOf(query: { from?: Date | undefined; to?: Date | undefined }, now: Date) {
  const to = query.to ?? now;
  const earliest = to.getTime() - daysMax * dayMs;
  const asked = query.from?.getTime() ?? to.getTime() - daysDefault * dayMs;
  return { from: new Date(Math.max(asked, earliest)), to };
}
