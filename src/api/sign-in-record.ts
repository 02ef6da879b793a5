import { audit } from '../actions/audit.ts';
import type { Factor } from '../actions/people-sessions.ts';
import { passwordChanged, signIn, stepUp } from '../actions/people-sessions.ts';
import type { AuthAnswer } from '../auth/people-call.ts';
import { callerOf } from '../auth/people.ts';
import type { ApiDeps } from './deps.ts';
import type { Attempt } from './sign-in-attempt.ts';
import type { Deed, Endpoint } from './sign-in-endpoints.ts';

const factors: Readonly<Record<string, Factor>> = {
  '/two-factor/verify-totp': 'totp',
  '/two-factor/verify-backup-code': 'recovery_code',
  '/passkey/verify-authentication': 'passkey',
};

/** Puts on record what the library has done, and notes second factors that were proven with it. */
export async function recordDeed(
  deps: ApiDeps,
  endpoint: Endpoint,
  attempt: Attempt,
  got: AuthAnswer,
): Promise<void> {
  const deed: Deed = endpoint.deed === 'totpAdded' && attempt.signsIn ? 'signedIn' : endpoint.deed;
  if (deed === 'signedIn') return recordSignIn(deps, factors[endpoint.path] ?? null, got);
  const personId = attempt.personId ?? deps.actor.id;
  if (deed === 'passwordChanged') return passwordChanged(deps, personId);
  const subject = { type: 'person', id: personId };
  if (deed === 'signedOut') return audit(deps.db, deps, 'session.ended', subject);
  const change = changes[deed];
  if (change === null) return;
  await audit(deps.db, deps, change.event, subject, { after: { type: change.type } });
  if (change.proves) await stepUpNow(deps, attempt, change.proves, got);
}

/** What happened to whose second factors; `proves`: it was used in doing so. */
const changes: Readonly<
  Record<
    Exclude<Deed, 'signedIn' | 'signedOut' | 'passwordChanged'>,
    { readonly event: string; readonly type: string; readonly proves?: Factor } | null
  >
> = {
  totpAdded: { event: 'second_factor.added', type: 'totp', proves: 'totp' },
  totpRemoved: { event: 'second_factor.removed', type: 'totp' },
  codesRenewed: { event: 'second_factor.added', type: 'recovery_codes' },
  passkeyAdded: { event: 'second_factor.added', type: 'passkey', proves: 'passkey' },
  passkeyRemoved: { event: 'second_factor.removed', type: 'passkey' },
  nothing: null,
};

async function recordSignIn(deps: ApiDeps, factor: Factor | null, got: AuthAnswer): Promise<void> {
  const found = await deps.people.signedIn(cookieHeader(got));
  if (!found) return;
  const { actor } = callerOf(found, deps.actor);
  await signIn({ ...deps, actor }, { id: found.sessionId, personId: found.personId }, factor);
}

/** In the session that the answer opened, or else in the one that asked. */
async function stepUpNow(deps: ApiDeps, attempt: Attempt, factor: Factor, got: AuthAnswer): Promise<void> {
  const found = await deps.people.signedIn(cookieHeader(got));
  const id = found?.sessionId ?? attempt.sessionId;
  if (id !== null) await stepUp(deps, { id, personId: deps.actor.id }, factor);
}

/** The cookies of an answer as a browser sends them back. */
function cookieHeader({ cookies }: AuthAnswer): string {
  return cookies.map((cookie) => cookie.split(';', 1)[0] ?? '').join('; ');
}

/** A proof that failed; passwords and codes are never written down, and an e-mail is masked. */
export async function recordFailure(
  deps: ApiDeps,
  endpoint: Endpoint,
  { account, signsIn }: Attempt,
): Promise<void> {
  if (endpoint.guesses === 'nothing' && endpoint.deed !== 'signedIn') return;
  const event = signsIn ? 'person.sign_in_failed' : 'person.proof_failed';
  await audit(deps.db, deps, event, { type: 'person', id: account.id }, { after: { what: account.what } });
}
