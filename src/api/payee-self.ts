import { z } from 'zod';
import { requestPayout } from '../actions/requests.ts';
import { changeSelf, closeSession } from '../actions/portal.ts';
import { nextPayoutOf } from '../actions/schedules.ts';
import { portalCookie } from '../auth/portal-session.ts';
import type { Caller } from '../auth/caller.ts';
import type { Language, Reader } from '../core/language.ts';
import { isMended, isSettled } from '../core/mended.ts';
import { payeeFix } from '../core/payee-fix.ts';
import { refuse } from '../core/refusal.ts';
import type { OwnPayout } from '../store/payee-own.ts';
import type { FailedMoney } from '../core/failed-money.ts';
import { payeeFailedMoney } from '../core/payee-words.ts';
import { failedMoney } from '../store/failed-money.ts';
import { ownBalances, ownPayout, ownPayouts, ownProfile, ownSteps, ownZone } from '../store/payee-own.ts';
import { peekPayout } from '../store/payout-moves.ts';
import { listSessions } from '../store/portal-sessions.ts';
import { readSettings } from '../store/settings.ts';
import { pageOf } from '../wire/paging.ts';
import { parsing } from '../wire/parsing.ts';
import type { OwnPayoutDetails } from '../wire/portal.ts';
import {
  ownBalanceView,
  ownName,
  ownPageQuery,
  ownPayoutDetailsView,
  ownPayoutView,
  presentBalance,
  presentOwnPayout,
  presentOwnTimeline,
  presentProfile,
  profilePatch,
  profileView,
} from '../wire/portal.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import { presentSessions, sessionsView } from '../wire/sessions.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import { requestBody } from '../wire/approvals.ts';
import type { ApiDeps } from './deps.ts';
import { requestOf, requestRefusals } from './quotes.ts';
import { afterRaces } from './failure.ts';
import { carriesOf } from './payout-view.ts';
import { created, ok, route } from './route.ts';
import { scheduledFor, sendTimes } from './schedule-view.ts';
import { unclaimedDaysOf } from './providers.ts';

/** Sessions of one payee that are shown. */
const shownMax = 100;

/** Why a payee cannot be called so, or null; the name they have they may keep. */
async function wrongName(deps: ApiDeps, payeeId: bigint, name: string): Promise<No | null> {
  const { error } = ownName.safeParse(name, parsing);
  if (!error || (await ownProfile(deps.db, payeeId))?.name === name) return null;
  return no('invalid_request', {
    errors: error.issues.slice(0, 1).map(({ message }) => ({ path: 'name', message })),
  });
}

const noSuchSession: No = {
  ...no('not_found'),
  message: 'You have no such session, or it has ended already. Nothing was changed.',
  action: 'Look at the list of your sessions.',
};

/** Who reads what the API says: times are told in the zone they chose, else in that of the platform. */
export async function readerOf(deps: ApiDeps, payeeId: bigint, language: Language): Promise<Reader> {
  return { language, zone: (await ownZone(deps.db, payeeId)) ?? deps.calendar.zone };
}

/** The one payee who calls. Every route here asks this and nothing else whose things it shows. */
export function payeeOf(caller: Caller): bigint {
  if (caller.payeeId === null) throw new Error('a payee route ran without a payee');
  return caller.payeeId;
}

const params = z.object({ id: anyId });

async function fixOf(deps: ApiDeps, row: OwnPayout, language: Language): Promise<OwnPayoutDetails['fix']> {
  const payout = await peekPayout(deps.db, row.id);
  const retries = row.nextRetryAt !== null;
  if (payout?.payeeStatus !== 'active') return null;
  const isTheirsNoMore = isMended(row) || isSettled(row);
  return payeeFix({ ...row, retries, doubted: payout.doubted, isMended: isTheirsNoMore }, language);
}

/** When runs send their payouts; null: a person at the platform does. */
async function ownSendTimes(deps: ApiDeps): Promise<(row: OwnPayout) => Date | null> {
  const sendsAt = await sendTimes(deps);
  return (row) => sendsAt({ ...row, pinnedType: row.methodType, notReady: row.notReadyCode });
}

/** One payout as its payee sees it, with what it is made of. */
export async function ownDetails(
  deps: ApiDeps,
  payeeId: bigint,
  row: OwnPayout,
  language: Language,
): Promise<OwnPayoutDetails> {
  const reader = await readerOf(deps, payeeId, language);
  const timeline = presentOwnTimeline(await ownSteps(deps.db, payeeId, row.id), language);
  const carries = await carriesOf(deps, row.id);
  const scheduledDate = await scheduledFor(deps, row);
  const sendsAt = (await ownSendTimes(deps))(row);
  const shown = presentOwnPayout(row, unclaimedDaysOf(deps), deps.now(), reader, sendsAt);
  const { kind, methodPublicId: id, methodType: type, methodMasked: destination } = row;
  const method = id === null || type === null || destination === null ? null : { id, type, destination };
  return { ...shown, kind, method, scheduledDate, fix: await fixOf(deps, row, language), carries, timeline };
}

