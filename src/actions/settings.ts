import type { Settings } from '../core/settings.ts';
import { payeeMails } from '../core/settings.ts';
import { transaction } from '../store/db.ts';
import { stopAllRetries } from '../store/auto-retries.ts';
import { lockSettings, readSettings, saveSettings } from '../store/settings.ts';
import type { Facts } from './audit.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { restartSchedule } from './schedule-runs.ts';

/** What is asked to change; of amounts and days by name each, where null goes back to the default. */
export interface SettingsChange {
  readonly minimumPayout?: Readonly<Record<string, bigint | null>> | undefined;
  readonly secondApproverAbove?: Readonly<Record<string, bigint | null>> | undefined;
  readonly approvalExpiryDays?: number | undefined;
  readonly settlementHoldDays?: number | undefined;
  readonly settlementHoldDaysBySource?: Readonly<Record<string, number | null>> | undefined;
  readonly autoRetry?: boolean | undefined;
  readonly feeBpsBySource?: Readonly<Record<string, number | null>> | undefined;
  readonly methodCoolOffHours?: number | undefined;
  readonly fxRateMaxAgeHours?: number | undefined;
  readonly fxSpreadBps?: number | undefined;
  readonly fxRateJumpBps?: number | undefined;
  readonly payoutSchedule?: string | undefined;
  readonly payoutFrequency?: Settings['payoutFrequency'] | undefined;
  readonly sendApprovedOnSchedule?: boolean | undefined;
  readonly payeeMails?: Settings['payeeMails'] | undefined;
}

/** Changes what is named and answers all settings. What is under way keeps the dates it was given. */
export async function changeSettings(ctx: ActionContext, change: SettingsChange): Promise<Settings> {
  return transaction(ctx.db, async (tx) => {
    await lockSettings(tx);
    const before = await readSettings(tx);
    const after: Settings = {
      minimumPayout: merged(before.minimumPayout, change.minimumPayout),
      secondApproverAbove: merged(before.secondApproverAbove, change.secondApproverAbove),
      approvalExpiryDays: change.approvalExpiryDays ?? before.approvalExpiryDays,
      methodCoolOffHours: change.methodCoolOffHours ?? before.methodCoolOffHours,
      settlementHoldDays: change.settlementHoldDays ?? before.settlementHoldDays,
      settlementHoldDaysBySource: merged(
        before.settlementHoldDaysBySource,
        change.settlementHoldDaysBySource,
      ),
      autoRetry: change.autoRetry ?? before.autoRetry,
      feeBpsBySource: merged(before.feeBpsBySource, change.feeBpsBySource),
      fxRateMaxAgeHours: change.fxRateMaxAgeHours ?? before.fxRateMaxAgeHours,
      fxSpreadBps: change.fxSpreadBps ?? before.fxSpreadBps,
      fxRateJumpBps: change.fxRateJumpBps ?? before.fxRateJumpBps,
      payoutSchedule: change.payoutSchedule ?? before.payoutSchedule,
      payoutFrequency: change.payoutFrequency ?? before.payoutFrequency,
      sendApprovedOnSchedule: change.sendApprovedOnSchedule ?? before.sendApprovedOnSchedule,
      payeeMails: payeeMails.filter((name) => (change.payeeMails ?? before.payeeMails).includes(name)),
    };
    const was = factsOf(before);
    const is = factsOf(after);
    if (JSON.stringify(was) === JSON.stringify(is)) return before;
    if (before.payoutSchedule !== after.payoutSchedule) await restartSchedule(tx, ctx, before, after);
    await saveSettings(tx, after, ctx.now());
    if (!after.autoRetry) await stopAllRetries(tx);
    await audit(tx, ctx, 'settings.changed', { type: 'settings', id: 'payouts' }, { before: was, after: is });
    return after;
  });
}

function merged<T>(
  known: Readonly<Record<string, T>>,
  change: Readonly<Record<string, T | null>> = {},
): Record<string, T> {
  const entries = Object.entries({ ...known, ...change });
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

function factsOf(settings: Settings): Facts {
  const text = (part: Readonly<Record<string, bigint | number>>) =>
    Object.fromEntries(Object.entries(part).map(([name, value]) => [name, value.toString()]));
  return {
    minimumPayout: text(settings.minimumPayout),
    secondApproverAbove: text(settings.secondApproverAbove),
    approvalExpiryDays: settings.approvalExpiryDays,
    settlementHoldDays: settings.settlementHoldDays,
    methodCoolOffHours: settings.methodCoolOffHours,
    settlementHoldDaysBySource: text(settings.settlementHoldDaysBySource),
    autoRetry: settings.autoRetry,
    feeBpsBySource: text(settings.feeBpsBySource),
    fxRateMaxAgeHours: settings.fxRateMaxAgeHours,
    fxSpreadBps: settings.fxSpreadBps,
    fxRateJumpBps: settings.fxRateJumpBps,
    payoutSchedule: settings.payoutSchedule,
    payoutFrequency: settings.payoutFrequency,
    sendApprovedOnSchedule: settings.sendApprovedOnSchedule,
    payeeMails: settings.payeeMails,
  };
}
