import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { readSettings } from '../../src/store/settings.ts';
import { insertRun, newestRun } from '../../src/store/schedule-runs.ts';
import { scheduleOf } from '../../src/store/schedules.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const run = (due: string, values: string) =>
  sql.raw(`insert into schedule_run (due_at, kind, cron, zone, frequencies, started_at, finished_at, requested)
    values ('2026-11-${due}T17:00Z', ${values})`);

onBoth((engine) => {
  it('takes payees that are there as having chosen nothing, and begins without a run', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    await stageOn(db, winners(1));
    expect(await scheduleOf(db, 1n)).toMatchObject({ frequency: null, amounts: [], status: 'active' });
    expect(await newestRun(db, new Date('2026-11-20T17:00Z'))).toEqual({ dueAt: null, open: false });
    expect(await readSettings(db)).toMatchObject({ payoutSchedule: '0 17 * * 5', payoutFrequency: 'weekly' });
  });

  it('knows a due time once, has one unfinished run, and refuses what cannot be', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const due = { dueAt: new Date('2026-11-20T17:00Z'), cron: '0 17 * * 5', zone: 'UTC', frequencies: [] };
    expect(await insertRun(db, 'run', due, due.dueAt)).toBe(true);
    expect(await insertRun(db, 'run', due, due.dueAt)).toBe(false);
    await expect(run('27', `'run', '', '', '{}', now(), null, 0`).execute(db)).rejects.toThrow(
      /schedule_run_one_open/,
    );
    await expect(run('27', `'start', '', '', '{}', now(), now(), 1`).execute(db)).rejects.toThrow(/check/);
    await expect(run('27', `'else', '', '', '{}', now(), now(), 0`).execute(db)).rejects.toThrow(/check/);
    const amount = (values: string) =>
      sql.raw(
        `insert into payee_schedule_amount (payee_id, currency, minimum, request_at) values (1, 'USD', ${values})`,
      );
    await expect(amount('null, null').execute(db)).rejects.toThrow(/check/);
    await expect(amount('0, null').execute(db)).rejects.toThrow(/check/);
    await expect(
      sql`insert into payee_schedule (payee_id, frequency, updated_at) values (1, 'daily', now())`.execute(
        db,
      ),
    ).rejects.toThrow(/check/);
  });
});
