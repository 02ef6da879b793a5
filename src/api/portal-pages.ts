import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { closeSession } from '../actions/portal.ts';
import { nextPayoutOf } from '../actions/schedules.ts';
import type { Caller } from '../auth/caller.ts';
import { portalCookie } from '../auth/portal-session.ts';
import { methodsOf } from '../store/method-changes.ts';
import { ownBalances, ownPayouts, ownProfile } from '../store/payee-own.ts';
import {
  presentBalance,
  presentOwnMethod,
  presentOwnPayout,
  presentProfile,
  signInBody,
  signInWords,
} from '../wire/portal.ts';
import { no } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import { unclaimedDaysOf } from './providers.ts';
import type { Limiter } from './limits.ts';
import { addNotMe } from './not-me-page.ts';
import { originOf } from './origin.ts';
import { payeeOf } from './payee-self.ts';
import { askPage, confirmPage, homePage, portalStyle, wordsPage } from './portal-html.ts';
import { askForLink, cookieOf, limitSignIn, signIn } from './portal-sign-in.ts';

/** Largest form, in bytes. */
const formMaxBytes = 8 * 1024;
/** Payouts and methods on the page. */
const shownMax = 20;

const form = 'application/x-www-form-urlencoded';

/** The portal's plain pages: rendered here, without a script. Their forms are taken from themselves only. */
export function addPortalPages(app: FastifyInstance, deps: ApiDeps, limiter: Limiter): void {
  const signInOptions = { bodyLimit: formMaxBytes, onRequest: limitSignIn(deps, limiter) };
  void app.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(form, { parseAs: 'string' }, async (_request: unknown, body: string) =>
      Object.fromEntries(new URLSearchParams(body)),
    );
    addNotMe(scope, deps, {
      limited: signInOptions,
      send: (reply, html) => send(deps, reply, html),
      isFromHere: (request) => isFromHere(deps, request),
      stranger: (reply) => stranger(deps, reply),
    });
    scope.get('/portal', async (request, reply) => home(deps, request, reply));
    scope.get('/portal/sign-in', async (request, reply) => {
      const { token } = request.query as { token?: unknown };
      return send(deps, reply, typeof token === 'string' ? confirmPage(token) : askPage(null));
    });
    scope.post('/portal/sign-in', signInOptions, async (request, reply) =>
      isFromHere(deps, request) ? submit(deps, request, reply) : stranger(deps, reply),
    );
    scope.post('/portal/sign-out', { bodyLimit: formMaxBytes }, async (request, reply) =>
      isFromHere(deps, request) ? leave(deps, request, reply) : stranger(deps, reply),
    );
  });
}

async function home(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const caller = await payeeCalling(deps, request);
  if (!caller) return reply.redirect('/portal/sign-in', 303);
  const payeeId = payeeOf(caller);
  const profile = await ownProfile(deps.db, payeeId);
  if (!profile) throw new Error('a session without its payee');
  const payouts = await ownPayouts(deps.db, payeeId, shownMax, null);
  const unclaimedDays = unclaimedDaysOf(deps);
  return send(
    deps,
    reply,
    homePage({
      profile: presentProfile(profile),
      balance: presentBalance(
        await ownBalances(deps.db, payeeId),
        await nextPayoutOf(deps, deps.db, payeeId),
      ),
      zone: deps.calendar.zone,
      payouts: payouts.map((row) => presentOwnPayout(row, unclaimedDays, deps.now())),
      methods: (await methodsOf(deps.db, payeeId, shownMax)).map((row) => presentOwnMethod(row, deps.now())),
    }),
  );
}

/** A form with a token signs in; one with an address asks for a link. */
async function submit(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token, email } = (request.body ?? {}) as { token?: string; email?: string };
  if (token === undefined) {
    const { data } = signInBody.safeParse({ email });
    if (!data) return send(deps, reply.code(422), askPage('Please enter your e-mail address.'));
    await askForLink(deps, request, data.email);
    return send(deps, reply.code(202), wordsPage('Look into your mail', signInWords));
  }
  const opened = await signIn(deps, request, token);
  if (opened) return reply.header('set-cookie', cookieOf(deps, opened)).redirect('/portal', 303);
  const { status, message, action } = no('link_not_valid');
  return send(deps, reply.code(status), askPage(`${message} ${action}`));
}

async function leave(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const caller = await payeeCalling(deps, request);
  if (caller) {
    const ctx = { ...deps, actor: caller.actor };
    await closeSession(ctx, payeeOf(caller), caller.session?.id ?? '');
  }
  return reply.header('set-cookie', portalCookie(deps.publicUrl, '', 0)).redirect('/portal/sign-in', 303);
}

async function payeeCalling(deps: ApiDeps, request: FastifyRequest): Promise<Caller | null> {
  for (const sessionOf of deps.sessions) {
    const caller = await sessionOf(request.headers.cookie, originOf(request));
    if (caller?.role === 'payee') return caller;
  }
  return null;
}

/**
 * Another site must not sign its visitor in as somebody else. Browsers say where a form comes from; whoever says nothing
 * is not a browser, and has no visitor to deceive.
 */
function isFromHere(deps: ApiDeps, request: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, origin, host } = request.headers;
  if (site !== undefined) return site === 'same-origin' || site === 'none';
  if (origin === undefined) return true;
  return origin === URL.parse(deps.publicUrl)?.origin || URL.parse(origin)?.host === host;
}

function stranger(deps: ApiDeps, reply: FastifyReply): FastifyReply {
  const words = 'This came from another site, so it was not done. Open the link of your mail again.';
  return send(deps, reply.code(403), wordsPage('Not done', words));
}

function send(deps: ApiDeps, reply: FastifyReply, html: string): FastifyReply {
  const style = Buffer.from(deps.hash(portalStyle), 'hex').toString('base64');
  return (
    reply
      .header(
        'content-security-policy',
        `default-src 'none'; style-src 'sha256-${style}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
      )
      .header('x-frame-options', 'DENY')
      // The address of the sign-in page holds a token: it goes to nobody else, and the form's origin is still told.
      .header('referrer-policy', 'same-origin')
      .type('text/html; charset=utf-8')
      .send(html)
  );
}
