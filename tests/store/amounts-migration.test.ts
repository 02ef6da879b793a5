import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
import { payoutsOfAmounts } from '../../src/store/payout-amounts.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const migration = path.join(import.meta.dirname, '../../migrations/0031-amounts.sql');

onBoth((engine) => {
  it('finds payouts by their amount, also those that were there before the index', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(3));
    const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
    await processCycle(world, world.provider, input);
    await sql.raw('drop index payout_by_amount').execute(db);
    await sql.raw(await readFile(migration, 'utf8')).execute(db);
    const { rows } = await sql<{
      id: string;
      amount: bigint;
      currency: string;
    }>`select public_id as id, amount, currency
      from payout order by payout.id desc`.execute(db);
    const [first] = rows;
    if (!first) throw new Error('nobody is paid');
    const same = rows.filter(
      ({ amount, currency }) => amount === first.amount && currency === first.currency,
    );
    const found = await payoutsOfAmounts(db, [first], 10);
    expect(found.map(({ publicId }) => publicId)).toEqual(same.map(({ id }) => id));
    expect(await payoutsOfAmounts(db, [{ ...first, currency: 'KWD' }], 10)).toEqual([]);
  });
});
