import { exponentOf } from './currencies.ts';
import type { Frequency } from './schedule.ts';

/** What payees can be told of by mail. `retrying`: it failed and is tried again by itself; `failed`: it is not. */
export const payeeMails = ['started', 'completed', 'failed', 'retrying', 'returned'] as const;
export type PayeeMail = (typeof payeeMails)[number];

/** What the team decides about money that waits, requests and approvals. Amounts in minor units by currency. */
export interface Settings {
  /** Least amount of a request, where it is not 50.00. */
  readonly minimumPayout: Readonly<Record<string, bigint>>;
  /** More than this needs two approvers; a currency that is not named needs one. */
  readonly secondApproverAbove: Readonly<Record<string, bigint>>;
  /** Days after which the clock declines what nobody approved. */
  readonly approvalExpiryDays: number;
  /** Days from the end of an event until its earnings are available. */
  readonly settlementHoldDays: number;
  /** The same for one source type. */
  readonly settlementHoldDaysBySource: Readonly<Record<string, number>>;
  /** Payouts that failed for a temporary reason are tried again by themselves. */
  readonly autoRetry: boolean;
  /** Platform fee in basis points by source type, of earnings that say none. */
  readonly feeBpsBySource: Readonly<Record<string, number>>;
  /** Hours that a payout method serves after it was added or changed before anything is paid to it. */
  readonly methodCoolOffHours: number;
  /** Hours after which a rate converts nothing any more. */
  readonly fxRateMaxAgeHours: number;
  /** Part of a converted amount that the platform keeps, in hundredths of a percent. */
  readonly fxSpreadBps: number;
  /** How far a rate may be from the last one of its pair, in hundredths of a percent, without somebody saying so. */
  readonly fxRateJumpBps: number;
  /** When payouts run by the clock: a cron expression of five parts in the platform's time zone. */
  readonly payoutSchedule: string;
  /** How often payees are paid by the clock who chose nothing. */
  readonly payoutFrequency: Frequency;
  /** A scheduled run also pays what is approved. */
  readonly sendApprovedOnSchedule: boolean;
  /** What payees are told of by mail. */
  readonly payeeMails: readonly PayeeMail[];
}

export const defaultSettings: Settings = {
  minimumPayout: {},
  secondApproverAbove: {},
  approvalExpiryDays: 30,
  settlementHoldDays: 7,
  settlementHoldDaysBySource: {},
  autoRetry: true,
  feeBpsBySource: {},
  methodCoolOffHours: 72,
  fxRateMaxAgeHours: 24,
  fxSpreadBps: 0,
  fxRateJumpBps: 2000,
  payoutSchedule: '0 17 * * 5',
  payoutFrequency: 'weekly',
  sendApprovedOnSchedule: false,
  // What came back: it is rare, and whoever believes to be paid must hear it. A run of a hundred thousand writes no mail unasked.
  payeeMails: ['returned'],
};

const minimumMajor = 50n;
const hourMs = 60 * 60_000;
const dayMs = 24 * hourMs;

/** Least amount of a request: what is set, or 50 of the currency's major unit. Minor units. */
export function minimumOf(settings: Settings, currency: string): bigint {
  return settings.minimumPayout[currency] ?? minimumMajor * 10n ** BigInt(exponentOf(currency) ?? 2);
}

/** How many different people must approve this payout: by what is paid, or by what leaves the balance when that is more. */
export function approversNeeded(settings: Settings, payout: Approved): 1 | 2 {
  const { amount, currency, sourceAmount, sourceCurrency } = payout;
  const isAbove = (value: bigint, code: string) => {
    const above = settings.secondApproverAbove[code];
    return above !== undefined && value > above;
  };
  if (isAbove(amount, currency)) return 2;
  return sourceAmount !== null && sourceCurrency !== null && isAbove(sourceAmount, sourceCurrency) ? 2 : 1;
}

interface Approved {
  readonly amount: bigint;
  readonly currency: string;
  readonly sourceAmount: bigint | null;
  readonly sourceCurrency: string | null;
}

/** When the clock declines what is asked for now. */
export function expiryOf(settings: Settings, now: Date): Date {
  return new Date(now.getTime() + settings.approvalExpiryDays * dayMs);
}

/** From when a method is usable that changes now; null: at once. */
export function coolUntilOf(settings: Settings, now: Date): Date | null {
  const { methodCoolOffHours: hours } = settings;
  return hours === 0 ? null : new Date(now.getTime() + hours * hourMs);
}

/** When an earning becomes available: as said, else its days after the end of its event, else at once (null). */
export function availableFrom(
  settings: Settings,
  earning: { sourceType: string; availableAt: Date | null; eventEndsAt: Date | null },
): Date | null {
  const { sourceType, availableAt, eventEndsAt } = earning;
  if (availableAt !== null || eventEndsAt === null) return availableAt;
  const days = settings.settlementHoldDaysBySource[sourceType] ?? settings.settlementHoldDays;
  return new Date(eventEndsAt.getTime() + days * dayMs);
}
