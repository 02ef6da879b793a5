import { z } from 'zod';
import { cancelBatch, processCycle, retryFailed } from '../actions/batches.ts';
import { askReconciliation } from '../actions/reconciliations.ts';
import { teamLanguages } from '../core/language.ts';
import { refuse } from '../core/refusal.ts';
import type { BatchRow, SummaryRow } from '../store/batches.ts';
import {
  batchReasons,
  batchSummaries,
  batchSummary,
  findBatch,
  hasPending,
  listBatches,
} from '../store/batches.ts';
import { findCycle } from '../store/cycles.ts';
import { batchItems } from '../store/batch-items.ts';
import { reconciledAt } from '../store/reconciliations.ts';
import { settledInBatch, triedInBatch } from '../store/tried-before.ts';
import { submissionCounts, submissionsOfBatches } from '../store/submissions.ts';
import { itemView, presentItem } from '../wire/batch-items.ts';
import { listedBatchView, presentSummary, summaryView } from '../wire/batch-summary.ts';
import {
  batchProgressView,
  bucketQuery,
  cancelledView,
  presentBatch,
  presentProgress,
  processBody,
  reconcileAskedView,
  retriedView,
  retryFailedBody,
  startedView,
  statesOf,
  summaryQuery,
} from '../wire/batches.ts';
import { cursorOf, pageOfFound, pageQuery } from '../wire/paging.ts';
import { pageOfView } from '../wire/shapes.ts';
import { presentTriedBefore, retryPreviewView } from '../wire/tried-before.ts';
import { anyId } from '../wire/text.ts';
import { lockTarget } from './cycle-lock.ts';
import type { ApiDeps } from './deps.ts';
import { exportBatch } from './export.ts';
import { afterRaces } from './failure.ts';
import { onlyOf } from './preview.ts';
import { providerOf } from './providers.ts';
import { teamLanguageIn } from './reader.ts';
import type { Answer } from './route.ts';
import { accepted, bulkBodyMaxBytes, ok, route } from './route.ts';

/** Submissions that are listed with a batch: a provider that takes one item per call has thousands of them. */
export const submissionsShownMax = 200;

/** Payees who say that it is settled, and are named before a retry. */
const settledShownMax = 10;

const params = z.object({ batchId: anyId });

/** Finds the batch of the address, or says that there is none. */
async function withBatch(deps: ApiDeps, id: string, use: (batch: BatchRow) => Promise<Answer>) {
  const batch = await findBatch(deps.db, id);
  return batch ? use(batch) : refuse('batch_not_found', { batchId: id });
}

/** A batch with its progress as it is now. */
export async function progressOf(deps: ApiDeps, batch: BatchRow) {
  const moment = {
    hasPending: batch.openItems > 0 && (await hasPending(deps.db, batch.id)),
    reconciledAt: await reconciledAt(deps.db, batch.id),
  };
  const shown = await submissionsOfBatches(deps.db, [batch.id], submissionsShownMax);
  return presentProgress(batch, shown, { ...moment, ...(await submissionCounts(deps.db, batch.id)) });
}

/** What a list says of the outcome of a batch; why items failed is in the summary of the one batch. */
function presentCounts(batch: BatchRow, rows: readonly SummaryRow[]) {
  const { success, failed, unclaimed, pending, returned, cancelled, totals, totalsByCurrency } =
    presentSummary(batch, rows, [], 'en');
  return { success, failed, unclaimed, pending, returned, cancelled, totals, totalsByCurrency };
}

async function statusOf(deps: ApiDeps, batchId: string): Promise<BatchRow['state']> {
  const batch = await findBatch(deps.db, batchId);
  return batch?.state ?? 'processing';
}

