import { eventBytes } from '../core/audit.ts';
import { throughFacts } from '../core/link-hands.ts';
import { insertAuditEvents } from '../store/audit.ts';
import type { Db } from '../store/db.ts';
import type { ActionContext } from './context.ts';

type Fact = string | number | bigint | boolean | null;

/** What of the subject is told: never a secret, never a whole address. */
export type Facts = Readonly<Record<string, Fact | readonly string[] | Readonly<Record<string, Fact>>>>;

/** One deed: to whom or what, and what changed, with secrets and addresses masked. */
export interface Deed {
  /** Noun and past participle, such as `payee.changed`. */
  readonly event: string;
  readonly subject: { readonly type: string; readonly id: string };
  readonly before?: Facts | undefined;
  readonly after?: Facts | undefined;
}

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
  await auditAll(tx, ctx, [{ event, subject, ...change }]);
}

/** The same for a set of deeds, in one statement. What a payee does through a link that others may hold says who they are. */
export async function auditAll(tx: Db, ctx: ActionContext, deeds: readonly Deed[]): Promise<void> {
  if (deeds.length === 0) return;
  const now = ctx.now();
  const { kind, id, name, ip, userAgent, requestId, through = [] } = ctx.actor;
  const link = through.length === 0 ? null : { through: throughFacts(through) };
  const rows = deeds.map(({ event, subject, before, after }) => {
    const text = {
      publicId: ctx.newId('ae'),
      at: now.getTime().toString(),
      actorKind: kind,
      actorId: id,
      actorName: name,
      event,
      subjectType: subject.type,
      subjectId: subject.id,
      before: textOf(before),
      after: textOf(link ? { ...after, ...link } : after),
      ip,
      userAgent,
      requestId,
    };
    return { ...text, mac: ctx.vault.mac(eventBytes(text)) };
  });
  await insertAuditEvents(tx, rows, now);
}

function textOf(facts: Facts | undefined): string | null {
  if (facts === undefined) return null;
  return JSON.stringify(facts, (_key, part: unknown) => (typeof part === 'bigint' ? part.toString() : part));
}
