import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { closeSession } from '../actions/portal.ts';
import type { Caller } from '../auth/caller.ts';
import { portalCookie } from '../auth/portal-session.ts';
import type { Language } from '../core/language.ts';
import { languages } from '../core/language.ts';
import { payeeRefusalWords } from '../core/payee-refusals.ts';
import { signInBody } from '../wire/portal.ts';
import { no } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import type { Limiter } from './limits.ts';
import { addNotMe } from './not-me-page.ts';
import { originOf } from './origin.ts';
import { payeeOf } from './payee-self.ts';
import type { Place } from './portal-html.ts';
import { askPage, confirmPage, portalStyle, wordsPage } from './portal-html.ts';
import { askForLink, cookieOf, limitSignIn, signIn } from './portal-sign-in.ts';
import { languageRemembered, ownPageOf, pageWanted, wantedLine } from './portal-memory.ts';
import { portalTexts } from './portal-texts.ts';
import { isSandbox } from './providers.ts';
import { sendWeb } from './web.ts';

/** Largest form, in bytes. */
const formMaxBytes = 8 * 1024;

const form = 'application/x-www-form-urlencoded';
const signInPath = '/portal/sign-in';

/**
 * The door of the portal: pages without a script to sign in, sign out and stop what somebody else did. Their forms are taken
 * from themselves only. Whoever is signed in gets the portal, which draws itself; a stranger is sent to the door.
 */
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
      placeOf: (request, path) => placeOf(deps, request, path),
      isFromHere: (request) => isFromHere(deps, request),
      stranger: (request, reply) => stranger(deps, request, reply),
    });
    scope.get('/portal', async (request, reply) => portal(deps, request, reply));
    scope.get('/portal/*', async (request, reply) => portal(deps, request, reply));
    scope.get(signInPath, async (request, reply) => {
      const { token, to } = request.query as { token?: unknown; to?: unknown };
      const wanted = ownPageOf(to);
      if (wanted !== null) void reply.header('set-cookie', wantedLine(wanted));
      const place = placeOf(deps, request, signInPath);
      const html = typeof token === 'string' ? confirmPage({ ...place, token }) : askPage(place, null);
      return send(deps, reply, html);
    });
    scope.post(signInPath, signInOptions, async (request, reply) =>
      isFromHere(deps, request) ? submit(deps, request, reply) : stranger(deps, request, reply),
    );
    scope.post('/portal/sign-out', { bodyLimit: formMaxBytes }, async (request, reply) =>
      isFromHere(deps, request) ? leave(deps, request, reply) : stranger(deps, request, reply),
    );
  });
}

async function portal(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const caller = await payeeCalling(deps, request);
  if (caller) return sendWeb(deps, request, reply);
  const wanted = ownPageOf(request.url);
  if (wanted !== pageWanted(request)) void reply.header('set-cookie', wantedLine(wanted));
  return reply.redirect(signInPath, 303);
}

/** A page of the door in the language that was chosen on it, else in the portal, else in that of the browser. */
function placeOf(deps: ApiDeps, request: FastifyRequest, path: string): Place {
  const language = chosen(request) ?? languageRemembered(request);
  return { path, language, isSandbox: isSandbox(deps) };
}

function chosen({ query, body }: FastifyRequest): Language | undefined {
  const asked = new Set([body, query].map((part) => ((part ?? {}) as { lang?: unknown }).lang));
  return languages.find((language) => asked.has(language));
}

/** A form with a token signs in; one with an address asks for a link. */
async function submit(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { token, email } = (request.body ?? {}) as { token?: string; email?: string };
  const place = placeOf(deps, request, signInPath);
  const texts = portalTexts[place.language];
  if (token === undefined) {
    const { data } = signInBody.safeParse({ email });
    if (!data) return send(deps, reply.code(422), askPage(place, texts.emailMissing));
    await askForLink(deps, request, data.email, place.language);
    return send(deps, reply.code(202), wordsPage(place, texts.lookIntoMail, texts.onItsWay));
  }
  const opened = await signIn(deps, request, token);
  if (opened) {
    const forget = pageWanted(request) === null ? [] : [wantedLine(null)];
    return reply.header('set-cookie', [cookieOf(deps, opened), ...forget]).redirect(firstPage(request), 303);
  }
  const words = payeeRefusalWords('link_not_valid', place.language) ?? [];
  return send(deps, reply.code(no('link_not_valid').status), askPage(place, words.join(' ')));
}

/** The page somebody was on their way to, else the start. The portal takes over a language that was chosen at the door. */
function firstPage(request: FastifyRequest): string {
  const page = pageWanted(request) ?? '/portal';
  const language = chosen(request);
  if (language === undefined || language === languageRemembered(request)) return page;
  return `${page}${page.includes('?') ? '&' : '?'}lang=${language}`;
}

async function leave(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const caller = await payeeCalling(deps, request);
  if (caller) {
    const ctx = { ...deps, actor: caller.actor };
    await closeSession(ctx, payeeOf(caller), caller.session?.id ?? '');
  }
  return reply.header('set-cookie', portalCookie(deps.publicUrl, '', 0)).redirect(signInPath, 303);
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

function stranger(deps: ApiDeps, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const place = placeOf(deps, request, signInPath);
  const texts = portalTexts[place.language];
  return send(deps, reply.code(403), wordsPage(place, texts.notDone, texts.stranger));
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
