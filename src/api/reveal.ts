import { z } from 'zod';
import { revealMethod } from '../actions/reveal.ts';
import { revealedView } from '../wire/reveal.ts';
import { anyId } from '../wire/text.ts';
import { ok, route } from './route.ts';

export const revealRoutes = [
  route({
    method: 'POST',
    path: '/payees/:id/reveal-method',
    secretAnswer: true,
    right: 'reveal',
    stepUp: true,
    summary: 'Shows the whole address of a payee’s payout method; who looked goes into the audit trail.',
    answer: revealedView,
    refuses: ['payee_not_found', 'no_payout_method'],
    params: z.object({ id: anyId }),
    async handle(deps, { params: { id } }) {
      const revealed = await revealMethod(deps, id);
      if (!revealed.ok) return revealed;
      return ok({ payeeId: id, ...revealed.value }, { 'cache-control': 'no-store' });
    },
  }),
];
