import { sql } from 'kysely';
import type { AuditEntry } from './audit.ts';
import type { Db } from './db.ts';
import { rowsOf } from './db.ts';

/** Records many deeds of one transaction in one statement. */
export async function insertAuditEvents(tx: Db, entries: readonly AuditEntry[], now: Date): Promise<void> {
  if (entries.length === 0) return;
  const input = rowsOf('i', entries, {
    public_id: ['text', ({ publicId }) => publicId],
    actor_kind: ['text', ({ actor }) => actor.kind],
    actor_id: ['text', ({ actor }) => actor.id],
    actor_name: ['text', ({ actor }) => actor.name],
    event: ['text', ({ event }) => event],
    subject_type: ['text', ({ subject }) => subject.type],
    subject_id: ['text', ({ subject }) => subject.id],
    before: ['text', ({ before }) => before],
    after: ['text', ({ after }) => after],
    ip: ['text', ({ actor }) => actor.ip],
    user_agent: ['text', ({ actor }) => actor.userAgent],
    request_id: ['text', ({ actor }) => actor.requestId],
  });
  await sql`insert into audit_event (public_id, at, actor_kind, actor_id, actor_name, event, subject_type, subject_id,
      before, after, ip, user_agent, request_id)
    select public_id, ${now}, actor_kind, actor_id, actor_name, event, subject_type, subject_id, before, after, ip,
      user_agent, request_id from ${input}`.execute(tx);
}
