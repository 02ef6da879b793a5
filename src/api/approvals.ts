import { approvePayouts, declinePayouts } from '../actions/approvals.ts';
import { markPaid, unpay } from '../actions/by-hand.ts';
import type { DeedResult } from '../actions/deeds.ts';
import { cancelPayouts, holdPayouts, releasePayouts } from '../actions/operator-deeds.ts';
import { payApproved } from '../actions/pay-approved.ts';
import { resubmitPayouts } from '../actions/resubmit.ts';
import { makePayout, requestPayout } from '../actions/requests.ts';
import type { Language } from '../core/language.ts';
import { teamLanguageOf } from '../core/language.ts';
import type { Outcome, RefusalCode } from '../core/refusal.ts';
import { findPayout } from '../store/payouts.ts';
import {
  approveBody,
  deedsView,
  holdBody,
  idsBody,
  markPaidBody,
  presentDeeds,
  processApprovedBody,
  reasonBody,
  requestBody,
  singleBody,
  unpayBody,
} from '../wire/approvals.ts';
import { startedView } from '../wire/batches.ts';
import { payoutDetailsView } from '../wire/payouts.ts';
import type { No } from '../wire/problem.ts';
import { z } from 'zod';
import { anyId } from '../wire/text.ts';
import type { ApiDeps } from './deps.ts';
import { afterRaces } from './failure.ts';
import { unlessInFuture } from './in-future.ts';
import { payoutDetails } from './payout-view.ts';
import { providerOf } from './providers.ts';
import { askRefusals, paidInOf, requestOf, requestRefusals } from './quotes.ts';
import type { Answer } from './route.ts';
import { accepted, created, ok, route } from './route.ts';

/** What any deed on payouts can hear. */
const deedRefusals = [
  'payout_not_found',
  'already_processed',
  'payout_in_progress',
] as const satisfies RefusalCode[];

/** One payout that cannot is a no; of several each has its result. */
function answerTo(results: readonly DeedResult[], language: Language): Answer | No {
  const [first] = results;
  if (results.length === 1 && first?.refused) return first.refused;
  return ok(presentDeeds(results, teamLanguageOf(language)));
}

/** The payout that was made or changed, as it is now. */
async function shown(
  deps: ApiDeps,
  outcome: Outcome<{ payoutId: string }>,
  answer: (body: unknown) => Answer,
): Promise<Answer | No> {
  if (!outcome.ok) return outcome;
  const payout = await findPayout(deps.db, outcome.value.payoutId);
  if (!payout) throw new Error('a payout that was just written is not there');
  return answer(await payoutDetails(deps, payout));
}

const approving = [
  route({
    method: 'POST',
    path: '/payouts/approve',
    right: 'approve',
    stepUp: true,
    summary: 'Approves payouts, each by itself; with approvalHash exactly what was seen',
    answer: deedsView,
    refuses: [...deedRefusals, 'changed_since_seen', 'own_request', 'own_redirect', 'approved_once'],
    body: approveBody,
    async handle(deps, { body, language }) {
      const { payoutIds, approvalHash = null } = body;
      return answerTo(await approvePayouts(deps, { payoutIds, approvalHash }), language);
    },
  }),
  route({
    method: 'POST',
    path: '/payouts/decline',
    right: 'approve',
    stepUp: true,
    summary: 'Declines payouts that have not left; the money is available to the payee again',
    answer: deedsView,
    refuses: [...deedRefusals, 'in_hand_export'],
    body: reasonBody,
    async handle(deps, { body, language }) {
      return answerTo(await declinePayouts(deps, body), language);
    },
  }),
  route({
    method: 'POST',
    path: '/payouts/mark-paid',
    right: 'approve',
    stepUp: true,
    summary: 'Writes down that an approved payout was paid by hand, under its reference',
    answer: payoutDetailsView,
    refuses: [...deedRefusals, 'not_approved', 'payout_on_hold', 'reference_came_back'],
    body: markPaidBody,
    async handle(deps, { body }) {
      const { payoutId, paymentReferenceId: reference, paymentNotes: notes = null } = body;
      const input = { payoutId, reference, notes, paidOn: body.paymentDate ?? null };
      return shown(deps, await markPaid(deps, input), ok);
    },
  }),
  route({
    method: 'POST',
    path: '/payouts/unpay',
    right: 'approve',
    stepUp: true,
    summary: 'Takes back that a payout was paid by hand: it came back, and is available to the payee again',
    answer: payoutDetailsView,
    refuses: [...deedRefusals, 'not_paid_by_hand'],
    body: unpayBody,
    async handle(deps, { body }) {
      return shown(deps, await unpay(deps, body), ok);
    },
  }),
];

