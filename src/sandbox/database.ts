import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/**
 * The file of truth. Items are written once and never changed; what happens to one later by hand is a row in
 * `override`. Items of a batch have consecutive numbers, so a page is a range and needs no index.
 */
const schema = `
create table if not exists setting (name text primary key, value text not null) without rowid, strict;
create table if not exists batch (
  seq integer primary key,
  sender_batch_id text,
  header text not null,
  currency text not null,
  accepted_at integer not null,
  settle_ms integer not null,
  has_slow integer not null,
  denied integer not null,
  first_item integer not null,
  item_count integer not null,
  amount_minor integer not null,
  fee_minor integer not null
) strict;
create index if not exists batch_by_sender on batch (sender_batch_id, seq) where sender_batch_id is not null;
create table if not exists item (
  seq integer primary key,
  batch_seq integer not null,
  sender_item_id text,
  base_reference text,
  recipient_type text not null,
  receiver text not null,
  amount_minor integer not null check (amount_minor > 0),
  fee_minor integer not null,
  note text,
  wallet text,
  purpose text,
  outcome text not null,
  slow integer not null
) strict;
create table if not exists override (
  item_seq integer primary key, status text not null, at integer not null, error text, cancelled integer not null
) strict;
create table if not exists balance (currency text primary key, amount_minor integer not null, since_item integer not null)
  without rowid, strict;
create table if not exists fault (
  id integer primary key,
  method text,
  path text,
  fault text not null,
  times integer,
  probability real not null,
  seed integer not null,
  delay_ms integer,
  retry_after_seconds integer,
  seen integer not null default 0,
  fired integer not null default 0
) strict;
create table if not exists webhook_event (
  seq integer primary key,
  due_at integer not null,
  next_at integer not null,
  event_type text not null,
  batch_seq integer not null,
  item_seq integer,
  status text not null,
  attempts integer not null default 0,
  held integer not null default 0,
  state text not null default 'waiting'
) strict;
create index if not exists webhook_waiting on webhook_event (next_at, seq) where state = 'waiting';
create index if not exists webhook_by_item on webhook_event (item_seq) where state = 'waiting';
`;

const busyTimeoutMs = 10_000;
const pageCacheKib = 16_384;

export interface Database {
  readonly handle: DatabaseSync;
  readonly statements: Map<string, StatementSync>;
}

/**
 * Opens or makes the file. A committed transaction survives the death of this process at any moment: WAL with
 * `synchronous=normal` hands every commit to the operating system (https://sqlite.org/pragma.html#pragma_synchronous).
 */
export function openDatabase(path: string): Database {
  const handle = new DatabaseSync(path);
  handle.exec(`pragma busy_timeout = ${busyTimeoutMs}`);
  handle.exec('pragma journal_mode = wal; pragma synchronous = normal');
  handle.exec(`pragma cache_size = -${pageCacheKib}`);
  handle.exec(schema);
  return { handle, statements: new Map() };
}

export function closeDatabase(db: Database): void {
  db.statements.clear();
  db.handle.close();
}

/** The prepared statement of this text, prepared once. */
function prepared(db: Database, sql: string): StatementSync {
  let statement = db.statements.get(sql);
  if (statement === undefined) {
    statement = db.handle.prepare(sql);
    db.statements.set(sql, statement);
  }
  return statement;
}

/** All rows. The caller states the row's type next to the columns it selects; the tables are strict. */
// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- names the row beside its SQL
export function rows<T>(db: Database, sql: string, ...values: SQLInputValue[]): T[] {
  return prepared(db, sql).all(...values) as T[];
}

// oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- as for rows
export function row<T>(db: Database, sql: string, ...values: SQLInputValue[]): T | undefined {
  return prepared(db, sql).get(...values) as T | undefined;
}

export function run(db: Database, sql: string, ...values: SQLInputValue[]): void {
  prepared(db, sql).run(...values);
}

/** Runs `work` in one write transaction; nothing of it stays when it throws. */
export function transaction<T>(db: Database, work: () => T): T {
  db.handle.exec('begin immediate');
  try {
    const result = work();
    db.handle.exec('commit');
    return result;
  } catch (error) {
    db.handle.exec('rollback');
    throw error;
  }
}
