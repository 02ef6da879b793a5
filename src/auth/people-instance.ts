import { passkey } from '@better-auth/passkey';
import { betterAuth } from 'better-auth';
import { APIError } from 'better-auth/api';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Db } from '../store/db.ts';
import { findPerson } from '../store/people.ts';
import {
  accountTable,
  idPrefixes,
  passkeyTables,
  rateLimitTable,
  sessionTable,
  twoFactorTables,
  userTable,
  verificationTable,
} from './people-tables.ts';

export interface PeopleOptions {
  readonly db: Db;
  /** Signs cookies and encrypts the secrets of second factors; the same for all servers of one database. */
  readonly secret: string;
  /** Where people open Purser, such as `https://pay.example.com`. */
  readonly publicUrl: string;
  now(): Date;
  newId(prefix: string): string;
}

/** Shortest and longest password, in characters. */
const passwordChars = { min: 12, max: 128 } as const;
/** A session ends this long after it was last renewed. */
const sessionSeconds = 12 * 60 * 60;
/** A session that is used is renewed when the last time was longer ago. */
const sessionRenewSeconds = 60 * 60;
/** How long a second factor may be typed in after the password. */
const challengeSeconds = 5 * 60;

/** Header in which our server tells the library where a request comes from; what a caller sends is never handed on. */
export const ipHeader = 'x-purser-ip';
const cookiePrefix = 'purser';
export const passkeyCookie = 'passkey';

/** Requests from one address to one endpoint until a minute passes without one. All windows are equal: the library prunes by them. */
const rateWindowSeconds = 60;
const rates = { signIn: 30, secondFactor: 30, other: 120 } as const;

const strict = (max: number) => ({ window: rateWindowSeconds, max });

/** The library, set up. It uses the clock and randomness of the machine itself. */
export function createInstance(options: PeopleOptions) {
  const { db, secret } = options;
  const { origin, protocol } = new URL(options.publicUrl);
  return betterAuth({
    appName: 'Purser',
    baseURL: origin,
    basePath: '/api/auth',
    secret,
    database: { db, type: 'postgres' },
    telemetry: { enabled: false },
    logger: { disabled: true },
    // What is not a no of the library is thrown, so that it is answered and logged like every other error here.
    onAPIError: { throw: true },
    user: userTable,
    session: {
      ...sessionTable,
      expiresIn: sessionSeconds,
      updateAge: sessionRenewSeconds,
      // Whether a session is young enough is decided per endpoint (src/api/sign-in.ts).
      freshAge: 0,
      cookieCache: { enabled: false },
    },
    account: { ...accountTable, accountLinking: { enabled: false } },
    verification: verificationTable,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: passwordChars.min,
      maxPasswordLength: passwordChars.max,
    },
    rateLimit,
    advanced: {
      cookiePrefix,
      useSecureCookies: protocol === 'https:',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict' },
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ipHeader] },
      database: { generateId: ({ model }) => options.newId(idPrefixes[model] ?? 'px') },
    },
    databaseHooks: {
      session: { create: { before: (session, ctx) => admit(options, session.userId, ctx?.path) } },
    },
    plugins: [
      twoFactor({
        issuer: 'Purser',
        twoFactorCookieMaxAge: challengeSeconds,
        schema: twoFactorTables,
        backupCodeOptions: { storeBackupCodes: 'encrypted' },
      }),
      passkeyPlugin(options),
    ],
  });
}

const rateLimit = {
  ...rateLimitTable,
  enabled: true,
  storage: 'database',
  window: rateWindowSeconds,
  max: rates.other,
  customRules: {
    '/sign-in/*': strict(rates.signIn),
    '/two-factor/*': strict(rates.secondFactor),
    '/passkey/*': strict(rates.secondFactor),
    '/change-password': strict(rates.signIn),
    // Pages ask this often; it proves nothing and reveals nothing.
    '/get-session': false,
  },
} as const;

/** Every new session passes here, however it was earned: people who were removed get none. */
async function admit(options: PeopleOptions, personId: string, path: string | undefined): Promise<void> {
  const person = await findPerson(options.db, personId);
  if (person?.status !== 'active') throw new APIError('UNAUTHORIZED', { code: 'PERSON_REMOVED' });
  const until = person.temporaryPasswordUntil;
  if (until !== null && until <= options.now() && path === '/sign-in/email')
    throw new APIError('FORBIDDEN', { code: 'PASSWORD_EXPIRED' });
}

function passkeyPlugin({ publicUrl }: PeopleOptions) {
  const { hostname, origin } = new URL(publicUrl);
  return passkey({
    rpID: hostname,
    rpName: 'Purser',
    origin,
    schema: passkeyTables,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    advanced: { webAuthnChallengeCookie: passkeyCookie },
    registration: {
      afterVerification: ({ verification }) => mustVerifyUser(verification.registrationInfo?.userVerified),
    },
    authentication: {
      afterVerification: ({ verification }) => mustVerifyUser(verification.authenticationInfo.userVerified),
    },
  });
}

/** A passkey counts as two factors only when its device has asked for PIN, finger or face. */
async function mustVerifyUser(verified: boolean | undefined): Promise<void> {
  if (verified !== true) throw new APIError('UNAUTHORIZED', { code: 'USER_NOT_VERIFIED' });
}
