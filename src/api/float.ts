import { z } from 'zod';
import { wantFresh } from '../actions/float.ts';
import { outlookOf } from '../core/float.ts';
import type { Totals } from '../core/money.ts';
import { eligibleTotalsOf } from '../store/unpaid.ts';
import { feesLately } from '../store/float-fees.ts';
import type { NeedRow } from '../store/float.ts';
import {
  approvedNeeds,
  floatAccounts,
  floatReadings,
  openCycles,
  paidByBooks,
  queuedNeeds,
} from '../store/float.ts';
import type { FloatFacts, RunFacts } from '../wire/float.ts';
import { floatView, presentFloat, presentFloatBrief, presentRunFloat } from '../wire/float.ts';
import type { ApiDeps } from './deps.ts';
import { floatPlan, keyOf } from './float-plan.ts';
import { teamLanguageIn } from './reader.ts';
import { ok, route } from './route.ts';

/** Newest open cycles that are looked at as runs that may come. */
const cyclesMax = 50;

const never = { askedAt: null, answeredAt: null, error: null };
const nothing = { count: 0n, amount: 0n };

export const floatRoutes = [
  route({
    method: 'GET',
    path: '/float',
    right: 'read',
    summary:
      'What each provider account holds, what leaves it in the next 14 days, and what each open cycle would need',
    answer: floatView,
    query: z.object({
      books: z
        .enum(['true', 'false'])
        .default('false')
        .transform((value) => value === 'true'),
    }),
    async handle(deps, { query: { books } }) {
      const now = deps.now();
      const [runs, paid, asked, plan, fees] = await Promise.all([
        runsOf(deps, now),
        books ? paidByBooks(deps.db, deps.providers.names) : [],
        floatAccounts(deps.db, deps.providers.names),
        floatPlan(deps, now),
        feesLately(deps.db, deps.providers.names),
      ]);
      const more = [...runs.keys(), ...paid.map((row) => keyOf(row)), ...plan.keys];
      const accounts = await factsOf(deps, now, more);
      return ok({
        providers: deps.providers.all.map(({ name: provider, sandbox }) => {
          const { askedAt, answeredAt, error } = asked.find((row) => row.provider === provider) ?? never;
          return { provider, sandbox, askedAt, answeredAt, error };
        }),
        accounts: accounts.map((facts) => {
          const key = keyOf(facts);
          const found = paid.find((row) => keyOf(row) === key);
          const paidAmount = books ? (found?.amount ?? 0n) : null;
          const own = { leaving: plan.leavingOf(key), requested: plan.requestedOf(key) };
          const facing = {
            ...facts,
            runs: runs.get(key) ?? [],
            paidByBooks: paidAmount,
            plan: { ...plan, ...own },
            fees: fees.find((row) => keyOf(row) === key) ?? null,
          };
          return presentFloat(facing, now, teamLanguageIn(deps));
        }),
      });
    },
  }),
];

/** What each account holds and what is queued and approved, for the status page. */
export async function floatBrief(deps: ApiDeps) {
  const now = deps.now();
  return (await factsOf(deps, now)).map((facts) => presentFloatBrief(facts, now, teamLanguageIn(deps)));
}

/** What the account holds for a run of these totals, by currency. Looking at an old reading asks for a new one. */
export async function runFloat(deps: ApiDeps, provider: string, totals: Totals) {
  const now = deps.now();
  const readings = await floatReadings(deps.db, [provider]);
  await wantFresh(deps, provider, readings);
  const queued = await queuedNeeds(deps.db, [provider]);
  return Object.fromEntries(
    Object.entries(totals).map(([currency, needed]) => {
      const reading = readings.find((row) => row.currency === currency) ?? null;
      const before = queued.find((row) => row.currency === currency)?.amount ?? 0n;
      const outlook = outlookOf(reading, { queued: before, needed }, now);
      return [currency, presentRunFloat(currency, outlook, teamLanguageIn(deps))];
    }),
  );
}

/** One entry per provider and currency that holds or needs something; `more` names further ones as `provider currency`. */
async function factsOf(deps: ApiDeps, now: Date, more: readonly string[] = []): Promise<FloatFacts[]> {
  const { names } = deps.providers;
  const readings = await floatReadings(deps.db, names);
  const queued = await queuedNeeds(deps.db, names);
  const approved = await approvedNeeds(deps.db, names, now);
  const errors = new Map(
    (await floatAccounts(deps.db, names)).map(({ provider, error }) => [provider, error]),
  );
  const keys = new Set([...[...readings, ...queued, ...approved].map((row) => keyOf(row)), ...more]);
  return [...keys].toSorted().map((key) => {
    const [provider = '', currency = ''] = key.split(' ');
    const of = (rows: readonly NeedRow[]) => {
      const { count, amount } = rows.find((row) => keyOf(row) === key) ?? nothing;
      return { count, amount };
    };
    return {
      provider,
      sandbox: deps.providers.find(provider)?.sandbox ?? false,
      currency,
      reading: readings.find((row) => keyOf(row) === key) ?? null,
      queued: of(queued),
      approved: of(approved),
      error: errors.get(provider) ?? null,
    };
  });
}

/** Open cycles with somebody to pay, by provider and currency. */
async function runsOf(deps: ApiDeps, now: Date): Promise<Map<string, RunFacts[]>> {
  const cycles = await openCycles(deps.db, cyclesMax);
  const ids = cycles.map(({ id }) => id);
  const totals = await eligibleTotalsOf(deps.db, ids, deps.providers.names, now);
  const runs = new Map<string, RunFacts[]>();
  for (const { cycleId, status, provider, currency, count, amount } of totals) {
    const cycle = cycles.find(({ id }) => id === cycleId);
    if (status !== 'eligible' || provider === null || !cycle) continue;
    const key = keyOf({ provider, currency });
    const run = { cycleId: cycle.publicId, name: cycle.name, count, amount };
    runs.set(key, [...(runs.get(key) ?? []), run]);
  }
  return runs;
}
