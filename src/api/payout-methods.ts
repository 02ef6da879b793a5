import { z } from 'zod';
import { addMethod, chooseMethod, releaseMethod, retireMethod } from '../actions/payout-methods.ts';
import { holdPayee, releasePayee } from '../actions/payee-holds.ts';
import type { Outcome } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import type { MethodRow } from '../store/method-changes.ts';
import { methodsOf } from '../store/method-changes.ts';
import { compareMethods } from '../store/method-risks.ts';
import type { PayeeRow } from '../store/payees.ts';
import { findPayee } from '../store/payees.ts';
import { compareMethodsBody, payeeView, presentPayee } from '../wire/payees.ts';
import {
  addMethodBody,
  comparedView,
  holdPayeeBody,
  methodsView,
  methodView,
  presentMethod,
} from '../wire/payout-methods.ts';
import type { No } from '../wire/problem.ts';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { unlessInFuture } from './in-future.ts';
import { afterRaces } from './failure.ts';
import { addRefusals, choiceRefusals, methodsShownMax } from './own-methods.ts';
import { blocksFor } from './payee-blocks.ts';
import { teamLanguageIn } from './reader.ts';
import type { Answer } from './route.ts';
import { bulkBodyMaxBytes, created, ok, route } from './route.ts';

const params = z.object({ id: anyId });
const methodParams = z.object({ id: anyId, methodId: anyId });

const comparing = [
  route({
    method: 'POST',
    path: '/payees/compare-methods',
    right: 'operate',
    stepUp: true,
    summary: 'How addresses of a file stand beside those on record; writes nothing',
    answer: comparedView,
    bodyLimit: bulkBodyMaxBytes,
    body: compareMethodsBody,
    async handle(deps, { body }) {
      const given = body.payees.map(({ externalId, payoutMethod }) => ({ externalId, ...payoutMethod }));
      return ok(await compareMethods(deps.db, deps.vault, given));
    },
  }),
];

/** How the team changes where a payee's money goes. */
const methods = [
  route({
    method: 'GET',
    path: '/payees/:id/payout-methods',
    right: 'read',
    summary: 'How a payee is paid, the method in use first, addresses masked',
    answer: methodsView,
    refuses: ['payee_not_found'],
    params,
    async handle(deps, { params: { id } }) {
      const payee = await findPayee(deps.db, id);
      if (!payee) return refuse('payee_not_found', { payeeId: id });
      const rows = await methodsOf(deps.db, payee.id, methodsShownMax);
      return ok({ data: rows.map((row) => presentMethod(row, deps.now())), nextCursor: null });
    },
  }),
  route({
    method: 'POST',
    path: '/payees/:id/payout-methods',
    right: 'operate',
    stepUp: true,
    summary: 'Adds a payout method; unless it is the first one it serves its cool-off first',
    answer: methodView,
    status: 201,
    refuses: ['payee_not_found', ...addRefusals],
    params,
    body: addMethodBody,
    async handle(deps, { params: { id: payee }, body }) {
      return shown(deps, await afterRaces(() => addMethod(deps, deps, { ...body, payee })), created);
    },
  }),
  route({
    method: 'POST',
    path: '/payees/:id/payout-methods/:methodId/default',
    right: 'operate',
    stepUp: true,
    summary: 'Makes a method the one in use; what waits to be paid goes there and is approved again',
    answer: methodView,
    refuses: ['payee_not_found', ...choiceRefusals],
    params: methodParams,
    async handle(deps, { params: { id: payee, methodId } }) {
      const input = { payee, methodId, part: 'default' } as const;
      return shown(deps, await afterRaces(() => chooseMethod(deps, deps, input)), ok);
    },
  }),
  route({
    method: 'POST',
    path: '/payees/:id/payout-methods/:methodId/backup',
    right: 'operate',
    stepUp: true,
    summary: 'Keeps a method in reserve; its cool-off goes on meanwhile',
    answer: methodView,
    refuses: ['payee_not_found', ...choiceRefusals],
    params: methodParams,
    async handle(deps, { params: { id: payee, methodId } }) {
      const input = { payee, methodId, part: 'backup' } as const;
      return shown(deps, await afterRaces(() => chooseMethod(deps, deps, input)), ok);
    },
  }),
  route({
    method: 'POST',
    path: '/payees/:id/payout-methods/:methodId/release',
    right: 'operate',
    stepUp: true,
    summary: 'Frees a method that its payee had frozen',
    answer: methodView,
    refuses: ['payee_not_found', 'method_not_found', 'method_not_frozen'],
    params: methodParams,
    async handle(deps, { params: { id: payee, methodId } }) {
      return shown(deps, await releaseMethod(deps, { payee, methodId }), ok);
    },
  }),
  route({
    method: 'DELETE',
    path: '/payees/:id/payout-methods/:methodId',
    right: 'operate',
    stepUp: true,
    summary: 'Takes a method out of use that is not the default; what is under way to it goes on',
    answer: null,
    status: 204,
    refuses: ['payee_not_found', 'method_not_found', 'method_is_default'],
    params: methodParams,
    async handle(deps, { params: { id: payee, methodId } }) {
      const retired = await retireMethod(deps, { payee, methodId });
      return retired.ok ? { status: 204, body: undefined } : retired;
    },
  }),
];

const holds = [
  route({
    method: 'POST',
    path: '/payees/:id/hold',
    right: 'operate',
    stepUp: true,
    summary: 'Keeps everything of a payee from being sent, until a time or until they are released',
    answer: payeeView,
    refuses: ['payee_not_found'],
    params,
    body: holdPayeeBody,
    async handle(deps, { params: { id: payeeId }, body: { reason, until = null } }) {
      const past = unlessInFuture(until, deps.now());
      if (past) return past;
      return payeeShown(deps, await holdPayee(deps, { payeeId, reason, until }));
    },
  }),
  route({
    method: 'POST',
    path: '/payees/:id/release',
    right: 'operate',
    stepUp: true,
    summary: 'Ends the hold of a payee; a method they had frozen stays frozen',
    answer: payeeView,
    refuses: ['payee_not_found', 'payee_not_on_hold'],
    params,
    async handle(deps, { params: { id } }) {
      return payeeShown(deps, await releasePayee(deps, id));
    },
  }),
];

function shown(deps: ApiDeps, outcome: Outcome<MethodRow>, answer: (body: unknown) => Answer): Answer | No {
  return outcome.ok ? answer(presentMethod(outcome.value, deps.now())) : outcome;
}

async function payeeShown(deps: ApiDeps, outcome: Outcome<PayeeRow>): Promise<Answer | No> {
  if (!outcome.ok) return outcome;
  const blocks = (await blocksFor(deps, [outcome.value]))(outcome.value);
  return ok(presentPayee(outcome.value, blocks, false, teamLanguageIn(deps)));
}

/** Payout methods and holds of payees. */
export const payoutMethodRoutes = [...comparing, ...methods, ...holds];
