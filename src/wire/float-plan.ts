import { z } from 'zod';
import type { FeesLately } from '../core/float-fees.ts';
import type { Leaving, Need } from '../core/float-plan.ts';
import { firstShort, planSteps } from '../core/float-plan.ts';
import { bigCount, moment, sum } from './shapes.ts';

export const needView = z.strictObject({ count: bigCount, amount: sum });

const dayView = z
  .string()
  .meta({ description: 'A day of the platform’s time zone', examples: ['2026-03-06'] });

const stepView = z
  .strictObject({
    kind: z.enum(['queued', 'retry', 'run']),
    at: moment,
    day: dayView,
    sends: needView.meta({ description: 'Leaves by itself' }),
    asks: needView.meta({
      description: 'What this run asks for: leaves once somebody approved it, as if in time',
    }),
    fees: sum.nullable().meta({
      description:
        'What the provider charges for it if it charges like lately; null: no fee of this account is booked',
    }),
    left: sum.nullable().meta({ description: 'What is there after it and its fees; null: not known' }),
  })
  .meta({ id: 'FloatStep' });

/** What leaves an account by the calendar, and what waits for a person. */
export const projectionFields = {
  projection: z
    .strictObject({
      from: dayView,
      to: dayView,
      timezone: z.string(),
      steps: z.array(stepView).meta({ description: 'By their times; a day without one takes nothing' }),
      firstShort: z
        .strictObject({ day: dayView, at: moment, shortfall: sum })
        .nullable()
        .meta({ description: 'Where it first falls short; null: it does not, or nobody knows' }),
      complete: z
        .boolean()
        .meta({ description: 'False: more is to come than was looked at, so more may leave' }),
    })
    .meta({ id: 'FloatProjection' }),
  whenPaid: z
    .strictObject({
      approved: needView.meta({ description: 'Approved, and sent by no run' }),
      requested: needView.meta({ description: 'Asked for, and waiting for approval' }),
    })
    .meta({
      id: 'FloatWhenPaid',
      description: 'What leaves only when somebody decides; open cycles are `runs`',
    }),
};

/** What leaves an account in the coming days, apart from what is queued. */
export interface PlanFacts {
  readonly days: readonly string[];
  readonly zone: string;
  readonly complete: boolean;
  /** What is approved goes with a run. */
  readonly runsSend: boolean;
  readonly leaving: readonly Leaving[];
  readonly requested: Need;
}

interface AccountNow {
  /** Null: nobody knows. */
  readonly there: bigint | null;
  readonly queued: Need;
  readonly approved: Need;
  /** Null: no rate is known. */
  readonly fees: FeesLately | null;
}

const nothing: Need = { count: 0n, amount: 0n };

/** The plan of one account, from what is there now. */
export function presentProjection(plan: PlanFacts, account: AccountNow, now: Date) {
  const { days, zone: timezone, complete, runsSend, leaving, requested } = plan;
  const [from = ''] = days;
  const queued: Leaving = { kind: 'queued', at: now, day: from, sends: account.queued, asks: nothing };
  const steps = planSteps(account.there, [queued, ...leaving], account.fees);
  return {
    projection: { from, to: days.at(-1) ?? '', timezone, steps, firstShort: firstShort(steps), complete },
    whenPaid: { approved: runsSend ? nothing : account.approved, requested },
  };
}
