import { runNotSent } from '../actions/pay-approved.ts';
import { inboxKinds } from '../core/inbox.ts';
import type { InboxKind } from '../core/inbox.ts';
import type { HeapRow, Tally } from '../store/inbox.ts';
import {
  againNow,
  alertsTally,
  approvalsHeap,
  approvedHeap,
  brokenHeap,
  expiringHeap,
  frozenMethods,
  handHeap,
  holdsHeap,
  openDifferences,
  resolvableHeap,
  unclaimedHeap,
} from '../store/inbox.ts';
import type { Db } from '../store/db.ts';
import type { NeedTimes } from '../store/payout-needs.ts';
import { readSettings } from '../store/settings.ts';
import type { InboxFacts } from '../wire/inbox.ts';
import { inboxView, presentInboxItem } from '../wire/inbox.ts';
import type { ApiDeps } from './deps.ts';
import { needTimes } from './inbox-times.ts';
import { teamLanguageIn } from './reader.ts';
import { ok, route } from './route.ts';

/** Alerts about accounts that hold too little. */
const floatAlerts = ['float_short', runNotSent];
/** Alerts of what the inbox shows in its own words. */
const shownOtherwise = [...floatAlerts, 'key_expired'];

export const inboxRoutes = [
  route({
    method: 'GET',
    path: '/inbox',
    right: 'read',
    summary: 'What needs a person, the most urgent first',
    answer: inboxView,
    async handle(deps) {
      const checkedAt = deps.now();
      const items = (await found(deps, checkedAt))
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => inboxKinds.indexOf(a.kind) - inboxKinds.indexOf(b.kind));
      return ok({
        items: items.map((item) => presentInboxItem(item, teamLanguageIn(deps))),
        allClear: items.length === 0,
        checkedAt,
      });
    },
  }),
];

/** Each kind of work with one look of its own. */
async function found(deps: ApiDeps, now: Date): Promise<InboxFacts[]> {
  const { db } = deps;
  const times = needTimes(deps);
  const unknown = await resolvableHeap(db, now);
  const isSent = (await readSettings(db)).sendApprovedOnSchedule;
  const sole = unknown.length === 1 && unknown[0]?.count === 1 ? unknown[0].first : null;
  return [
    { ...summed('unknown_outcome', unknown), id: sole },
    counted('float_short', await alertsTally(db, floatAlerts, false)),
    summed('approvals_expiring', await expiringHeap(db, times.expiringUntil)),
    await brokenOf(db, 'failed', times),
    await brokenOf(db, 'returned', times),
    summed('approvals', await approvalsHeap(db)),
    summed('hand_transfers', await handHeap(db)),
    summed('approved_to_pay', isSent ? [] : await approvedHeap(db, times)),
    summed('unclaimed_ending', await unclaimedHeap(db, times)),
    counted('frozen_methods', await frozenMethods(db)),
    counted('discrepancies', await openDifferences(db)),
    summed('holds_ending', await holdsHeap(db, times)),
    counted('alerts', await alertsTally(db, shownOtherwise, true)),
  ];
}

async function brokenOf(db: Db, state: 'failed' | 'returned', times: NeedTimes): Promise<InboxFacts> {
  return { ...summed(state, await brokenHeap(db, state, times)), againNow: await againNow(db, state, times) };
}

function summed(kind: InboxKind, rows: readonly HeapRow[]): InboxFacts {
  const firstOf = (times: readonly (Date | null)[]) =>
    times.reduce((first, at) => (at && (!first || at < first) ? at : first), null);
  return {
    kind,
    count: rows.reduce((sum, row) => sum + row.count, 0),
    capped: rows.some((row) => row.capped),
    totals: Object.fromEntries(rows.map((row) => [row.currency, row.amount])),
    oldestAt: firstOf(rows.map((row) => row.oldestAt)),
    dueAt: firstOf(rows.map((row) => row.dueAt)),
  };
}

function counted(kind: InboxKind, tally: Tally): InboxFacts {
  return { kind, ...tally };
}
