import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
import { runRound } from '../../src/engine/service.ts';
import type { Db } from '../../src/store/db.ts';
import { errorCode } from '../../src/store/db.ts';
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

const account = (columns: string, values: string) =>
  `insert into provider_account (public_id, provider, fingerprint, due_at, ${columns})
    values ('pa_1', 'stripe', 'print', now(), ${values})`;

onBoth((engine) => {
  it('takes a database that has rows: nothing came back in part, and the books still hold', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(2));
    const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
    await processCycle(world, world.provider, input);
    await runRound(world, { batchId: null });
    const { rows } = await sql`select returned_part, settled_part from payout_attempt`.execute(opened.db);
    expect(rows).toEqual(Array.from({ length: 2 }, () => ({ returned_part: 0n, settled_part: 0n })));
    expect((await verify(opened.db, await testVault(opened.db))).differences).toEqual([]);
    const part = (change: string) => refused(opened.db, `update payout_attempt set ${change}`);
    expect(await part('returned_part = amount + 1')).toBe('23514');
    expect(await part('returned_part = 5, settled_part = 6')).toBe('23514');
    expect(await part('returned_part = -1')).toBe('23514');
  });

  it('keeps an account once, and a state only with what it needs', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    expect(await refused(db, account('state', `'not_ready'`))).toBe('23514');
    expect(await refused(db, account('state, checked_at', `'ready', now()`))).toBe('23514');
    expect(await refused(db, account('state', `'unknown'`))).toBeNull();
    expect(await refused(db, account('state', `'unknown'`).replace('pa_1', 'pa_2'))).toBe('23505');
  });
});
