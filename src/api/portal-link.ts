import { z } from 'zod';
import { makePortalLink } from '../actions/portal.ts';
import { portalLinkView } from '../wire/portal.ts';
import { anyId } from '../wire/text.ts';
import { created, route } from './route.ts';

export const portalLinkRoutes = [
  route({
    method: 'POST',
    path: '/payees/:id/portal-link',
    secretAnswer: true,
    right: 'operate',
    // It shows what a payee sees of themself, whole addresses among it.
    stepUp: true,
    summary: 'Makes a link that signs this payee in to the portal, once, within 10 minutes.',
    answer: portalLinkView,
    status: 201,
    refuses: ['payee_not_found'],
    params: z.object({ id: anyId }),
    async handle(deps, { params: { id } }) {
      const input = { payeeId: id, publicUrl: deps.publicUrl, random: deps.newSecret() };
      const made = await makePortalLink(deps, input);
      return made.ok ? created(made.value) : made;
    },
  }),
];
