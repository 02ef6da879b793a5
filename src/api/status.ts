import { teamLanguageOf } from '../core/language.ts';
import { openAlertsList } from '../store/alerts.ts';
import { activeBatches, findBatch, lastBatches } from '../store/batches.ts';
import { heldLocks } from '../store/cycle-locks.ts';
import { listDiscrepancies, listRuns } from '../store/reconciliations.ts';
import { submissionsOfBatches, unknownSubmissions } from '../store/submissions.ts';
import { presentBatch } from '../wire/batches.ts';
import { pageOf, pageQuery } from '../wire/paging.ts';
import {
  alertView,
  discrepancyView,
  presentAlert,
  presentDiscrepancy,
  presentLock,
  presentRun,
  presentUnknown,
  runView,
  statusView,
} from '../wire/status.ts';
import { pageOfView } from '../wire/shapes.ts';
import { anyId } from '../wire/text.ts';
import { progressOf, submissionsShownMax } from './batches.ts';
import type { ApiDeps } from './deps.ts';
import { floatBrief } from './float.ts';
import { isSandbox } from './providers.ts';
import { ok, route } from './route.ts';

/** Batches under way, unknown outcomes and alerts shown on the status page. */
const shownMax = 50;
/** Runs shown on the status page. */
const lastRunsMax = 10;

export const statusRoutes = [
  route({
    method: 'GET',
    path: '/status',
    right: 'read',
    summary: 'What is under way, what is unknown and what needs a look',
    answer: statusView,
    async handle(deps, { language }) {
      const reader = teamLanguageOf(language);
      const active = [];
      for (const batch of await activeBatches(deps.db, shownMax)) active.push(await progressOf(deps, batch));
      return ok({
        provider: deps.providers.names[0] ?? '',
        providers: deps.providers.all.map(({ name, sandbox }) => ({ name, sandbox })),
        sandbox: isSandbox(deps),
        version: deps.version,
        activeBatches: active,
        locks: (await heldLocks(deps.db, shownMax)).map((lock) => presentLock(lock)),
        unknownSubmissions: (await unknownSubmissions(deps.db, shownMax)).map((row) => presentUnknown(row)),
        alerts: (await openAlertsList(deps.db, shownMax)).map((alert) => presentAlert(alert, reader)),
        lastRuns: await lastRuns(deps),
        float: await floatBrief(deps),
      });
    },
  }),
  route({
    method: 'GET',
    path: '/alerts',
    right: 'read',
    summary: 'Lists open alerts, newest first',
    answer: pageOfView(alertView),
    query: pageQuery,
    async handle(deps, { query: { limit, cursor }, language }) {
      const found = await openAlertsList(deps.db, limit + 1, cursor ?? null);
      const reader = teamLanguageOf(language);
      return ok(pageOf(found, limit, (alert) => presentAlert(alert, reader)));
    },
  }),
  route({
    method: 'GET',
    path: '/reconciliations',
    right: 'read',
    summary: 'Lists reconciliations, newest first',
    answer: pageOfView(runView),
    query: pageQuery.extend({ batchId: anyId.optional() }),
    async handle(deps, { query: { limit, cursor, batchId } }) {
      const batch = batchId === undefined ? null : await findBatch(deps.db, batchId);
      if (batch === undefined) return ok({ data: [], nextCursor: null });
      const rows = await listRuns(deps.db, batch?.id ?? null, limit + 1, cursor ?? null);
      return ok(pageOf(rows, limit, presentRun));
    },
  }),
  route({
    method: 'GET',
    path: '/discrepancies',
    right: 'read',
    summary: 'Lists what provider and Purser disagree about, newest first',
    answer: pageOfView(discrepancyView),
    query: pageQuery,
    async handle(deps, { query: { limit, cursor } }) {
      return ok(
        pageOf(await listDiscrepancies(deps.db, limit + 1, cursor ?? null), limit, presentDiscrepancy),
      );
    },
  }),
];

async function lastRuns(deps: ApiDeps) {
  const batches = await lastBatches(deps.db, lastRunsMax);
  const ids = batches.map((batch) => batch.id);
  const submissions = Map.groupBy(
    await submissionsOfBatches(deps.db, ids, submissionsShownMax),
    (row) => row.batchId,
  );
  return batches.map((batch) => presentBatch(batch, submissions.get(batch.id) ?? []));
}
