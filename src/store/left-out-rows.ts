import { sql } from 'kysely';
import type { LeftOutIssue } from '../core/left-out-row.ts';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

/** A file of which rows were left out. */
export interface LeftOutFile {
  publicId: string;
  fileName: string;
  sourceType: string;
  /** How it was read: the name of its shape, its columns, and where each field stands among them. */
  shape: string;
  header: readonly string[];
  columns: Readonly<Record<string, number>>;
  rowCount: number;
  leftOutCount: number;
}

export interface LeftOutFileRow extends LeftOutFile {
  id: bigint;
  /** Public id of the cycle. */
  cycleId: string;
  actorName: string;
  createdAt: Date;
}

/** One of its rows, addresses masked. */
export interface LeftOutRow {
  line: number;
  reference: string;
  cells: readonly string[];
  issues: readonly LeftOutIssue[];
}

/** Writes a file down; null when the same file of the cycle is there already. */
export async function insertLeftOut(
  tx: Db,
  file: LeftOutFile & { cycleId: bigint; fingerprint: string },
  { kind, id, name }: { kind: string; id: string; name: string },
  now: Date,
): Promise<bigint | null> {
  const row = await one(
    tx,
    sql<{
      id: bigint;
    }>`insert into import_left_out (public_id, cycle_id, fingerprint, file_name, source_type, shape, header,
        columns, row_count, left_out_count, actor_kind, actor_id, actor_name, created_at)
      values (${file.publicId}, ${file.cycleId}, ${file.fingerprint}, ${file.fileName}, ${file.sourceType}, ${file.shape},
        ${JSON.stringify(file.header)}::jsonb, ${JSON.stringify(file.columns)}::jsonb, ${file.rowCount},
        ${file.leftOutCount}, ${kind}, ${id}, ${name}, ${now})
      on conflict (cycle_id, fingerprint) do nothing returning id`,
  );
  return row?.id ?? null;
}

export async function insertLeftOutRows(
  tx: Db,
  importId: bigint,
  rows: readonly LeftOutRow[],
): Promise<void> {
  await run(
    tx,
    sql`insert into import_left_out_row (import_id, line, reference, cells, issues)
      select ${importId}, i.line, i.reference, i.cells::jsonb, i.issues::jsonb from ${rowsOf('i', rows, {
        line: ['int', (row) => row.line],
        reference: ['text', (row) => row.reference],
        cells: ['text', (row) => JSON.stringify(row.cells)],
        issues: ['text', (row) => JSON.stringify(row.issues)],
      })} order by i.line`,
  );
}

const columns = sql.raw(`f.id, f.public_id as "publicId", c.public_id as "cycleId", f.file_name as "fileName",
  f.source_type as "sourceType", f.shape, f.header, f.columns, f.row_count as "rowCount",
  f.left_out_count as "leftOutCount", f.actor_name as "actorName", f.created_at as "createdAt"`);
const from = sql.raw('import_left_out f join cycle c on c.id = f.cycle_id');

/** A page of files of a cycle, or of all, newest first. */
export async function listLeftOut(
  db: Db,
  cycle: string | null,
  limit: number,
  before: bigint | null,
): Promise<LeftOutFileRow[]> {
  const ofCycle =
    cycle === null ? sql`true` : sql`f.cycle_id = (select id from cycle where public_id = ${cycle})`;
  const place = before === null ? sql`true` : sql`f.id < ${before}`;
  return all(
    db,
    sql<LeftOutFileRow>`select ${columns} from ${from} where ${ofCycle} and ${place} order by f.id desc limit ${limit}`,
  );
}

export async function findLeftOut(db: Db, publicId: string): Promise<LeftOutFileRow | undefined> {
  return one(db, sql<LeftOutFileRow>`select ${columns} from ${from} where f.public_id = ${publicId}`);
}

/** The entry of a file that is there already. */
export async function sameLeftOut(
  db: Db,
  cycleId: bigint,
  fingerprint: string,
): Promise<LeftOutFileRow | undefined> {
  return one(
    db,
    sql<LeftOutFileRow>`select ${columns} from ${from} where f.cycle_id = ${cycleId} and f.fingerprint = ${fingerprint}`,
  );
}

/** How many files a cycle has, counted no further than to `max`. */
export async function countLeftOut(db: Db, cycleId: bigint, max: number): Promise<number> {
  const row = await one(
    db,
    sql<{ count: number }>`select count(*)::int as count from (
      select from import_left_out where cycle_id = ${cycleId} limit ${max}) f`,
  );
  return row?.count ?? 0;
}

/** A page of the rows of a file in their order, each with whether its earning was recorded since. */
export async function leftOutRows(
  db: Db,
  file: LeftOutFileRow,
  limit: number,
  after: bigint,
): Promise<(LeftOutRow & { id: bigint; recordedSince: boolean })[]> {
  return all(
    db,
    sql<
      LeftOutRow & { id: bigint; recordedSince: boolean }
    >`select r.id, r.line, r.reference, r.cells, r.issues,
        r.reference <> '' and coalesce((select e.created_at > ${file.createdAt} from earning e
          where e.source_type = ${file.sourceType} and e.external_id = r.reference), false) as "recordedSince"
      from import_left_out_row r where r.import_id = ${file.id} and r.id > ${after} order by r.id limit ${limit}`,
  );
}
