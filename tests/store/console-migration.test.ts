import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const migration = path.join(import.meta.dirname, '../../migrations/0021-console.sql');

onBoth((engine) => {
  it('knows of what was put to be approved again before, and refuses what a beginning cannot have', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(3));
    const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
    await processCycle(world, world.provider, input);
    const run = (text: string) => sql.raw(text).execute(db);
    // As it was before, with a request that was tried and resubmitted, one that was not, and a payout of the cycle.
    await run('alter table payout drop column resubmitted');
    await run('alter table schedule_run drop column not_sent');
    await run(`update payout set kind = 'request', method_id = 1, requested_by_kind = 'payee', requested_by_id = 'py_1',
      requested_by_name = 'Ana', attempt_count = 2 where id in (1, 2)`);
    await run(`insert into payout_event (payout_id, event, to_state, actor, at)
      select id, 'resubmit', 'pending_approval', 'ann', now() from payout where id in (1, 3)`);
    const text = await readFile(migration, 'utf8');
    // The index of a column went with it.
    for (const [, index] of text.matchAll(/^create index (\w+)/gm))
      await run(`drop index if exists ${index}`);
    for (const statement of text.split(/;\n/).filter((one) => one.trim() !== '')) await run(statement);
    const { rows } = await sql`select id from payout where resubmitted`.execute(db);
    expect(rows).toEqual([{ id: 1n }]);
    await expect(
      run(`insert into schedule_run (due_at, kind, cron, zone, frequencies, started_at, finished_at, not_sent)
        values (now(), 'start', '', '', '{}', now(), now(), '[{}]')`),
    ).rejects.toThrow(/check/);
  });
});
