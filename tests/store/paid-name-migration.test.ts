import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { all } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { receiptOf } from '../../src/store/receipts.ts';
import { payOk, workUntilRest } from '../engine/harness.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

onBoth((engine) => {
  it('keeps of payments that arrived before it the name of now, and of no others', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const fates = ['', '+failed'];
    const world = await stageOn(
      db,
      winners(2, (index) => ({ email: `user${index}${fates[index]}@example.com` })),
    );
    await payOk(world);
    await workUntilRest(world);
    const kept = () => all(db, sql`select state, paid_name as "paidName" from payout order by payee_id`);
    const posted = await kept();
    expect(posted).toEqual([
      { state: 'completed', paidName: expect.any(String) },
      { state: 'failed', paidName: null },
    ]);
    await sql`alter table payout drop column paid_name`.execute(db);
    await sql`delete from migration where name = '0025-paid-name.sql'`.execute(db);
    expect(await migrate(db)).toEqual(['0025-paid-name.sql']);
    expect(await kept()).toEqual(posted);
    await sql`update payee set name = 'Renamed'`.execute(db);
    const [paid] = await all(db, sql<{ id: bigint }>`select id from payout where state = 'completed'`);
    expect((await receiptOf(db, paid?.id ?? 0n))?.payeeName).not.toBe('Renamed');
  });
});
