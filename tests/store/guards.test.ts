import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { all, errorCode, one, transaction } from '../../src/store/db.ts';
import { insertOutcome } from '../../src/store/idempotency.ts';
import { migrate } from '../../src/store/migrate.ts';
import { payOk } from '../engine/harness.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const codeOf = async (work: Promise<unknown>) => errorCode(await work.catch((error: unknown) => error));

const outcome = {
  scope: 'a'.repeat(64),
  fingerprint: 'b'.repeat(64),
  callerId: 'ak_1',
  route: 'POST /x',
  status: 200,
  contentType: 'application/json',
  body: '{}',
  isSecret: false,
  subjectId: null,
};

onBoth((engine) => {
  it('adds the guards to a database that has batches, which count as runs of nobody', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1));
    await payOk(world);
    for (const table of ['cycle_lock', 'idempotency_outcome', 'rate_window']) {
      await sql.raw(`drop table ${table}`).execute(opened.db);
    }
    await sql`alter table payout_batch drop column started_by_id, drop column whole_cycle, drop column request_checksum`.execute(
      opened.db,
    );
    await sql`delete from migration where name = '0005-guards.sql'`.execute(opened.db);
    expect(await migrate(opened.db)).toEqual(['0005-guards.sql']);
    expect(
      await all(opened.db, sql`select started_by_id, whole_cycle, request_checksum from payout_batch`),
    ).toEqual([{ started_by_id: null, whole_cycle: false, request_checksum: null }]);
  });

  it('holds one lock per cycle, one answer per key and one batch per preview', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const lock = sql`insert into cycle_lock (cycle_id, owner_id, owner_name, token, purpose, acquired_at, expires_at)
      values (1, 'a', 'Ann', 't', 'process', now(), now() + interval '1 minute')`;
    await lock.execute(db);
    expect(await codeOf(lock.execute(db))).toBe('23505');
    expect(await codeOf(sql`update cycle_lock set expires_at = acquired_at`.execute(db))).toBe('23514');
    await insertOutcome(db, outcome, new Date());
    expect(await codeOf(insertOutcome(db, outcome, new Date()))).toBe('23505');
    const other = { ...outcome, scope: 'c'.repeat(64) };
    expect(await codeOf(insertOutcome(db, { ...other, status: 409 }, new Date()))).toBe('23514');
    expect(await codeOf(insertOutcome(db, { ...other, isSecret: true }, new Date()))).toBe('23514');
    const batch = (
      id: string,
      state: string,
    ) => sql`insert into payout_batch (public_id, cycle_id, provider, state,
      started_by, checksum, total_items, created_at, completed_at, request_checksum)
      values (${id}, 1, 'paypal', ${state}::batch_state, 'ann', '', 0, now(), now(), 'seen')`;
    await batch('pb_1', 'cancelled').execute(db);
    await batch('pb_2', 'completed').execute(db);
    expect(await codeOf(batch('pb_3', 'completed').execute(db))).toBe('23505');
  });

  it('takes back all of a part that fails after a part inside it had failed', async () => {
    await using opened = await engine.open({ migrated: false });
    await sql`create table noted (what text)`.execute(opened.db);
    const note = (what: string) => sql`insert into noted values (${what})`;
    await transaction(opened.db, async (tx) => {
      await note('whole').execute(tx);
      const failing = transaction(tx, async (part) => {
        await note('part').execute(part);
        await transaction(part, async (inner) => {
          await note('inner').execute(inner);
          throw new Error('inner');
        }).catch(() => undefined);
        throw new Error('part');
      });
      await expect(failing).rejects.toThrow('part');
      await note('after').execute(tx);
    });
    const rows = await all(opened.db, sql<{ what: string }>`select what from noted order by what`);
    expect(rows.map((row) => row.what)).toEqual(['after', 'whole']);
    expect(await one(opened.db, sql<{ n: bigint }>`select count(*) as n from noted`)).toEqual({ n: 2n });
  });
});
