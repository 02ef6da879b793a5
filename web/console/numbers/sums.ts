import { formatAmount } from '../../../src/core/money.ts';
import type { AnalyticsPeriod, PayoutAnalytics } from '../../client/types.ts';
import { periodsBetween, type Range } from './range.ts';

/** Where sent money is, in the order of the stack. */
export const places = ['arrived', 'onItsWay', 'unclaimed', 'lost'] as const;
type PlaceOfMoney = (typeof places)[number];

const placeOf: Readonly<Partial<Record<AnalyticsPeriod['states'][number]['status'], PlaceOfMoney>>> = {
  completed: 'arrived',
  sending: 'onItsWay',
  sent: 'onItsWay',
  held: 'onItsWay',
  unclaimed: 'unclaimed',
  failed: 'lost',
  returned: 'lost',
};

/** Minor units by place, and how many payouts. */
export type Sums = Record<PlaceOfMoney, bigint> & { count: number };

export interface PeriodSums {
  readonly period: string;
  readonly sums: Sums;
}

const nothing = (): Sums => ({ arrived: 0n, onItsWay: 0n, unclaimed: 0n, lost: 0n, count: 0 });

/** Sent value of one currency, for every period of the range. */
export function sentByPeriod(numbers: PayoutAnalytics, by: Range['by'], currency: string): PeriodSums[] {
  const known = new Map(numbers.periods.map((period) => [new Date(period.period).toISOString(), period]));
  return periodsBetween(by, numbers.from, numbers.to).map((period) => {
    const sums = nothing();
    for (const { status, currency: code, count, amount } of known.get(period)?.states ?? []) {
      const place = placeOf[status];
      if (place === undefined || code !== currency) continue;
      sums[place] += BigInt(amount);
      sums.count += count;
    }
    return { period, sums };
  });
}

export function totalOf(rows: readonly PeriodSums[]): Sums {
  const total = nothing();
  for (const { sums } of rows) {
    for (const place of places) total[place] += sums[place];
    total.count += sums.count;
  }
  return total;
}

export function sentOf(sums: Sums): bigint {
  return places.reduce((sum, place) => sum + sums[place], 0n);
}

/** Currencies of what was paid, the most payouts first. */
export function currenciesOf(numbers: PayoutAnalytics): string[] {
  const counts = new Map<string, number>();
  for (const { states } of numbers.periods)
    for (const { currency, count } of states) counts.set(currency, (counts.get(currency) ?? 0) + count);
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([currency]) => currency);
}

/** What arrived, by currency, and how many payouts. */
export function arrivedOf({ periods }: PayoutAnalytics): { count: number; totals: Record<string, bigint> } {
  const totals: Record<string, bigint> = {};
  let payouts = 0;
  for (const { status, currency, count, amount } of periods.flatMap(({ states }) => states)) {
    if (status !== 'completed') continue;
    payouts += count;
    totals[currency] = (totals[currency] ?? 0n) + BigInt(amount);
  }
  return { count: payouts, totals };
}

/** For the height of a bar only: no sum is ever made of it. */
export function drawn(amount: bigint, currency: string): number {
  return Number(formatAmount(amount, currency));
}
