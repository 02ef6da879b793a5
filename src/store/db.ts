import type { PGlite } from '@electric-sql/pglite';
import type { RawBuilder } from 'kysely';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import pg from 'pg';

/** A database or a transaction. Statements are written in SQL; Kysely carries parameters, pools and transactions. */
export type Db = Kysely<unknown>;

const int8 = 20;
const poolMax = 10;
const lockTimeoutMs = 15_000;
const statementTimeoutMs = 180_000;
const idleInTransactionTimeoutMs = 120_000;
const connectTimeoutMs = 10_000;

/** How often a transaction that lost a deadlock or serialization race is tried again. */
const transactionTriesMax = 6;

/** Opens PostgreSQL at `url`. Every int8 arrives as bigint. */
export function openPostgres(url: string): Db {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolMax,
    connectionTimeoutMillis: connectTimeoutMs,
    options: [
      `-c lock_timeout=${lockTimeoutMs}`,
      `-c statement_timeout=${statementTimeoutMs}`,
      // Statements here are many and short; compiling them costs more than it saves.
      '-c jit=off',
      `-c idle_in_transaction_session_timeout=${idleInTransactionTimeoutMs}`,
    ].join(' '),
    types: {
      getTypeParser: ((oid: number, format?: 'text') =>
        oid === int8 ? BigInt : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser,
    },
  });
  // An idle connection that the server closes is replaced at the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  // The same for one that is in use: its query fails and says so, the event must not end the process beside it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return new Kysely({ dialect: new PostgresDialect({ pool }) });
}

/** Opens the embedded PostgreSQL in `directory` (or `memory://`), optionally from a dumped data directory. */
export async function openEmbedded(directory: string, dump?: Blob): Promise<Db> {
  const { PGlite } = await import('@electric-sql/pglite');
  const pglite: PGlite = await PGlite.create(directory, {
    parsers: { [int8]: BigInt },
    ...(dump ? { loadDataDir: dump } : {}),
  });
  return new Kysely({ dialect: new PGliteDialect({ pglite }) });
}

/**
 * Runs `work` in one transaction. A lost deadlock or serialization race (40P01, 40001) is tried again from the start:
 * `work` must have no effect outside the database. Inside another transaction it becomes a part of that one: when `work`
 * throws, what it did is undone and the other goes on; races are the outer one's to try again.
 */
export async function transaction<T>(db: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  if (db.isTransaction) return within(db, work);
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      if (tries >= transactionTriesMax || !isRace(error)) throw error;
    }
  }
}

async function within<T>(tx: Db, work: (tx: Db) => Promise<T>): Promise<T> {
  await sql`savepoint part`.execute(tx);
  try {
    const result = await work(tx);
    await sql`release savepoint part`.execute(tx);
    return result;
  } catch (error) {
    // Going back keeps the savepoint, which would hide the one of the part around this. A connection that is gone cannot
    // go back; what was thrown first says why.
    await sql`rollback to savepoint part`.execute(tx).catch(() => undefined);
    await sql`release savepoint part`.execute(tx).catch(() => undefined);
    throw error;
  }
}

function isRace(error: unknown): boolean {
  const code = errorCode(error);
  return code === '40P01' || code === '40001';
}

/** The SQLSTATE of a database error, or null. */
export function errorCode(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

type Cell = bigint | number | string | boolean | null;

/**
 * Rows as a table for one set-based statement: `unnest($1::bigint[], $2::text[]) as name(a, b)`. Types that drivers do
 * not carry as arrays (enums, timestamps) go as text and are cast in the statement.
 */
export function rowsOf<T>(
  name: string,
  rows: readonly T[],
  shape: Record<string, ['bigint' | 'int' | 'text' | 'boolean', (row: T) => Cell]>,
): RawBuilder<unknown> {
  const names = Object.keys(shape);
  const arrays = names.map((column) => {
    const [type, read] = shape[column] ?? ['text', () => null];
    return sql`${arrayLiteral(rows.map((row) => read(row)))}::${sql.raw(type)}[]`;
  });
  return sql`unnest(${sql.join(arrays)}) as ${sql.raw(name)}(${sql.raw(names.join(', '))})`;
}

/** As the drivers would write it, in a third of the time: they look twice into each element, also into numbers. */
function arrayLiteral(cells: readonly Cell[]): string {
  const elements = cells.map((cell) => (typeof cell === 'string' ? quoted(cell) : (cell ?? 'null')));
  return `{${elements.join(',')}}`;
}

function quoted(text: string): string {
  return `"${/["\\]/.test(text) ? text.replaceAll(/["\\]/g, '\\$&') : text}"`;
}

/** One row, or undefined. More than one is a bug and throws. */
export async function one<T>(db: Db, query: RawBuilder<T>): Promise<T | undefined> {
  const { rows } = await query.execute(db);
  if (rows.length > 1) throw new Error(`expected one row, got ${rows.length}`);
  return rows[0];
}

/** All rows. */
export async function all<T>(db: Db, query: RawBuilder<T>): Promise<T[]> {
  return (await query.execute(db)).rows;
}

/** Runs a statement and answers how many rows it touched. */
export async function run(db: Db, query: RawBuilder<unknown>): Promise<number> {
  return Number((await query.execute(db)).numAffectedRows ?? 0n);
}
