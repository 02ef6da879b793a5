import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { attemptStates } from '../../src/core/attempt.ts';
import { payoutStates } from '../../src/core/payout.ts';
import type { Db } from '../../src/store/db.ts';
import { all } from '../../src/store/db.ts';
import { projectRoot } from '../support/processes.ts';
import { onBoth } from './engines.ts';

const text = readFileSync(path.join(projectRoot, 'migrations/0007-list-indexes.sql'), 'utf8');

/** One payout and one attempt in each state. */
async function insertAll(db: Db): Promise<void> {
  for (const [index, state] of payoutStates.entries()) {
    await sql`insert into payout (public_id, payee_id, amount, currency, state, reason_code, created_at, state_at, completed_at)
      values (${`po_${index}`}, 1, 100, 'USD', ${state}::payout_state, 'x', now(), now(), now())`.execute(db);
  }
  for (const [index, state] of attemptStates.entries()) {
    const isLive = !['failed', 'returned', 'cancelled'].includes(state);
    await sql`insert into payout_attempt (payout_id, batch_id, submission_id, method_id, ordinal, position, item_reference,
        amount, currency, state, live, created_at, state_at)
      values (${index + 1}, 1, 1, 1, 1, 0, ${`ref${index}`}, 100, 'USD', ${state}::attempt_state, ${isLive}, now(), now())`.execute(
      db,
    );
  }
}

/** States whose rows an index of their own leads to. */
async function offTheWay(db: Db, table: string): Promise<{ same: string[]; none: string[] }> {
  const rows = await all(
    db,
    sql<{ state: string; off: string | null }>`select state::text as state, off_state::text as off
      from ${sql.table(table)} order by id`,
  );
  for (const row of rows) expect([null, row.state]).toContain(row.off);
  return {
    same: rows.filter((row) => row.off !== null).map((row) => row.state),
    none: rows.filter((row) => row.off === null).map((row) => row.state),
  };
}

async function expectAll(db: Db): Promise<void> {
  expect((await offTheWay(db, 'payout')).none).toEqual(['queued', 'sending', 'sent', 'completed']);
  expect((await offTheWay(db, 'payout_attempt')).none).toEqual(['pending', 'completed']);
}

onBoth((engine) => {
  it('keeps the state of a payout and an attempt that does not go well beside it, and nothing of one that does', async () => {
    await using opened = await engine.open();
    await insertAll(opened.db);
    await expectAll(opened.db);
    await sql`update payout set state = 'failed' where state = 'sent'`.execute(opened.db);
    expect((await offTheWay(opened.db, 'payout')).same.filter((state) => state === 'failed')).toHaveLength(2);
  });

  it('says the same of rows that were there before', async () => {
    await using opened = await engine.open();
    await sql`alter table payout drop column off_state`.execute(opened.db);
    await sql`alter table payout_attempt drop column off_state`.execute(opened.db);
    await sql`drop index alert_open_newest, payee_name_words`.execute(opened.db);
    await insertAll(opened.db);
    for (const statement of text.split(/;\n/).filter((part) => /^\s*(create|alter)/m.test(part))) {
      await sql.raw(statement).execute(opened.db);
    }
    await expectAll(opened.db);
  });
});
