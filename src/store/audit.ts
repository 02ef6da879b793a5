import { sql } from 'kysely';
import type { Actor } from '../core/actor.ts';
import type { Db } from './db.ts';

/** One deed, with secrets and addresses already masked. */
export interface AuditEntry {
  readonly publicId: string;
  readonly actor: Actor;
  /** Noun and past participle: `payee.changed`, `batch.started`. */
  readonly event: string;
  readonly subject: { readonly type: string; readonly id: string };
  /** Text of a JSON object. */
  readonly before: string | null;
  readonly after: string | null;
}

/** Records a deed in the transaction that does it. */
export async function insertAuditEvent(tx: Db, entry: AuditEntry, now: Date): Promise<void> {
  const { actor, subject } = entry;
  await sql`insert into audit_event (public_id, at, actor_kind, actor_id, actor_name, event, subject_type, subject_id,
      before, after, ip, user_agent, request_id)
    values (${entry.publicId}, ${now}, ${actor.kind}, ${actor.id}, ${actor.name}, ${entry.event}, ${subject.type},
      ${subject.id}, ${entry.before}, ${entry.after}, ${actor.ip}, ${actor.userAgent}, ${actor.requestId})`.execute(
    tx,
  );
}
