import { sql } from 'kysely';
import { beforeAll, afterAll, expect, it } from 'vitest';
import type { AuditFilter } from '../../src/store/audit.ts';
import { auditPageQuery, listAuditEvents } from '../../src/store/audit.ts';
import type { Db } from '../../src/store/db.ts';
import { all, openPostgres } from '../../src/store/db.ts';
import { migratedTemplate } from '../support/databases.ts';
import { createDatabase } from '../support/postgres.ts';

const rows = 200_000;
/** Rows that one step of a plan may touch for a page of 50. */
const rowsReadMax = 500;
let db: Db;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createDatabase(migratedTemplate);
  db = openPostgres(database.url);
  drop = async () => await database[Symbol.asyncDispose]();
  await sql`insert into audit_event (public_id, at, actor_kind, actor_id, actor_name, event, subject_type, subject_id, mac)
    select 'ae_' || n, timestamptz '2026-01-01Z' + n * interval '1 minute', 'key', 'ak_' || n % 500, 'x', 'event.' || n % 50,
      'type' || n % 40, 'id_' || n % 20000, 'x' from generate_series(1, ${rows}::int) n`.execute(db);
  await sql`analyze audit_event`.execute(db);
}, 60_000);
afterAll(async () => {
  await db.destroy();
  await drop();
});

const middle = new Date(Date.UTC(2026, 1, 15));
const filters: readonly [string, AuditFilter][] = [
  ['nothing', {}],
  ['an actor', { actor: 'ak_7' }],
  ['an event', { event: 'event.7' }],
  ['a kind of subject', { subject: 'type7' }],
  ['a subject', { subjectId: 'id_7' }],
  ['a subject and its kind', { subject: 'type7', subjectId: 'id_7' }],
  ['times', { from: middle, to: new Date(middle.getTime() + 86_400_000) }],
  ['times long ago', { to: new Date(Date.UTC(2026, 0, 2)) }],
  ['an actor and times', { actor: 'ak_7', to: middle }],
  ['an actor that never was', { actor: 'ak_none' }],
];

it.each(filters)('reads a page by %s from an index, touching few rows', async (_what, filter) => {
  for (const before of [null, 150_000n]) {
    const plan = await all(
      db,
      sql<{ 'QUERY PLAN': string }>`explain (analyze) ${auditPageQuery(filter, 50, before)}`,
    );
    const text = plan.map((row) => row['QUERY PLAN']).join('\n');
    expect(text).toMatch(/audit_event_by_\w+/);
    expect(text).not.toMatch(/Seq Scan/);
    const touched = [...text.matchAll(/(?:Removed by Filter: |actual time=\S+ rows=)(\d+)/g)];
    expect(Math.max(...touched.map((match) => Number(match[1]))), text).toBeLessThan(rowsReadMax);
  }
});

it('walks everything once, newest first, page by page', async () => {
  const filter = { actor: 'ak_7' };
  const seen: bigint[] = [];
  let before: bigint | null = null;
  for (;;) {
    const page = await listAuditEvents(db, filter, 150, before);
    seen.push(...page.map((row) => row.id));
    const last = page.at(-1);
    if (!last) break;
    before = last.id;
  }
  expect(seen).toHaveLength(rows / 500);
  expect(new Set(seen).size).toBe(seen.length);
  expect(seen).toEqual(seen.toSorted((a, b) => Number(b - a)));
});
