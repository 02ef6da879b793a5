import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenedSession } from '../actions/portal.ts';
import { linksPerRequestMax, openSession, portalSessionMs, requestLinks } from '../actions/portal.ts';
import type { Language } from '../core/language.ts';
import { portalCookie } from '../auth/portal-session.ts';
import { signInBody, signInWords, verifyBody } from '../wire/portal.ts';
import { parsing } from '../wire/parsing.ts';
import { faultsOf, no } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import type { Limiter } from './limits.ts';
import { addressBucket, usualLimits } from './limits.ts';
import { originOf } from './origin.ts';
import { refuse } from './refuse.ts';
import { crossSite } from './same-origin.ts';

/** A request for a link is answered no sooner than this, so that the time taken does not tell who has an account. */
const answerAfterMs = 300;
/** Largest body of these calls, in bytes. */
const signInBodyMaxBytes = 8 * 1024;

/** Turns away an address that asks too often, before its body is read. */
export function limitSignIn(deps: ApiDeps, limiter: Limiter) {
  const { signIns } = { ...usualLimits, ...deps.limits };
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const refused = await limiter.take(addressBucket('sign-in', request.ip), signIns);
    return refused ? refuse(request, reply, refused) : undefined;
  };
}

/** How payees come in, without a key: ask for a link, then use it. */
export function addPortalSignIn(app: FastifyInstance, deps: ApiDeps, limiter: Limiter): void {
  const options = { bodyLimit: signInBodyMaxBytes, onRequest: limitSignIn(deps, limiter) };
  app.post('/api/payee/sign-in', options, async (request, reply) => {
    const { data, error } = signInBody.safeParse(request.body ?? {}, parsing);
    if (!data) return refuse(request, reply, no('invalid_request', { errors: faultsOf(error.issues) }));
    await askForLink(deps, request, data.email, null);
    return reply.code(202).send({ message: signInWords });
  });
  app.post('/api/payee/sign-in/verify', options, async (request, reply) => {
    // As at the form: another site must not sign its visitor in as somebody else. Programs say no origin.
    const foreign = crossSite(deps, request, false);
    if (foreign) return refuse(request, reply, foreign);
    const { data, error } = verifyBody.safeParse(request.body ?? {}, parsing);
    if (!data) return refuse(request, reply, no('invalid_request', { errors: faultsOf(error.issues) }));
    const opened = await signIn(deps, request, data.token);
    if (!opened) return refuse(request, reply, no('link_not_valid'));
    const { payee, expiresAt } = opened;
    return reply
      .header('set-cookie', cookieOf(deps, opened))
      .send({ payee: { id: payee.payeePublicId, name: payee.name }, expiresAt });
  });
}

/**
 * Mails links to whoever has this address, and takes the same time when nobody has. `language`: of the page; null: what the
 * payee chose.
 */
export async function askForLink(
  deps: ApiDeps,
  request: FastifyRequest,
  email: string,
  language: Language | null,
): Promise<void> {
  const randoms = Array.from({ length: linksPerRequestMax }, () => deps.newSecret());
  const ctx = { ...deps, actor: { ...deps.actor, ...originOf(request) } };
  const input = { email, publicUrl: deps.publicUrl, randoms, language };
  await Promise.all([requestLinks(ctx, input), sleep(answerAfterMs)]);
}

/** Uses a link up and opens its session; null when it opens none. */
export async function signIn(
  deps: ApiDeps,
  request: FastifyRequest,
  token: string,
): Promise<OpenedSession | null> {
  const ctx = { ...deps, actor: { ...deps.actor, ...originOf(request) } };
  return openSession(ctx, { token, random: deps.newSecret() });
}

export function cookieOf(deps: ApiDeps, opened: OpenedSession): string {
  return portalCookie(deps.publicUrl, opened.token, portalSessionMs);
}
