import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import type { Actor } from '../core/actor.ts';
import { actorKinds } from '../core/actor.ts';
import { csvLine } from './csv.ts';
import { pageQuery } from './paging.ts';
import { bigCount, moment } from './shapes.ts';
import { anyId, text, time } from './text.ts';

const nameCharsMax = 200;
const filters = z.object({
  actor: text(nameCharsMax).optional(),
  event: text(nameCharsMax).optional(),
  subject: text(nameCharsMax).optional(),
  subjectId: anyId.optional(),
  from: time.optional(),
  to: time.optional(),
});

/** Which events: `actor` and `subjectId` are ids, `event` and `subject` names; `from` is included, `to` is not. */
export const auditFilter = filters;
export const auditQuery = pageQuery.extend(filters.shape);

/** A link that was noted outside, `SEQ:HASH`. */
export const anchorQuery = z.object({
  head: z
    .string()
    .regex(/^[0-9]{1,18}:[0-9a-f]{64}$/, fault('seal'))
    .transform((noted) => {
      const [seq = '', hash = ''] = noted.split(':');
      return { seq: BigInt(seq), hash };
    })
    .optional(),
});

const facts = z
  .unknown()
  .meta({ description: 'What changed, addresses masked; null when nothing is to be told', examples: [null] });

const linkView = z
  .strictObject({ seq: bigCount, hash: z.string().meta({ examples: ['9f86d081884c7d65'.repeat(4)] }) })
  .meta({ id: 'AuditLink', description: 'A link of the chain' });

export const auditEventView = z
  .strictObject({
    id: z.string().meta({ examples: ['ev_0199d2a0'] }),
    at: moment,
    actor: z.strictObject({ kind: z.enum(actorKinds), id: z.string(), name: z.string() }),
    event: z.string().meta({ examples: ['batch.started'] }),
    subject: z.strictObject({
      type: z.string().meta({ examples: ['batch'] }),
      id: z.string(),
      name: z
        .string()
        .nullable()
        .meta({
          description: 'As it is called now, of a payout its payee; null: it has none',
          examples: ['May'],
        }),
    }),
    before: facts,
    after: facts,
    ip: z
      .string()
      .nullable()
      .meta({ examples: ['203.0.113.7'] }),
    userAgent: z.string().nullable(),
    requestId: z.string().nullable(),
    seal: linkView.nullable(),
  })
  .meta({ id: 'AuditEvent' });

export const auditVerdictView = z
  .strictObject({
    clean: z.boolean(),
    sealed: bigCount,
    head: linkView.nullable(),
    unsealed: bigCount,
    differenceCount: bigCount,
    differences: z.array(z.strictObject({ rule: z.string(), subject: z.string(), detail: z.string() })),
  })
  .meta({ id: 'AuditVerdict' });

interface EventFacts {
  readonly publicId: string;
  readonly at: Date;
  readonly actorKind: Actor['kind'];
  readonly actorId: string;
  readonly actorName: string;
  readonly event: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly subjectName: string | null;
  readonly before: string | null;
  readonly after: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly sealSeq: bigint | null;
  readonly sealHash: string | null;
}

export function presentAuditEvent(row: EventFacts): z.output<typeof auditEventView> {
  const { publicId: id, at, event, ip, userAgent, requestId, sealSeq: seq, sealHash: hash } = row;
  return {
    id,
    at,
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    event,
    subject: { type: row.subjectType, id: row.subjectId, name: row.subjectName || null },
    before: factsOf(row.before),
    after: factsOf(row.after),
    ip,
    userAgent,
    requestId,
    seal: seq === null || hash === null ? null : { seq, hash },
  };
}

/** What somebody put there past Purser is shown as it is. */
function factsOf(json: string | null): unknown {
  if (json === null) return null;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return json;
  }
}

export function auditCsvHeader(): string {
  return csvLine([
    'id',
    'at',
    'actor_kind',
    'actor_id',
    'actor_name',
    'event',
    'subject_type',
    'subject_id',
    'before',
    'after',
    'ip',
    'user_agent',
    'request_id',
    'seal_seq',
    'seal_hash',
  ]);
}

export function auditCsvLine(row: EventFacts): string {
  return csvLine([
    row.publicId,
    row.at.toISOString(),
    row.actorKind,
    row.actorId,
    row.actorName,
    row.event,
    row.subjectType,
    row.subjectId,
    row.before ?? '',
    row.after ?? '',
    row.ip ?? '',
    row.userAgent ?? '',
    row.requestId ?? '',
    row.sealSeq?.toString() ?? '',
    row.sealHash ?? '',
  ]);
}
