import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import type { Db } from '../store/db.ts';
import { endOfDay, takeOfDay } from '../store/rate-limits.ts';
import type { ActionContext } from './context.ts';

/** How often a payee may change how they are paid in a day, as each change is mailed to their contacts. */
const changesPerDayMax = 10;
/** Mails about changes in a day to an address that is not the one on record, whoever named it. */
const strangerMailsPerDayMax = 5;

/** Why this payee may change no method today, or null. The platform's own changes are not counted. */
export async function overChanges(
  tx: Db,
  ctx: ActionContext,
  payee: { id: bigint },
): Promise<Refusal | null> {
  if (ctx.actor.kind !== 'payee') return null;
  const now = ctx.now();
  if (await takeOfDay(tx, `method-changes:${payee.id}`, changesPerDayMax, now)) return null;
  const until = endOfDay(now);
  const seconds = Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000));
  return refuse('too_many_changes', { most: changesPerDayMax, until: until.toISOString() }, seconds);
}

/**
 * Of addresses of mail, in lower case, those that may be told of a change. Those that are `sure` always are. Of the others anybody can
 * have named any, so each gets few mails a day; by their order no two changes wait for each other.
 */
export async function tellable(
  tx: Db,
  ctx: ActionContext,
  addresses: readonly string[],
  sure: readonly (string | null)[],
): Promise<string[]> {
  const told: string[] = [];
  const isSure = new Set(sure.map((address) => address?.toLowerCase()));
  for (const address of addresses.toSorted()) {
    const bucket = `change-mails:${ctx.hash(address)}`;
    if (isSure.has(address) || (await takeOfDay(tx, bucket, strangerMailsPerDayMax, ctx.now())))
      told.push(address);
  }
  return told;
}
