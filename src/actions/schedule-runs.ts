import { currencies } from '../core/currencies.ts';
import { dueFrequencies } from '../core/schedule.ts';
import type { TeamLanguage } from '../core/language.ts';
import type { Refusal } from '../core/refusal.ts';
import { refusalsFr } from '../core/refusals-fr.ts';
import type { Settings } from '../core/settings.ts';
import { minimumOf } from '../core/settings.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { closeAlerts, openAlerts } from '../store/alerts.ts';
import type { NotSent, ScheduleRun } from '../store/schedule-runs.ts';
import { insertRun, lockOpenRun, newestRun, saveProgress } from '../store/schedule-runs.ts';
import type { Candidate, Minimums } from '../store/scheduled.ts';
import { dueCandidates, thresholdCandidates } from '../store/scheduled.ts';
import { hasThresholds } from '../store/schedules.ts';
import { lockSettings, readSettings } from '../store/settings.ts';
import { audit } from './audit.ts';
import type { ActionContext, ProviderRules } from './context.ts';
import { payApproved, runNotSent } from './pay-approved.ts';
import { requestAll } from './request-set.ts';

/** Least amounts of the platform, for every currency there is. */
export function minimumsOf(settings: Settings): Minimums {
  return currencies.map((currency) => ({ currency, minimum: minimumOf(settings, currency) }));
}

/**
 * Takes the latest due time when it was not taken yet; of times that were missed it is the only one that is made. The lock
 * of the settings keeps whoever comes at the same time, or changes the schedule, behind. Answers the due time it took.
 */
export async function claimRun(ctx: ActionContext): Promise<Date | null> {
  return transaction(ctx.db, async (tx) => {
    await lockSettings(tx);
    return claimDue(tx, ctx, await readSettings(tx));
  });
}

/** Whether there is a due time to take, or an unfinished run to go on with; looks only. */
export async function lookForRun(ctx: ActionContext): Promise<{ claimable: boolean; open: boolean }> {
  const { payoutSchedule } = await readSettings(ctx.db);
  const now = ctx.now();
  const { dueAt: newest, open } = await newestRun(ctx.db, now);
  const dueAt = ctx.calendar.last(payoutSchedule, now);
  return { claimable: dueAt !== null && !open && (newest === null || newest < dueAt), open };
}

async function claimDue(tx: Db, ctx: ActionContext, settings: Settings): Promise<Date | null> {
  const { calendar } = ctx;
  const { payoutSchedule: cron } = settings;
  const now = ctx.now();
  const { dueAt: newest, open } = await newestRun(tx, now);
  const dueAt = calendar.last(cron, now);
  if (dueAt === null || open || (newest !== null && newest >= dueAt)) return null;
  // The first time ever counts as made: nothing was scheduled before.
  if (newest === null) await start(tx, ctx, cron, dueAt);
  if (newest === null) return null;
  const due = dueFrequencies(calendar, dueAt, newest);
  await insertRun(tx, 'run', { dueAt, cron, zone: calendar.zone, frequencies: due }, now);
  return dueAt;
}

async function start(tx: Db, ctx: ActionContext, cron: string, dueAt: Date): Promise<void> {
  await insertRun(tx, 'start', { dueAt, cron, zone: ctx.calendar.zone, frequencies: [] }, ctx.now());
}

/**
 * Another schedule counts from now: what it would have made before is not made. A run of the old one that was missed is
 * taken first. The settings are locked.
 */
export async function restartSchedule(
  tx: Db,
  ctx: ActionContext,
  before: Settings,
  after: Settings,
): Promise<void> {
  await claimDue(tx, ctx, before);
  const { dueAt: newest } = await newestRun(tx, ctx.now());
  const dueAt = ctx.calendar.last(after.payoutSchedule, ctx.now());
  if (dueAt !== null && (newest === null || newest < dueAt))
    await start(tx, ctx, after.payoutSchedule, dueAt);
}

/** What one page did. */
export interface RunPage {
  readonly dueAt: Date;
  readonly requested: number;
  readonly finished: boolean;
}

/**
 * Goes on with the unfinished run: asks for payouts of the next payees, at most `limit`, and keeps how far it came in the
 * same transaction, so whoever goes on after a crash asks for nobody twice. Null: there is none, or another process has it.
 */
