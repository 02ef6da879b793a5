import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
import { sharedReferences } from '../../src/store/hand-transfers.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const migration = path.join(import.meta.dirname, '../../migrations/0030-shared-references.sql');

onBoth((engine) => {
  it('finds who was paid under one reference, also before there was an index for it', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(3));
    const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
    await processCycle(world, world.provider, input);
    await sql.raw('drop index payout_paid_reference_by_reference').execute(db);
    await sql`insert into payout_paid_reference values (1, 'W-1'), (2, 'W-1'), (3, 'W-2')`.execute(db);
    await sql.raw(await readFile(migration, 'utf8')).execute(db);
    const { rows } = await sql<{ id: string }>`select public_id as id from payout order by payout.id`.execute(
      db,
    );
    const [first, second, third] = rows.map(({ id }) => id);
    expect(await sharedReferences(db, ['W-1', 'W-2', 'none'])).toEqual(
      new Map([
        ['W-1', [first, second]],
        ['W-2', [third]],
        ['none', []],
      ]),
    );
  });
});
