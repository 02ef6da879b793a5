import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { actorKinds } from '../core/actor.ts';
import { mask } from '../core/mask.ts';
import { roles } from '../core/roles.ts';
import { count, described, moment, wholeListView } from './shapes.ts';
import { name, text } from './text.ts';

/** Shortest and longest password that is taken, in characters; the library holds to the same. */
const passwordMin = 12;
const passwordMax = 128;
/** Longest address. */
const emailCharsMax = 320;
/** Longest link token, code and description of a passkey. */
const tokenMax = 200;
const codeMax = 40;

// The pattern of an address is longer than everything else and says nothing to a reader.
const email = described(z.email().max(emailCharsMax).toLowerCase(), {
  json: { type: 'string', format: 'email', maxLength: emailCharsMax, examples: ['ana@example.com'] },
});
const role = z.enum(roles);
export const newPassword = text(passwordMax, passwordMin).meta({ examples: ['correct horse battery'] });
/** A password somebody types to prove themselves; whatever they may have, nobody hashes megabytes. */
export const anyPassword = text(passwordMax).meta({ examples: ['correct horse battery'] });
export const code = text(codeMax).meta({ examples: ['123456'] });
export const token = text(tokenMax).meta({ examples: ['shown-once'] });
export const anyEmail = text(emailCharsMax).meta({ examples: ['ana@example.com'] });

export const personBody = z.strictObject({ email, name: name.default(''), role: role.default('operator') });
export const invitationBody = z.strictObject({ email, name: name.default(''), role });
export const resetBody = z.strictObject({ secondFactors: z.boolean().default(false) }).prefault({});
export const personPatch = z
  .strictObject({
    name: name.optional(),
    email: email.optional(),
    role: role.optional(),
    status: z.enum(['active', 'removed']).optional(),
    keys: z.enum(['revoke', 'keep']).optional().meta({
      description: 'What becomes of the API keys they made, when they are removed or are an owner no more',
    }),
  })
  .refine((patch) => Object.keys(patch).some((name) => name !== 'keys'), fault('nothing_named'));
export const acceptBody = z.strictObject({ token, name: name.default(''), password: newPassword });

/** What a browser answers for a passkey (WebAuthn, PublicKeyCredential as JSON). */
export const passkeyAnswer = z.looseObject({ id: text(1400) });

/** A code of an authenticator app, a recovery code, or the answer of a passkey. */
export const stepUpBody = z.union([z.strictObject({ code }), z.strictObject({ passkey: passkeyAnswer })]);

const factorsView = z.strictObject({ totp: z.boolean(), passkeys: count }).meta({ id: 'SecondFactors' });

const personFields = {
  id: z.string().meta({ examples: ['pe_0199d2a0'] }),
  email: z.string().meta({ examples: ['ana@example.com'] }),
  name: z.string(),
  role,
  status: z.enum(['active', 'removed']),
  secondFactors: factorsView,
  mustChangePassword: z.boolean(),
  createdAt: moment,
  lastSeenAt: moment.nullable(),
};
export const personView = z.strictObject(personFields).meta({ id: 'Person' });
export const peopleView = wholeListView(personView);
export const newPersonView = z
  .strictObject({ ...personFields, oneTimePassword: z.string().meta({ description: 'Shown this once' }) })
  .meta({ id: 'NewPerson' });

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

export function presentPerson(person: PersonFacts): z.output<typeof personView> {
  const { totp, passkeys, temporaryPasswordUntil, ...plain } = person;
  return {
    ...plain,
    secondFactors: { totp, passkeys },
    mustChangePassword: temporaryPasswordUntil !== null,
  };
}

const invitationFields = {
  id: z.string().meta({ examples: ['pi_0199d2a0'] }),
  email: z.string().meta({ examples: ['ana@example.com'] }),
  role,
  expiresAt: moment,
};
export const newInvitationView = z
  .strictObject({ ...invitationFields, link: z.string().meta({ description: 'Shown this once' }) })
  .meta({ id: 'NewInvitation' });
export const invitationsView = wholeListView(
  z.strictObject({ ...invitationFields, name: z.string(), createdAt: moment }).meta({ id: 'Invitation' }),
);

interface InvitationFacts {
  readonly publicId: string;
  readonly email: string;
  readonly name: string;
  readonly role: (typeof roles)[number];
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Invitations that can still be accepted, without their links. */
export function presentInvitations(rows: readonly InvitationFacts[]): z.output<typeof invitationsView> {
  const data = rows.map(({ publicId: id, email: to, name: called, role: as, createdAt, expiresAt }) => {
    return { id, email: to, name: called, role: as, createdAt, expiresAt };
  });
  return { data, nextCursor: null };
}

/** Whoever took an invitation. */
export const joinedView = z.strictObject({ id: z.string(), email: z.string(), role });

export const endedView = z.strictObject({ ended: count.meta({ description: 'Sessions that ended' }) });

export const meView = z
  .strictObject({
    kind: z.enum(actorKinds),
    id: z.string(),
    name: z.string(),
    role: z.enum([...roles, 'payee']),
    email: z.string().nullable(),
    secondFactors: factorsView.nullable(),
    sessionId: z.string().nullable(),
    stepUpUntil: moment.nullable().meta({
      description: 'Until when calls that ask for a fresh second factor are open; null: they are not',
    }),
  })
  .meta({ id: 'Me' });
export type Me = z.output<typeof meView>;

export const stepUpView = z.strictObject({ stepUpUntil: moment });

/** An e-mail somebody typed, for the record; what is no address may be a password in the wrong field. */
export function maskTyped(typed: string): string {
  return z.email().safeParse(typed).success ? mask(typed) : '***';
}
