import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { all } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { startRun } from '../../src/store/reconciliations.ts';
import { payOk, workUntilRest } from '../engine/harness.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

onBoth((engine) => {
  it('keeps the comparisons from before it, finished or not, and lets a batch be compared by one', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(2));
    await payOk(world);
    await workUntilRest(world);
    for (const column of ['held_by', 'held_until', 'gave_way']) {
      await sql`alter table reconciliation_run drop column ${sql.ref(column)}`.execute(db);
    }
    await sql`insert into reconciliation_run (public_id, batch_id, started_at) values ('rc_old', 1, ${world.now()})`.execute(
      db,
    );
    const kept = () =>
      all(db, sql`select public_id, started_at, finished_at, checked from reconciliation_run order by id`);
    const before = await kept();
    await sql`delete from migration where name = '0027-comparisons.sql'`.execute(db);
    expect(await migrate(db)).toEqual(['0027-comparisons.sql']);
    expect(await kept()).toEqual(before);
    const begin = async (id: string) => startRun(db, id, 1n, { owner: id, leaseMs: 1000 }, world.now());
    expect([await begin('rc_one'), await begin('rc_two')]).toEqual([expect.any(BigInt), null]);
    world.clock.ms += 1001;
    expect(await begin('rc_three')).not.toBeNull();
  });
});