const operating = [
  route({
    method: 'POST',
    path: '/payouts/cancel',
    right: 'operate',
    stepUp: true,
    summary: 'Cancels payouts that have not left or are proven not to have been paid',
    answer: deedsView,
    refuses: [...deedRefusals, 'in_hand_export'],
    body: reasonBody,
    async handle(deps, { body, language }) {
      return answerTo(await cancelPayouts(deps, body), language);
    },
  }),
  route({
    method: 'POST',
    path: '/payouts/hold',
    right: 'operate',
    stepUp: true,
    summary: 'Keeps payouts from being sent, until a time or until they are released',
    answer: deedsView,
    refuses: deedRefusals,
    body: holdBody,
    async handle(deps, { body: { until = null, ...body }, language }) {
      const past = unlessInFuture(until, deps.now());
      if (past) return past;
      return answerTo(await holdPayouts(deps, { ...body, until }), language);
    },
  }),
  route({
    method: 'POST',
    path: '/payouts/release',
    right: 'operate',
    stepUp: true,
    summary: 'Ends the hold of payouts before its time',
    answer: deedsView,
    refuses: deedRefusals,
    body: idsBody,
    async handle(deps, { body, language }) {
      return answerTo(await releasePayouts(deps, body), language);
    },
  }),
  route({
    method: 'POST',
    path: '/payouts/resubmit',
    right: 'operate',
    stepUp: true,
    summary: 'Puts payouts that failed or came back to be approved again, for the present method',
    answer: deedsView,
    refuses: [
      ...deedRefusals,
      'legacy_payout',
      'never_approved',
      'payout_method_missing',
      'payee_owes',
      'request_in_flight_already',
    ],
    body: idsBody,
    async handle(deps, { body, language }) {
      return answerTo(await afterRaces(() => resubmitPayouts(deps, body)), language);
    },
  }),
  route({
    method: 'POST',
    path: '/payout-batches/process-approved',
    right: 'operate',
    stepUp: true,
    summary: 'Pays what is approved and has a method the provider pays, as one batch without a cycle',
    answer: startedView,
    status: 202,
    refuses: ['provider_not_set_up', 'nothing_to_pay', 'insufficient_float'],
    body: processApprovedBody,
    async handle(deps, { body, caller }) {
      const provider = providerOf(deps, body.provider);
      if (!provider.ok) return provider;
      const { notes = null, acceptShortfall } = body;
      const input = { startedBy: caller.name, notes, acceptShortfall };
      const paid = await afterRaces(() => payApproved(deps, provider.value, input));
      return paid.ok ? accepted({ ...paid.value, status: 'processing', replayed: false }) : paid;
    },
  }),
];

const asking = [
  route({
    method: 'POST',
    path: '/payouts',
    right: 'operate',
    stepUp: true,
    summary: 'Makes a payout of a statement or an adjustment, which waits for approval',
    answer: payoutDetailsView,
    status: 201,
    refuses: [
      'payee_not_found',
      ...askRefusals,
      'payee_owes',
      'statement_differs',
      'already_processed',
      'nothing_to_pay',
    ],
    body: singleBody,
    async handle(deps, { body }) {
      const { statementId = null, reason = null, ...rest } = body;
      const input = { ...rest, statementId, reason, ...paidInOf(deps, body) };
      const made = await afterRaces(() => makePayout(deps, input));
      return shown(deps, made, created);
    },
  }),
  route({
    method: 'POST',
    path: '/payees/:id/request-payout',
    right: 'operate',
    stepUp: true,
    summary: 'Asks for a payout of all that is available to a payee, less what they owe',
    answer: payoutDetailsView,
    status: 201,
    refuses: ['payee_not_found', ...requestRefusals],
    params: z.object({ id: anyId }),
    body: requestBody,
    async handle(deps, { params: { id }, body }) {
      return shown(deps, await afterRaces(() => requestPayout(deps, requestOf(deps, id, body))), created);
    },
  }),
];

/** Payouts that are asked for, approved and paid by hand. */
export const approvalRoutes = [...approving, ...operating, ...asking];
