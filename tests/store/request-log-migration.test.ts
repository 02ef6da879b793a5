import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { all } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { insertRequests, listRequests } from '../../src/store/request-log.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const everything = { statusClass: null, actorId: null, route: null };

onBoth((engine) => {
  it('gives a database that has run before an empty list of requests, which takes rows and refuses what is none', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(1));
    await sql`drop table request_log`.execute(db);
    await sql`delete from migration where name = '0022-request-log.sql'`.execute(db);
    expect(await migrate(db)).toEqual(['0022-request-log.sql']);
    expect(await all(db, sql`select 1 from earning`)).not.toEqual([]);
    const row = {
      at: world.now(),
      method: 'POST',
      route: '/api/admin/cycles',
      status: 409,
      code: 'conflict',
      ms: 3,
      requestId: 'rq_1',
      actorKind: 'key' as const,
      actorId: 'ak_1',
      ip: null,
      replayed: false,
    };
    await insertRequests(db, [row, { ...row, status: 201, code: null }]);
    const found = await listRequests(db, { ...everything, statusClass: 4 }, 10, null);
    expect(found).toMatchObject({ rows: [row], next: null });
    await expect(insertRequests(db, [{ ...row, status: 7 }])).rejects.toThrow(/check constraint/);
  });
});
