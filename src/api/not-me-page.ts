import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { freezeByLink } from '../actions/payee-holds.ts';
import type { ApiDeps } from './deps.ts';
import { originOf } from './origin.ts';
import { notMePage, wordsPage } from './portal-html.ts';

const path = '/portal/not-me';
const tokenCharsMax = 200;

const frozen =
  'Thank you. Nothing more is paid to you until the platform that pays you has looked into it, and everybody who was signed in as you is signed out. What you earned stays yours. Please tell the platform, too.';
const notValid =
  'This link was used already, is too old, or is not one of ours. Nothing was changed. If you see a change that was not yours, tell the platform that pays you at once.';

/** How the pages of the portal answer; handed in by them, so that there is one policy for all. */
export interface PageTools {
  readonly limited: Record<string, unknown>;
  send(reply: FastifyReply, html: string): FastifyReply;
  isFromHere(request: FastifyRequest): boolean;
  stranger(reply: FastifyReply): FastifyReply;
}

/** The page of the link "This was not me". Opening it changes nothing, as mail scanners open links; its button freezes. */
export function addNotMe(scope: FastifyInstance, deps: ApiDeps, tools: PageTools): void {
  scope.get(path, async (request, reply) => {
    return tools.send(reply, notMePage(tokenIn(request.query)));
  });
  scope.post(path, tools.limited, async (request, reply) => {
    if (!tools.isFromHere(request)) return tools.stranger(reply);
    const token = tokenIn(request.body);
    const ctx = { ...deps, actor: { ...deps.actor, ...originOf(request) } };
    const done = await freezeByLink(ctx, token);
    if (done) return tools.send(reply, wordsPage('Your payouts are stopped', frozen));
    return tools.send(reply.code(401), wordsPage('Nothing was changed', notValid));
  });
}

function tokenIn(given: unknown): string {
  const { token } = (given ?? {}) as { token?: unknown };
  return typeof token === 'string' ? token.slice(0, tokenCharsMax) : '';
}
