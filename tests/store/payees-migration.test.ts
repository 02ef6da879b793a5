import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { changeSchedule } from '../../src/actions/schedules.ts';
import { all } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { scheduleOf } from '../../src/store/schedules.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

onBoth((engine) => {
  it('finds of schedules that are there already who chose them, and has a place for rows that were left out', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(4));
    const payees = await all(db, sql<{ id: bigint }>`select id from payee order by external_id`);
    const as = (kind: 'payee' | 'key', name: string) => ({ ...world, actor: { ...world.actor, kind, name } });
    const [own, both, unknown, minimum] = payees.map(({ id }) => id);
    if (!own || !both || !unknown || !minimum) throw new Error('payees are missing');
    await changeSchedule(as('payee', 'User 0'), own, { frequency: 'monthly' });
    await changeSchedule(as('payee', 'User 1'), both, { frequency: 'monthly' });
    await changeSchedule(as('key', 'the shop'), both, { frequency: 'weekly' });
    await changeSchedule(as('payee', 'User 1'), both, { minimumPayout: { USD: 9000n } });
    await changeSchedule(as('payee', 'User 3'), minimum, { minimumPayout: { USD: 9000n } });
    // Of a time when nothing was put on record.
    await sql`insert into payee_schedule (payee_id, frequency, updated_at) values (${unknown}, 'manual', now())`.execute(
      db,
    );
    const chosenBy = async () => {
      const found = [];
      for (const id of [own, both, unknown, minimum]) found.push((await scheduleOf(db, id))?.chosenBy);
      return found;
    };
    const before = await chosenBy();
    expect(before).toEqual([
      { kind: 'payee', name: 'User 0' },
      { kind: 'platform', name: 'the shop' },
      null,
      null,
    ]);
    await sql`alter table payee_schedule drop column chosen_by_kind, drop column chosen_by_name`.execute(db);
    await sql`drop table import_left_out, import_left_out_row`.execute(db);
    await sql`drop index payout_attempt_by_method`.execute(db);
    await sql`delete from migration where name = '0026-payees.sql'`.execute(db);
    expect(await migrate(db)).toEqual(['0026-payees.sql']);
    expect(await chosenBy()).toEqual(before);
    const one = sql`insert into import_left_out (public_id, cycle_id, fingerprint, file_name, source_type, shape, header, columns,
        row_count, left_out_count, actor_kind, actor_id, actor_name, created_at)
      values ('lo_1', 1, 'print', 'f.csv', 'winner', 'purser', '[]', '{}', 1, 2, 'key', 'ak_1', 'key', now())`;
    await expect(one.execute(db)).rejects.toThrow(/check constraint/);
  });
});
