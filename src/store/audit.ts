import { sql } from 'kysely';
import type { RawBuilder } from 'kysely';
import type { Actor } from '../core/actor.ts';
import type { EventText } from '../core/audit.ts';
import type { Db } from './db.ts';
import { all, rowsOf } from './db.ts';

/** An event with the MAC of whoever wrote it. */
export type SignedEvent = EventText & { readonly mac: string };

/** Records deeds in the transaction that does them. `now` is the time that each `at` says in milliseconds. */
export async function insertAuditEvents(tx: Db, events: readonly SignedEvent[], now: Date): Promise<void> {
  await sql`insert into audit_event (public_id, at, actor_kind, actor_id, actor_name, event, subject_type, subject_id,
      before, after, ip, user_agent, request_id, mac)
    select public_id, ${now}, actor_kind, actor_id, actor_name, event, subject_type, subject_id, before, after, ip,
      user_agent, request_id, mac from ${rowsOf('i', events, {
        public_id: ['text', (row) => row.publicId],
        actor_kind: ['text', (row) => row.actorKind],
        actor_id: ['text', (row) => row.actorId],
        actor_name: ['text', (row) => row.actorName],
        event: ['text', (row) => row.event],
        subject_type: ['text', (row) => row.subjectType],
        subject_id: ['text', (row) => row.subjectId],
        before: ['text', (row) => row.before],
        after: ['text', (row) => row.after],
        ip: ['text', (row) => row.ip],
        user_agent: ['text', (row) => row.userAgent],
        request_id: ['text', (row) => row.requestId],
        mac: ['text', (row) => row.mac],
      })}`.execute(tx);
}

/** Which events: `from` included, `to` not. */
export interface AuditFilter {
  readonly actor?: string | undefined;
  readonly event?: string | undefined;
  readonly subject?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
}

export interface AuditRow {
  id: bigint;
  publicId: string;
  at: Date;
  actorKind: Actor['kind'];
  actorId: string;
  actorName: string;
  event: string;
  subjectType: string;
  subjectId: string;
  /** As it is called now; null: it has no name, or is no more. */
  subjectName: string | null;
  before: string | null;
  after: string | null;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  /** Its link of the chain; null while it waits. */
  sealSeq: bigint | null;
  sealHash: string | null;
}

/** By the unique key of each, for the rows of one page. */
const nameOfSubject = sql`case e.subject_type
  when 'payee' then (select y.name from payee y where y.public_id = e.subject_id)
  when 'payout' then (select y.name from payout o join payee y on y.id = o.payee_id where o.public_id = e.subject_id)
  when 'payout_method' then (select y.name from payout_method m join payee y on y.id = m.payee_id
    where m.public_id = e.subject_id)
  when 'cycle' then (select c.name from cycle c where c.public_id = e.subject_id)
  when 'batch' then (select c.name from payout_batch b join cycle c on c.id = b.cycle_id where b.public_id = e.subject_id)
  when 'person' then (select p.name from person p where p.id = e.subject_id)
  when 'key' then (select k.name from api_key k where k.public_id = e.subject_id)
end`;

/** A page of events, newest first; `before` is the id the last page ended with. */
export async function listAuditEvents(
  db: Db,
  filter: AuditFilter,
  limit: number,
  before: bigint | null,
): Promise<AuditRow[]> {
  return all(
    db,
    sql<AuditRow>`select e.id, e.public_id as "publicId", e.at, e.actor_kind as "actorKind", e.actor_id as "actorId",
        e.actor_name as "actorName", e.event, e.subject_type as "subjectType", e.subject_id as "subjectId", e.before,
        ${nameOfSubject} as "subjectName", e.after, e.ip, e.user_agent as "userAgent", e.request_id as "requestId", s.seq as "sealSeq", s.hash as "sealHash"
      from (${auditPageQuery(filter, limit, before)}) e left join audit_seal s on s.event_id = e.id
      order by e.at desc, e.id desc`,
  );
}

/** Only the conditions that are asked for, so that the index of one of them serves the page in its order. */
export function auditPageQuery(
  filter: AuditFilter,
  limit: number,
  before: bigint | null,
): RawBuilder<unknown> {
  const { actor, event, subject, subjectId, from, to } = filter;
  const conditions = [
    sql`true`,
    ...(actor === undefined ? [] : [sql`actor_id = ${actor}`]),
    ...(event === undefined ? [] : [sql`event = ${event}`]),
    ...(subject === undefined ? [] : [sql`subject_type = ${subject}`]),
    ...(subjectId === undefined ? [] : [sql`subject_id = ${subjectId}`]),
    ...(from === undefined ? [] : [sql`at >= ${from}`]),
    ...(to === undefined ? [] : [sql`at < ${to}`]),
    ...(before === null
      ? []
      : [sql`(at, id) < (select c.at, c.id from audit_event c where c.id = ${before})`]),
  ];
  return sql`select * from audit_event where ${sql.join(conditions, sql` and `)}
    order by at desc, id desc limit ${limit}`;
}
