import type { Filters } from '../../app/filters.ts';

/** Which payouts the numbers are about, and by which part of the calendar. */
export interface Range {
  readonly by: 'day' | 'week' | 'month';
  /** How many days back. */
  readonly days: number;
}

export const parts = ['day', 'week', 'month'] as const;
export const spans = [7, 30, 90, 365] as const;
export const lastMonth: Range = { by: 'day', days: 30 };
const dayMs = 86_400_000;

export function rangeOf(filters: Filters): Range {
  const days = spans.find((span) => String(span) === filters['days']) ?? lastMonth.days;
  return { by: parts.find((part) => part === filters['by']) ?? lastMonth.by, days };
}

/** When it begins: the start of a day in UTC, so that the same question is asked all day. */
export function fromOf({ days }: Range, now: Date): string {
  const today = Math.floor(now.getTime() / dayMs) * dayMs;
  return new Date(today - (days - 1) * dayMs).toISOString();
}

/** Every period from one moment to another, those without payouts too: a gap is not a quiet day. */
export function periodsBetween(by: Range['by'], from: string, to: string): string[] {
  const found: string[] = [];
  for (let at = beginOf(by, new Date(from)); at < new Date(to); at = beginOf(by, after(by, at)))
    found.push(at.toISOString());
  return found;
}

function beginOf(by: Range['by'], at: Date): Date {
  const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth(), at.getUTCDate()];
  if (by === 'month') return new Date(Date.UTC(year, month, 1));
  // Weeks begin on Monday.
  const back = by === 'week' ? (at.getUTCDay() + 6) % 7 : 0;
  return new Date(Date.UTC(year, month, day - back));
}

function after(by: Range['by'], at: Date): Date {
  const months = by === 'month' ? 1 : 0;
  const days = by === 'month' ? 0 : by === 'week' ? 7 : 1;
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months, at.getUTCDate() + days));
}
