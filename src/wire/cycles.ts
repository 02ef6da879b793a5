import { z } from 'zod';
import type { TeamReader } from '../core/language.ts';
import type { LeftOutReason } from '../core/left-out.ts';
import { leftOutReasons, leftOutTurn, leftOutWords } from '../core/left-out.ts';
import type { Totals } from '../core/money.ts';
import { addTo } from '../core/money.ts';
import type { PayoutState } from '../core/payout.ts';
import { payoutStates } from '../core/payout.ts';
import { operatorMoment } from '../core/when.ts';
import { runFloatView } from './float.ts';
import { bigCount, count, currencyCode, minor, moment, sum, sumsByCurrency } from './shapes.ts';
import { triedBeforeView } from './tried-before.ts';
import { cycleId, nameCharsMax, nameOf } from './text.ts';

/** A cycle under an id of the caller's choice, such as `18`, or under a new one. */
export const cycleBody = z
  .strictObject({
    id: cycleId.optional(),
    name: nameOf(nameCharsMax).optional(),
    mustBeNew: z
      .boolean()
      .optional()
      .meta({ description: 'Refuses an id that a cycle has already; else its cycle is the answer' }),
  })
  .meta({ examples: [{ id: '18', name: 'November' }] });

const eligibleView = { eligibleCount: count, eligibleTotals: sumsByCurrency };
const byProviderView = z.strictObject({ provider: z.string(), ...eligibleView });

export const cycleView = z
  .strictObject({
    id: z.string().meta({ examples: ['18'] }),
    name: z.string().meta({ examples: ['November'] }),
    status: z.enum(['open', 'closed']),
    ...eligibleView,
    eligibleByProvider: z
      .array(byProviderView)
      .meta({ description: 'The same for each provider: a run pays through one' }),
    activeBatchId: z.string().nullable(),
    activeBatchStartedBy: z.string().nullable(),
    activeBatchStartedById: z.string().nullable(),
    lastCompletedBatchId: z.string().nullable(),
    lock: z.strictObject({ lockedBy: z.string(), expiresAt: moment }).nullable(),
    createdAt: moment,
  })
  .meta({ id: 'Cycle' });

interface CycleFacts {
  readonly publicId: string;
  readonly name: string;
  readonly status: 'open' | 'closed';
  readonly createdAt: Date;
  readonly activeBatchId: string | null;
  readonly activeBatchStartedBy: string | null;
  readonly activeBatchStartedById: string | null;
  readonly lastCompletedBatchId: string | null;
  readonly lockedBy: string | null;
  readonly lockExpiresAt: Date | null;
}

/** Candidates of a cycle by currency, and whether they can be paid. */
export interface EligibilityFacts {
  readonly currency: string;
  readonly status: 'eligible' | LeftOutReason;
  /** When the clock frees the first of those that it alone keeps. */
  readonly freesAt?: Date | null;
  readonly count: bigint;
  readonly amount: bigint;
}

/** The same, with the provider that can pay them. */
interface ProviderFacts extends EligibilityFacts {
  readonly provider: string | null;
}

/** How many can be paid now, and what it costs per currency in minor units. */
export function presentEligible(rows: readonly EligibilityFacts[]): {
  eligibleCount: number;
  eligibleTotals: Totals;
} {
  const eligible = rows.filter((row) => row.status === 'eligible');
  const eligibleTotals: Totals = {};
  for (const row of eligible) addTo(eligibleTotals, row.currency, row.amount);
  return { eligibleCount: eligible.reduce((sum, row) => sum + Number(row.count), 0), eligibleTotals };
}

function byProvider(rows: readonly ProviderFacts[]) {
  const eligible = rows.filter((row) => row.status === 'eligible');
  return [...Map.groupBy(eligible, (row) => row.provider ?? '')].map(([provider, of]) => ({
    provider,
    ...presentEligible(of),
  }));
}

function lockOf({ lockedBy, lockExpiresAt: expiresAt }: CycleFacts) {
  return lockedBy === null || expiresAt === null ? null : { lockedBy, expiresAt };
}

export function presentCycle(cycle: CycleFacts, rows: readonly ProviderFacts[]): z.output<typeof cycleView> {
  return {
    id: cycle.publicId,
    name: cycle.name,
    status: cycle.status,
    ...presentEligible(rows),
    eligibleByProvider: byProvider(rows),
    activeBatchId: cycle.activeBatchId,
    activeBatchStartedBy: cycle.activeBatchStartedBy,
    activeBatchStartedById: cycle.activeBatchStartedById,
    lastCompletedBatchId: cycle.lastCompletedBatchId,
    lock: lockOf(cycle),
    createdAt: cycle.createdAt,
  };
}

