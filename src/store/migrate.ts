import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, transaction } from './db.ts';

/** Any two processes that migrate at once wait for each other on this number. */
const migrationLockKey = 7_283_001;
const directory = join(import.meta.dirname, '..', '..', 'migrations');

interface Migration {
  readonly name: string;
  readonly text: string;
  readonly hash: string;
}

function migrations(): Migration[] {
  return readdirSync(directory)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const text = readFileSync(join(directory, name), 'utf8');
      return { name, text, hash: createHash('sha256').update(text).digest('hex') };
    });
}

/** Brings the schema up to date; answers the names applied now. Throws when an applied migration was changed since. */
export async function migrate(db: Db): Promise<string[]> {
  return transaction(db, async (tx) => {
    await sql`select pg_advisory_xact_lock(${migrationLockKey})`.execute(tx);
    await sql`create table if not exists migration (name text primary key, hash text not null, applied_at timestamptz
      not null default now())`.execute(tx);
    const applied = new Map(
      (await all(tx, sql<{ name: string; hash: string }>`select name, hash from migration`)).map((row) => [
        row.name,
        row.hash,
      ]),
    );
    const known = migrations();
    refuseStrangers(known, applied);
    const pending = known.filter((migration) => !applied.has(migration.name));
    for (const migration of pending) await apply(tx, migration);
    return pending.map((migration) => migration.name);
  });
}

function refuseStrangers(known: Migration[], applied: Map<string, string>): void {
  for (const [name, hash] of applied) {
    const migration = known.find((candidate) => candidate.name === name);
    if (!migration) {
      throw new Error(
        `The database has migration ${name}, which this version does not know. Run a newer Purser.`,
      );
    }
    if (migration.hash !== hash) {
      throw new Error(
        `Migration ${name} differs from the one that was applied. Nothing was changed; restore the file.`,
      );
    }
  }
}

async function apply(tx: Db, migration: Migration): Promise<void> {
  for (const statement of statements(migration.text)) await sql.raw(statement).execute(tx);
  await sql`insert into migration (name, hash) values (${migration.name}, ${migration.hash})`.execute(tx);
}

/** Splits a file at semicolons that end a line, outside $$ bodies: the embedded driver takes one statement at a time. */
function statements(text: string): string[] {
  const parts: string[] = [];
  let open: string[] = [];
  let inBody = false;
  for (const line of text.split('\n')) {
    if (open.length === 0 && (line.trim() === '' || line.startsWith('--'))) continue;
    open.push(line);
    if ((line.split('$$').length - 1) % 2 === 1) inBody = !inBody;
    if (!inBody && line.trimEnd().endsWith(';')) {
      parts.push(open.join('\n'));
      open = [];
    }
  }
  if (open.length > 0) throw new Error('a migration ends without a semicolon');
  return parts;
}
