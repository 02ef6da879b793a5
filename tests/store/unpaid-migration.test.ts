import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { all } from '../../src/store/db.ts';
import type { Db } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { eligibleTotals } from '../../src/store/eligibility.ts';
import { eligibleTotalsOf } from '../../src/store/unpaid.ts';
import { verify } from '../../src/store/verify.ts';
import { cancel, payOk, workUntilRest } from '../engine/harness.ts';
import { testVault } from '../support/vault.ts';
import { seedCycle, winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const there = (db: Db) => all(db, sql<{ id: bigint }>`select * from earning_unpaid order by id`);

onBoth((engine) => {
  it('finds what is there to be paid among what is there, and keeps it by itself from then on', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(3));
    await payOk(world);
    await workUntilRest(world);
    await seedCycle(
      world,
      '19',
      winners(4, (index) => ({ reference: `new${index}` })),
    );
    const before = await there(db);
    expect(before.map(({ id }) => id)).toEqual([4n, 5n, 6n, 7n]);
    for (const name of ['recorded', 'changed', 'carried', 'released']) {
      await sql`drop function ${sql.ref(`purser_unpaid_${name}`)} cascade`.execute(db);
    }
    await sql`drop table earning_unpaid`.execute(db);
    await sql`delete from migration where name = '0028-unpaid.sql'`.execute(db);
    expect(await migrate(db)).toEqual(['0028-unpaid.sql']);
    expect(await there(db)).toEqual(before);
    // Carried by a run, free again when it is cancelled.
    const batch = await payOk(world, '19');
    expect(await there(db)).toEqual([]);
    await cancel(world, batch);
    expect(await there(db)).toEqual(before);
    // What lists say of a cycle is what its dry run says.
    const scope = { cycleId: 2n, newOnly: false, earningIds: null };
    const alone = await eligibleTotals(db, scope, ['paypal'], world.now());
    expect(alone).toMatchObject([{ status: 'eligible', count: 4n }]);
    expect(await eligibleTotalsOf(db, [1n, 2n], ['paypal'], world.now())).toEqual(alone);
    expect((await verify(db, await testVault(db))).differences).toEqual([]);
  });
});
