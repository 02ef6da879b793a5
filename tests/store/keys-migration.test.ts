import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { errorCode } from '../../src/store/db.ts';
import type { Db } from '../../src/store/db.ts';
import { all, openPostgres } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { createDatabase } from '../support/postgres.ts';
import { projectRoot } from '../support/processes.ts';
import { onBoth } from './engines.ts';

const name = '0008-keys.sql';
const checkViolation = '23514';
const uniqueViolation = '23505';

async function codeOf(db: Db, statement: string): Promise<string | null> {
  return errorCode(
    await sql
      .raw(statement)
      .execute(db)
      .catch((error: unknown) => error),
  );
}

const submission = (
  publicId: string,
  state: string,
) => `insert into submission (public_id, batch_id, provider, currency,
  state, provider_key, item_count, total, created_at, first_sent_at, next_action_at)
  values ('${publicId}', 1, 'paypal', 'USD', '${state}', 'key-${publicId}', 1, 1, now(), now(), now())`;
const key = (publicId: string, scope: string) =>
  `insert into api_key (public_id, name, prefix, hash, role, created_at, scope)
    values ('${publicId}', 'x', 'pk_', '${publicId}', 'viewer', now(), ${scope})`;
const said = (publicId: string, outcome: string, batch: string, evidence: string) =>
  `insert into submission_resolution (public_id, submission_id, outcome, provider_batch_id, evidence, actor_kind,
    actor_id, actor_name, asked_at)
    values ('${publicId}', 1, '${outcome}', ${batch}, ${evidence}, 'person', 'pe_1', 'ann', now())`;

onBoth((engine) => {
  it('holds a scope that names something, and words of people that say enough, one at a time', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    expect(await codeOf(db, key('a', 'null'))).toBeNull();
    expect(await codeOf(db, key('b', `array['earnings']`))).toBeNull();
    expect(await codeOf(db, key('c', `array[]::text[]`))).toBe(checkViolation);
    expect(await codeOf(db, said('1', 'not_sent', 'null', 'null'))).toBe(checkViolation);
    expect(await codeOf(db, said('2', 'not_sent', 'null', `'too short'`))).toBe(checkViolation);
    expect(await codeOf(db, said('3', 'sent', 'null', 'null'))).toBe(checkViolation);
    expect(await codeOf(db, said('4', 'sent', `'PB1'`, 'null'))).toBeNull();
    const enough = `'nothing under this key in the report'`;
    expect(await codeOf(db, said('5', 'not_sent', 'null', enough))).toBe(uniqueViolation);
    await sql`update submission_resolution set result = 'contradicted', decided_at = now()`.execute(db);
    expect(await codeOf(db, said('5', 'not_sent', 'null', enough))).toBeNull();
    expect(await codeOf(db, `update submission_resolution set result = 'not_sent'`)).toBe(checkViolation);
  });

  it('holds that only what was given up counts by the word of a person', async () => {
    await using opened = await engine.open();
    await sql.raw(submission('su_1', 'unknown')).execute(opened.db);
    expect(await codeOf(opened.db, 'update submission set resolved_at = now()')).toBe(checkViolation);
    const given = `update submission set resolved_at = now(), state = 'rejected', closed_at = now()`;
    expect(await codeOf(opened.db, given)).toBeNull();
  });
});

it('finds among the rows of an older version what already waits for a person', async () => {
  await using database = await createDatabase();
  const db = openPostgres(database.url);
  await sql`create table migration (name text primary key, hash text not null, applied_at timestamptz not null
    default now())`.execute(db);
  const directory = path.join(projectRoot, 'migrations');
  for (const file of readdirSync(directory).filter((one) => one.endsWith('.sql') && one < name)) {
    const text = readFileSync(path.join(directory, file), 'utf8');
    await sql.raw(text).execute(db);
    const hash = createHash('sha256').update(text).digest('hex');
    await sql`insert into migration (name, hash) values (${file}, ${hash})`.execute(db);
  }
  const alert = (kind: string, subject: string, closed: string) => `insert into alert (kind, subject, message,
    opened_at, last_at, closed_at) values ('${kind}', 'key-${subject}', 'x', now(), now(), ${closed})`;
  const rows = [
    submission('over', 'unknown'),
    submission('refused', 'unknown'),
    submission('settled', 'unknown'),
    submission('asking', 'unknown'),
    alert('key_expired', 'over', 'null'),
    alert('refused_after_loss', 'refused', 'null'),
    alert('key_expired', 'settled', 'now()'),
    alert('outcome_unknown', 'asking', 'null'),
    `insert into api_key (public_id, name, prefix, hash, role, created_at) values ('ak', 'x', 'pk_', 'h', 'owner', now())`,
  ];
  for (const statement of rows) await sql.raw(statement).execute(db);
  expect(await migrate(db)).toContain(name);
  const found = await all(
    db,
    sql`select public_id as id, handed_over_at is not null as over, refused_at is not null as refused
      from submission s order by s.id`,
  );
  expect(found).toEqual([
    { id: 'over', over: true, refused: false },
    { id: 'refused', over: false, refused: true },
    { id: 'settled', over: false, refused: false },
    { id: 'asking', over: false, refused: false },
  ]);
  expect(await all(db, sql`select scope from api_key`)).toEqual([{ scope: null }]);
  await db.destroy();
});
