import { approvalHash } from '../core/approval.ts';
import { approversNeeded } from '../core/settings.ts';
import { approvalsOf, carriedBy, paidByHand } from '../store/approvals.ts';
import { peekPayout } from '../store/payout-moves.ts';
import type { PayoutRow } from '../store/payouts.ts';
import { attemptsOf, ledgerOf, timelineOf } from '../store/payouts.ts';
import { readSettings } from '../store/settings.ts';
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
    ...presentPayout(payout, unclaimedDaysOf(deps)),
    scheduledDate: await scheduledFor(deps, payout),
    approval: await approvalOf(deps, payout),
    carries: await carriesOf(deps, payout.id),
    paidByHand: paid ? { paymentReferenceId: paid.reference ?? '', paymentNotes: paid.notes } : null,
    timeline: await timelineOf(db, payout.id),
    attempts: attempts.map((attempt) => presentAttempt(attempt)),
    ledger: await ledgerOf(db, payout.id),
  };
}

async function approvalOf(deps: ApiDeps, { id }: PayoutRow): Promise<PayoutDetails['approval']> {
  const payout = await peekPayout(deps.db, id);
  if (!payout || payout.kind === 'cycle') return null;
  const settings = await readSettings(deps.db);
  const approvals = await approvalsOf(deps.db, [id]);
  return {
    approvalHash: approvalHash(payout, deps.hash),
    requestedBy: payout.requestedByName ?? '',
    expiresAt: payout.expiresAt,
    method: { type: payout.methodType ?? '', destination: payout.methodMasked ?? '' },
    approvals: approvals.map(({ actorName: by, at }) => ({ by, at })),
    approversNeeded: approversNeeded(settings, payout.amount, payout.currency),
    hold: payout.holdReason === null ? null : { reason: payout.holdReason, until: payout.holdUntil },
  };
}

async function carriesOf(deps: ApiDeps, id: bigint): Promise<PayoutDetails['carries']> {
  const earnings = await carriedBy(deps.db, id, 'payout_earning', carriedShown);
  const recovered = await carriedBy(deps.db, id, 'payout_recovery', carriedShown);
  const bare = ({ sourceType, externalId, amount }: (typeof earnings)[number]) => ({
    sourceType,
    externalId,
    amount,
  });
  return {
    earningCount: Number(earnings[0]?.total ?? 0n),
    earnings: earnings.map((row) => bare(row)),
    recoveredCount: Number(recovered[0]?.total ?? 0n),
    recovered: recovered.map((row) => bare(row)),
  };
}
