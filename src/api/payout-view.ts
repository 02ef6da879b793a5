import { sharedReferenceWords } from '../core/paid-row-words.ts';
import { timelineDetail } from '../core/timeline-words.ts';
import type { Carried } from '../store/approvals.ts';
import { carriedBy, paidByHand } from '../store/approvals.ts';
import { sharedReferences } from '../store/hand-transfers.ts';
import { rowOfPayout } from '../store/legacy-report.ts';
import { peekPayout } from '../store/payout-moves.ts';
import type { PayoutRow } from '../store/payouts.ts';
import { attemptsOf, ledgerOf, timelineOf } from '../store/payouts.ts';
import { presentEvidence } from '../wire/legacy.ts';
import type { PayoutDetails } from '../wire/payouts.ts';
import { presentAttempt, presentPayout } from '../wire/payouts.ts';
import { approvalsFor } from './approval-view.ts';
import type { ApiDeps } from './deps.ts';
import { scheduledFor } from './schedule-view.ts';
import { lookOf } from './providers.ts';
import { teamLanguageIn } from './reader.ts';

/** Earnings and recoveries that are listed of one payout. */
const carriedShown = 100;

/** One payout with everything that happened to it. */
export async function payoutDetails(deps: ApiDeps, payout: PayoutRow): Promise<PayoutDetails> {
  const { db } = deps;
  const language = teamLanguageIn(deps);
  const scheduledDate = await scheduledFor(deps, payout);
  const attempts = await attemptsOf(db, payout.id);
  return {
    ...presentPayout(payout, lookOf(deps), scheduledDate),
    scheduledDate,
    approval: await approvalOf(deps, payout),
    carries: await carriesOf(deps, payout.id),
    paidByHand: await paidByHandOf(deps, payout),
    legacy: payout.kind === 'legacy' ? presentEvidence(await rowOfPayout(db, payout.id)) : null,
    timeline: (await timelineOf(db, payout.id)).map(({ detail, ...entry }) => ({
      ...entry,
      detail: timelineDetail(entry.event, detail, language),
    })),
    attempts: attempts.map((attempt) => presentAttempt(attempt, language)),
    ledger: await ledgerOf(db, payout.id),
  };
}

async function paidByHandOf(
  deps: ApiDeps,
  { id, publicId }: PayoutRow,
): Promise<PayoutDetails['paidByHand']> {
  const paid = await paidByHand(deps.db, id);
  if (!paid) return null;
  const reference = paid.reference ?? '';
  const alsoOn = ((await sharedReferences(deps.db, [reference])).get(reference) ?? []).filter(
    (other) => other !== publicId,
  );
  return {
    paymentReferenceId: reference,
    paymentNotes: paid.notes,
    paymentDate: paid.paidOn,
    alsoOn,
    warning: sharedReferenceWords(alsoOn, teamLanguageIn(deps)),
  };
}

async function approvalOf(deps: ApiDeps, { id }: PayoutRow): Promise<PayoutDetails['approval']> {
  const payout = await peekPayout(deps.db, id);
  return (payout && (await approvalsFor(deps, [payout])).get(id)) ?? null;
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
    firstAt: earnings[0]?.firstAt ?? null,
    lastAt: earnings[0]?.lastAt ?? null,
  };
}
