import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { acceptInvitation, readInvitation } from '../actions/invitations.ts';
import { linkKey, linkRule } from '../core/guesses.ts';
import { acceptBody, token as tokenText } from '../wire/people.ts';
import { teamLanguageOf } from '../core/language.ts';
import type { No } from '../wire/problem.ts';
import { parsing } from '../wire/parsing.ts';
import { faultsOf, no } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import { afterRaces } from './failure.ts';
import { settleGuess, takeAccountGuess } from './guesses.ts';
import { acceptedPage, formPage, overPage, pagePolicy } from './invitation-html.ts';
import { originOf } from './origin.ts';
import { languageOfRequest, refuse } from './refuse.ts';

/** Largest form or body, in bytes. */
const invitationBodyMaxBytes = 8 * 1024;

/**
 * Joining the team, without a key: as JSON, and as a page for a browser. The page can be opened by whoever scans mails for
 * bad links: looking at it uses nothing up, only the form that is sent does.
 */
export function addInvitations(app: FastifyInstance, deps: ApiDeps): void {
  app.post('/api/people/accept-invitation', { bodyLimit: invitationBodyMaxBytes }, async (request, reply) => {
    const joined = await accept(deps, request, request.body ?? {});
    return joined.ok ? reply.code(201).send(joined.value) : refuse(request, reply, joined);
  });
  void app.register(async (scope) => {
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: invitationBodyMaxBytes },
      async (_request: unknown, body: string) => Object.fromEntries(new URLSearchParams(body)),
    );
    scope.get('/invitation', async (request, reply) => {
      const found = await look(deps, request);
      const language = teamLanguageOf(languageOfRequest(request));
      return page(reply, found ? 200 : 404, found ? formPage(found, language) : overPage(language));
    });
    scope.post('/invitation', { bodyLimit: invitationBodyMaxBytes }, async (request, reply) => {
      const joined = await accept(deps, request, request.body ?? {});
      const language = teamLanguageOf(languageOfRequest(request));
      if (joined.ok) return page(reply, 201, acceptedPage(joined.value.email, language));
      if (joined.retryAfter !== undefined) reply.header('retry-after', joined.retryAfter);
      const shown = await look(deps, request, joined.code === 'invalid_request');
      return page(
        reply,
        joined.status,
        shown ? formPage(shown, language, joined) : overPage(language, joined),
      );
    });
  });
}

/** The open invitation an address or a form names, for the page; it stays open. */
async function look(deps: ApiDeps, request: FastifyRequest, inForm = true) {
  const given = request.method === 'GET' ? request.query : request.body;
  const { token } = (given ?? {}) as { token?: unknown };
  const { data } = tokenText.safeParse(token);
  if (data === undefined || !inForm) return undefined;
  const invitation = await readInvitation(deps, data);
  return invitation && { token: data, email: invitation.email, name: invitation.name, role: invitation.role };
}

type Joined = Extract<Awaited<ReturnType<typeof acceptInvitation>>, { ok: true }>;

/** Takes the invitation. Tokens that are none count against the address they come from. */
async function accept(deps: ApiDeps, request: FastifyRequest, given: unknown): Promise<Joined | No> {
  const { data, error } = acceptBody.safeParse(given, parsing);
  if (!data) return no('invalid_request', { errors: faultsOf(error.issues) });
  const key = linkKey(deps.hash, request.ip);
  const taken = await takeAccountGuess(deps, key, linkRule);
  if (taken.refused) return taken.refused;
  const origin = originOf(request);
  const actor = { kind: 'person' as const, id: 'unknown', name: 'unknown', ...origin };
  // Looked at first: hashing costs, and nobody gets that for a token of their own invention.
  const passwordHash = (await readInvitation(deps, data.token))
    ? await deps.people.hashPassword(data.password)
    : '';
  const joined = await afterRaces(() => acceptInvitation({ ...deps, actor }, { ...data, passwordHash }));
  const result = joined.ok ? 'proven' : 'failed';
  await settleGuess({ ...deps, actor }, key, result, 0, { id: 'unknown', what: 'invitation' });
  return joined;
}

function page(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .header('content-security-policy', pagePolicy)
    .header('referrer-policy', 'no-referrer')
    .header('vary', 'accept-language')
    .type('text/html; charset=utf-8')
    .send(html);
}
