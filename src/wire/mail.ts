import { z } from 'zod';
import { mask } from '../core/mask.ts';

const at = z.iso.datetime();

const mail = z.object({
  id: z.string(),
  kind: z.string(),
  to: z.string(),
  subject: z.string(),
  status: z.enum(['waiting', 'sent', 'expired', 'given_up']),
  createdAt: at,
  expiresAt: at.nullable(),
  sentAt: at.nullable(),
  tries: z.int(),
  nextTryAt: at.nullable(),
  lastError: z.string().nullable(),
});
export const outboxAnswer = z.object({ data: z.array(mail), nextCursor: z.string().nullable() });
export const mailAnswer = mail.extend({ text: z.string().nullable(), html: z.string().nullable() });

interface MailFacts {
  readonly publicId: string;
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly sentAt: Date | null;
  readonly givenUpAt: Date | null;
  readonly tries: number;
  readonly nextTryAt: Date;
  readonly lastError: string | null;
}

function statusOf(row: MailFacts, now: Date): 'waiting' | 'sent' | 'expired' | 'given_up' {
  if (row.sentAt !== null) return 'sent';
  if (row.expiresAt !== null && row.expiresAt <= now) return 'expired';
  return row.givenUpAt === null ? 'waiting' : 'given_up';
}

/** A mail as the outbox lists it: without its body, its address masked. */
export function presentMail(row: MailFacts, now: Date) {
  const status = statusOf(row, now);
  return {
    id: row.publicId,
    kind: row.kind,
    to: mask(row.to),
    subject: row.subject,
    status,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    sentAt: row.sentAt,
    tries: row.tries,
    nextTryAt: status === 'waiting' ? row.nextTryAt : null,
    lastError: row.lastError,
  };
}

/** A mail as it is; the body is gone once it was sent or has expired. */
export function presentWholeMail(row: MailFacts & { text: string | null; html: string | null }, now: Date) {
  return { ...presentMail(row, now), to: row.to, text: row.text, html: row.html };
}
