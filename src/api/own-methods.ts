import type { Caller } from '../auth/caller.ts';
import { z } from 'zod';
import { coolUntil } from '../actions/cool-off.ts';
import { addMethod, chooseMethod, retireMethod } from '../actions/payout-methods.ts';
import type { Language } from '../core/language.ts';
import type { Outcome, RefusalCode } from '../core/refusal.ts';
import type { MethodRow } from '../store/method-changes.ts';
import { methodsOf } from '../store/method-changes.ts';
import { readSettings } from '../store/settings.ts';
import { addMethodBody } from '../wire/payout-methods.ts';
import { ownMethodsView, ownMethodView, presentOwnMethod } from '../wire/portal.ts';
import type { No } from '../wire/problem.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { afterRaces } from './failure.ts';
import { payeeOf, readerOf } from './payee-self.ts';
import type { Answer } from './route.ts';
import { created, ok, route } from './route.ts';

/** Payout methods of one payee that are shown. */
export const methodsShownMax = 100;

/** What any call about a method can hear. */
export const choiceRefusals = [
  'method_not_found',
  'method_frozen',
  'method_is_default',
] as const satisfies RefusalCode[];
export const addRefusals = [
  'method_frozen',
  'method_is_default',
  'too_many_methods',
] as const satisfies RefusalCode[];

const params = z.object({ id: anyId });

/** How a payee changes where their own money goes. */
export const ownMethodRoutes = [
  route({
    method: 'GET',
    path: '/api/payee/payout-methods',
    right: 'self',
    summary: 'How the payee who calls is paid, the method in use first, addresses masked.',
    answer: ownMethodsView,
    async handle(deps, { caller, language }) {
      const reader = await readerOf(deps, payeeOf(caller), language);
      const rows = await methodsOf(deps.db, payeeOf(caller), methodsShownMax);
      const data = rows.map((row) => presentOwnMethod(row, deps.now(), reader));
      // The first one waits for nothing.
      const newUsableFrom = rows.length === 0 ? null : await coolUntil(deps.db, deps);
      const { methodCoolOffHours: coolOffHours } = await readSettings(deps.db);
      return ok({ data, nextCursor: null, newUsableFrom, coolOffHours });
    },
  }),
  route({
    method: 'POST',
    path: '/api/payee/payout-methods',
    right: 'self',
    summary: 'Adds a payout method; unless it is the first one it serves its cool-off first.',
    answer: ownMethodView,
    status: 201,
    refuses: ['payee_not_found', ...addRefusals, 'too_many_changes'],
    body: addMethodBody,
    async handle(deps, { body, caller, language }) {
      const input = { ...body, payee: payeeOf(caller) };
      return shown(
        deps,
        payeeOf(caller),
        language,
        await afterRaces(() => addMethod(deps, deps, input)),
        created,
      );
    },
  }),
  route({
    method: 'POST',
    path: '/api/payee/payout-methods/:id/default',
    right: 'self',
    summary: 'Makes a method the one in use; what waits to be paid goes there and is approved again.',
    answer: ownMethodView,
    refuses: ['payee_not_found', ...choiceRefusals, 'too_many_changes'],
    params,
    handle: async (deps, call) => choose(deps, call, 'default'),
  }),
  route({
    method: 'POST',
    path: '/api/payee/payout-methods/:id/backup',
    right: 'self',
    summary: 'Keeps a method in reserve; its cool-off goes on meanwhile.',
    answer: ownMethodView,
    refuses: ['payee_not_found', ...choiceRefusals],
    params,
    handle: async (deps, call) => choose(deps, call, 'backup'),
  }),
  route({
    method: 'DELETE',
    path: '/api/payee/payout-methods/:id',
    right: 'self',
    summary: 'Takes a method out of use that is not the default; what is under way to it goes on.',
    answer: null,
    status: 204,
    refuses: ['payee_not_found', 'method_not_found', 'method_is_default'],
    params,
    async handle(deps, { params: { id: methodId }, caller }) {
      const retired = await retireMethod(deps, { payee: payeeOf(caller), methodId });
      return retired.ok ? { status: 204, body: undefined } : retired;
    },
  }),
];

/** Makes a method of the payee who calls their default, or their backup. */
async function choose(
  deps: ApiDeps,
  {
    caller,
    params: { id: methodId },
    language,
  }: { caller: Caller; params: { id: string }; language: Language },
  part: 'default' | 'backup',
): Promise<Answer | No> {
  const payee = payeeOf(caller);
  const chosen = await afterRaces(() => chooseMethod(deps, deps, { payee, methodId, part }));
  return shown(deps, payee, language, chosen, ok);
}

async function shown(
  deps: ApiDeps,
  payeeId: bigint,
  language: Language,
  outcome: Outcome<MethodRow>,
  answer: (body: unknown) => Answer,
): Promise<Answer | No> {
  if (!outcome.ok) return outcome;
  return answer(presentOwnMethod(outcome.value, deps.now(), await readerOf(deps, payeeId, language)));
}
