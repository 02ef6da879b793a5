import { z } from 'zod';
import { mask } from '../core/mask.ts';
import { roles } from '../core/roles.ts';
import { name, text } from './text.ts';

/** Shortest and longest password that is taken, in characters; the library holds to the same. */
const passwordMin = 12;
const passwordMax = 128;
/** Longest link token, code and description of a passkey. */
const tokenMax = 200;
const codeMax = 40;

const email = z.email().max(320).toLowerCase();
const role = z.enum(roles);
export const newPassword = text(passwordMax, passwordMin);
/** A password somebody types to prove themselves; whatever they may have, nobody hashes megabytes. */
export const anyPassword = text(passwordMax);
export const code = text(codeMax);
export const token = text(tokenMax);

export const personBody = z.strictObject({ email, name: name.default(''), role: role.default('operator') });
export const invitationBody = z.strictObject({ email, name: name.default(''), role });
export const resetBody = z.strictObject({ secondFactors: z.boolean().default(false) }).prefault({});
export const personPatch = z
  .strictObject({
    name: name.optional(),
    email: email.optional(),
    role: role.optional(),
    status: z.enum(['active', 'removed']).optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'names nothing to change');
export const acceptBody = z.strictObject({ token, name: name.default(''), password: newPassword });

/** What a browser answers for a passkey (WebAuthn, PublicKeyCredential as JSON). */
export const passkeyAnswer = z.looseObject({ id: text(1400) });

/** A code of an authenticator app, a recovery code, or the answer of a passkey. */
export const stepUpBody = z.union([z.strictObject({ code }), z.strictObject({ passkey: passkeyAnswer })]);

const time = z.date();

export const personAnswer = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role,
  status: z.enum(['active', 'removed']),
  secondFactors: z.object({ totp: z.boolean(), passkeys: z.int() }),
  mustChangePassword: z.boolean(),
  createdAt: time,
  lastSeenAt: time.nullable(),
});

interface PersonFacts {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: (typeof roles)[number];
  readonly status: 'active' | 'removed';
  readonly totp: boolean;
  readonly passkeys: number;
  readonly temporaryPasswordUntil: Date | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date | null;
}

export function presentPerson(person: PersonFacts): z.output<typeof personAnswer> {
  const { totp, passkeys, temporaryPasswordUntil, ...plain } = person;
  return {
    ...plain,
    secondFactors: { totp, passkeys },
    mustChangePassword: temporaryPasswordUntil !== null,
  };
}

export const peopleAnswer = z.object({ data: z.array(personAnswer), nextCursor: z.null() });
export const newPersonAnswer = personAnswer.extend({ oneTimePassword: z.string() });

const invitationAnswer = z.object({ id: z.string(), email: z.string(), role, expiresAt: time });
export const newInvitationAnswer = invitationAnswer.extend({ link: z.string() });
export const invitationsAnswer = z.object({
  data: z.array(invitationAnswer.extend({ name: z.string(), createdAt: time })),
  nextCursor: z.null(),
});

const sessionAnswer = z.object({
  id: z.string(),
  /** True for the session that asks. */
  current: z.boolean(),
  createdAt: time,
  lastSeenAt: time,
  expiresAt: time,
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
});
export const sessionsAnswer = z.object({ data: z.array(sessionAnswer), nextCursor: z.null() });
export const endedAnswer = z.object({ ended: z.int() });

export const meAnswer = z.object({
  kind: z.enum(['person', 'key', 'payee', 'system']),
  id: z.string(),
  name: z.string(),
  role: z.string(),
  email: z.string().nullable(),
  secondFactors: z.object({ totp: z.boolean(), passkeys: z.int() }).nullable(),
  sessionId: z.string().nullable(),
  /** Until when routes that ask for a fresh second factor are open; null: they are not. */
  stepUpUntil: time.nullable(),
});
export const stepUpAnswer = z.object({ stepUpUntil: time });

/** An e-mail somebody typed, for the record; what is no address may be a password in the wrong field. */
export function maskTyped(typed: string): string {
  return z.email().safeParse(typed).success ? mask(typed) : '***';
}
