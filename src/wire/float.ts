import { z } from 'zod';
import type { FeesLately } from '../core/float-fees.ts';
import { expectedFees, feeWords } from '../core/float-fees.ts';
import type { Outlook, Reading } from '../core/float.ts';
import type { TeamLanguage } from '../core/language.ts';
import { isFresh, outlookOf, outlookWords } from '../core/float.ts';
import type { PlanFacts } from './float-plan.ts';
import { needView, presentProjection, projectionFields } from './float-plan.ts';
import { bigCount, count, currencyCode, moment, sum } from './shapes.ts';

const wordsView = z.string().meta({ examples: ['This run is 1,240.00 USD short: …'] });
const outlookFields = {
  needed: sum,
  after: sum.nullable().meta({ description: 'What is left when this has been paid; null: not known' }),
  shortfall: sum.nullable().meta({ description: '0: it is covered; null: not known' }),
  words: wordsView,
};

/** What the provider account holds for a run, in one currency. */
export const runFloatView = z
  .strictObject({
    available: sum.nullable().meta({ description: 'By the last reading; null: not known' }),
    sentSince: sum.meta({ description: 'Accepted by the provider after that reading' }),
    queued: sum.meta({ description: 'Prepared before and not accepted yet: it leaves first' }),
    ...outlookFields,
    readAt: moment.nullable(),
    fresh: z.boolean().meta({ description: 'False: too old, or never read, and refuses nothing' }),
  })
  .meta({ id: 'RunFloat' });

export function presentRunFloat(
  currency: string,
  outlook: Outlook,
  language: TeamLanguage,
): z.output<typeof runFloatView> {
  const { available, sentSince, queued, needed, after, shortfall, readAt, fresh } = outlook;
  const words = outlookWords('run', currency, outlook, language);
  return { available, sentSince, queued, needed, after, shortfall, words, readAt, fresh };
}

/** One currency of one provider account. */
export const floatBriefView = z
  .strictObject({
    provider: z.string().meta({ examples: ['paypal'] }),
    sandbox: z.boolean(),
    currency: currencyCode,
    available: sum.nullable().meta({ description: 'By the last reading; null: not known' }),
    pending: sum.nullable(),
    sentSince: sum,
    asOf: moment.nullable().meta({ description: 'The moment the provider speaks of' }),
    readAt: moment.nullable(),
    ageSeconds: count.nullable(),
    fresh: z.boolean(),
    queued: needView.meta({ description: 'Prepared and not accepted yet' }),
    approved: needView.meta({ description: 'Approved and ready to be sent' }),
    ...outlookFields,
    error: z.string().nullable().meta({ description: 'Why the last question had no answer' }),
  })
  .meta({ id: 'FloatBrief' });

const runView = z
  .strictObject({ cycleId: z.string(), name: z.string(), eligible: bigCount, ...outlookFields })
  .meta({ id: 'FloatRun' });

const feesView = z
  .strictObject({
    sent: sum.meta({ description: 'By the newest calls that fees are booked for, at most 50' }),
    charged: sum.meta({ description: 'What the provider charged for these' }),
    expected: sum.meta({
      description: 'On `needed`, if it charges like that; only `projection` counts with it',
    }),
    words: wordsView,
  })
  .meta({ id: 'FloatFees' });

export const floatView = z
  .strictObject({
    providers: z.array(
      z.strictObject({
        provider: z.string(),
        sandbox: z.boolean(),
        askedAt: moment.nullable(),
        answeredAt: moment.nullable(),
        error: z.string().nullable().meta({ description: 'Why the last question had no answer' }),
      }),
    ),
    accounts: z.array(
      z.strictObject({
        ...floatBriefView.shape,
        runs: z
          .array(runView)
          .meta({ description: 'Open cycles with somebody to pay, each as if paid next' }),
        ...projectionFields,
        eligible: needView.meta({ description: 'Of all these runs together' }),
        fees: feesView.nullable().meta({ description: 'Null: no fee of this account is booked' }),
        paidByBooks: sum.nullable().meta({ description: 'What left by the books; null: not asked for' }),
      }),
    ),
  })
  .meta({ id: 'Float' });

interface Need {
  readonly count: bigint;
  readonly amount: bigint;
}

/** What is known of one currency of one provider account. */
export interface FloatFacts {
  readonly provider: string;
  readonly sandbox: boolean;
  readonly currency: string;
  readonly reading: Reading | null;
  readonly queued: Need;
  readonly approved: Need;
  readonly error: string | null;
}

/** What is queued and approved, against what is there. */
export function presentFloatBrief(
  facts: FloatFacts,
  now: Date,
  language: TeamLanguage,
): z.output<typeof floatBriefView> {
  const { provider, sandbox, currency, reading, queued, approved, error } = facts;
  const needed = queued.amount + approved.amount;
  const outlook = outlookOf(reading, { queued: 0n, needed }, now);
  const ageMs = reading === null ? null : now.getTime() - reading.readAt.getTime();
  return {
    provider,
    sandbox,
    currency,
    available: outlook.available,
    pending: reading?.pending ?? null,
    sentSince: outlook.sentSince,
    asOf: reading?.asOf ?? null,
    readAt: outlook.readAt,
    ageSeconds: ageMs === null ? null : Math.max(0, Math.floor(ageMs / 1000)),
    fresh: reading !== null && isFresh(reading.readAt, now),
    queued,
    approved,
    needed,
    after: outlook.after,
    shortfall: outlook.shortfall,
    words: outlookWords('leaving', currency, outlook, language),
    error,
  };
}

/** A cycle that may be paid from an account. */
export interface RunFacts {
  readonly cycleId: string;
  readonly name: string;
  readonly count: bigint;
  readonly amount: bigint;
}

/** The same, with each run that may come as if it were the next one. */
export function presentFloat(
  facts: FloatFacts & {
    readonly runs: readonly RunFacts[];
    readonly paidByBooks: bigint | null;
    readonly plan: PlanFacts;
    readonly fees: FeesLately | null;
  },
  now: Date,
  language: TeamLanguage,
): z.output<typeof floatView>['accounts'][number] {
  const { runs, paidByBooks, plan, reading, queued, approved, fees, currency } = facts;
  const needed = queued.amount + approved.amount;
  const there = reading && reading.available - reading.sentSince;
  return {
    ...presentFloatBrief(facts, now, language),
    runs: runs.map((run) => presentRun(facts, run, now, language)),
    ...presentProjection(plan, { there, queued, approved, fees }, now),
    eligible: {
      count: runs.reduce((total, run) => total + run.count, 0n),
      amount: runs.reduce((total, run) => total + run.amount, 0n),
    },
    fees: fees && {
      sent: fees.sent,
      charged: fees.charged,
      expected: expectedFees(fees, needed),
      words: feeWords(fees, needed, currency, language),
    },
    paidByBooks,
  };
}

function presentRun(
  { reading, queued, currency }: FloatFacts,
  run: RunFacts,
  now: Date,
  language: TeamLanguage,
) {
  const outlook = outlookOf(reading, { queued: queued.amount, needed: run.amount }, now);
  return {
    cycleId: run.cycleId,
    name: run.name,
    eligible: run.count,
    needed: outlook.needed,
    after: outlook.after,
    shortfall: outlook.shortfall,
    words: outlookWords({ cycle: run.cycleId }, currency, outlook, language),
  };
}
