import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { freezeByLink } from '../actions/payee-holds.ts';
import type { ApiDeps } from './deps.ts';
import { originOf } from './origin.ts';
import { notMePage, wordsPage } from './portal-html.ts';
import type { Place } from './portal-html.ts';
import { portalTexts } from './portal-texts.ts';

const path = '/portal/not-me';
const tokenCharsMax = 200;

/** How the pages of the portal answer; handed in by them, so that there is one policy for all. */
export interface PageTools {
  readonly limited: Record<string, unknown>;
  send(reply: FastifyReply, html: string): FastifyReply;
  placeOf(request: FastifyRequest, path: string): Place;
  isFromHere(request: FastifyRequest): boolean;
  stranger(request: FastifyRequest, reply: FastifyReply): FastifyReply;
}

/** The page of the link "This was not me". Opening it changes nothing, as mail scanners open links; its button freezes. */
export function addNotMe(scope: FastifyInstance, deps: ApiDeps, tools: PageTools): void {
  scope.get(path, async (request, reply) => {
    const place = { ...tools.placeOf(request, path), token: tokenIn(request.query) };
    return tools.send(reply, notMePage(place));
  });
  scope.post(path, tools.limited, async (request, reply) => {
    if (!tools.isFromHere(request)) return tools.stranger(request, reply);
    const token = tokenIn(request.body);
    const ctx = { ...deps, actor: { ...deps.actor, ...originOf(request) } };
    const done = await freezeByLink(ctx, token);
    const place = tools.placeOf(request, path);
    const texts = portalTexts[place.language];
    if (done) return tools.send(reply, wordsPage(place, texts.stopped, texts.stoppedWords));
    return tools.send(reply.code(401), wordsPage(place, texts.unchanged, texts.unchangedWords));
  });
}

function tokenIn(given: unknown): string {
  const { token } = (given ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token.slice(0, tokenCharsMax) : '';
}
