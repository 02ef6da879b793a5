import type { AttemptState, ItemStatus } from '../core/attempt.ts';
import { attemptStateFor, eventOf } from '../core/attempt.ts';
import { between, isBackInParts, partlyReversed, partToBook, partWords } from '../core/part.ts';
import type { PayoutEvent, PayoutState } from '../core/payout.ts';
import { step } from '../core/payout.ts';
import { provenAbsent } from '../core/resolution.ts';
import type { Persistence } from '../core/reasons.ts';
import { persistenceOf } from '../core/reasons.ts';
import { feesCharged, payoutMoved } from '../ledger/postings.ts';
import type { NewAlert } from '../core/alert-kinds.ts';
import { closeAlerts, openAlerts } from '../store/alerts.ts';
import type { Change, LockedAttempt } from '../store/attempts.ts';
import {
  applyChanges,
  findAttempts,
  lockAttempts,
  lockOpenAttempts,
  markTold,
  moveWhole,
} from '../store/attempts.ts';
import { touchBatch } from '../store/batches.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { post, postKinds, unpostedFees } from '../store/ledger.ts';
import { lockLeased } from '../store/submissions.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { bookParts, closePartAlerts, partAlert } from './parts.ts';
import { tellPayees } from './payee-mails.ts';
import { alertRetriedOut, stuckSending, withRetries } from './retry-plan.ts';

/** Why an attempt failed. `persistence` where the provider says it itself. */
export interface FailureReason {
  readonly code: string;
  readonly message: string;
  readonly persistence?: Persistence | undefined;
}

/** What a provider says of one item, translated. Amounts in minor units; status null when its word is not known. */
export interface Report {
  readonly itemReference: string;
  readonly providerItemId: string;
  readonly status: ItemStatus | null;
  readonly raw: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly fee: bigint | null;
  readonly reason: FailureReason | null;
  readonly transactionId: string | null;
  /** The part of a completed item that came back, in minor units. */
  readonly partlyReturned?: bigint;
}

/** The submission whose lease the caller holds. */
export interface Leased {
  readonly id: bigint;
  readonly batchId: bigint;
  readonly provider: string;
  readonly providerKey: string;
  readonly fence: bigint;
}

export interface Recorded {
  readonly changed: number;
  /** Items of the page that are not of this submission. */
  readonly strangers: readonly Report[];
  /** Somebody else holds the lease: nothing was written, the caller stops. */
  readonly leaseLost: boolean;
}

/** The provider has another word about an attempt after which a later one was made. */
const lateChange = 'late_change_of_old_attempt';

const leaseLost: Recorded = { changed: 0, strangers: [], leaseLost: true };

interface Judged {
  readonly change: (Change & { move: LockedAttempt }) | null;
  readonly alert: NewAlert | null;
  /** An old attempt that failed: the provider now says that it has the money (true), or again that it has not (false). */
  readonly told?: { readonly attemptId: bigint; readonly otherwise: boolean };
}

/**
 * The one way in for what a provider says of items, whether it was polled, hinted at by a webhook, read from a file or by
 * a reconciliation. Idempotent and tolerant of order: `core.step` decides, a repeat changes nothing, and a report about
 * anything but the last attempt of a payout moves nothing.
 */
export async function recordItems(
  ctx: ActionContext,
  submission: Leased,
  reports: readonly Report[],
  actor: string,
): Promise<Recorded> {
  return transaction(ctx.db, async (tx) => {
    if (!(await lockLeased(tx, submission.id, submission.fence))) return leaseLost;
    const references = reports.map((report) => report.itemReference);
    const { judged, strangers } = judgeAll(submission, reports, await lockAttempts(tx, references));
    const changes = judged.flatMap(({ change }) => change ?? []);
    await write(tx, ctx, submission, changes, actor);
    // An old attempt that became the payment has nothing to be compared any more; there are few of these.
    for (const { move } of changes.filter(({ move }) => !move.last && move.payoutState === 'failed')) {
      await closeAlerts(tx, [lateChange], move.itemReference, ctx.now());
    }
    for (const otherwise of [true, false]) {
      const told = judged.flatMap((item) => (item.told?.otherwise === otherwise ? item.told.attemptId : []));
      await markTold(tx, told, otherwise, ctx.now());
    }
    await openAlerts(
      tx,
      judged.flatMap(({ alert }) => alert ?? []),
      ctx.now(),
    );
    return { changed: changes.length, strangers, leaseLost: false };
  });
}

