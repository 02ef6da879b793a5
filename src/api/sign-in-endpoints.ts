import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { anyEmail, anyPassword, code, newPassword, passkeyAnswer } from '../wire/people.ts';
import type { HttpProblemCode } from '../wire/problem.ts';
import {
  addedView,
  challengeView,
  codesView,
  doneView,
  passkeysView,
  signedInView,
  tellView,
  totpView,
} from '../wire/sign-in.ts';
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
  /** One sentence for the reference. */
  readonly summary: string;
  /** What `present` gives. */
  readonly answer: z.ZodType;
  /** What the caller may send; nothing else reaches the library. */
  readonly body: z.ZodType<Record<string, unknown>>;
  /** What of the library's answer is shown. Session tokens never are: they are in the cookie. */
  present(body: unknown): unknown;
}

/** Of calls that take no body. */
export const nothing = z.strictObject({});
const done = () => ({ success: true });
const same = (body: unknown) => body;

const codes = z.object(codesView.shape);
const passkeys = z.array(z.object(passkeysView.shape.data.element.shape));

const plain = { guesses: 'nothing', deed: 'nothing', wrong: 'unauthorized', body: nothing } as const;

export const endpoints: readonly Endpoint[] = [
  {
    method: 'POST',
    path: '/sign-in/email',
    summary: 'Signs in by e-mail and password, or says that a second factor is needed',
    answer: signedInView,
    asks: 'anybody',
    guesses: 'signIn',
    deed: 'signedIn',
    wrong: 'sign_in_failed',
    body: z.strictObject({ email: anyEmail, password: anyPassword }),
    present: (body) => {
      const { data } = z.object({ twoFactorRedirect: z.literal(true) }).safeParse(body);
      return { success: data === undefined, secondFactorNeeded: data !== undefined };
    },
  },
  {
    ...plain,
    method: 'POST',
    path: '/sign-out',
    summary: 'Ends the session',
    answer: doneView,
    asks: 'session',
    openToTemporary: true,
    deed: 'signedOut',
    present: done,
  },
  {
    ...plain,
    method: 'GET',
    path: '/get-session',
    summary: 'Which session this is, and until when; renews one that is in use',
    answer: tellView,
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
    summary: 'Changes the password and ends all other sessions',
    answer: doneView,
    asks: 'session',
    openToTemporary: true,
    guesses: 'password',
    deed: 'passwordChanged',
    wrong: 'wrong_password',
    body: z
      .strictObject({ currentPassword: anyPassword, newPassword })
      .refine(({ currentPassword, newPassword: next }) => currentPassword !== next, {
        path: ['newPassword'],
        message: fault('same_password'),
      })
      .transform((body) => ({ ...body, revokeOtherSessions: true })),
    present: done,
  },
  {
    method: 'POST',
    path: '/two-factor/enable',
    summary: 'Begins to set up an authenticator app; recovery codes are shown this once',
    answer: totpView,
    asks: 'session',
    guesses: 'password',
    deed: 'nothing',
    wrong: 'wrong_password',
    body: z.strictObject({ password: anyPassword }),
    present: (body) => z.object(totpView.shape).parse(body),
  },
  {
    method: 'POST',
    path: '/two-factor/verify-totp',
    summary: 'Takes a code of the app: after the password signs in, with a session completes the setting up',
    answer: doneView,
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
    summary: 'Signs in by a recovery code after the password',
    answer: doneView,
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
    summary: 'Makes new recovery codes, shown this once; the old ones end',
    answer: codesView,
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
    summary: 'Takes the authenticator app away',
    answer: doneView,
    asks: 'stepUp',
    guesses: 'password',
    deed: 'totpRemoved',
    wrong: 'wrong_password',
    body: z.strictObject({ password: anyPassword }),
    present: done,
  },
  {
    ...plain,
    method: 'GET',
    path: '/passkey/generate-register-options',
    summary: 'The challenge for a new passkey',
    answer: challengeView,
    asks: 'enrol',
    present: same,
  },
  {
    ...plain,
    method: 'POST',
    path: '/passkey/verify-registration',
    summary: 'Adds the passkey',
    answer: addedView,
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
    summary: 'The challenge for a passkey, to sign in or to step up',
    answer: challengeView,
    asks: 'anybody',
    // The library asks the device to prefer checking who holds it; we take nothing less.
    present: (body) => ({ ...z.looseObject({}).parse(body), userVerification: 'required' }),
  },
  {
    ...plain,
    method: 'POST',
    path: '/passkey/verify-authentication',
    summary: 'Signs in by a passkey',
    answer: doneView,
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
    summary: 'The passkeys of whoever asks',
    answer: passkeysView,
    asks: 'session',
    present: (body) => ({ data: passkeys.parse(body), nextCursor: null }),
  },
  {
    ...plain,
    method: 'POST',
    path: '/passkey/delete-passkey',
    summary: 'Takes a passkey away',
    answer: doneView,
    asks: 'stepUp',
    deed: 'passkeyRemoved',
    wrong: 'not_found',
    body: z.strictObject({ id: text(100) }),
    present: done,
  },
];
