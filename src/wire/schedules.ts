import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import type { Frequency } from '../core/schedule.ts';
import { frequencies } from '../core/schedule.ts';
import type { Settings } from '../core/settings.ts';
import { count, minor, moment, sum, sumsByCurrency } from './shapes.ts';
import { amount, currency } from './text.ts';

/** Beside a payout that is asked for or approved. */
export const scheduledDate = moment.nullable().meta({
  description:
    'The run that sends it once it is approved; null: it has left, or no run sends it (sendApprovedOnSchedule is off, or a person pays it by hand)',
});

const amounts = z.record(currency, amount.nullable()).meta({
  description: 'Minor units by currency; null goes back to what the platform has',
  examples: [{ USD: 10_000 }],
});
const frequency = z.enum(frequencies);

export const schedulePatch = z
  .strictObject({
    frequency: frequency.nullable().optional(),
    minimumPayout: amounts.optional(),
    requestAt: amounts.optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, fault('nothing_named'))
  .meta({ minProperties: 1, examples: [{ frequency: 'monthly' }] });

const ownAmounts = z.record(z.string(), minor).meta({ examples: [{ USD: 10_000 }] });
const platformFields = {
  payoutSchedule: z.string().meta({ examples: ['0 17 * * 5'] }),
  timezone: z.string(),
};

export const payeeScheduleView = z
  .strictObject({
    frequency,
    chosen: z.boolean().meta({ description: 'False: the frequency is the platform’s' }),
    chosenBy: z
      .strictObject({
        kind: z.enum(['payee', 'platform']),
        name: z.string().nullable().meta({ description: 'Null for payees: who of the platform is not told' }),
      })
      .nullable()
      .meta({ description: 'Who chose the frequency; null: nobody, or it is not known any more' }),
    minimumPayout: ownAmounts,
    requestAt: ownAmounts,
    ...platformFields,
    nextPayoutDate: moment.nullable(),
  })
  .meta({ id: 'PayeeSchedule' });
export type PayeeScheduleView = z.output<typeof payeeScheduleView>;

const runView = z
  .strictObject({
    dueAt: moment,
    startedAt: moment,
    finishedAt: moment.nullable(),
    payoutSchedule: z.string(),
    timezone: z.string(),
    frequencies: z.array(frequency),
    requested: count,
    totals: sumsByCurrency,
    batchIds: z
      .array(z.string())
      .meta({ description: 'The batches of what was approved, when the run sent it', examples: [[]] }),
    notSent: z
      .array(
        z.strictObject({
          provider: z.string(),
          code: z.string(),
          message: z.string(),
          shortfall: sumsByCurrency,
        }),
      )
      .meta({ description: 'What the run could not send, by provider, and what was short', examples: [[]] }),
  })
  .meta({ id: 'ScheduleRun' });

export const platformScheduleView = z
  .strictObject({
    ...platformFields,
    payoutFrequency: frequency,
    sendApprovedOnSchedule: z.boolean(),
    nextRun: z
      .strictObject({
        at: moment,
        frequencies: z.array(frequency),
        wouldRequest: z.strictObject({
          payouts: count,
          totals: z.record(z.string(), sum),
          complete: z.boolean().meta({ description: 'False: there are more than were looked at' }),
        }),
      })
      .nullable(),
    lastRuns: z.array(runView),
  })
  .meta({ id: 'PlatformSchedule' });
export type PlatformScheduleView = z.output<typeof platformScheduleView>;

interface ScheduleFacts {
  readonly chosenBy: { readonly kind: 'payee' | 'platform'; readonly name: string } | null;
  readonly frequency: Frequency | null;
  readonly amounts: readonly {
    readonly currency: string;
    readonly minimum: bigint | null;
    readonly requestAt: bigint | null;
  }[];
}

/** `toTeam`: the team reads which of them it was, a payee does not. */
export function presentSchedule(
  own: ScheduleFacts,
  toTeam: boolean,
  settings: Settings,
  timezone: string,
  nextPayoutDate: Date | null,
): PayeeScheduleView {
  const of = (name: 'minimum' | 'requestAt') =>
    Object.fromEntries(own.amounts.flatMap((row) => (row[name] === null ? [] : [[row.currency, row[name]]])));
  return {
    frequency: own.frequency ?? settings.payoutFrequency,
    chosen: own.frequency !== null,
    chosenBy: own.chosenBy && { kind: own.chosenBy.kind, name: toTeam ? own.chosenBy.name : null },
    minimumPayout: of('minimum'),
    requestAt: of('requestAt'),
    payoutSchedule: settings.payoutSchedule,
    timezone,
    nextPayoutDate,
  };
}

interface RunFacts {
  readonly dueAt: Date;
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly cron: string;
  readonly zone: string;
  readonly frequencies: readonly Frequency[];
  readonly requested: bigint;
  /** Minor units as text. */
  readonly totals: Readonly<Record<string, string>>;
  readonly batchIds: readonly string[];
  /** Minor units as text. */
  readonly notSent: readonly {
    readonly provider: string;
    readonly code: string;
    readonly message: string;
    readonly shortfall: Readonly<Record<string, string>>;
  }[];
}

export function presentRun(run: RunFacts): z.output<typeof runView> {
  const { dueAt, startedAt, finishedAt, cron: payoutSchedule, zone: timezone } = run;
  return {
    dueAt,
    startedAt,
    finishedAt,
    payoutSchedule,
    timezone,
    frequencies: [...run.frequencies],
    requested: Number(run.requested),
    totals: sumsIn(run.totals),
    batchIds: [...run.batchIds],
    notSent: run.notSent.map((one) => ({ ...one, shortfall: sumsIn(one.shortfall) })),
  };
}

function sumsIn(texts: Readonly<Record<string, string>>): Record<string, bigint> {
  return Object.fromEntries(Object.entries(texts).map(([code, text]) => [code, BigInt(text)]));
}
