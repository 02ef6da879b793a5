import { minimumsOf } from '../actions/schedule-runs.ts';
import type { Leaving, Need, PlanFrame, PlannedRun } from '../core/float-plan.ts';
import { askedByRuns, dayText, planFrame } from '../core/float-plan.ts';
import type { Settings } from '../core/settings.ts';
import type { SaverRow } from '../store/float-plan.ts';
import { maturingUntil, requestedNeeds, retryNeeds, saversOf } from '../store/float-plan.ts';
import type { NeedRow } from '../store/float.ts';
import { approvedByTimes } from '../store/float.ts';
import { newestRun } from '../store/schedule-runs.ts';
import { readSettings } from '../store/settings.ts';
import type { ApiDeps } from './deps.ts';

/** Payees that are looked at to say what the coming runs ask for. */
const saversMax = 5000;
/** Earnings that are looked at, of those that become available until then. */
const maturingMax = 10_000;

const nothing: Need = { count: 0n, amount: 0n };

/** What leaves the accounts in the coming days, each by its key of provider and currency. */
export interface FloatPlan {
  readonly days: readonly string[];
  readonly zone: string;
  /** False: more is to come than was looked at. */
  readonly complete: boolean;
  readonly keys: readonly string[];
  /** By itself and by the runs, without what is queued. */
  leavingOf(key: string): Leaving[];
  /** What waits for somebody to approve it. */
  requestedOf(key: string): Need;
  /** What is approved goes with a run. */
  readonly runsSend: boolean;
}

/** Key of an account: a provider and a currency. */
export function keyOf({ provider, currency }: { provider: string; currency: string }): string {
  return `${provider} ${currency}`;
}

/** The plan of the coming days, by the settings as they are now. */
export async function floatPlan(deps: ApiDeps, now: Date): Promise<FloatPlan> {
  const { calendar, db, providers } = deps;
  const settings = await readSettings(db);
  const made = (await newestRun(db, now)).dueAt;
  const frame = planFrame(calendar, settings.payoutSchedule, made, now);
  const runsSend = settings.sendApprovedOnSchedule && frame.runs.length > 0;
  const [{ asked, complete }, sent, requested, retries] = await Promise.all([
    askedOf(deps, settings, frame.runs),
    runsSend ? sentOf(deps, frame.runs) : [],
    requestedNeeds(db, providers.names),
    retryNeeds(db, providers.names, calendar.zone),
  ]);
  const steps = [...leavingRuns(deps, frame, sent, asked), ...leavingRetries(deps, frame, retries, now)];
  const leaving = Map.groupBy(steps, ([key]) => key);
  return {
    days: frame.days,
    zone: calendar.zone,
    complete: frame.complete && complete,
    keys: [...new Set([...leaving.keys(), ...requested.map((row) => keyOf(row))])],
    leavingOf: (key) => (leaving.get(key) ?? []).map(([, step]) => step),
    requestedOf: (key) => needOf(requested, key),
    runsSend,
  };
}

function needOf(rows: readonly NeedRow[], key: string): Need {
  const { count, amount } = rows.find((row) => keyOf(row) === key) ?? nothing;
  return { count, amount };
}

/** What is approved and goes with each run: what is ready by its time and was not by that of the run before. */
async function sentOf({ db, providers }: ApiDeps, runs: readonly PlannedRun[]): Promise<NeedRow[][]> {
  const times = runs.map(({ at }) => at);
  const rows = await approvedByTimes(db, providers.names, times);
  return runs.map((_, index) => rows.filter(({ nth }) => nth === index));
}

/** What each run asks for, by account. */
async function askedOf(deps: ApiDeps, settings: Settings, runs: readonly PlannedRun[]) {
  const asked = new Map<string, Need[]>();
  const last = runs.at(-1)?.at;
  if (last === undefined) return { asked, complete: true };
  const matures = await maturingUntil(deps.db, last, maturingMax);
  const byPayee = Map.groupBy(matures.rows, ({ payeeId, currency }) => `${payeeId} ${currency}`);
  const also = [...byPayee.values()].flatMap(([first]) => (first ? [first] : []));
  const frequencies = [...new Set(runs.flatMap((run) => run.frequencies))];
  const of = { frequencies, usual: settings.payoutFrequency, providers: deps.providers.names, also };
  const rows = await saversOf(deps.db, minimumsOf(settings), of, saversMax);
  for (const [key, savers] of Map.groupBy(rows, (row) => keyOf(row)))
    asked.set(
      key,
      askedByRuns(
        runs,
        savers.map((saver) => ({ ...saver, matures: byPayee.get(payeeKey(saver)) ?? [] })),
      ),
    );
  return { asked, complete: matures.complete && rows.length < saversMax };
}

const payeeKey = ({ payeeId, currency }: SaverRow) => `${payeeId} ${currency}`;

type Keyed = readonly [key: string, step: Leaving];

function leavingRuns(
  { calendar }: ApiDeps,
  { runs }: PlanFrame,
  sent: readonly NeedRow[][],
  asked: ReadonlyMap<string, readonly Need[]>,
): Keyed[] {
  const keys = new Set([...asked.keys(), ...sent.flat().map((row) => keyOf(row))]);
  return runs.flatMap(({ at }, index) =>
    [...keys].map((key): Keyed => {
      const sends = needOf(sent[index] ?? [], key);
      const asks = asked.get(key)?.[index] ?? nothing;
      return [key, { kind: 'run', at, day: dayText(calendar.dayOf(at)), sends, asks }];
    }),
  );
}

/** What is overdue is tried again now. */
function leavingRetries(
  { calendar }: ApiDeps,
  { days }: PlanFrame,
  retries: readonly (NeedRow & { at: Date })[],
  now: Date,
): Keyed[] {
  return retries.flatMap(({ at: due, count, amount, ...of }): Keyed[] => {
    const at = due < now ? now : due;
    const day = dayText(calendar.dayOf(at));
    const step = { kind: 'retry' as const, at, day, sends: { count, amount }, asks: nothing };
    return days.includes(day) ? [[keyOf(of), step]] : [];
  });
}
