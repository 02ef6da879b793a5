import { formatAmount } from '../../../src/core/money.ts';
import type { PlatformSchedule } from '../../client/types.ts';
import type { Account } from './float-query.ts';

/** Something that takes money out of an account, and what is left then. Minor units. */
export interface Step {
  readonly kind: 'now' | 'queued' | 'approved' | 'scheduled' | 'cycle';
  /** The cycle, or when the run is due. */
  readonly what: string;
  readonly change: bigint;
  readonly left: bigint;
}

type Leaving = Omit<Step, 'left'>;

/**
 * What leaves an account, in the order in which it would: what is prepared, what is approved, the next scheduled run, and then
 * every open cycle with somebody to pay. Empty when nobody knows what the account holds. `alone`: no other account pays this
 * currency, so that what the schedule asks for falls to this one.
 */
export function projectionOf(
  account: Account,
  schedule: PlatformSchedule | undefined,
  alone: boolean,
): Step[] {
  if (account.available === null) return [];
  const leaving: Leaving[] = [
    { kind: 'queued', what: '', change: -BigInt(account.queued.amount) },
    { kind: 'approved', what: '', change: -BigInt(account.approved.amount) },
    ...(alone ? scheduled(account.currency, schedule) : []),
    ...account.runs.map((run): Leaving => ({
      kind: 'cycle',
      what: run.name || run.cycleId,
      change: -BigInt(run.needed),
    })),
  ];
  let left = BigInt(account.available) - BigInt(account.sentSince);
  const steps: Step[] = [{ kind: 'now', what: '', change: 0n, left }];
  for (const next of leaving) {
    left += next.change;
    if (next.change !== 0n) steps.push({ ...next, left });
  }
  return steps;
}

function scheduled(currency: string, schedule: PlatformSchedule | undefined): Leaving[] {
  const next = schedule?.nextRun ?? null;
  if (next === null) return [];
  return [{ kind: 'scheduled', what: next.at, change: -BigInt(next.wouldRequest.totals[currency] ?? 0) }];
}

/** The first step that cannot be paid; undefined: all can. */
export function firstShort(steps: readonly Step[]): Step | undefined {
  return steps.find(({ left }) => left < 0n);
}

/** For drawing only, where a rounding is not seen: the amount in major units. */
export function drawn(amount: bigint, currency: string): number {
  return Number(formatAmount(amount, currency));
}
