import { insertAuditEvent } from '../store/audit.ts';
import type { Db } from '../store/db.ts';
import type { ActionContext } from './context.ts';

/** What of the subject is told: never a secret, never a whole address. */
type Facts = Readonly<Record<string, string | number | bigint | boolean | null | readonly string[]>>;

/**
 * Puts a deed of `ctx.actor` on record, in the transaction that does it. `event` is noun and past participle, such as
 * `payee.changed`; what changed stands in `before` and `after`, with secrets and addresses masked by the caller.
 */
export async function audit(
  tx: Db,
  ctx: ActionContext,
  event: string,
  subject: { type: string; id: string },
  change: { before?: Facts; after?: Facts } = {},
): Promise<void> {
  const entry = {
    publicId: ctx.newId('ae'),
    actor: ctx.actor,
    event,
    subject,
    before: textOf(change.before),
    after: textOf(change.after),
  };
  await insertAuditEvent(tx, entry, ctx.now());
}

function textOf(facts: Facts | undefined): string | null {
  if (facts === undefined) return null;
  return JSON.stringify(facts, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
}
