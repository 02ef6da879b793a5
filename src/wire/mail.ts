import { z } from 'zod';
import { mask } from '../core/mask.ts';
import { count, moment } from './shapes.ts';

const mailStates = ['waiting', 'sent', 'expired', 'given_up'] as const;

const mailFields = {
  id: z.string().meta({ examples: ['ml_0199d2a0'] }),
  kind: z.string().meta({ examples: ['portal_link'] }),
  to: z.string().meta({ examples: ['a***@example.com'] }),
  subject: z.string().meta({ examples: ['Your sign-in link'] }),
  status: z.enum(mailStates),
  createdAt: moment,
  expiresAt: moment.nullable(),
  sentAt: moment.nullable(),
  tries: count,
  nextTryAt: moment.nullable(),
  lastError: z.string().nullable(),
};
export const mailView = z.strictObject(mailFields).meta({ id: 'Mail' });
export const wholeMailView = z
  .strictObject({ ...mailFields, text: z.string().nullable(), html: z.string().nullable() })
  .meta({ id: 'WholeMail' });

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

function statusOf(row: MailFacts, now: Date): (typeof mailStates)[number] {
  if (row.sentAt !== null) return 'sent';
  if (row.expiresAt !== null && row.expiresAt <= now) return 'expired';
  return row.givenUpAt === null ? 'waiting' : 'given_up';
}

/** A mail as the outbox lists it: without its body, its address masked. */
export function presentMail(row: MailFacts, now: Date): z.output<typeof mailView> {
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
export function presentWholeMail(
  row: MailFacts & { text: string | null; html: string | null },
  now: Date,
): z.output<typeof wholeMailView> {
  return { ...presentMail(row, now), to: row.to, text: row.text, html: row.html };
}