/** The provider denied the whole submission: what is still open has not been paid and never will be by this attempt. */
export async function recordDenied(ctx: ActionContext, submission: Leased, actor: string): Promise<number> {
  return transaction(ctx.db, async (tx) => {
    if (!(await lockLeased(tx, submission.id, submission.fence))) return 0;
    const open = await lockOpenAttempts(tx, submission.id);
    const reason = {
      code: 'batch_denied',
      message: 'The provider denied the submission and listed no result for this item.',
    };
    await failAttempts(tx, ctx, submission, open, 'fail', () => reason, actor);
    return open.length;
  });
}

/** Fails locked attempts with a reason each, by `reject` (the call was refused) or `fail` (the item was). */
export async function failAttempts(
  tx: Db,
  ctx: ActionContext,
  submission: Leased,
  attempts: readonly LockedAttempt[],
  event: 'reject' | 'fail',
  reasonOf: (attempt: LockedAttempt) => FailureReason,
  actor: string,
): Promise<void> {
  const changes = attempts.flatMap((attempt) => {
    const to = step(attempt.payoutState, event);
    return to === 'same' || to === 'refuse'
      ? []
      : [change(attempt, to, event, { reason: reasonOf(attempt) })];
  });
  await write(tx, ctx, submission, changes, actor);
}

/** Moves all payouts of a submission that are in `from`, with their posting where the money changes place. */
export async function moveSubmission(
  tx: Db,
  ctx: ActionContext,
  submission: Leased,
  from: PayoutState,
  event: PayoutEvent,
): Promise<number> {
  const to = step(from, event);
  if (to === 'same' || to === 'refuse') throw new Error(`a payout in ${from} does not ${event}`);
  const moved = await moveWhole(tx, submission.id, from, to, ctx.now());
  const facts = moved.flatMap(
    (row) => payoutMoved({ ...row, provider: submission.provider, from, to }) ?? [],
  );
  await post(tx, 'attempt', to, facts, ctx.now());
  // A payout starts once for its payee, however often it is sent.
  const told = moved.map(({ payoutId }) => ({ payoutId, from, to, occasion: 'first', reasonCode: null }));
  await tellPayees(tx, ctx, told);
  return moved.length;
}

async function write(
  tx: Db,
  ctx: ActionContext,
  submission: Leased,
  judgedChanges: readonly (Change & { move: LockedAttempt })[],
  actor: string,
): Promise<void> {
  if (judgedChanges.length === 0) return;
  const now = ctx.now();
  const changes = await withRetries(tx, judgedChanges, now);
  await applyChanges(tx, changes, actor, now);
  // What the provider says is so, also when the payee has come to owe meanwhile.
  await postKinds(tx, 'attempt', factsOf(submission, changes), now, { mayOwe: true });
  await bookParts(tx, ctx, submission.provider, changes, actor);
  await closePartAlerts(tx, changes, now);
  const told = changes.map((item) => ({ ...item, occasion: `a${item.attemptId}` }));
  await tellPayees(tx, ctx, told);
  const closed = changes.reduce((sum, item) => sum + opens(item.move.state) - opens(item.attemptState), 0);
  const batch = await touchBatch(tx, submission.batchId, closed, now);
  await alertRetriedOut(tx, batch.publicId, changes, now);
  if (!batch.completed) return;
  await closeAlerts(tx, [stuckSending], batch.publicId, now);
  await audit(tx, ctx, 'batch.completed', { type: 'batch', id: batch.publicId });
}

