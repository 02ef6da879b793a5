import type { TeamLanguage } from '../core/language.ts';
import { teamLanguageOf } from '../core/language.ts';
import { faultsIn, parsing } from '../wire/parsing.ts';
import { z } from 'zod';
import { changePayee, savePayees } from '../actions/payees.ts';
import type { SavedPayee } from '../actions/payees.ts';
import { nextPayoutOf } from '../actions/schedules.ts';
import type { Caller } from '../auth/caller.ts';
import { may } from '../core/roles.ts';
import { refuse } from '../core/refusal.ts';
import type { PayeeRow } from '../store/payees.ts';
import { findPayee, listPayees } from '../store/payees.ts';
import { failedMoney } from '../store/failed-money.ts';
import type { FailedMoney } from '../core/failed-money.ts';
import { failedMoneyWords } from '../core/failed-money.ts';
import { ownBalances } from '../store/payee-own.ts';
import { paysTo } from '../store/payout-methods.ts';
import { pageOfFound } from '../wire/paging.ts';
import type { PayeeBody, PayeeResult } from '../wire/payees.ts';
import {
  payeeBody,
  payeePatch,
  payeesBulkBody,
  payeesQuery,
  payeesSavedView,
  payeeView,
  presentPayee,
} from '../wire/payees.ts';
import { readSettings } from '../store/settings.ts';
import { ownBalanceView, presentBalance } from '../wire/portal.ts';
import { faultsOf } from '../wire/problem.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import { afterRaces } from './failure.ts';
import type { ApiDeps } from './deps.ts';
import { blocksFor } from './payee-blocks.ts';
import { teamLanguageIn } from './reader.ts';
import { bulkBodyMaxBytes, created, ok, route } from './route.ts';

const params = z.object({ id: anyId });

export const payeeRoutes = [
  route({
    method: 'GET',
    path: '/payees/:id/balance',
    right: 'read',
    summary: 'What belongs to one payee, per currency, in minor units',
    answer: ownBalanceView,
    refuses: ['payee_not_found'],
    params: z.object({ id: anyId }),
    async handle(deps, { params: { id } }) {
      const payee = await findPayee(deps.db, id);
      if (!payee) return refuse('payee_not_found', { payeeId: id });
      const next = await nextPayoutOf(deps, deps.db, payee.id);
      const failed = await failedMoney(deps.db, payee.id);
      const noteOf = (one: FailedMoney) => failedMoneyWords(one, teamLanguageIn(deps));
      const more = { failed, noteOf, settings: await readSettings(deps.db) };
      return ok(presentBalance(await ownBalances(deps.db, payee.id), next, more));
    },
  }),
  route({
    method: 'POST',
    path: '/payees',
    right: 'operate',
    stepUp: true,
    summary: 'Creates a payee, or updates the one with this external id',
    answer: payeeView,
    status: [201, 200],
    body: payeeBody,
    async handle(deps, { body, caller }) {
      const saved = (await afterRaces(() => savePayees(deps, [body], deps))).get(body.externalId);
      if (!saved) throw new Error('payee was not written');
      const shown = await presentOne(deps, caller, saved.payee);
      return saved.result === 'created' ? created(shown) : ok(shown);
    },
  }),
  route({
    method: 'POST',
    path: '/payees/bulk',
    right: 'operate',
    stepUp: true,
    summary: 'Creates or updates up to 5,000 payees; a bad one stops no other',
    answer: payeesSavedView,
    bodyLimit: bulkBodyMaxBytes,
    body: payeesBulkBody,
    async handle(deps, { body, language }) {
      const reader = teamLanguageOf(language);
      const parsed = body.payees.map((payee) => payeeBody.safeParse(payee, parsing));
      const good = parsed.flatMap((one) => one.data ?? []);
      const saved = await afterRaces(() => savePayees(deps, good));
      return ok({ results: parsed.map((one, index) => presentSaved(one, index, saved, reader)) });
    },
  }),
  route({
    method: 'GET',
    path: '/payees',
    right: 'read',
    summary:
      'Lists payees, newest first, by their names, ids or addresses, by status, and by whether they can be paid',
    answer: pageOfView(payeeView),
    query: payeesQuery,
    async handle(deps, { query: { limit, cursor = null, q = null, status = null, canBePaid: payable } }) {
      const canBePaid = payable === undefined ? null : payable === 'true';
      const found = await listPayees(deps.db, { q, status, canBePaid }, limit, cursor, deps.now());
      const blocksOf = await blocksFor(deps, found.rows);
      const language = teamLanguageIn(deps);
      return ok(pageOfFound(found, (payee) => presentPayee(payee, blocksOf(payee), false, language)));
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
      return payee ? ok(await presentOne(deps, caller, payee)) : refuse('payee_not_found', { payeeId: id });
    },
  }),
  route({
    method: 'PATCH',
    path: '/payees/:id',
    right: 'operate',
    stepUp: true,
    summary: 'Changes what is given of a payee; what is under way keeps its address',
    answer: payeeView,
    refuses: ['payee_not_found'],
    params,
    body: payeePatch,
    async handle(deps, { params: { id }, body, caller }) {
      const changed = await afterRaces(() => changePayee(deps, id, body, deps));
      return changed.ok ? ok(await presentOne(deps, caller, changed.value)) : changed;
    },
  }),
];

/**
 * One payee. Those who type e-mail addresses in see them whole, unless money goes there: then it is a payout detail, which
 * only revealing shows.
 */
async function presentOne(deps: ApiDeps, caller: Caller, payee: PayeeRow) {
  const { id, email } = payee;
  const whole =
    may(caller.role, 'operate') && (email === null || !(await paysTo(deps.db, deps.vault, id, email)));
  const blocks = (await blocksFor(deps, [payee]))(payee);
  return presentPayee(payee, blocks, whole, teamLanguageIn(deps));
}

interface ParsedPayee {
  readonly data?: PayeeBody | undefined;
  readonly error?: { issues: Parameters<typeof faultsOf>[0] } | undefined;
}

function presentSaved(
  { data, error }: ParsedPayee,
  index: number,
  saved: Map<string, SavedPayee>,
  language: TeamLanguage,
): PayeeResult {
  const found = data && saved.get(data.externalId);
  if (found)
    return { index, externalId: data.externalId, id: found.payee.publicId, status: found.result, errors: [] };
  const errors = faultsIn(faultsOf(error?.issues ?? []), language);
  return { index, externalId: null, id: null, status: 'invalid', errors };
}
