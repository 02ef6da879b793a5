import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { all, one } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { withDestinations } from '../../src/store/payout-methods.ts';
import type { SealedMethod } from '../../src/store/payout-methods.ts';
import { sealStored } from '../../src/store/seal-stored.ts';
import { savePayees } from '../../src/actions/payees.ts';
import type { DbVault } from '../../src/store/vault.ts';
import { checksum } from '../support/tidy/migrations.ts';
import { projectRoot } from '../support/processes.ts';
import { testVault } from '../support/vault.ts';
import { makeWorld } from '../support/world.ts';
import { onBoth } from './engines.ts';

const people = 2500;

/** A database as the first version left it, with addresses in plain. */
async function asBefore(db: Db): Promise<void> {
  const text = readFileSync(path.join(projectRoot, 'migrations/0001-init.sql'), 'utf8');
  const parts = text
    .split(/;\n(?=\n|create|alter|--)/)
    .filter((part) => /^\s*(?:--.*\n|\s)*[a-z]/.test(part));
  for (const part of parts) await sql.raw(part).execute(db);
  await sql`create table migration (name text primary key, hash text not null, applied_at timestamptz not null default now())`.execute(
    db,
  );
  await sql`insert into migration (name, hash) values ('0001-init.sql', ${checksum(text)})`.execute(db);
  await sql`insert into payee (public_id, external_id, name, created_at, updated_at)
    select 'py_' || n, 'u' || n, 'Person', now(), now() from generate_series(1, ${people}::int) n`.execute(
    db,
  );
  await sql`insert into payout_method (public_id, payee_id, type, kind, destination, is_default, created_at)
    select 'pm_' || id, id, 'paypal', 'email', 'secret' || id || '@hidden.example', true, now() from payee`.execute(
    db,
  );
  // The same address in other capitals was another method then.
  await sql`insert into payout_method (public_id, payee_id, type, kind, destination, is_default, created_at)
    select 'pm_double', id, 'paypal', 'email', 'Secret7@hidden.example', false, now() from payee where external_id = 'u7'`.execute(
    db,
  );
  await sql`insert into provider_event (provider, event_id, type, body, received_at, next_try_at)
    values ('paypal', 'WH-0', 'x', '{"old":true}', now(), now())`.execute(db);
}

async function plainRows(db: Db): Promise<number> {
  const row = await one(
    db,
    sql<{ n: bigint }>`select count(*) as n from payout_method m where m::text ilike '%secret%'`,
  );
  return Number(row?.n ?? -1n);
}

/** A vault whose process dies when it has sealed `count` values. */
function dyingAfter(vault: DbVault, count: number): DbVault {
  let left = count;
  return {
    keyId: vault.keyId,
    seal: (text, place) => {
      left -= 1;
      if (left < 0) throw new Error('the process dies');
      return vault.seal(text, place);
    },
    sealBytes: (bytes, place) => vault.sealBytes(bytes, place),
    openBytes: async (from, sealed, place) => vault.openBytes(from, sealed, place),
    openAll: async (from, values) => vault.openAll(from, values),
    fingerprint: (text) => vault.fingerprint(text),
    mac: (bytes) => vault.mac(bytes),
    derive: (name) => vault.derive(name),
  };
}

async function besideAnOldSnapshot(db: Db, work: () => Promise<unknown>): Promise<void> {
  await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      await sql`select count(*) from cycle`.execute(tx);
      await work();
    });
}

onBoth((engine) => {
  it('seals what was stored before, for good, and finds every method again', async () => {
    await using opened = await engine.open({ migrated: false });
    await asBefore(opened.db);
    await migrate(opened.db);
    expect(await plainRows(opened.db)).toBe(people + 1);
    const vault = await testVault(opened.db);
    expect(await sealStored(opened.db, vault)).toBe(people + 1);
    expect(await plainRows(opened.db)).toBe(0);
    const rows = await all(
      opened.db,
      sql<SealedMethod>`select public_id as "methodPublicId", payee_id as "payeeId", sealed from payout_method order by id`,
    );
    const open = await withDestinations(opened.db, vault, rows);
    expect(open[0]?.destination).toBe('secret1@hidden.example');
    expect(open.at(-1)?.destination).toBe('Secret7@hidden.example');
    const world = await makeWorld({ db: opened.db });
    const method = { type: 'paypal', kind: 'email', destination: 'secret7@hidden.example' };
    const again = await savePayees(world, [{ externalId: 'u7', name: '', email: null, method }]);
    expect(again.get('u7')).toMatchObject({ result: 'unchanged', payee: { methodId: 'pm_7' } });
    const event = await one(opened.db, sql<{ body: string }>`select body from provider_event`);
    expect(event).toEqual({ body: '{"old":true}' });
    expect(await sealStored(opened.db, vault)).toBe(0);
  });

  it('lets processes that start at once seal each row once, and lets one go on where another one died', async () => {
    await using opened = await engine.open({ migrated: false });
    await asBefore(opened.db);
    await migrate(opened.db);
    const vault = await testVault(opened.db);
    const dying = dyingAfter(vault, 1500);
    await expect(sealStored(opened.db, dying)).rejects.toThrow('dies');
    expect(await plainRows(opened.db)).toBe(people + 1 - 1001);
    const counts = await Promise.all(
      [opened.db, opened.again(), opened.again()].map(async (db) => sealStored(db, await testVault(db))),
    );
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 0, people + 1 - 1001]);
    expect(await plainRows(opened.db)).toBe(0);
  });

  it('leaves nothing of the old rows behind in the file of the table', async () => {
    await using opened = await engine.open({ migrated: false });
    await asBefore(opened.db);
    await migrate(opened.db);
    const vault = await testVault(opened.db);
    // Somebody's older snapshot still sees the old versions, as a backup or the server's own routine analyze may.
    const seal = async (): Promise<unknown> => sealStored(opened.db, vault);
    await (engine.name === 'embedded' ? seal() : besideAnOldSnapshot(opened.again(), seal));
    await sql`checkpoint`.execute(opened.db);
    const file = await one(
      opened.db,
      sql<{ bytes: Uint8Array }>`select pg_read_binary_file(pg_relation_filepath('payout_method')) as bytes`,
    );
    const bytes = Buffer.from(file?.bytes ?? []);
    expect(bytes.includes('s***@hidden.example')).toBe(true);
    expect(bytes.includes('secret')).toBe(false);
  });
});
