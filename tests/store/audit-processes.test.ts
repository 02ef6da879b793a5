import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { auditAll } from '../../src/actions/audit.ts';
import { sealPage } from '../../src/actions/audit-seal.ts';
import { verifyAudit } from '../../src/actions/audit-verify.ts';
import type { Db } from '../../src/store/db.ts';
import { openPostgres, transaction } from '../../src/store/db.ts';
import { migratedTemplate } from '../support/databases.ts';
import { createDatabase } from '../support/postgres.ts';
import { startProcess } from '../support/processes.ts';
import { broken, scribe, sealAll, write } from './audit-stage.ts';

const testMs = 60_000;
const script = path.join(import.meta.dirname, 'sealer.ts');
const wrote = (value: Record<string, unknown>) => 'written' in value;
const sealed = (value: Record<string, unknown>) => 'sealed' in value;

async function prepared() {
  const database = await createDatabase(migratedTemplate);
  const db = openPostgres(database.url);
  const close = async () => {
    await db.destroy();
    await database[Symbol.asyncDispose]();
  };
  return { db, url: database.url, [Symbol.asyncDispose]: close };
}

it(
  'makes one chain without a fork when three processes write and seal at the same time',
  async () => {
    await using opened = await prepared();
    await using one = startProcess([script, opened.url, 'one', '40']);
    await using two = startProcess([script, opened.url, 'two', '40']);
    await using three = startProcess([script, opened.url, 'three', '40']);
    const all = [one, two, three];
    await Promise.all(all.map((child) => child.json(wrote)));
    await Promise.all(all.map((child) => child.stop('SIGKILL')));
    const ctx = await scribe(opened.db, 'last');
    await sealAll(ctx);
    expect(await verifyAudit(ctx, null)).toMatchObject({
      clean: true,
      sealed: 2400n,
      unsealed: 0n,
      differences: [],
    });
    const sealers = all.filter((child) => child.stdout.includes('"sealed"'));
    expect(sealers.length).toBeGreaterThan(1);
  },
  testMs,
);

it(
  'goes on where a process ended that was killed while it sealed',
  async () => {
    await using opened = await prepared();
    const ctx = await scribe(opened.db, 'survivor');
    for (let round = 0; round < 12; round += 1) await write(ctx, 1000, `round-${round}`);
    for (let life = 0; life < 4; life += 1) {
      await using child = startProcess([script, opened.url, `life-${life}`]);
      await child.json(sealed);
      // A moment that differs from life to life, so that it dies before, in and after a transaction.
      await pause(life * 7);
      await child.stop('SIGKILL');
      expect(await broken(ctx)).toEqual([]);
    }
    await sealAll(ctx);
    expect(await verifyAudit(ctx, null)).toMatchObject({ clean: true, sealed: 12_000n, unsealed: 0n });
  },
  testMs,
);

/** A transaction that is open until told. */
function openTransaction(db: Db, work: (tx: Db) => Promise<void>) {
  const gate = Promise.withResolvers<void>();
  const reached = Promise.withResolvers<void>();
  const done = transaction(db, async (tx) => {
    await work(tx);
    reached.resolve();
    await gate.promise;
  });
  return { reached: reached.promise, commit: () => (gate.resolve(), done) };
}

it(
  'seals an event that commits late, with a lower id, later in the chain, and nobody waits for anybody',
  async () => {
    await using opened = await prepared();
    const ctx = await scribe(opened.db, 'late');
    const deed = { event: 'cycle.created', subject: { type: 'cycle', id: 'late' } };
    const late = openTransaction(opened.db, (tx) => auditAll(tx, ctx, [deed]));
    await late.reached;
    await write(ctx, 3);
    expect(await sealPage(ctx)).toMatchObject({ events: 3, seq: 3n });
    await late.commit();
    expect(await sealPage(ctx)).toMatchObject({ events: 1, seq: 4n });
    const order = await sql<{ id: bigint }>`select event_id as id from audit_seal order by seq`.execute(
      opened.db,
    );
    expect(order.rows.map((row) => row.id)).toEqual([2n, 3n, 4n, 1n]);
    expect(await broken(ctx)).toEqual([]);
  },
  testMs,
);

it(
  'lets events be written while a page is being sealed, and lets one process seal at a time',
  async () => {
    await using opened = await prepared();
    const ctx = await scribe(opened.db, 'busy');
    await write(ctx, 5);
    const sealing = openTransaction(opened.db, async (tx) => {
      expect(await sealPage({ ...ctx, db: tx })).toMatchObject({ events: 5 });
    });
    await sealing.reached;
    await write(ctx, 5, 'meanwhile');
    expect(await sealPage(ctx)).toBeNull();
    await sealing.commit();
    expect(await sealPage(ctx)).toMatchObject({ events: 5, seq: 10n });
    expect(await broken(ctx)).toEqual([]);
  },
  testMs,
);
