import { minimumsOf } from '../actions/schedule-runs.ts';
import { nextRunFor } from '../actions/schedules.ts';
import type { HoldFacts } from '../core/hold.ts';
import type { PayoutState } from '../core/payout.ts';
import { dueFrequencies, scheduledDateOf } from '../core/schedule.ts';
import { peekPayout } from '../store/payout-moves.ts';
import type { PayoutRow } from '../store/payouts.ts';
import { lastRuns, newestRun } from '../store/schedule-runs.ts';
import { dueCandidates } from '../store/scheduled.ts';
import type { scheduleOf } from '../store/schedules.ts';
import { readSettings } from '../store/settings.ts';
import type { PayeeScheduleView, PlatformScheduleView } from '../wire/schedules.ts';
import { presentRun, presentSchedule } from '../wire/schedules.ts';
import type { ApiDeps } from './deps.ts';

/** Runs that are shown. */
const runsShown = 10;
/** Payees that are looked at to say what the next run would ask for. */
const lookedAtMax = 2000;

/** When an asked for or approved payout goes with a run; null: no run sends it. */
export async function scheduledFor(
  deps: ApiDeps,
  payout: { id: bigint; state: PayoutState },
): Promise<Date | null> {
  if (payout.state !== 'pending_approval' && payout.state !== 'approved') return null;
  const found = await peekPayout(deps.db, payout.id);
  if (!found) return null;
  const byProvider = isSentBy(deps, found.methodType, found.inExport);
  const settings = await readSettings(deps.db);
  return scheduledDateOf(deps.calendar, settings, { ...found, byProvider }, deps.now());
}

/** The date of the schedule that a payout is for, after its hold: also where a person makes the transfer on that day. */
export async function planDates(deps: ApiDeps): Promise<(payout: PayoutRow) => Date | null> {
  const plan = { ...(await readSettings(deps.db)), sendApprovedOnSchedule: true };
  const now = deps.now();
  return (payout) => scheduledDateOf(deps.calendar, plan, { ...payout, byProvider: true }, now);
}

/** What it depends on whether, and when, a run sends a payout. */
type Sendable = HoldFacts & Pick<PayoutRow, 'state' | 'pinnedType' | 'handExportedAt' | 'notReady'>;

/** When runs send payouts of a list, with one look at the settings. */
export async function sendTimes(deps: ApiDeps): Promise<(payout: Sendable) => Date | null> {
  const settings = await readSettings(deps.db);
  const now = deps.now();
  return (payout) => {
    // What the provider says cannot be paid waits for its payee, not for the clock.
    const isSent = isSentBy(deps, payout.pinnedType, payout.handExportedAt !== null);
    const byProvider = isSent && payout.notReady === null;
    return scheduledDateOf(deps.calendar, settings, { ...payout, byProvider }, now);
  };
}

function isSentBy(deps: ApiDeps, methodType: string | null, inExport: boolean): boolean {
  return !inExport && methodType !== null && deps.providers.find(methodType) !== undefined;
}

/** What is set for a payee, and when the clock runs next for them. */
export async function payeeSchedule(
  deps: ApiDeps,
  own: NonNullable<Awaited<ReturnType<typeof scheduleOf>>>,
  toTeam: boolean,
): Promise<PayeeScheduleView> {
  const next = own.status === 'active' ? await nextRunFor(deps, deps.db, own.frequency) : null;
  return presentSchedule(own, toTeam, await readSettings(deps.db), deps.calendar.zone, next);
}

/** What the clock does next, what it did, and what it would ask for if it ran now. */
export async function platformSchedule(deps: ApiDeps): Promise<PlatformScheduleView> {
  const { db, calendar } = deps;
  const settings = await readSettings(db);
  const { payoutSchedule, payoutFrequency, sendApprovedOnSchedule } = settings;
  const runs = await lastRuns(db, runsShown);
  const at = calendar.next(payoutSchedule, deps.now());
  const before = (await newestRun(db, deps.now())).dueAt ?? calendar.last(payoutSchedule, deps.now());
  const frequencies = at && before ? dueFrequencies(calendar, at, before) : [];
  const page = { frequencies, usual: payoutFrequency, afterPayee: 0n, afterCurrency: '' };
  const found = await dueCandidates(db, minimumsOf(settings), page, lookedAtMax);
  const totals: Record<string, bigint> = {};
  for (const { currency, amount } of found) totals[currency] = (totals[currency] ?? 0n) + amount;
  const wouldRequest = { payouts: found.length, totals, complete: found.length < lookedAtMax };
  return {
    payoutSchedule,
    timezone: calendar.zone,
    payoutFrequency,
    sendApprovedOnSchedule,
    nextRun: at && { at, frequencies, wouldRequest },
    lastRuns: runs.map((run) => presentRun(run)),
  };
}
