import { sql } from 'kysely';
import { expect, it } from 'vitest';

import { errorCode } from '../../src/store/db.ts';
import { differences, pay, payOk, retry, states, tally, workUntilRest } from '../engine/harness.ts';
import { makeWorld, winners, type World } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

async function codeOf(work: Promise<unknown>): Promise<string | null> {
  return errorCode(await work.catch((error: unknown) => error));
}

onBoth((engine) => {
  it('holds at most one live attempt per payout, whoever writes it', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1));
    await payOk(world);
    const second = sql`insert into payout_attempt (payout_id, batch_id, submission_id, method_id, ordinal, position,
      item_reference, amount, currency, state, live, created_at, state_at)
      select payout_id, batch_id, submission_id, method_id, 2, 2, 'other', amount, currency, 'pending', true, now(), now()
      from payout_attempt`;
    expect(await codeOf(second.execute(opened.db))).toBe('23505');
  });

  it('holds at most one active batch per cycle', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1));
    await payOk(world);
    const second = sql`insert into payout_batch (public_id, cycle_id, provider, state, started_by, checksum, total_items,
      created_at) select 'pb_2', cycle_id, provider, 'preparing', 'bob', '', 0, now() from payout_batch`;
    expect(await codeOf(second.execute(opened.db))).toBe('23505');
  });

  it('holds at most one live payout per earning', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1));
    await payOk(world);
    const other = sql`with p as (insert into payout (public_id, payee_id, amount, currency, state, created_at, state_at)
        select 'po_2', payee_id, amount, currency, 'queued', now(), now() from payout returning id)
      insert into payout_earning (payout_id, earning_id, amount) select p.id, 1, 1000 from p`;
    expect(await codeOf(other.execute(opened.db))).toBe('23505');
  });

  it('holds at most one retry per batch and one submission per provider key', async () => {
    await using opened = await engine.open();
    const world = await stageOn(
      opened.db,
      winners(1, () => ({ email: 'user+failed@example.com' })),
    );
    const batch = await payOk(world);
    await workUntilRest(world);
    await retry(world, batch);
    const again = sql`insert into payout_batch (public_id, cycle_id, provider, state, started_by, checksum, total_items,
      created_at, completed_at, retry_of) select 'pb_3', null, provider, 'completed', 'bob', '', 0, now(), now(), 1
      from payout_batch where id = 1`;
    expect(await codeOf(again.execute(opened.db))).toBe('23505');
    const key = sql`insert into submission (public_id, batch_id, provider, currency, provider_key, item_count, total,
      created_at, next_action_at) select 'su_9', batch_id, provider, currency, provider_key, 1, 1, now(), now()
      from submission where id = 1`;
    expect(await codeOf(key.execute(opened.db))).toBe('23505');
    expect(await states(world)).toEqual(['queued']);
  });

  it('lets processes that work on one database pay everybody once', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(40));
    const processes: World[] = [world];
    for (let index = 0; engine.shared && index < 3; index += 1) {
      processes.push(
        await makeWorld({
          db: opened.again(),
          provider: world.provider,
          clock: world.clock,
          worker: `w${index}`,
        }),
      );
    }
    const answers = await Promise.all(processes.map((each) => pay(each)));
    expect(answers.filter((answer) => answer.ok)).toHaveLength(1);
    await Promise.all(processes.map((each) => workUntilRest(each)));
    expect(await tally(world)).toEqual({ completed: 40 });
    expect(world.model.overpaid()).toEqual([]);
    expect(world.model.batches).toHaveLength(8);
    expect(await differences(world)).toEqual([]);
  });
});
