import { approvalHash } from '../core/approval.ts';
import { holdNow } from '../core/hold.ts';
import { approversNeeded } from '../core/settings.ts';
import { counted } from '../core/words.ts';
import type { Carried } from '../store/approvals.ts';
import { approvalsOf, carriedBy, paidByHand } from '../store/approvals.ts';
import { rowOfPayout } from '../store/legacy-report.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { peekPayout } from '../store/payout-moves.ts';
import type { PayoutRow } from '../store/payouts.ts';
import { attemptsOf, ledgerOf, timelineOf } from '../store/payouts.ts';
import { readSettings } from '../store/settings.ts';
import { presentEvidence } from '../wire/legacy.ts';
import { otherPayeesOf, wasPaidTo } from '../store/shared-accounts.ts';
import type { PayoutDetails } from '../wire/payouts.ts';
import { presentAttempt, presentPayout } from '../wire/payouts.ts';
import type { ApiDeps } from './deps.ts';
import { scheduledFor } from './schedule-view.ts';
import { unclaimedDaysOf } from './providers.ts';

/** Earnings and recoveries that are listed of one payout. */
const carriedShown = 100;

/** One payout with everything that happened to it. */
export async function payoutDetails(deps: ApiDeps, payout: PayoutRow): Promise<PayoutDetails> {
  const { db } = deps;
  const attempts = await attemptsOf(db, payout.id);
  const paid = await paidByHand(db, payout.id);
  return {
    ...presentPayout(payout, unclaimedDaysOf(deps), deps.now()),
    scheduledDate: await scheduledFor(deps, payout),
    approval: await approvalOf(deps, payout),
    carries: await carriesOf(deps, payout.id),
    paidByHand: paid
      ? { paymentReferenceId: paid.reference ?? '', paymentNotes: paid.notes, paymentDate: paid.paidOn }
      : null,
    legacy: payout.kind === 'legacy' ? presentEvidence(await rowOfPayout(db, payout.id)) : null,
    timeline: await timelineOf(db, payout.id),
    attempts: attempts.map((attempt) => presentAttempt(attempt)),
    ledger: await ledgerOf(db, payout.id),
  };
}

async function approvalOf(deps: ApiDeps, { id }: PayoutRow): Promise<PayoutDetails['approval']> {
  const payout = await peekPayout(deps.db, id);
  if (!payout || payout.kind === 'cycle' || payout.kind === 'legacy') return null;
  const settings = await readSettings(deps.db);
  const approvals = await approvalsOf(deps.db, [id]);
  const hold = holdNow(payout, deps.now());
  return {
    approvalHash: approvalHash(payout, deps.hash),
    requestedBy: payout.requestedByName ?? '',
    expiresAt: payout.expiresAt,
    method: { type: payout.methodType ?? '', destination: payout.methodMasked ?? '' },
    approvals: approvals.map(({ actorName: by, at }) => ({ by, at })),
    approversNeeded: approversNeeded(settings, payout),
    hold: hold && { reason: hold.reason, until: hold.until },
    warnings: await warningsOf(deps, payout),
  };
}

/** What an approver should look at before saying yes. */
async function warningsOf(deps: ApiDeps, payout: LockedPayout): Promise<string[]> {
  if (payout.methodId === null) return [];
  const others = await otherPayeesOf(deps.db, payout.methodId);
  const paidBefore = await wasPaidTo(deps.db, payout.methodId);
  return [
    ...(others === 0
      ? []
      : [`${counted(others, 'other payee is', 'other payees are')} paid to the same account.`]),
    ...(paidBefore ? [] : ['Nothing has arrived at this payout method before.']),
  ];
}

/** What a payout is made of; the statement lists all of it. */
export async function carriesOf(deps: ApiDeps, id: bigint): Promise<PayoutDetails['carries']> {
  const earnings = await carriedBy(deps.db, id, 'payout_earning', carriedShown);
  const recovered = await carriedBy(deps.db, id, 'payout_recovery', carriedShown);
  const bare = ({ sourceType, externalId, gross, fee, net, amount }: Carried) => {
    return { sourceType, externalId, gross, fee, net, amount };
  };
  return {
    earningCount: Number(earnings[0]?.total ?? 0n),
    earnings: earnings.map((row) => bare(row)),
    recoveredCount: Number(recovered[0]?.total ?? 0n),
    recovered: recovered.map((row) => bare(row)),
  };
}
