import { commandLine } from '../core/actor.ts';
import { coolUntilOf } from '../core/settings.ts';
import type { Db } from '../store/db.ts';
import { readSettings } from '../store/settings.ts';
import type { ActionContext } from './context.ts';

/** From when a method is usable that is added or changed now; null: at once. */
export async function coolUntil(tx: Db, ctx: ActionContext): Promise<Date | null> {
  return coolUntilOf(await readSettings(tx), ctx.now());
}

/**
 * The same for records of payees: a person at a screen waits; a key or the command line speaks for the platform, whose record
 * it is, and counts at once (docs/decisions/0012-cool-off.md).
 */
export async function coolUntilForRecords(tx: Db, ctx: ActionContext): Promise<Date | null> {
  const { kind, id } = ctx.actor;
  const isPerson = kind === 'payee' || (kind === 'person' && id !== commandLine.id);
  return isPerson ? coolUntil(tx, ctx) : null;
}