export const batchRoutes = [
  route({
    method: 'POST',
    path: '/payout-batches/process',
    right: 'operate',
    stepUp: true,
    summary: 'Pays everybody of a cycle who is eligible: writes the batch, the engine sends it',
    answer: startedView,
    status: 202,
    refuses: [
      'cycle_not_found',
      'cycle_closed',
      'batch_already_active',
      'nothing_to_pay',
      'provider_not_set_up',
      'too_many_items',
      'cycle_locked',
      'cycle_lock_lost',
      'process_too_often',
      'changed_since_preview',
      'insufficient_float',
    ],
    bodyLimit: bulkBodyMaxBytes,
    body: processBody,
    locks: (deps, { body }) => lockTarget(deps, body.cycleId, 'process'),
    async handle(deps, { body, caller }) {
      const provider = providerOf(deps, body.provider);
      if (!provider.ok) return provider;
      const input = {
        cyclePublicId: body.cycleId,
        startedBy: caller.name,
        notes: body.notes ?? null,
        earningIds: await onlyOf(deps, body),
        newOnly: body.newOnly,
        leaveOutUnmended: body.leaveOutUnmended,
        checksum: body.checksum ?? null,
        acceptShortfall: body.acceptShortfall,
      };
      const started = await afterRaces(() => processCycle(deps, provider.value, input));
      if (!started.ok) return started;
      return accepted({ ...started.value, status: await statusOf(deps, started.value.batchId) });
    },
  }),
  route({
    method: 'GET',
    path: '/payout-batches',
    right: 'read',
    summary: 'Lists batches, newest first; the header X-Next-Cursor names the next page',
    answer: z.array(listedBatchView),
    answerHeaders: { 'X-Next-Cursor': 'Names the next page; absent on the last' },
    query: pageQuery.extend({ cycleId: anyId.optional(), summary: summaryQuery }),
    async handle(deps, { query: { cycleId, limit, cursor, summary } }) {
      const cycle = cycleId === undefined ? null : await findCycle(deps.db, cycleId);
      if (cycle === undefined) return ok([]);
      const rows = await listBatches(deps.db, cycle?.id ?? null, limit + 1, cursor ?? null);
      const shown = rows.slice(0, limit);
      const ids = shown.map((batch) => batch.id);
      const submissions = Map.groupBy(
        await submissionsOfBatches(deps.db, ids, submissionsShownMax),
        (row) => row.batchId,
      );
      const counts = Map.groupBy(summary ? await batchSummaries(deps.db, ids) : [], (row) => row.batchId);
      const last = shown.at(-1);
      // The body is an array, so the next page is named in a header.
      const headers = last && rows.length > limit ? { 'x-next-cursor': cursorOf(last.id) } : {};
      return ok(
        shown.map((batch) => ({
          ...presentBatch(batch, submissions.get(batch.id) ?? []),
          ...(summary ? { summary: presentCounts(batch, counts.get(batch.id) ?? []) } : {}),
        })),
        headers,
      );
    },
  }),
  route({
    method: 'GET',
    path: '/payout-batches/:batchId',
    right: 'read',
    summary: 'A batch with its progress',
    answer: batchProgressView,
    refuses: ['batch_not_found'],
    params,
    handle: (deps, { params: { batchId } }) =>
      withBatch(deps, batchId, async (batch) => ok(await progressOf(deps, batch))),
  }),
  route({
    method: 'GET',
    path: '/payout-batches/:batchId/summary',
    right: 'read',
    summary: 'Counts, totals and reasons of a batch',
    answer: summaryView,
    refuses: ['batch_not_found'],
    params,
    handle: (deps, { params: { batchId } }) =>
      withBatch(deps, batchId, async (batch) => {
        const rows = await batchSummary(deps.db, batch.id);
        const reasons = await batchReasons(deps.db, batch.id);
        return ok(presentSummary(batch, rows, reasons, teamLanguageIn(deps)));
      }),
  }),
  route({
    method: 'GET',
    path: '/payout-batches/:batchId/items',
    right: 'read',
    summary: 'The items of a batch in their order',
    answer: pageOfView(itemView),
    refuses: ['batch_not_found'],
    params,
    query: pageQuery.extend({ status: bucketQuery }),
    handle: (deps, { params: { batchId }, query: { status, limit, cursor } }) =>
      withBatch(deps, batchId, async (batch) => {
        const found = await batchItems(deps.db, batch.id, statesOf(status), limit, cursor ?? 0n);
        const language = teamLanguageIn(deps);
        return ok(pageOfFound(found, (item) => presentItem(item, language)));
      }),
  }),
  route({
    method: 'GET',
    path: '/payout-batches/:batchId/export.csv',
    right: 'read',
    summary: 'The items of a batch as CSV',
    answer: { contentType: 'text/csv' },
    refuses: ['batch_not_found'],
    params,
    query: z.object({ status: bucketQuery, language: z.enum(teamLanguages).optional() }),
    handle: (deps, { params: { batchId }, query: { status, language = teamLanguageIn(deps) } }) =>
      withBatch(deps, batchId, async (batch) => exportBatch(deps, batch, status, language)),
  }),
  route({
    method: 'GET',
    path: '/payout-batches/:batchId/retry-preview',
    right: 'read',
    summary: 'What a retry of the batch would try again, by the reason it failed for',
    answer: retryPreviewView,
    refuses: ['batch_not_found'],
    params,
    handle: (deps, { params: { batchId } }) =>
      withBatch(deps, batchId, async (batch) => {
        const rows = await triedInBatch(deps.db, batch.id, batch.provider, deps.now());
        const settled = await settledInBatch(deps.db, batch.id, batch.provider, settledShownMax);
        return ok({ batchId, triedBefore: presentTriedBefore(rows, teamLanguageIn(deps)), settled });
      }),
  }),
  route({
    method: 'POST',
    path: '/payout-batches/:batchId/retry-failed',
    right: 'operate',
    stepUp: true,
    summary: 'Pays what failed again, as a new batch',
    answer: retriedView,
    status: 202,
    refuses: [
      'batch_not_found',
      'batch_still_active',
      'batch_already_active',
      'nothing_failed',
      'provider_not_set_up',
      'too_many_items',
      'insufficient_float',
      'cycle_locked',
      'cycle_lock_lost',
    ],
    params,
    body: retryFailedBody,
    async locks(deps, { params: { batchId } }) {
      const batch = await findBatch(deps.db, batchId);
      return lockTarget(deps, batch?.cyclePublicId ?? null, 'retry-failed');
    },
    async handle(deps, { params: { batchId }, body: { acceptShortfall, leaveOutUnmended }, caller }) {
      const batch = await findBatch(deps.db, batchId);
      if (!batch) return refuse('batch_not_found', { batchId });
      const provider = providerOf(deps, batch.provider);
      if (!provider.ok) return provider;
      const asked = { acceptShortfall, leaveOutUnmended };
      const input = { batchPublicId: batchId, startedBy: caller.name, ...asked };
      const retried = await afterRaces(() => retryFailed(deps, provider.value, input));
      return retried.ok ? accepted({ success: true, ...retried.value }) : retried;
    },
  }),
  route({
    method: 'POST',
    path: '/payout-batches/:batchId/reconcile',
    right: 'operate',
    summary: 'Asks for every item to be compared with the provider',
    answer: reconcileAskedView,
    status: 202,
    refuses: ['batch_not_found'],
    params,
    async handle(deps, { params: { batchId } }) {
      const asked = await askReconciliation(deps, batchId);
      return asked.ok ? accepted({ ...asked.value, status: 'requested' }) : asked;
    },
  }),
  route({
    method: 'POST',
    path: '/payout-batches/:batchId/cancel',
    right: 'operate',
    summary: 'Cancels what is proven unsent',
    answer: cancelledView,
    refuses: ['batch_not_found', 'not_cancellable'],
    params,
    async handle(deps, { params: { batchId }, caller }) {
      const cancelled = await cancelBatch(deps, { batchPublicId: batchId, actor: caller.name });
      return cancelled.ok ? ok(cancelled.value) : cancelled;
    },
  }),
];
