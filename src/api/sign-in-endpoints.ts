import { z } from 'zod';
import { anyPassword, code, newPassword, passkeyAnswer } from '../wire/people.ts';
import type { HttpProblemCode } from '../wire/problem.ts';
import { text } from '../wire/text.ts';

/**
 * Who may ask. `anybody`; `session`: whoever is signed in; `stepUp`: with a fresh second factor; `enrol`: the same, or,
 * without any factor yet, whoever signed in a moment ago.
 */
type Asks = 'anybody' | 'session' | 'stepUp' | 'enrol';

/** What is guessed at, if anything: the sign-in of an account, or a password from inside a session. */
type Guesses = 'signIn' | 'challenge' | 'password' | 'nothing';

/** What a yes means, for the record. */
export type Deed =
  | 'signedIn'
  | 'signedOut'
  | 'passwordChanged'
  | 'totpAdded'
  | 'totpRemoved'
  | 'codesRenewed'
  | 'passkeyAdded'
  | 'passkeyRemoved'
  | 'nothing';

/** An endpoint of the library that we offer; every other one is not there. */
export interface Endpoint {
  readonly method: 'GET' | 'POST';
  /** Below `/api/auth`. */
  readonly path: string;
  readonly asks: Asks;
  /** True while the password is one that Purser made. */
  readonly openToTemporary?: boolean;
  readonly guesses: Guesses;
  readonly deed: Deed;
  /** What a no means when nothing more precise is known. */
  readonly wrong: HttpProblemCode;
  /** What the caller may send; nothing else reaches the library. */
  readonly body: z.ZodType<Record<string, unknown>>;
  /** What of the library's answer is shown. Session tokens never are: they are in the cookie. */
  present(body: unknown): unknown;
}

const nothing = z.strictObject({});
const done = () => ({ success: true });
const same = (body: unknown) => body;

const codes = z.object({ backupCodes: z.array(z.string()) });
const passkeys = z.array(
  z.object({
    id: z.string(),
    name: z.string().nullish(),
    deviceType: z.string(),
    createdAt: z.string().nullish(),
  }),
);

const plain = { guesses: 'nothing', deed: 'nothing', wrong: 'unauthorized', body: nothing } as const;

export const endpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/sign-in/email',
    asks: 'anybody',
    guesses: 'signIn',
    deed: 'signedIn',
    wrong: 'sign_in_failed',
    body: z.strictObject({ email: text(320), password: anyPassword }),
    present: (body) => {
      const { data } = z.object({ twoFactorRedirect: z.literal(true) }).safeParse(body);
      return { success: data === undefined, secondFactorNeeded: data !== undefined };
    },
  },
  {
    ...plain,
    method: 'POST',
    path: '/sign-out',
    asks: 'session',
    openToTemporary: true,
    deed: 'signedOut',
    present: done,
  },
  {
    ...plain,
    method: 'GET',
    path: '/get-session',
    asks: 'session',
    openToTemporary: true,
    present: (body) => {
      const session = z.object({ session: z.object({ id: z.string(), expiresAt: z.string() }) });
      return { id: session.parse(body).session.id, expiresAt: session.parse(body).session.expiresAt };
    },
  },
  {
    method: 'POST',
    path: '/change-password',
    asks: 'session',
    openToTemporary: true,
    guesses: 'password',
    deed: 'passwordChanged',
    wrong: 'wrong_password',
    body: z
      .strictObject({ currentPassword: anyPassword, newPassword })
      .refine(({ currentPassword, newPassword: next }) => currentPassword !== next, {
        path: ['newPassword'],
        message: 'must be another one',
      })
      .transform((body) => ({ ...body, revokeOtherSessions: true })),
    present: done,
  },
  {
    method: 'POST',
    path: '/two-factor/enable',
    asks: 'session',
    guesses: 'password',
    deed: 'nothing',
    wrong: 'wrong_password',
    body: z.strictObject({ password: anyPassword }),
    present: (body) => codes.extend({ totpURI: z.string() }).parse(body),
  },
  {
    method: 'POST',
    path: '/two-factor/verify-totp',
    asks: 'anybody',
    guesses: 'challenge',
    deed: 'totpAdded',
    wrong: 'sign_in_failed',
    body: z.strictObject({ code }),
    present: done,
  },
  {
    method: 'POST',
    path: '/two-factor/verify-backup-code',
    asks: 'anybody',
    guesses: 'challenge',
    deed: 'signedIn',
    wrong: 'sign_in_failed',
    body: z.strictObject({ code }),
    present: done,
  },
  {
    method: 'POST',
    path: '/two-factor/generate-backup-codes',
    asks: 'stepUp',
    guesses: 'password',
    deed: 'codesRenewed',
    wrong: 'wrong_password',
    body: z.strictObject({ password: anyPassword }),
    present: (body) => codes.parse(body),
  },
  {
    method: 'POST',
    path: '/two-factor/disable',
    asks: 'stepUp',
    guesses: 'password',
    deed: 'totpRemoved',
    wrong: 'wrong_password',
    body: z.strictObject({ password: anyPassword }),
    present: done,
  },
  { ...plain, method: 'GET', path: '/passkey/generate-register-options', asks: 'enrol', present: same },
  {
    ...plain,
    method: 'POST',
    path: '/passkey/verify-registration',
    asks: 'enrol',
    deed: 'passkeyAdded',
    wrong: 'passkey_refused',
    body: z.strictObject({ response: passkeyAnswer, name: text(100).optional() }),
    present: (body) => z.object({ id: z.string() }).parse(body),
  },
  {
    ...plain,
    method: 'GET',
    path: '/passkey/generate-authenticate-options',
    asks: 'anybody',
    // The library asks the device to prefer checking who holds it; we take nothing less.
    present: (body) => ({ ...z.looseObject({}).parse(body), userVerification: 'required' }),
  },
  {
    ...plain,
    method: 'POST',
    path: '/passkey/verify-authentication',
    asks: 'anybody',
    deed: 'signedIn',
    wrong: 'sign_in_failed',
    body: z.strictObject({ response: passkeyAnswer }),
    present: done,
  },
  {
    ...plain,
    method: 'GET',
    path: '/passkey/list-user-passkeys',
    asks: 'session',
    present: (body) => ({ data: passkeys.parse(body), nextCursor: null }),
  },
  {
    ...plain,
    method: 'POST',
    path: '/passkey/delete-passkey',
    asks: 'stepUp',
    deed: 'passkeyRemoved',
    wrong: 'not_found',
    body: z.strictObject({ id: text(100) }),
    present: done,
  },
];
