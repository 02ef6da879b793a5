import { z } from 'zod';
import { csvLine } from './csv.ts';
import { pageQuery } from './paging.ts';
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
    .regex(/^[0-9]{1,18}:[0-9a-f]{64}$/, 'must be SEQ:HASH, as verify and the log line audit_sealed say it')
    .transform((noted) => {
      const [seq = '', hash = ''] = noted.split(':');
      return { seq: BigInt(seq), hash };
    })
    .optional(),
});

const integer = z.union([z.int(), z.string()]).describe('an integer; as text when JSON does not hold it');
const facts = z.unknown().describe('what changed, addresses masked; null when nothing is to be told');

const auditEvent = z.object({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.object({
    kind: z.enum(['person', 'key', 'payee', 'system', 'stranger']),
    id: z.string(),
    name: z.string(),
  }),
  event: z.string(),
  subject: z.object({ type: z.string(), id: z.string() }),
  before: facts,
  after: facts,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  requestId: z.string().nullable(),
  seal: z.object({ seq: integer, hash: z.string() }).nullable(),
});

export const auditPage = z.object({ data: z.array(auditEvent), nextCursor: z.string().nullable() });

const headAnswer = z.object({ seq: integer, hash: z.string() }).nullable();

export const auditVerdict = z.object({
  clean: z.boolean(),
  sealed: integer,
  head: headAnswer,
  unsealed: integer,
  differenceCount: integer,
  differences: z.array(z.object({ rule: z.string(), subject: z.string(), detail: z.string() })),
});

interface EventFacts {
  readonly publicId: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string;
  readonly actorName: string;
  readonly event: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly sealSeq: bigint | null;
  readonly sealHash: string | null;
}

export function presentAuditEvent(row: EventFacts) {
  const { publicId: id, at, event, ip, userAgent, requestId, sealSeq: seq, sealHash: hash } = row;
  return {
    id,
    at,
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
    event,
    subject: { type: row.subjectType, id: row.subjectId },
    before: factsOf(row.before),
    after: factsOf(row.after),
    ip,
    userAgent,
    requestId,
    seal: seq === null ? null : { seq, hash },
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