const notEligibleView = z.strictObject({
  reason: z.enum(leftOutReasons),
  currency: currencyCode,
  count: bigCount,
  total: sum,
  message: z.string(),
  fix: z.string(),
  waitingOn: z.enum(['you', 'payee', 'clock']),
  freesAt: moment
    .nullable()
    .meta({ description: 'When the clock frees the first of them; null: it does not', examples: [null] }),
});

/** Payments of a run that look as if they had been made in another cycle. */
const suspectedDuplicatesView = z
  .strictObject({
    count,
    totals: sumsByCurrency,
    capped: z.boolean().meta({ description: 'More payments than the 10,000 that were compared' }),
    examples: z.array(
      z.strictObject({
        payeeId: z.string(),
        name: z.string(),
        amount: minor,
        currency: currencyCode,
        payoutId: z.string().meta({ description: 'The payout it looks like' }),
        status: z.enum(payoutStates),
        cycleId: z.string().nullable(),
        paidAt: moment,
      }),
    ),
  })
  .meta({
    id: 'SuspectedDuplicates',
    description: 'Same payee, amount and currency, paid or on the way elsewhere within 30 days',
  });

/** What a dry run says. Without `details` the last ones are absent. */
export const previewView = z
  .strictObject({
    recordedCount: count
      .nullable()
      .meta({ description: 'Of the earnings asked for, how many are recorded; null: all were meant' }),
    cycleId: z.string().meta({ examples: ['18'] }),
    cycleStatus: z.enum(['open', 'closed']),
    provider: z.string().meta({ examples: ['paypal'] }),
    sandbox: z.boolean(),
    ...eligibleView,
    checksum: z
      .string()
      .nullable()
      .meta({ description: 'Of exactly this; sent with `process`, nothing else is paid. Null: nobody' }),
    notEligible: z.array(notEligibleView),
    activeBatchId: z.string().nullable(),
    float: z.record(z.string(), runFloatView).meta({
      description: 'By currency: what the provider account holds for this run',
    }),
    refusedItems: z
      .strictObject({
        count,
        examples: z.array(z.strictObject({ reference: z.string(), message: z.string() })),
      })
      .nullable(),
    largest: z
      .array(z.strictObject({ payeeId: z.string(), name: z.string(), amount: minor, currency: currencyCode }))
      .optional(),
    newPayees: count.optional(),
    suspectedDuplicates: suspectedDuplicatesView.optional(),
    triedBefore: z.array(triedBeforeView).optional().meta({
      description: 'What failed before and is tried again, unless `leaveOutUnmended` leaves it out',
    }),
    changedMethods: count
      .optional()
      .meta({ description: 'Payees who are paid another way than the last time' }),
    sharedAccounts: count.optional().meta({ description: 'Accounts that several payees are paid to' }),
    comparedWithLast: z
      .strictObject({
        batchId: z.string(),
        completedAt: moment.nullable(),
        totalItems: count,
        totals: sumsByCurrency,
        itemsChange: z.int(),
        totalsChange: sumsByCurrency,
      })
      .nullable()
      .optional(),
  })
  .meta({ id: 'Preview' });
export type PreviewView = z.output<typeof previewView>;

interface TwinFacts {
  readonly payeeId: string;
  readonly payeeName: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly payoutId: string;
  readonly status: PayoutState;
  readonly cycleId: string | null;
  readonly paidAt: Date;
  readonly count: bigint;
  readonly total: bigint;
}

export function presentTwins({
  examples,
  capped,
}: {
  readonly examples: readonly TwinFacts[];
  readonly capped: boolean;
}): z.output<typeof suspectedDuplicatesView> {
  const perCurrency = new Map(examples.map((row) => [row.currency, row]));
  const totals = Object.fromEntries([...perCurrency].map(([currency, { total }]) => [currency, total]));
  return {
    count: [...perCurrency.values()].reduce((sum, row) => sum + Number(row.count), 0),
    totals,
    capped,
    examples: examples.map(({ payeeName: name, ...row }) => ({
      payeeId: row.payeeId,
      name,
      amount: row.amount,
      currency: row.currency,
      payoutId: row.payoutId,
      status: row.status,
      cycleId: row.cycleId,
      paidAt: row.paidAt,
    })),
  };
}

/** Who is left out, and what would change it. */
export function presentNotEligible(
  rows: readonly EligibilityFacts[],
  { language, zone }: TeamReader,
): z.output<typeof notEligibleView>[] {
  return rows.flatMap((row) => {
    if (row.status === 'eligible') return [];
    const { status: reason, currency, count: many, amount: total, freesAt = null } = row;
    const until = freesAt && operatorMoment(zone, freesAt, language);
    const [message, fix] = leftOutWords(reason, language, until);
    const waitingOn = leftOutTurn(reason, freesAt !== null);
    return [{ reason, currency, count: many, total, message, fix, waitingOn, freesAt }];
  });
}
