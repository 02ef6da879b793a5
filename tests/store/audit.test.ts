import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { audit } from '../../src/actions/audit.ts';
import { sealPage } from '../../src/actions/audit-seal.ts';
import { verifyAudit } from '../../src/actions/audit-verify.ts';
import type { Db } from '../../src/store/db.ts';
import { all, transaction } from '../../src/store/db.ts';
import { auditCorruptions } from './audit-corruptions.ts';
import { broken, scribe, sealAll, write } from './audit-stage.ts';
import { onBoth } from './engines.ts';

const plainHash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

class UndoError extends Error {}

const tables = ['audit_event', 'audit_seal'];

/** What is found while the statements have their effect as superuser, triggers off; nothing of it stays. */
async function foundAfter(db: Db, statements: readonly string[], look: (tx: Db) => Promise<string[]>) {
  const found: string[] = [];
  await transaction(db, async (tx) => {
    for (const table of tables) await sql.raw(`alter table ${table} disable trigger all`).execute(tx);
    for (const statement of statements) {
      const { numAffectedRows } = await sql.raw(statement).execute(tx);
      if (numAffectedRows === 0n && !statement.startsWith('alter'))
        throw new Error(`${statement} did nothing`);
    }
    found.push(...(await look(tx)));
    throw new UndoError();
  }).catch((error: unknown) => {
    if (!(error instanceof UndoError)) throw error;
  });
  return found;
}

/** Nine sealed events, one of them without before and origin, and one that waits. */
async function trail(db: Db) {
  const ctx = await scribe(db);
  await write(ctx, 7);
  const system = { ...ctx, actor: { ...ctx.actor, ip: null, userAgent: null, requestId: null } };
  await transaction(db, (tx) => audit(tx, system, 'batch.completed', { type: 'batch', id: 'pb_1' }));
  await write(ctx, 1);
  await sealAll(ctx);
  await write(ctx, 1);
  return ctx;
}

onBoth((engine) => {
  it('finds nothing in a trail that is as it was written, and says what waits', async () => {
    await using opened = await engine.open();
    const ctx = await trail(opened.db);
    const verdict = await verifyAudit(ctx, null);
    expect(verdict).toMatchObject({
      clean: true,
      sealed: 9n,
      unsealed: 1n,
      differences: [],
      head: { seq: 9n, hash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
    expect(await verifyAudit(ctx, verdict.head)).toMatchObject({ clean: true });
  });

  it('finds whatever a superuser without the key changes, removes, exchanges or puts in', async () => {
    await using opened = await engine.open();
    const ctx = await trail(opened.db);
    const unnoticed: string[] = [];
    for (const [name, statements] of Object.entries(auditCorruptions)) {
      const found = await foundAfter(opened.db, statements, (tx) => broken({ ...ctx, db: tx }));
      if (found.length === 0) unnoticed.push(name);
    }
    expect(unnoticed).toEqual([]);
    expect(await broken(ctx)).toEqual([]);
  });

  it('names the one event that was edited and no other', async () => {
    await using opened = await engine.open();
    const ctx = await trail(opened.db);
    const [{ id } = { id: '' }] = await all(
      opened.db,
      sql<{ id: string }>`select public_id as id from audit_event where id = 4`,
    );
    const look = (tx: Db) => broken({ ...ctx, db: tx });
    const edited = [`update audit_event set after = '{}' where id = 4`];
    expect(await foundAfter(opened.db, edited, look)).toEqual([`an event is as it was sealed: event ${id}`]);
    const removed = ['delete from audit_seal where seq in (5, 6)'];
    expect(await foundAfter(opened.db, removed, look)).toContain('no link is missing: links 5 to 6');
  });

  it('finds a chain that was made anew with a plain hash, as the key is missing', async () => {
    await using opened = await engine.open();
    const ctx = await trail(opened.db);
    const forger = {
      ...ctx,
      vault: Object.assign(Object.create(ctx.vault) as typeof ctx.vault, { mac: plainHash }),
    };
    const statements = [
      `update audit_event set after = '{}' where id = 2`,
      'delete from audit_seal',
      'insert into audit_unsealed select id from audit_event on conflict do nothing',
    ];
    const found = await foundAfter(opened.db, statements, async (tx) => {
      await sealAll({ ...forger, db: tx });
      return broken({ ...ctx, db: tx });
    });
    expect(found).toHaveLength(10);
  });

  it('finds a tail that was cut off, events and links, only with a head that was noted elsewhere', async () => {
    await using opened = await engine.open();
    const ctx = await trail(opened.db);
    const { head } = await verifyAudit(ctx, null);
    const cut = [
      'delete from audit_seal where seq > 7',
      'delete from audit_event where id > 7',
      'delete from audit_unsealed',
    ];
    const blind = await foundAfter(opened.db, cut, (tx) => broken({ ...ctx, db: tx }));
    expect(blind).toEqual([]);
    const seeing = await foundAfter(opened.db, cut, (tx) => broken({ ...ctx, db: tx }, head));
    expect(seeing).toEqual(['the chain goes through the noted link: link 9']);
    const other = { seq: 5n, hash: 'f'.repeat(64) };
    expect(await broken(ctx, other)).toEqual(['the chain goes through the noted link: link 5']);
  });

  it('finds an event that somebody put in as the application would, once it is sealed too', async () => {
    await using opened = await engine.open();
    const ctx = await trail(opened.db);
    await sql`insert into audit_event (public_id, at, actor_kind, actor_id, actor_name, event, subject_type, subject_id, mac)
      values ('ae_forged', now(), 'person', 'pn_ann', 'Ann', 'payout.approved', 'payout', 'po_1', 'guess')`.execute(
      opened.db,
    );
    const forged = ['an event was written by Purser: event ae_forged'];
    expect(await broken(ctx)).toEqual(forged);
    await sealAll(ctx);
    expect(await broken(ctx)).toEqual(forged);
  });

  it('lists a hundred differences and counts the rest', async () => {
    await using opened = await engine.open();
    const ctx = await scribe(opened.db);
    await write(ctx, 150);
    await foundAfter(opened.db, ['delete from audit_unsealed'], async (tx) => {
      const verdict = await verifyAudit({ ...ctx, db: tx }, null);
      expect(verdict.differences).toHaveLength(100);
      expect(verdict).toMatchObject({ clean: false, differenceCount: 150n });
      return [];
    });
  });

  it('seals in pages and goes on where it ended', async () => {
    await using opened = await engine.open();
    const ctx = await scribe(opened.db);
    await write(ctx, 2500);
    expect(await sealPage(ctx)).toMatchObject({ events: 1000, seq: 1000n });
    expect(await sealPage(ctx)).toMatchObject({ events: 1000, seq: 2000n });
    expect(await sealPage(ctx)).toMatchObject({ events: 500, seq: 2500n });
    expect(await sealPage(ctx)).toBeNull();
    expect(await verifyAudit(ctx, null)).toMatchObject({ clean: true, sealed: 2500n, unsealed: 0n });
  });

  it('is not held up by a number in the queue that is sealed already', async () => {
    await using opened = await engine.open();
    const ctx = await trail(opened.db);
    await sql`insert into audit_unsealed values (3)`.execute(opened.db);
    expect(await sealAll(ctx)).toBe(1);
    expect(await broken(ctx)).toEqual([]);
  });
});