/** What changes place, by the state it comes to. */
function factsOf(submission: Leased, changes: readonly (Change & { move: LockedAttempt })[]) {
  const facts = changes.flatMap((item) => {
    const fact = payoutMoved({
      ...item.move,
      attemptId: item.attemptId,
      // What came back before is in the books.
      ...between(item.move, item.from === 'completed' ? item.move.returnedPart : 0n, item.move.amount),
      provider: submission.provider,
      from: item.from,
      to: item.to,
    });
    return fact ? [{ ...fact, to: item.to }] : [];
  });
  return Map.groupBy(facts, ({ to }) => to);
}

function opens(state: AttemptState | undefined): number {
  return state === 'pending' || state === 'held' ? 1 : 0;
}

function judgeAll(
  submission: Leased,
  reports: readonly Report[],
  attempts: readonly LockedAttempt[],
): { judged: Judged[]; strangers: Report[] } {
  const byReference = new Map(attempts.map((attempt) => [attempt.itemReference, attempt]));
  const strangers: Report[] = [];
  const judged = reports.flatMap((report) => {
    const attempt = byReference.get(report.itemReference);
    if (attempt?.submissionId !== submission.id) strangers.push(report);
    return attempt ? [judge(submission, report, attempt)] : [];
  });
  return { judged, strangers };
}

/**
 * Do these reports tell anything new? A look without locks, for readings that mostly find what is known: when it says
 * no, nothing needs to be recorded.
 */
export async function tellsNews(
  ctx: ActionContext,
  submission: Leased,
  reports: readonly Report[],
): Promise<{ news: boolean; strangers: readonly Report[] }> {
  const known = await findAttempts(
    ctx.db,
    reports.map((report) => report.itemReference),
  );
  const { judged, strangers } = judgeAll(submission, reports, known);
  const news = judged.some(
    ({ change, alert, told }) => change !== null || alert !== null || told !== undefined,
  );
  return { news, strangers };
}

/** Turns what is to be told of an item into a judgement that changes nothing. */
type Alerting = (told: Untold) => Judged;
type Untold<Alert = NewAlert> = Alert extends NewAlert ? Omit<Alert, 'subject'> : never;

/** What one report means for its attempt: a change, an alert, or nothing. */
function judge(submission: Leased, report: Report, attempt: LockedAttempt): Judged {
  const alert: Alerting = (told) => ({ change: null, alert: { ...told, subject: report.itemReference } });
  if (attempt.submissionId !== submission.id) {
    return alert({ kind: 'item_of_another_submission', facts: { key: submission.providerKey } });
  }
  if (report.status === null) {
    return alert({ kind: 'unknown_status', facts: { raw: report.raw, of: 'payout' } });
  }
  if (report.amount !== attempt.amount || report.currency !== attempt.currency) {
    const listed = `${report.amount} ${report.currency}`;
    const sent = `${attempt.amount} ${attempt.currency}`;
    return alert({ kind: 'amount_mismatch', facts: { listed, sent } });
  }
  const event = eventOf(report.status);
  if (attempt.reasonCode === provenAbsent && (report.status === 'failed' || report.status === 'returned')) {
    // A person called it unsent; the provider's own word that it was not paid takes the place of theirs.
    const said = change(attempt, attempt.payoutState, event, report);
    return { change: { ...said, attemptState: attempt.state }, alert: null };
  }
  if (!attempt.last || hasMovedOn(attempt)) return judgeOld(report.status, attempt, alert, report);
  if (isBackInParts(report.status, attempt)) return { change: null, alert: null };
  const part = partToBook(report, attempt);
  if (part !== null) return judgePart(report, attempt, part);
  const to = step(attempt.payoutState, event);
  if (to === 'refuse') {
    const { payoutState: state } = attempt;
    const contradiction = alert({ kind: 'contradiction', facts: { raw: report.raw, state } });
    return report.status === 'completed' ? { ...contradiction, ...told(attempt, true) } : contradiction;
  }
  if (to === 'same' && attempt.toldOtherwise && attempt.state === report.status) {
    return { change: null, alert: null, ...told(attempt, false) };
  }
  if (to !== 'same') return { change: change(attempt, to, event, report), alert: null };
  const settledFee = report.fee !== null && report.fee !== attempt.fee && report.status !== 'pending';
  return { change: settledFee ? change(attempt, attempt.payoutState, event, report) : null, alert: null };
}

