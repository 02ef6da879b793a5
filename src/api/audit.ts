import { Readable } from 'node:stream';
import { verifyAudit } from '../actions/audit-verify.ts';
import type { AuditFilter } from '../store/audit.ts';
import { listAuditEvents } from '../store/audit.ts';
import type { Db } from '../store/db.ts';
import {
  anchorQuery,
  auditCsvHeader,
  auditCsvLine,
  auditEventView,
  auditFilter,
  auditQuery,
  auditVerdictView,
  presentAuditEvent,
} from '../wire/audit.ts';
import { pageOf } from '../wire/paging.ts';
import { pageOfView } from '../wire/shapes.ts';
import { ok, route } from './route.ts';

/** Events read at once by the export: a slow reader holds one page in memory and no connection. */
const eventsPerReadMax = 1000;

export const auditRoutes = [
  route({
    method: 'GET',
    path: '/audit-events',
    right: 'read',
    summary: 'Lists who did what to what, when and from where, newest first.',
    answer: pageOfView(auditEventView),
    query: auditQuery,
    async handle(deps, { query: { limit, cursor, ...filter } }) {
      const rows = await listAuditEvents(deps.db, filter, limit + 1, cursor ?? null);
      return ok(pageOf(rows, limit, presentAuditEvent));
    },
  }),
  route({
    method: 'GET',
    path: '/audit-events/export.csv',
    right: 'own',
    summary: 'The same events as CSV, streamed.',
    answer: { contentType: 'text/csv' },
    query: auditFilter,
    handle(deps, { query }) {
      const headers = {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="audit-events.csv"',
      };
      return Promise.resolve(ok(Readable.from(lines(deps.db, query)), headers));
    },
  }),
  route({
    method: 'GET',
    path: '/audit/verify',
    right: 'own',
    summary: 'Walks the chain of audit events and names everything that is not as it was written.',
    answer: auditVerdictView,
    query: anchorQuery,
    async handle(deps, { query: { head } }) {
      return ok(await verifyAudit(deps, head ?? null));
    },
  }),
];

async function* lines(db: Db, filter: AuditFilter): AsyncGenerator<string> {
  yield auditCsvHeader();
  let before: bigint | null = null;
  for (;;) {
    const rows = await listAuditEvents(db, filter, eventsPerReadMax, before);
    yield rows.map((row) => auditCsvLine(row)).join('');
    const last = rows.at(-1);
    if (!last || rows.length < eventsPerReadMax) return;
    before = last.id;
  }
}
