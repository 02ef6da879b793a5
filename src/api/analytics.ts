import { periodFacts, stateSums } from '../store/analytics.ts';
import { analyticsQuery, analyticsView, presentPeriod } from '../wire/analytics.ts';
import { ok, route } from './route.ts';

const dayMs = 24 * 60 * 60_000;
/** Days that are answered when nobody says from when. */
const daysDefault = 30;
/** Days that one call looks at, at most: a longer range begins later. */
const daysMax = 400;

export const analyticsRoutes = [
  route({
    method: 'GET',
    path: '/payouts/analytics',
    right: 'read',
    summary: 'Payouts per day, week or month: how many, how much, how many failed, how long they took',
    answer: analyticsView,
    query: analyticsQuery,
    async handle(deps, { query }) {
      const to = query.to ?? deps.now();
      const earliest = to.getTime() - daysMax * dayMs;
      const asked = query.from?.getTime() ?? to.getTime() - daysDefault * dayMs;
      const from = new Date(Math.max(asked, earliest));
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
];