/**
 * A part of a completed payment came back, or more of it than was known: the payout stays completed, says how much, and the
 * books show it. Of a payout that is completed by something else than this attempt nothing is changed.
 */
function judgePart(report: Report, attempt: LockedAttempt, part: bigint): Judged {
  const event = eventOf('completed');
  const stepped = step(attempt.payoutState, event);
  const to = stepped === 'same' ? attempt.payoutState : stepped;
  const why = report.reason?.message ?? null;
  const words = partWords(part, { ...report, why });
  const isOurs = to !== 'refuse' && (stepped !== 'same' || attempt.state === 'completed');
  const alert = partAlert(report.itemReference, part, { ...report, why }, isOurs);
  if (!isOurs) return { change: null, alert };
  const reason = { code: partlyReversed, message: words };
  const said = change(attempt, to, event, { ...report, reason });
  return { change: { ...said, attemptState: attemptStateFor(to), returnedPart: part }, alert };
}

/** The attempt ended without payment, and somebody has moved the payout on since: by hand, or by asking for another approval. */
function hasMovedOn({ state, payoutState }: LockedAttempt): boolean {
  return (state === 'failed' || state === 'returned') && payoutState !== state;
}

/** Marks an attempt that ended without payment: the provider now says that it paid, or that it did not after all. */
function told(
  { id: attemptId, state, toldOtherwise }: LockedAttempt,
  otherwise: boolean,
): Pick<Judged, 'told'> {
  const isOver = state === 'failed' || state === 'returned';
  return isOver && toldOtherwise !== otherwise ? { told: { attemptId, otherwise } } : {};
}

/**
 * A later attempt exists, or the payout has moved on by hand: the old attempt moves nothing, and news of it that costs money
 * is an alert. The mark keeps the payout and its earnings from being paid again; once a later attempt has failed as well,
 * the payment of the old one is the payment.
 */
function judgeOld(status: ItemStatus, attempt: LockedAttempt, alert: Alerting, report: Report): Judged {
  const expected = attempt.state === status || (attempt.state === 'failed' && status === 'returned');
  if (expected || status === 'pending') {
    return { change: null, alert: null, ...(expected ? told(attempt, false) : {}) };
  }
  if (attempt.state === 'failed' && attempt.payoutState === 'failed' && status === 'completed') {
    return { change: change(attempt, 'completed', 'complete', report), alert: null };
  }
  const facts = { before: attempt.state, now: status, state: attempt.payoutState };
  return { ...alert({ kind: lateChange, facts }), ...told(attempt, true) };
}

function change(
  attempt: LockedAttempt,
  to: PayoutState,
  event: PayoutEvent,
  report: Partial<Report>,
): Change & { move: LockedAttempt } {
  return {
    move: attempt,
    attemptId: attempt.id,
    payoutId: attempt.payoutId,
    from: attempt.payoutState,
    to,
    attemptState: attemptStateFor(to),
    event,
    reasonCode: report.reason?.code ?? (to === 'failed' ? 'provider_error' : null),
    reasonDetail: report.reason?.message ?? null,
    persistence:
      to === 'failed' ? persistenceOf(report.reason?.code ?? null, report.reason?.persistence) : null,
    providerItemId: report.providerItemId ?? null,
    providerRaw: report.raw ?? null,
    transactionId: report.transactionId ?? null,
    fee: report.fee ?? null,
  };
}

/** Posts the provider's fees of a finished submission that are not in the books yet: platform costs → provider float. */
export async function postFees(ctx: ActionContext, submission: Leased): Promise<void> {
  await transaction(ctx.db, async (tx) => {
    if (!(await lockLeased(tx, submission.id, submission.fence))) return;
    const fees = await unpostedFees(tx, submission.id);
    if (fees) await post(tx, 'submission', fees.kind, [feesCharged({ ...submission, ...fees })], ctx.now());
  });
}
