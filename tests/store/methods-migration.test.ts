import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { savePayees } from '../../src/actions/payees.ts';
import type { Actor } from '../../src/core/actor.ts';
import { insertMethod } from '../../src/store/method-changes.ts';
import { errorCode } from '../../src/store/db.ts';
import type { Db } from '../../src/store/db.ts';
import { verify } from '../../src/store/verify.ts';
import { testVault } from '../support/vault.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

async function refused(db: Db, statement: string): Promise<string | null> {
  try {
    await db.transaction().execute(async (tx) => sql.raw(statement).execute(tx));
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

onBoth((engine) => {
  it('takes methods from before as usable at once, and payees as not on hold', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await stageOn(db, winners(2));
    const { rows } = await sql<Record<string, unknown>>`select m.usable_from as usable, m.is_backup as backup,
      m.retired_at as retired, m.frozen_at as frozen, y.hold_reason as hold
      from payout_method m join payee y on y.id = m.payee_id`.execute(db);
    const before = { usable: null, backup: false, retired: null, frozen: null, hold: null };
    expect(rows).toEqual([before, before]);
    expect((await verify(db, await testVault(db))).differences).toEqual([]);
  });

  it.each([
    ['a method in use and in reserve at once', `update payout_method set is_backup = true`, '23514'],
    ['a method in use that is retired', `update payout_method set retired_at = now()`, '23514'],
    ['a hold without its time', `update payee set hold_reason = 'x'`, '23514'],
    ['an end of a hold without a hold', `update payee set hold_until = now()`, '23514'],
    [
      'a link that ends before it begins',
      `insert into method_link (payee_id, token_hash, created_at, expires_at) values (1, 'h', now(), now())`,
      '23514',
    ],
    [
      'a token that opens two things',
      `insert into method_link (payee_id, token_hash, created_at, expires_at)
        select 1, 'h', now(), now() + interval '1 day' from generate_series(1, 2)`,
      '23505',
    ],
  ])('refuses %s', async (_what, statement, code) => {
    await using opened = await engine.open();
    await stageOn(opened.db, winners(1));
    expect(await refused(opened.db, statement)).toBe(code);
  });

  it('holds one method in reserve per payee, however it is written', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(1));
    const vault = await testVault(db);
    for (const name of ['a', 'b']) {
      const method = { type: 'paypal', kind: 'email', destination: `${name}@example.net` };
      const times = { now: world.now(), coolUntil: null };
      await insertMethod(db, vault, { ...method, publicId: `pm_${name}`, payeeId: 1n }, times);
    }
    expect(await refused(db, `update payout_method set is_backup = true where not is_default`)).toBe('23505');
  });

  it('lets a record wait when a person typed it, and not when a key or the command line brought it', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1));
    const vault = await testVault(opened.db);
    const usable = async (actor: Partial<Actor>, name: string) => {
      const method = { type: 'paypal', kind: 'email', destination: `${name}@example.net` };
      const { rows } = await sql<{ external: string }>`select external_id as external from payee`.execute(
        opened.db,
      );
      const payee = { externalId: rows[0]?.external ?? '', name: '', email: null, method };
      await savePayees({ ...world, actor: { ...world.actor, ...actor } }, [payee]);
      const found = await sql<{ at: Date | null }>`select usable_from as at from payout_method
        where is_default`.execute(opened.db);
      return found.rows[0]?.at ?? null;
    };
    expect(await usable({ kind: 'key', id: 'ak_1' }, 'k')).toBeNull();
    expect(await usable({ kind: 'person', id: 'cli' }, 'c')).toBeNull();
    const waits = new Date(world.now().getTime() + 72 * 60 * 60_000);
    expect(await usable({ kind: 'person', id: 'pe_1' }, 'p')).toEqual(waits);
    // What has served its time, or never had to, needs no new one.
    expect(await usable({ kind: 'person', id: 'pe_1' }, 'k')).toBeNull();
    expect((await verify(opened.db, vault)).differences).toEqual([]);
  });

  it('gives a record of the platform effect at once, also over a method that waits', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(1));
    const vault = await testVault(db);
    const method = { type: 'paypal', kind: 'email', destination: 'new@example.net' };
    const later = new Date(world.now().getTime() + 1);
    const times = { now: world.now(), coolUntil: later };
    await insertMethod(db, vault, { ...method, publicId: 'pm_new', payeeId: 1n }, times);
    const { rows } = await sql<{
      external: string;
    }>`select external_id as external from payee where id = 1`.execute(db);
    await savePayees(world, [{ externalId: rows[0]?.external ?? '', name: '', email: null, method }]);
    const { rows: after } = await sql<
      Record<string, unknown>
    >`select is_default as used, usable_from as usable
      from payout_method where public_id = 'pm_new'`.execute(db);
    expect(after).toEqual([{ used: true, usable: null }]);
    expect((await verify(db, vault)).differences).toEqual([]);
  });
});
