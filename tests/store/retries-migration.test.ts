import { sql } from 'kysely';
import { expect, it } from 'vitest';
import * as retrying from '../../src/engine/retry.ts';
import { runRound } from '../../src/engine/service.ts';
import { all, errorCode } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { verify } from '../../src/store/verify.ts';
import { payOk } from '../engine/harness.ts';
import { makeWorld, winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const fiveMinutesMs = 5 * 60_000;

onBoth((engine) => {
  it('takes a database that has failed payouts: nothing is tried again that failed before', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(
      db,
      winners(2, () => ({ email: 'x+failed@example.com' })),
    );
    await payOk(world);
    await runRound(world, { batchId: null });
    await sql`alter table payout drop column next_retry_at, drop column auto_retries`.execute(db);
    await sql`alter table payout_attempt drop column persistence, drop column told_otherwise_at`.execute(db);
    await sql`drop index payout_by_time`.execute(db);
    await sql`drop index payout_attempt_by_time`.execute(db);
    await sql`delete from migration where name = '0015-retries.sql'`.execute(db);
    expect(await migrate(db)).toEqual(['0015-retries.sql']);
    const rows = await all(db, sql`select next_retry_at, auto_retries from payout`);
    expect(rows).toEqual([1, 2].map(() => ({ next_retry_at: null, auto_retries: 0 })));
    expect((await verify(db, world.vault)).differences).toEqual([]);
    const stays = await sql`update payout set state = 'returned', next_retry_at = now()`
      .execute(db)
      .catch((error: unknown) => errorCode(error));
    expect(stays).toBe('23514');
  });

  it('lets workers that look at once try each payout again once', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(4));
    const refuse = { kind: 'rejected', code: 'insufficient_funds', message: 'no' } as const;
    const { provider } = world;
    const send = provider.send.bind(provider);
    provider.send = () => Promise.resolve({ ...refuse, bad: [], certainAfterLoss: true, evidence: '422' });
    await payOk(world);
    await runRound(world, { batchId: null });
    provider.send = send;
    world.advance(fiveMinutesMs);
    const workers = await Promise.all(
      [1, 2, 3, 4].map(async (n) =>
        makeWorld({ db: opened.again(), provider, clock: world.clock, worker: `w${n}` }),
      ),
    );
    const counts = await Promise.all(workers.map((worker) => retrying.runOnce(worker)));
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 4]);
    expect(await all(opened.db, sql`select count(*)::int as n from payout_batch`)).toEqual([{ n: 2 }]);
    await runRound(world, { batchId: null });
    await runRound(world, { batchId: null });
    expect(world.model.effects()).toHaveLength(4);
    const tampered = sql`update payout set state = 'failed', reason_code = 'provider_error', next_retry_at = now()`;
    await tampered.execute(opened.db);
    const { differences } = await verify(opened.db, world.vault);
    expect(differences.map(({ rule }) => rule)).toContain(
      'payout is tried again by itself only for a temporary reason, and so often',
    );
  });
});
