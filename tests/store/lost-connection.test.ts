import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { one, openPostgres, transaction } from '../../src/store/db.ts';
import { holdLiveness } from '../../src/store/liveness.ts';
import { createDatabase } from '../support/postgres.ts';

it('a database connection that is cut, in use or idle, ends a query and not the process', async () => {
  await using database = await createDatabase();
  const db = openPostgres(database.url);
  const other = openPostgres(database.url);
  const end = new AbortController();
  await holdLiveness(db, 'worker-1', end.signal);
  const cut = transaction(db, async (tx) => {
    const me = await one(tx, sql<{ pid: number }>`select pg_backend_pid() as pid`);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(other);
    expect(me?.pid).toBeGreaterThan(0);
    await sql`select 1`.execute(tx);
  });
  await expect(cut).rejects.toThrow();
  expect(await one(db, sql<{ answer: number }>`select 1 as answer`)).toEqual({ answer: 1 });
  end.abort();
  await db.destroy();
  await other.destroy();
});
