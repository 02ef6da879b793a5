import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
import { errorCode } from '../../src/store/db.ts';
import type { Db } from '../../src/store/db.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const migration = path.join(import.meta.dirname, '../../migrations/0019-hand-references.sql');

async function refused(db: Db, statement: string): Promise<string | null> {
  try {
    await db.transaction().execute(async (tx) => sql.raw(statement).execute(tx));
    return null;
  } catch (error) {
    return errorCode(error);
  }
}

/** Four payouts of before, each exported; the second came back, the third was exported again since. */
const before = [
  `drop table payout_paid_reference`,
  `update payout set paid_by_hand_at = now(), paid_reference = 'W-1' where id = 1`,
  `update payout set hand_exported_at = now()`,
  ...[
    `1, 'export', null`,
    `1, 'mark_paid', 'paid by hand, reference W-1'`,
    `2, 'export', null`,
    `2, 'mark_paid', 'paid by hand, reference W 2, b'`,
    `2, 'return', 'closed'`,
    `3, 'export', null`,
    `3, 'return', 'closed'`,
    `3, 'export', null`,
  ].map(
    (values) => `insert into payout_event (payout_id, event, detail, to_state, actor, at)
      select i.*, 'approved', 'ann', now() from (select ${values}) i`,
  ),
];

onBoth((engine) => {
  it('keeps every reference of before, and hands over what came back to nobody', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(3));
    const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
    await processCycle(world, world.provider, input);
    for (const statement of before)
      expect([statement, await refused(db, statement)]).toEqual([statement, null]);
    const text = await readFile(migration, 'utf8');
    for (const statement of text.split(/;\n/).filter((one) => one.trim() !== ''))
      await sql.raw(statement).execute(db);
    const { rows } = await sql`select payout_id, reference from payout_paid_reference order by 1`.execute(db);
    expect(rows).toEqual([
      { payout_id: 1n, reference: 'W-1' },
      { payout_id: 2n, reference: 'W 2, b' },
    ]);
    const marked = await sql`select id from payout where hand_exported_at is not null order by id`.execute(
      db,
    );
    expect(marked.rows).toEqual([{ id: 1n }, { id: 3n }]);
    const table = 'payout_paid_reference';
    expect(await refused(db, `insert into ${table} values (1, 'W-1')`)).toBe('23505');
    for (const deed of [`update ${table} set reference = 'x'`, `delete from ${table}`, `truncate ${table}`])
      expect(await refused(db, deed)).toBe('P0001');
  });
});
