import type { Persistence } from './reasons.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** Longest wait between two sends of the same bytes while the outcome is unknown. */
const resendWaitMaxMs = 5 * minuteMs;
const resendWaitFirstMs = 2 * secondMs;

/** Wait before the same bytes go again: 2 s doubling to 5 min, never less than the provider asked for. */
export function resendWaitMs(sends: number, askedMs: number | null): number {
  const doubled = Math.min(resendWaitFirstMs * 2 ** Math.min(sends - 1, 20), resendWaitMaxMs);
  return Math.max(doubled, Math.min(askedMs ?? 0, hourMs));
}

/** Longest wait between two polls of a submission that is being worked on. */
const pollWaitMaxMs = 15 * minuteMs;
const unclaimedHourlyMs = dayMs;
const unclaimedWaitMs = 6 * hourMs;
const watchWaitMs = 12 * hourMs;
/** After this many days without a change a settled submission is no longer polled; webhooks still reopen it. */
export const watchDays = 45;

/** What is still open in a submission decides how often it is looked at. */
export type Openness = 'open' | 'unclaimed' | 'settled';

/**
 * Wait before the next poll: while open the interval doubles up to 15 min; unclaimed items are looked at hourly for a day,
 * then every 6 h; a settled submission every 12 h, as money can come back for weeks.
 */
export function pollWaitMs(openness: Openness, intervalMs: number, polls: number, ageMs: number): number {
  if (openness === 'open') return Math.min(intervalMs * 2 ** Math.min(polls, 20), pollWaitMaxMs);
  if (openness === 'unclaimed') return ageMs < unclaimedHourlyMs ? hourMs : unclaimedWaitMs;
  return watchWaitMs;
}

/** True when nothing more is expected of a settled submission of this age. */
export function isWatchOver(openness: Openness, ageMs: number): boolean {
  return openness === 'settled' && ageMs >= watchDays * dayMs;
}

/** A call is often recorded in the second after the event that overtook it; */
const eventWaitFirstMs = secondMs;
/** what is of another system that shares the account is never recorded. */
const eventWaitMaxMs = 30 * minuteMs;
/** Looks at an event that points at nothing we know, over an hour; then it is filed. */
export const eventTriesMax = 13;

/** Wait before an event that points at nothing we know is looked at again: 1 s doubling to 30 min. */
export function eventWaitMs(tries: number): number {
  return Math.min(eventWaitFirstMs * 2 ** Math.min(tries, 20), eventWaitMaxMs);
}

/** Waits before a payout that failed for a temporary reason is paid again by itself: one entry per retry, then a person's turn. */
const retryWaitsMs = [5 * minuteMs, 10 * minuteMs, 30 * minuteMs, hourMs, 2 * hourMs] as const;
/** Retries that happen by themselves, between two that a person asks for. */
export const retriesMax = retryWaitsMs.length;

/** When a payout that failed now is retried by itself, after `retries` such retries; null: not before a person says so. */
export function nextRetryAt(persistence: Persistence, retries: number, now: Date): Date | null {
  const waitMs = persistence === 'temporary' ? retryWaitsMs[retries] : undefined;
  return waitMs === undefined ? null : new Date(now.getTime() + waitMs);
}

/** True when a failure that may pass has been tried again as often as happens by itself. */
export function isRetriedOut(persistence: Persistence, retries: number): boolean {
  return persistence === 'temporary' && retries >= retriesMax;
}