const money = [
  route({
    method: 'GET',
    path: '/api/payee/balance',
    right: 'self',
    summary: 'What belongs to the payee who calls, per currency, in minor units.',
    answer: ownBalanceView,
    async handle(deps, { caller, language }) {
      const payeeId = payeeOf(caller);
      const next = await nextPayoutOf(deps, deps.db, payeeId);
      const failed = await failedMoney(deps.db, payeeId);
      const noteOf = (one: FailedMoney) => payeeFailedMoney(one, language);
      const settings = await readSettings(deps.db);
      return ok(presentBalance(await ownBalances(deps.db, payeeId), next, { failed, noteOf, settings }));
    },
  }),
  route({
    method: 'POST',
    path: '/api/payee/request-payout',
    right: 'self',
    summary: 'Asks for a payout of all that is available to the payee who calls, less what they owe.',
    answer: ownPayoutDetailsView,
    status: 201,
    refuses: ['payee_not_found', ...requestRefusals],
    body: requestBody,
    async handle(deps, { body, caller, language }) {
      const payeeId = payeeOf(caller);
      const asked = await afterRaces(() => requestPayout(deps, requestOf(deps, payeeId, body)));
      if (!asked.ok) return asked;
      const row = await ownPayout(deps.db, payeeId, asked.value.payoutId);
      if (!row) throw new Error('a payout that was just written is not there');
      return created(await ownDetails(deps, payeeId, row, language));
    },
  }),
  route({
    method: 'GET',
    path: '/api/payee/payouts',
    right: 'self',
    summary: 'Payouts to the payee who calls, newest first.',
    answer: pageOfView(ownPayoutView),
    query: ownPageQuery,
    async handle(deps, { query: { limit, cursor }, caller, language }) {
      const unclaimedDays = unclaimedDaysOf(deps);
      const payeeId = payeeOf(caller);
      const reader = await readerOf(deps, payeeId, language);
      const rows = await ownPayouts(deps.db, payeeId, limit + 1, cursor ?? null);
      const sendsAt = await ownSendTimes(deps);
      const shown = (row: OwnPayout) =>
        presentOwnPayout(row, unclaimedDays, deps.now(), reader, sendsAt(row));
      return ok(pageOf(rows, limit, shown));
    },
  }),
  route({
    method: 'GET',
    path: '/api/payee/payouts/:id',
    right: 'self',
    summary: 'One payout to the payee who calls: where it is, what happens next, and what happened.',
    answer: ownPayoutDetailsView,
    refuses: ['payout_not_found'],
    params,
    async handle(deps, { params: { id }, caller, language }) {
      const payeeId = payeeOf(caller);
      const row = await ownPayout(deps.db, payeeId, id);
      if (!row) return refuse('payout_not_found', { payoutId: id });
      return ok(await ownDetails(deps, payeeId, row, language));
    },
  }),
];

const person = [
  route({
    method: 'GET',
    path: '/api/payee/profile',
    right: 'self',
    summary: 'The payee who calls.',
    answer: profileView,
    async handle(deps, { caller, language }) {
      const profile = await ownProfile(deps.db, payeeOf(caller));
      if (!profile) throw new Error('a session without its payee');
      return ok(presentProfile(profile, language));
    },
  }),
  route({
    method: 'PATCH',
    path: '/api/payee/profile',
    right: 'self',
    summary:
      'Changes name, language or time zone of the payee who calls; the address is changed by the platform.',
    answer: profileView,
    body: profilePatch,
    async handle(deps, { body: { name, language, timezone }, caller, language: spoken }) {
      const wrong = name === undefined ? null : await wrongName(deps, payeeOf(caller), name);
      if (wrong) return wrong;
      const choices = {
        ...(name === undefined ? {} : { name }),
        ...(language === undefined ? {} : { language }),
        ...(timezone === undefined ? {} : { timezone }),
      };
      return ok(presentProfile(await changeSelf(deps, payeeOf(caller), choices), spoken));
    },
  }),
  route({
    method: 'GET',
    path: '/api/payee/sessions',
    right: 'self',
    summary: 'Where the payee who calls is signed in.',
    answer: sessionsView,
    async handle(deps, { caller }) {
      const rows = await listSessions(deps.db, payeeOf(caller), shownMax, deps.now());
      const sessions = rows.map(({ publicId: id, ...row }) => ({ id, ...row }));
      return ok(presentSessions(sessions, caller.session?.id));
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/payee/sessions/:id',
    right: 'self',
    summary: 'Ends one session of the payee who calls.',
    answer: null,
    status: 204,
    refuses: ['not_found'],
    params,
    async handle(deps, { params: { id }, caller }) {
      const ended = await closeSession(deps, payeeOf(caller), id);
      return ended ? { status: 204, body: undefined } : noSuchSession;
    },
  }),
  route({
    method: 'POST',
    path: '/api/payee/sign-out',
    right: 'self',
    summary: 'Ends the session of the payee who calls and takes its cookie back.',
    answer: null,
    status: 204,
    async handle(deps, { caller }) {
      await closeSession(deps, payeeOf(caller), caller.session?.id ?? '');
      return { status: 204, body: undefined, headers: { 'set-cookie': portalCookie(deps.publicUrl, '', 0) } };
    },
  }),
];

/** What a payee sees and changes of their own. */
export const payeeSelfRoutes = [...money, ...person];
