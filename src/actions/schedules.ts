import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Frequency } from '../core/schedule.ts';
import { nextRunOf } from '../core/schedule.ts';
import type { Settings } from '../core/settings.ts';
import { minimumOf } from '../core/settings.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { newestRun } from '../store/schedule-runs.ts';
import type { OwnSchedule, ScheduleAmount } from '../store/schedules.ts';
import { saveSchedule, scheduleOf } from '../store/schedules.ts';
import { readSettings } from '../store/settings.ts';
import type { Facts } from './audit.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** What is asked to change; null goes back to what the platform has. Amounts by currency in minor units. */
export interface ScheduleChange {
  readonly frequency?: Frequency | null | undefined;
  readonly minimumPayout?: Readonly<Record<string, bigint | null>> | undefined;
  readonly requestAt?: Readonly<Record<string, bigint | null>> | undefined;
}

/** Changes what is named of a payee's schedule; payouts that were asked for stay as they are. */
export async function changeSchedule(
  ctx: ActionContext,
  payeeId: bigint,
  change: ScheduleChange,
): Promise<Outcome<null>> {
  return transaction(ctx.db, async (tx) => {
    const before = await scheduleOf(tx, payeeId);
    if (!before) return refuse('payee_not_found');
    const after = changed(before, change);
    const settings = await readSettings(tx);
    const named = new Set(Object.keys({ ...change.minimumPayout, ...change.requestAt }));
    const low = after.amounts.filter((row) => named.has(row.currency) && isTooLow(row, settings));
    if (low.length > 0) {
      const minimum = low.map(({ currency }) => [currency, minimumOf(settings, currency)] as const);
      return refuse('below_platform_minimum', { minimum: Object.fromEntries(minimum) });
    }
    const [was, is] = [factsOf(before), factsOf(after)];
    if (JSON.stringify(was) === JSON.stringify(is)) return done(null);
    const { kind, name } = ctx.actor;
    const by = { kind: kind === 'payee' ? kind : 'platform', name } as const;
    await saveSchedule(tx, payeeId, after, by, ctx.now());
    const subject = { type: 'payee', id: before.payeePublicId };
    await audit(tx, ctx, 'payee.schedule_changed', subject, { before: was, after: is });
    return done(null);
  });
}

function changed(before: OwnSchedule, change: ScheduleChange): OwnSchedule {
  const { frequency = before.frequency, minimumPayout = {}, requestAt = {} } = change;
  const known = new Map(before.amounts.map((row) => [row.currency, row]));
  const named = [...known.keys(), ...Object.keys(minimumPayout), ...Object.keys(requestAt)];
  const amounts = [...new Set(named)].toSorted().map((currency): ScheduleAmount => {
    const was = known.get(currency) ?? { minimum: null, requestAt: null };
    const { [currency]: minimum = was.minimum } = minimumPayout;
    const { [currency]: at = was.requestAt } = requestAt;
    return { currency, minimum, requestAt: at };
  });
  return { frequency, amounts };
}

function isTooLow({ currency, minimum, requestAt }: ScheduleAmount, settings: Settings): boolean {
  const least = minimumOf(settings, currency);
  return (minimum !== null && minimum < least) || (requestAt !== null && requestAt < least);
}

function factsOf({ frequency, amounts }: OwnSchedule): Facts {
  const of = (name: 'minimum' | 'requestAt') =>
    Object.fromEntries(
      amounts.flatMap((row) => (row[name] === null ? [] : [[row.currency, row[name].toString()]])),
    );
  return { frequency, minimumPayout: of('minimum'), requestAt: of('requestAt') };
}

/** When the clock runs next for a payee; null when it never does: paid by hand only, blocked, or unknown. */
export async function nextPayoutOf(ctx: ActionContext, db: Db, payeeId: bigint): Promise<Date | null> {
  const own = await scheduleOf(db, payeeId);
  if (own?.status !== 'active') return null;
  return nextRunFor(ctx, db, own.frequency);
}

/** The same for whoever chose this; null follows the platform. */
export async function nextRunFor(ctx: ActionContext, db: Db, chosen: Frequency | null): Promise<Date | null> {
  const { payoutSchedule: cron, payoutFrequency } = await readSettings(db);
  const frequency = chosen ?? payoutFrequency;
  const made = (await newestRun(db, ctx.now())).dueAt;
  return nextRunOf(ctx.calendar, { cron, frequency, made }, ctx.now());
}
