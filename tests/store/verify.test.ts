import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
import type { Db } from '../../src/store/db.ts';
import { errorCode, transaction } from '../../src/store/db.ts';
import { rebuild } from '../../src/store/rebuild.ts';
import { verify } from '../../src/store/verify.ts';
import { cancel, pay, payOk, retry, workUntilRest } from '../engine/harness.ts';
import { testVault } from '../support/vault.ts';
import { seedCycle, winners } from '../support/world.ts';
import { corruptions } from './corruptions.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

/** People in every state: paid, failed and retried, unclaimed, returned, cancelled, refused offline, and not paid yet. */
async function everyState(db: Db): Promise<void> {
  const fates = ['', '+failed', '+unclaimed', '+returned', '', '+poison', ''];
  const people = winners(7, (index) => ({
    email: index === 4 ? 'nowhere' : `user${index}${fates[index]}@example.com`,
  }));
  const world = await stageOn(db, people);
  const batch = await payOk(world);
  await workUntilRest(world);
  const mended = winners(7).filter((_, index) => index === 1);
  await seedCycle(world, '18', mended);
  await retry(world, batch);
  await workUntilRest(world);
  await seedCycle(
    world,
    '19',
    winners(2, (index) => ({ reference: `late${index}`, payee: `late${index}`, currency: 'JPY' })),
  );
  const next = { cyclePublicId: '19', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
  const second = await processCycle(world, world.provider, next);
  if (second.ok) await cancel(world, second.value.batchId);
  await seedCycle(world, '18', winners(9));
  await pay(world, true);
}

class UndoError extends Error {}

/** What verify finds while the statement has its effect; nothing of it stays. */
async function foundAfter(db: Db, statement: string): Promise<string[]> {
  const found: string[] = [];
  await transaction(db, async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    for (const table of ['entry', 'journal', 'submission_request', 'payout_event', 'submission_event']) {
      await sql.raw(`alter table ${table} disable trigger all`).execute(tx);
    }
    const { numAffectedRows } = await sql.raw(statement).execute(tx);
    if (numAffectedRows !== 1n) throw new Error(`${statement} touched ${numAffectedRows} rows`);
    found.push(...(await verify(tx, await testVault(tx))).differences.map((difference) => difference.rule));
    throw new UndoError();
  }).catch((error: unknown) => {
    // What a key or a check refuses needs no finding.
    if (errorCode(error)?.startsWith('23')) found.push('refused by the database');
    else if (!(error instanceof UndoError)) throw error;
  });
  return found;
}

onBoth((engine) => {
  it('finds every single row that somebody changed behind its back', async () => {
    await using opened = await engine.open();
    await everyState(opened.db);
    expect((await verify(opened.db, await testVault(opened.db))).differences).toEqual([]);
    const missed: string[] = [];
    for (const [what, statement] of Object.entries(corruptions)) {
      if ((await foundAfter(opened.db, statement)).length === 0) missed.push(what);
    }
    expect(missed).toEqual([]);
    expect((await verify(opened.db, await testVault(opened.db))).differences).toEqual([]);
  });

  it('rebuilds balances from the entries, and says what it would change before it does', async () => {
    await using opened = await engine.open();
    await everyState(opened.db);
    for (const statement of [
      `update balance set amount = amount + 5 where account = 'payee_available' and owner_id = 1`,
      `update balance set paid = paid + 5 where account = 'payee_reserved' and owner_id = 2`,
      `update balance set on_its_way = on_its_way + 5 where account = 'payee_reserved' and owner_id = 3`,
      `delete from balance where ctid = (select ctid from balance where paid > 0 and owner_id > 3 limit 1)`,
    ])
      expect((await sql.raw(statement).execute(opened.db)).numAffectedRows).toBe(1n);
    const planned = await transaction(opened.db, (tx) => rebuild(tx, false));
    expect(planned).toHaveLength(4);
    expect((await verify(opened.db, await testVault(opened.db))).differences).not.toEqual([]);
    expect(await transaction(opened.db, (tx) => rebuild(tx, true))).toEqual(planned);
    expect(await transaction(opened.db, (tx) => rebuild(tx, true))).toEqual([]);
    expect((await verify(opened.db, await testVault(opened.db))).differences).toEqual([]);
  });
});
