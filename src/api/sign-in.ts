import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthAnswer } from '../auth/people-call.ts';
import { callerOf } from '../auth/people.ts';
import type { SignedIn } from '../store/people-sessions.ts';
import type { No } from '../wire/problem.ts';
import { parsing } from '../wire/parsing.ts';
import { faultsOf, no } from '../wire/problem.ts';
import { notSteppedUp, stepUpMs } from './access.ts';
import type { ApiDeps } from './deps.ts';
import { settleGuess } from './guesses.ts';
import { originOf } from './origin.ts';
import { refuse } from './refuse.ts';
import { crossSite } from './same-origin.ts';
import type { Attempt } from './sign-in-attempt.ts';
import { beginAttempt, codeIsTaken } from './sign-in-attempt.ts';
import type { Endpoint } from './sign-in-endpoints.ts';
import { endpoints } from './sign-in-endpoints.ts';
import { recordDeed, recordFailure } from './sign-in-record.ts';
import { byWallClock } from './wall-clock.ts';

/** What is said to somebody whom the library itself has locked out without saying for how long, in seconds. */
const lockedSeconds = 15 * 60;
/** Largest body, in bytes: the answer of a passkey has some thousands. */
const signInBodyMaxBytes = 16 * 1024;

/**
 * Sign-in of the team under `/api/auth`. The library behind it checks passwords, codes and passkeys and keeps sessions; who
 * may ask for what, how often, and what goes on record is decided here. What is not in the list is not there.
 */
export function addSignIn(app: FastifyInstance, deps: ApiDeps): void {
  for (const endpoint of endpoints) {
    app.route({
      method: endpoint.method,
      url: `/api/auth${endpoint.path}`,
      bodyLimit: signInBodyMaxBytes,
      exposeHeadRoute: false,
      handler: (request, reply) => answer(byWallClock(deps), endpoint, request, reply),
    });
  }
}

async function answer(
  deps: ApiDeps,
  endpoint: Endpoint,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { cookie } = request.headers;
  const origin = originOf(request);
  const signedIn = await deps.people.signedIn(cookie);
  const barred = crossSite(deps, request, cookie !== undefined) ?? mayNotAsk(endpoint, signedIn, deps.now());
  if (barred) return refuse(request, reply, barred);
  const { data: body, error } = endpoint.body.safeParse(request.body ?? {}, parsing);
  if (!body) return refuse(request, reply, no('invalid_request', { errors: faultsOf(error.issues) }));
  const actor = signedIn
    ? callerOf(signedIn, origin).actor
    : { kind: 'person' as const, id: 'unknown', name: 'unknown', ...origin };
  const known = { ...deps, actor };
  const attempt = await beginAttempt(known, endpoint, { cookie, body, signedIn });
  if ('refused' in attempt) return refuse(request, reply, attempt.refused);
  const got = await ask(known, endpoint, attempt, { cookie, body, query: queryOf(request), origin });
  const refused = 'ok' in got ? got : await settle(known, endpoint, attempt, got);
  if (refused) return refuse(request, reply, refused);
  if ('ok' in got) throw new Error('a no was not answered');
  return reply.header('set-cookie', got.cookies).send(endpoint.present(got.body));
}

/** Why this endpoint is not open to them now, or null. */
function mayNotAsk(endpoint: Endpoint, signedIn: SignedIn | null, now: Date): No | null {
  if (endpoint.asks === 'anybody') return null;
  if (!signedIn) return no('unauthorized');
  if (signedIn.temporaryPasswordUntil !== null && endpoint.openToTemporary !== true)
    return no('password_change_required');
  if (endpoint.path === '/two-factor/enable' && signedIn.totp) return no('second_factor_exists');
  if (endpoint.asks === 'session') return null;
  const caller = callerOf(signedIn, { ip: null, userAgent: null, requestId: null });
  if (endpoint.asks === 'stepUp' || caller.session?.hasSecondFactor === true)
    return notSteppedUp(caller, now);
  const age = now.getTime() - signedIn.sessionCreatedAt.getTime();
  return age <= stepUpMs ? null : no('sign_in_again');
}

interface Asked {
  readonly cookie: string | undefined;
  readonly body: Record<string, unknown>;
  readonly query: string;
  readonly origin: ReturnType<typeof originOf>;
}

/** Asks the library; a code that was used before is a no without asking. */
async function ask(
  deps: ApiDeps,
  endpoint: Endpoint,
  attempt: Attempt,
  { cookie, body, query, origin }: Asked,
): Promise<AuthAnswer | No> {
  if (endpoint.path === '/two-factor/verify-totp' && !(await codeIsTaken(deps, attempt, body)))
    return failed(deps, endpoint, attempt);
  return deps.people.call({
    method: endpoint.method,
    path: `${endpoint.path}${query}`,
    cookie,
    // Somebody who signs in is nobody yet, whatever session the browser still has.
    anonymous: attempt.signsIn || endpoint.deed === 'signedIn',
    body,
    origin,
  });
}

/** Settles the guess and puts on record what happened; answers the no, or null for a yes. */
async function settle(
  deps: ApiDeps,
  endpoint: Endpoint,
  attempt: Attempt,
  got: AuthAnswer,
): Promise<No | null> {
  if (got.status < 300) {
    const half = isHalf(got.body);
    if (attempt.key) await settleGuess(deps, attempt.key, half ? 'half' : 'proven', 0, attempt.account);
    if (!half) await recordDeed(deps, endpoint, attempt, got);
    return null;
  }
  const refused = noOf(endpoint, got);
  if (refused.status === 429 || refused.code === 'password_expired') {
    if (attempt.key) await settleGuess(deps, attempt.key, 'unseen', 0, attempt.account);
    return refused;
  }
  await failed(deps, endpoint, attempt);
  return refused;
}

async function failed(deps: ApiDeps, endpoint: Endpoint, attempt: Attempt): Promise<No> {
  if (attempt.key) await settleGuess(deps, attempt.key, 'failed', attempt.failures, attempt.account);
  await recordFailure(deps, endpoint, attempt);
  return no(attempt.signsIn || endpoint.wrong !== 'sign_in_failed' ? endpoint.wrong : 'wrong_second_factor');
}

/** The password was right and the second factor is awaited. */
function isHalf(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'twoFactorRedirect' in body;
}

/** What the library says, in our words. */
function noOf(endpoint: Endpoint, { status, body, retryAfter }: AuthAnswer): No {
  const code = typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
  if (status === 429) return no('too_many_attempts', { retryAfter: retryAfter ?? lockedSeconds });
  if (code === 'PASSWORD_EXPIRED') return no('password_expired');
  if (status === 409) return no('conflict');
  // The library calls a passkey that does not verify an error of its own.
  if (status >= 500 && !code.startsWith('FAILED_TO_VERIFY'))
    throw new Error(`sign-in answered ${status} ${code}`);
  return no(endpoint.wrong);
}

function queryOf(request: FastifyRequest): string {
  const at = request.url.indexOf('?');
  return request.method === 'GET' && at >= 0 ? request.url.slice(at) : '';
}
