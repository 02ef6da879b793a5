import { z } from 'zod';
import type { PayAgainChoice } from '../actions/pay-again.ts';
import { payAgain } from '../actions/pay-again.ts';
import { ownPayout } from '../store/payee-own.ts';
import { payAgainBody } from '../wire/pay-again.ts';
import { ownPayoutDetailsView } from '../wire/portal.ts';
import { anyId } from '../wire/text.ts';
import { afterRaces } from './failure.ts';
import { addRefusals, choiceRefusals } from './own-methods.ts';
import { ownDetails, payeeOf } from './payee-self.ts';
import { ok, route } from './route.ts';

/** What any way of paying again can hear beside what the method can. */
const refusals = [
  'payout_not_found',
  'payee_not_found',
  'payee_blocked',
  'not_yours_to_fix',
  'same_method_failed',
  'payout_in_progress',
  'already_processed',
  'payout_method_missing',
  'payee_owes',
  'request_in_flight_already',
] as const;

export const payAgainRoutes = [
  route({
    method: 'POST',
    path: '/api/payee/payouts/:id/pay-again',
    right: 'self',
    summary: 'Saves where a payout that failed or came back shall go, and asks for it to be paid again.',
    answer: ownPayoutDetailsView,
    refuses: [...new Set([...refusals, ...choiceRefusals, ...addRefusals, 'too_many_changes'] as const)],
    params: z.object({ id: anyId }),
    body: payAgainBody,
    async handle(deps, { params: { id: payoutId }, body, caller, language }) {
      const payeeId = payeeOf(caller);
      const input = { payeeId, payoutId, choice: choiceOf(body) };
      const asked = await afterRaces(() => payAgain(deps, deps, input));
      if (!asked.ok) return asked;
      const row = await ownPayout(deps.db, payeeId, payoutId);
      if (!row) throw new Error('a payout that was just paid again is not there');
      return ok(await ownDetails(deps, payeeId, row, language));
    },
  }),
];

function choiceOf({ methodId, method }: z.output<typeof payAgainBody>): PayAgainChoice {
  if (methodId !== undefined) return { kind: 'known', methodId };
  return method === undefined ? { kind: 'present' } : { kind: 'new', method: method.method };
}
