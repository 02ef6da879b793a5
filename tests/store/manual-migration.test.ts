import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
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

const made = `insert into hand_transfer_export (public_id, method, actor_kind, actor_id, actor_name, transfer_count, exported_at)
  values ('he_1', 'bank', 'person', 'pe_1', 'Ann', 1, now())`;

onBoth((engine) => {
  it('takes payouts that are there as handed over to nobody, and verified', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(3));
    const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
    await processCycle(world, world.provider, input);
    const { rows } = await sql`select distinct hand_exported_at, paid_on from payout`.execute(opened.db);
    expect(rows).toEqual([{ hand_exported_at: null, paid_on: null }]);
    expect((await verify(opened.db, await testVault(opened.db))).differences).toEqual([]);
    expect(await refused(opened.db, `update payout set paid_on = '2026-11-20'`)).toBe('23514');
  });

  it('never forgets what was handed over', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    expect(await refused(db, made)).toBeNull();
    expect(await refused(db, made)).toBe('23505');
    expect(await refused(db, made.replace('he_1', 'he_2').replace('bank', 'paypal'))).toBe('23514');
    expect(await refused(db, `insert into hand_transfer values (1, 1, 1, 5, 'USD')`)).toBeNull();
    expect(await refused(db, `insert into hand_transfer values (1, 1, 1, 5, 'USD')`)).toBe('23505');
    for (const table of ['hand_transfer', 'hand_transfer_export']) {
      const column = table === 'hand_transfer' ? 'amount = 6' : `actor_name = 'Bob'`;
      expect(await refused(db, `update ${table} set ${column}`)).toBe('P0001');
      expect(await refused(db, `delete from ${table}`)).toBe('P0001');
      expect(await refused(db, `truncate ${table}`)).toBe('P0001');
    }
  });
});
