import { hashPassword, symmetricDecrypt } from 'better-auth/crypto';
import type { SignedIn } from '../store/people-sessions.ts';
import { findSignedIn } from '../store/people-sessions.ts';
import { passkeyOwner, takeTotpStep, totpSecretOf } from '../store/people.ts';
import type { Caller, Origin } from './caller.ts';
import type { AuthAnswer, AuthRequest } from './people-call.ts';
import { callLibrary, proven } from './people-call.ts';
import { cookiesWithout, signedCookie, ownCookies } from './people-cookies.ts';
import type { PeopleOptions } from './people-instance.ts';
import { createInstance, passkeyCookie } from './people-instance.ts';
import { stepOfCode } from './people-totp.ts';

/** However often a session is renewed, it ends this long after sign-in. */
const sessionMaxMs = 7 * 24 * 60 * 60_000;

type Instance = ReturnType<typeof createInstance>;
type PasskeyBody = NonNullable<Parameters<Instance['api']['verifyPasskeyAuthentication']>[0]>['body'];
type PasskeyResponse = { readonly id: string } & Record<string, unknown>;

/** Sign-in of the team over one database. */
export class People {
  /** Where people open Purser, for links. */
  readonly publicUrl: string;
  readonly publicOrigin: string;
  readonly #options: PeopleOptions;
  readonly #instance: Instance;

  constructor(options: PeopleOptions) {
    this.#options = options;
    this.#instance = createInstance(options);
    this.publicUrl = options.publicUrl;
    this.publicOrigin = new URL(options.publicUrl).origin;
  }

  /** The time people live by. */
  now(): Date {
    return this.#options.now();
  }

  async hashPassword(password: string): Promise<string> {
    return hashPassword(password);
  }

  /** Who is signed in by this cookie, read from the database each time. */
  async signedIn(cookie: string | undefined): Promise<SignedIn | null> {
    const token = await this.#cookieOf(cookie, 'session_token');
    if (token === null) return null;
    const { db } = this.#options;
    const now = this.#options.now();
    return (await findSignedIn(db, token, now, new Date(now.getTime() - sessionMaxMs))) ?? null;
  }

  /** The caller behind a session cookie, for `ApiDeps.sessions`. */
  async caller(cookie: string | undefined, origin: Origin): Promise<Caller | null> {
    const found = await this.signedIn(cookie);
    return found && callerOf(found, origin);
  }

  /** The person whose password was right and whose second factor is awaited; null: nobody's. */
  async challenged(cookie: string | undefined): Promise<string | null> {
    return (await this.#verificationOf(cookie, 'two_factor'))?.value ?? null;
  }

  /** Takes a code of an authenticator app, once. */
  async takeCode(personId: string, code: string): Promise<boolean> {
    const { db } = this.#options;
    const encrypted = await totpSecretOf(db, personId);
    if (encrypted === null) return false;
    const { secretConfig } = await this.#instance.$context;
    const secret = await symmetricDecrypt({ key: secretConfig, data: encrypted });
    const step = stepOfCode(secret, code, this.#options.now().getTime());
    return step !== null && takeTotpStep(db, personId, step);
  }

  /** Takes a recovery code of whoever is signed in by this cookie, once. */
  async takeRecoveryCode(cookie: string, code: string): Promise<boolean> {
    const { api } = this.#instance;
    const headers = new Headers({ cookie: ownCookies(cookie) ?? '' });
    return proven(() => api.verifyBackupCode({ body: { code, disableSession: true }, headers }));
  }

  /** Checks the answer of a passkey of this person to the challenge that was made while they were signed in here. */
  async provePasskey(cookie: string, personId: string, response: PasskeyResponse): Promise<boolean> {
    const challenge = (await this.#verificationOf(cookie, passkeyCookie))?.value ?? '{}';
    const { userData } = JSON.parse(challenge) as { userData?: { id?: string } };
    const owner = await passkeyOwner(this.#options.db, response.id);
    if (userData?.id !== personId || owner !== personId) return false;
    const headers = new Headers({ cookie: ownCookies(cookie) ?? '', origin: this.publicOrigin });
    return proven(async () => {
      // A stranger's shape is the library's to judge.
      const body = { response } as unknown as PasskeyBody;
      const { session } = await this.#instance.api.verifyPasskeyAuthentication({ body, headers });
      // It signs in as well; what is wanted is the proof, in the session there is.
      const { internalAdapter } = await this.#instance.$context;
      await internalAdapter.deleteSession(session.token);
    });
  }

  /** Hands a request to the library. */
  async call({ anonymous, ...request }: AuthRequest): Promise<AuthAnswer> {
    const { authCookies } = await this.#instance.$context;
    const cookie = cookiesWithout(
      ownCookies(request.cookie),
      anonymous ? authCookies.sessionToken.name : null,
    );
    return callLibrary(this.#instance.handler, { ...request, cookie }, this.publicOrigin);
  }

  async #cookieOf(header: string | undefined, name: string): Promise<string | null> {
    const { createAuthCookie } = await this.#instance.$context;
    return signedCookie(ownCookies(header), createAuthCookie(name).name, this.#options.secret);
  }

  async #verificationOf(cookie: string | undefined, name: string) {
    const identifier = await this.#cookieOf(cookie, name);
    if (identifier === null) return null;
    const { internalAdapter } = await this.#instance.$context;
    return internalAdapter.findVerificationValue(identifier);
  }
}

/** Whoever is signed in, as a caller. */
export function callerOf(found: SignedIn, origin: Origin): Caller {
  const name = found.name === '' ? found.email : found.name;
  return {
    actor: { kind: 'person', id: found.personId, name, ...originOf(origin) },
    name,
    role: found.role,
    scope: null,
    payeeId: null,
    session: {
      id: found.sessionId,
      steppedUpAt: found.steppedUpAt,
      hasSecondFactor: found.totp || found.hasPasskey,
    },
    mustChangePassword: found.temporaryPasswordUntil !== null,
  };
}

/** Nothing but the origin, whatever else came with it. */
function originOf({ ip, userAgent, requestId }: Origin): Origin {
  return { ip, userAgent, requestId };
}
