import { z } from 'zod';
import { openCycle } from '../actions/cycles.ts';
import { withoutUntaken } from '../core/payable.ts';
import { refuse } from '../core/refusal.ts';
import type { CycleRow } from '../store/cycles.ts';
import { findCycle, listCycles } from '../store/cycles.ts';
import { eligibleTotals } from '../store/eligibility.ts';
import { eligibleTotalsOf } from '../store/unpaid.ts';
import { cycleBody, cycleView, presentCycle } from '../wire/cycles.ts';
import { pageOf, pageQuery } from '../wire/paging.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { payableBy } from './providers.ts';
import { created, ok, route } from './route.ts';

export const cycleRoutes = [
  route({
    method: 'GET',
    path: '/cycles',
    right: 'read',
    summary: 'Lists cycles, newest first, with what can be paid now',
    answer: pageOfView(cycleView),
    query: pageQuery,
    async handle(deps, { query }) {
      const rows = await listCycles(deps.db, query.limit + 1, query.cursor ?? null);
      const ids = rows.slice(0, query.limit).map((cycle) => cycle.id);
      const totals = await eligibleTotalsOf(deps.db, ids, deps.providers.names, deps.now());
      const taken = withoutUntaken(totals, (row) => payableBy(deps, row.provider));
      const byCycle = Map.groupBy(taken, (row) => row.cycleId);
      return ok(pageOf(rows, query.limit, (cycle) => presentCycle(cycle, byCycle.get(cycle.id) ?? [])));
    },
  }),
  route({
    method: 'POST',
    path: '/cycles',
    right: 'operate',
    summary: 'Opens a cycle, or answers the one with this id',
    answer: cycleView,
    status: [201, 200],
    refuses: ['cycle_exists'],
    body: cycleBody,
    async handle(deps, { body: { id, name, mustBeNew = false } }) {
      const opened = await openCycle(deps, { id, name, mustBeNew });
      if (!opened.ok) return opened;
      const shown = await view(deps, opened.value.cycle);
      return opened.value.created ? created(shown) : ok(shown);
    },
  }),
  route({
    method: 'GET',
    path: '/cycles/:id',
    right: 'read',
    summary: 'One cycle with what can be paid now',
    answer: cycleView,
    refuses: ['cycle_not_found'],
    params: z.object({ id: anyId }),
    async handle(deps, { params: { id } }) {
      const cycle = await findCycle(deps.db, id);
      return cycle ? ok(await view(deps, cycle)) : refuse('cycle_not_found', { cycleId: id });
    },
  }),
];

async function view(deps: ApiDeps, cycle: CycleRow) {
  const scope = { cycleId: cycle.id, newOnly: false, earningIds: null };
  const totals = await eligibleTotals(deps.db, scope, deps.providers.names, deps.now());
  return presentCycle(
    cycle,
    withoutUntaken(totals, (row) => payableBy(deps, row.provider)),
  );
}
