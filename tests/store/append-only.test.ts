import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { transaction } from '../../src/store/db.ts';
import { payOk, workUntilRest } from '../engine/harness.ts';
import { makeWorld, seedCycle, winners } from '../support/world.ts';
import { onBoth } from './engines.ts';

const appendOnly = [
  'entry',
  'journal',
  'submission_request',
  'payout_event',
  'submission_event',
  'audit_event',
  'audit_seal',
];
const columns: Readonly<Record<string, string>> = {
  entry: 'amount',
  journal: 'kind',
  submission_request: 'body_hash',
  payout_event: 'detail',
  submission_event: 'detail',
  audit_event: 'after',
  audit_seal: 'hash',
};

/** Statements that would change history, each with the roles and tricks a careless or hostile hand may use. */
function attacks(table: string): string[] {
  const column = columns[table] ?? '';
  return [
    `update ${table} set ${column} = ${column}`,
    `update ${table} set ${column} = null`,
    `update ${table} set ${column} = default`,
    `delete from ${table}`,
    `delete from ${table} where ${column} is not distinct from ${column}`,
    `truncate ${table} cascade`,
    `merge into ${table} t using (select 1) x on true when matched then delete`,
    `with gone as (delete from ${table} returning 1) select count(*) from gone`,
  ];
}

async function paid(db: Db): Promise<void> {
  const world = await makeWorld({ db });
  await seedCycle(
    world,
    '18',
    winners(2, (index) => ({ email: index === 0 ? 'a+failed@example.com' : 'b@example.com' })),
  );
  await payOk(world);
  await workUntilRest(world);
}

/** The statements as a role that has no rights but those a careless administrator grants the application: all of them. */
async function asApplication(db: Db, work: (role: string) => Promise<void>): Promise<void> {
  // Roles are the server's, not the database's: another run beside this one has its own.
  const role = `purser_app_${process.pid}`;
  await sql.raw(`create role ${role}`).execute(db);
  await sql.raw(`grant usage on schema public to ${role}`).execute(db);
  await sql.raw(`grant all on all tables in schema public to ${role}`).execute(db);
  try {
    await work(role);
  } finally {
    await sql.raw(`drop owned by ${role}`).execute(db);
    await sql.raw(`drop role ${role}`).execute(db);
  }
}

onBoth((engine) => {
  it('refuses to change, delete or truncate what was written in the books and the history', async () => {
    await using opened = await engine.open();
    await paid(opened.db);
    for (const table of appendOnly) {
      for (const attack of attacks(table)) {
        const plain = sql.raw(attack).execute(opened.db);
        await expect(plain, attack).rejects.toThrow(/append-only|violates|null value/);
        const asReplica = transaction(opened.db, async (tx) => {
          await sql`set local session_replication_role = replica`.execute(tx);
          await sql.raw(attack).execute(tx);
        });
        await expect(asReplica, `${attack} as replica`).rejects.toThrow(/append-only|violates|null value/);
      }
    }
  });

  it('refuses the same to a role that was granted everything on the tables', async () => {
    await using opened = await engine.open();
    await paid(opened.db);
    await asApplication(opened.db, async (role) => {
      for (const table of ['journal', 'entry', 'audit_event', 'audit_seal']) {
        for (const attack of [...attacks(table), `alter table ${table} disable trigger all`]) {
          const asRole = transaction(opened.db, async (tx) => {
            await sql.raw(`set local role ${role}`).execute(tx);
            await sql.raw(attack).execute(tx);
          });
          await expect(asRole, attack).rejects.toThrow(/append-only|violates|null value|must be owner/);
        }
      }
    });
  });

  it('refuses a journal that does not sum to zero in each currency, also as a replica', async () => {
    await using opened = await engine.open();
    const journal = `insert into journal (source_type, source_id, kind, posted_at) values ('test', 1, 'x', now())`;
    const line = (rows: string) => `insert into entry (journal_id, line, account, owner_id, currency, amount)
      select id, x.* from journal cross join (values ${rows}) x(line, account, owner, currency, amount)`;
    const bad = [
      `(1, 'source'::account_kind, 0, 'USD', -100), (2, 'platform_fees', 0, 'USD', 99)`,
      `(1, 'source'::account_kind, 0, 'USD', -100), (2, 'platform_fees', 0, 'EUR', 100)`,
      `(1, 'source'::account_kind, 0, 'USD', 100)`,
      `(1, 'source'::account_kind, 0, 'USD', null::bigint), (2, 'platform_fees', 0, 'USD', 100)`,
    ];
    for (const rows of bad) {
      for (const role of ['origin', 'replica']) {
        const posting = transaction(opened.db, async (tx) => {
          await sql.raw(`set local session_replication_role = ${role}`).execute(tx);
          await sql.raw(journal).execute(tx);
          await sql.raw(line(rows)).execute(tx);
        });
        await expect(posting, `${role}: ${rows}`).rejects.toThrow(/does not sum to zero|null value/);
      }
    }
  });
});
