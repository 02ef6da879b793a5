import { z } from 'zod';
import { changePayee, savePayees } from '../actions/payees.ts';
import type { SavedPayee } from '../actions/payees.ts';
import type { Caller } from '../auth/caller.ts';
import { may } from '../core/roles.ts';
import { refuse } from '../core/refusal.ts';
import { findPayee, listPayees } from '../store/payees.ts';
import { pageOf, pageQuery } from '../wire/paging.ts';
import type { PayeeBody, PayeeResult } from '../wire/payees.ts';
import {
  payeeBody,
  payeePatch,
  payeesBulkBody,
  payeesSavedView,
  payeeView,
  presentPayee,
} from '../wire/payees.ts';
import { faultsOf } from '../wire/problem.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import { afterRaces } from './failure.ts';
import { bulkBodyMaxBytes, created, ok, route } from './route.ts';

const params = z.object({ id: anyId });

export const payeeRoutes = [
  route({
    method: 'POST',
    path: '/payees',
    right: 'operate',
    summary: 'Creates a payee, or updates the one with this external id',
    answer: payeeView,
    status: [201, 200],
    body: payeeBody,
    async handle(deps, { body, caller }) {
      const saved = (await afterRaces(() => savePayees(deps, [body]))).get(body.externalId);
      if (!saved) throw new Error('payee was not written');
      const shown = presentPayee(saved.payee, seesWhole(caller));
      return saved.result === 'created' ? created(shown) : ok(shown);
    },
  }),
  route({
    method: 'POST',
    path: '/payees/bulk',
    right: 'operate',
    summary: 'Creates or updates up to 5,000 payees; a bad one stops no other',
    answer: payeesSavedView,
    bodyLimit: bulkBodyMaxBytes,
    body: payeesBulkBody,
    async handle(deps, { body }) {
      const parsed = body.payees.map((payee) => payeeBody.safeParse(payee));
      const good = parsed.flatMap((one) => one.data ?? []);
      const saved = await afterRaces(() => savePayees(deps, good));
      return ok({ results: parsed.map((one, index) => presentSaved(one, index, saved)) });
    },
  }),
  route({
    method: 'GET',
    path: '/payees',
    right: 'read',
    summary: 'Lists payees, newest first',
    answer: pageOfView(payeeView),
    query: pageQuery,
    async handle(deps, { query, caller }) {
      const rows = await listPayees(deps.db, query.limit + 1, query.cursor ?? null);
      return ok(pageOf(rows, query.limit, (payee) => presentPayee(payee, seesWhole(caller))));
    },
  }),
  route({
    method: 'GET',
    path: '/payees/:id',
    right: 'read',
    summary: 'One payee, by its id or your external id',
    answer: payeeView,
    refuses: ['payee_not_found'],
    params,
    async handle(deps, { params: { id }, caller }) {
      const payee = await findPayee(deps.db, id);
      return payee ? ok(presentPayee(payee, seesWhole(caller))) : refuse('payee_not_found', { payeeId: id });
    },
  }),
  route({
    method: 'PATCH',
    path: '/payees/:id',
    right: 'operate',
    summary: 'Changes what is given of a payee; what is under way keeps its address',
    answer: payeeView,
    refuses: ['payee_not_found'],
    params,
    body: payeePatch,
    async handle(deps, { params: { id }, body, caller }) {
      const changed = await afterRaces(() => changePayee(deps, id, body));
      return changed.ok ? ok(presentPayee(changed.value, seesWhole(caller))) : changed;
    },
  }),
];

/** Those who type addresses in see them whole. */
function seesWhole(caller: Caller): boolean {
  return may(caller.role, 'operate');
}

interface ParsedPayee {
  readonly data?: PayeeBody | undefined;
  readonly error?: { issues: Parameters<typeof faultsOf>[0] } | undefined;
}

function presentSaved(
  { data, error }: ParsedPayee,
  index: number,
  saved: Map<string, SavedPayee>,
): PayeeResult {
  const found = data && saved.get(data.externalId);
  if (found)
    return { index, externalId: data.externalId, id: found.payee.publicId, status: found.result, errors: [] };
  return { index, externalId: null, id: null, status: 'invalid', errors: faultsOf(error?.issues ?? []) };
}