export async function runPage(
  ctx: ActionContext,
  rules: readonly ProviderRules[],
  limit: number,
): Promise<RunPage | null> {
  return transaction(ctx.db, async (tx) => {
    const run = await lockOpenRun(tx);
    if (!run) return null;
    const settings = await readSettings(tx);
    const page = { ...run, usual: settings.payoutFrequency };
    const found = await dueCandidates(tx, minimumsOf(settings), page, limit);
    const { asked, last } = await requestAll(tx, ctx, rules, settings, found);
    const requested = run.requested + BigInt(asked.length);
    const progress = {
      ...run,
      afterPayee: last?.payeeId ?? run.afterPayee,
      afterCurrency: last?.currency ?? run.afterCurrency,
      requested,
      totals: added(run.totals, asked),
    };
    const finished = found.length === 0;
    if (finished) await finish(tx, ctx, rules, settings, progress);
    else await saveProgress(tx, run, progress);
    return { dueAt: run.dueAt, requested: asked.length, finished };
  });
}

function added(
  totals: Readonly<Record<string, string>>,
  asked: readonly { currency: string; amount: bigint }[],
): Record<string, string> {
  const sums = { ...totals };
  for (const { currency, amount } of asked)
    sums[currency] = (BigInt(sums[currency] ?? '0') + amount).toString();
  return sums;
}

async function finish(
  tx: Db,
  ctx: ActionContext,
  rules: readonly ProviderRules[],
  settings: Settings,
  run: ScheduleRun,
): Promise<void> {
  const sent: Sent = settings.sendApprovedOnSchedule
    ? await sendApproved({ ...ctx, db: tx }, rules)
    : { batchIds: [], notSent: [], told: new Map() };
  const { batchIds, notSent } = sent;
  await saveProgress(tx, run, { ...run, finishedAt: ctx.now(), batchIds, notSent });
  await tellNotSent(tx, ctx, rules, { dueAt: run.dueAt, told: sent.told });
  const { dueAt, frequencies, requested, totals } = run;
  const after = {
    frequencies,
    requested,
    totals,
    batchIds,
    notSent: notSent.map(({ provider }) => provider),
  };
  await audit(tx, ctx, 'schedule.ran', { type: 'schedule', id: dueAt.toISOString() }, { after });
}

interface Sent {
  readonly batchIds: string[];
  readonly notSent: NotSent[];
  /** Why, by provider. */
  readonly told: Map<string, Record<TeamLanguage, string>>;
}

/** What a person does by hand at other times, with each provider; what is refused is told and waits for the next run. */
async function sendApproved(ctx: ActionContext, rules: readonly ProviderRules[]): Promise<Sent> {
  const sent: Sent = { batchIds: [], notSent: [], told: new Map() };
  for (const provider of rules) {
    const paid = await payApproved(ctx, provider, { startedBy: ctx.actor.name, notes: null });
    if (paid.ok) sent.batchIds.push(paid.value.batchId);
    // Nobody waits to be paid through this one.
    else if (paid.code !== 'nothing_to_pay') {
      sent.notSent.push(notSentOf(provider.name, paid));
      sent.told.set(provider.name, whyOf(paid));
    }
  }
  return sent;
}

function notSentOf(provider: string, { code, message, details }: Refusal): NotSent {
  const gaps = Object.entries(details['shortfall'] ?? {});
  const shortfall = Object.fromEntries(gaps.map(([currency, amount]) => [currency, String(amount)]));
  return { provider, code, message, shortfall };
}

/** Opens an alert for each provider through which a run could not send, and closes those of the others. */
async function tellNotSent(
  tx: Db,
  ctx: ActionContext,
  rules: readonly ProviderRules[],
  { dueAt, told }: { dueAt: Date; told: Sent['told'] },
): Promise<void> {
  const now = ctx.now();
  const run = { due: dueAt.toISOString(), zone: ctx.calendar.zone };
  const alerts = [...told].map(
    ([provider, why]) => ({ kind: runNotSent, subject: provider, facts: { provider, ...run, why } }) as const,
  );
  await openAlerts(tx, alerts, now);
  for (const { name } of rules) if (!told.has(name)) await closeAlerts(tx, [runNotSent], name, now);
}

function whyOf({ code, message, told }: Refusal): Record<TeamLanguage, string> {
  return { en: message, fr: told?.fr.message ?? refusalsFr[code][1] };
}

/** Where a look for thresholds begins and where it has come to. */
export type Place = Pick<Candidate, 'payeeId' | 'currency'>;

/**
 * Asks for payees who have as much as they set for it, the next `limit` of them; answers how many were asked for, and where
 * to go on. Null: all were looked at.
 */
export async function requestAtThresholds(
  ctx: ActionContext,
  rules: readonly ProviderRules[],
  after: Place,
  limit: number,
): Promise<{ requested: number; next: Place | null }> {
  if (!(await hasThresholds(ctx.db))) return { requested: 0, next: null };
  return transaction(ctx.db, async (tx) => {
    const settings = await readSettings(tx);
    const found = await thresholdCandidates(tx, minimumsOf(settings), after, limit);
    const { asked, last } = await requestAll(tx, ctx, rules, settings, found);
    return { requested: asked.length, next: last ?? null };
  });
}
