import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { changeSettings } from '../../src/actions/settings.ts';
import { processCycle } from '../../src/actions/batches.ts';
import * as poll from '../../src/engine/poll.ts';
import * as send from '../../src/engine/send.ts';
import { all, transaction } from '../../src/store/db.ts';
import { balanceOf, trialBalance } from '../../src/store/ledger.ts';
import { applyChanges } from '../../src/store/attempts.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import { makeWorld, seedCycle, winners } from '../support/world.ts';
import {
  alertKinds,
  another,
  differences,
  everything,
  pay,
  payOk,
  retry,
  stage,
  states,
  tally,
  workUntilRest,
} from './harness.ts';

async function money(world: Parameters<typeof trialBalance>[0]): Promise<Record<string, bigint>> {
  const rows = await trialBalance(world);
  return Object.fromEntries(rows.map((row) => [`${row.account} ${row.currency}`, row.amount]));
}

it('trap 18: no payout leaves without a debit, and none is paid without one', async () => {
  const { world } = await stage(winners(1));
  await payOk(world);
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 0n, reserved: 1000n });
  await send.runOnce(world, everything);
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 0n, reserved: 0n });
  expect((await money(world.db))['provider_clearing USD']).toBe(1000n);
  await workUntilRest(world);
  const books = await money(world.db);
  expect(books).toMatchObject({
    'source USD': -1000n,
    'provider_float USD': 1002n,
    'platform_costs USD': -2n,
  });
  expect(books['provider_clearing USD']).toBe(0n);
});

it('trap 18: nobody is paid from a balance that is not there, and nothing is written', async () => {
  const { world } = await stage(winners(2));
  await all(world.db, sql`update balance set amount = 0 where account = 'payee_available' and owner_id = 1`);
  await expect(pay(world)).rejects.toThrow('does not have the available balance');
  expect(await states(world)).toEqual([]);
});

it('trap 19: a proven failure gives the money back once, however often it is told', async () => {
  const { world } = await stage(winners(1, () => ({ email: 'user+failed@example.com' })));
  const batch = await payOk(world);
  await workUntilRest(world);
  for (let again = 0; again < 3; again += 1) {
    world.advance(13 * 3_600_000);
    await poll.runOnce(world, everything);
  }
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 1000n, reserved: 0n });
  await retry(world, batch);
  await workUntilRest(world);
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 1000n, reserved: 0n });
  expect(await differences(world)).toEqual([]);
});

it('trap 20: a lack of funds fails only what was refused, and leaves what was sent alone', async () => {
  const { world, faults, model } = await stage(winners(10));
  // A person retries here; by itself it would be tried again after five minutes.
  await changeSettings(world, { autoRetry: false });
  faults.on('send', 'none', 'insufficient_funds');
  const batch = await payOk(world);
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 5, failed: 5 });
  expect(await retry(world, batch)).toMatchObject({ ok: true, value: { totalItems: 5 } });
  await workUntilRest(world);
  expect(await tally(world)).toEqual({ completed: 10 });
  expect(model.overpaid()).toEqual([]);
  expect(await differences(world)).toEqual([]);
});

it('trap 21: money that comes back is in the books, not only in the state', async () => {
  const { world, model } = await stage(winners(1));
  await payOk(world);
  await workUntilRest(world);
  model.flip('winner-sel0-user0', 'returned');
  world.advance(13 * 3_600_000);
  await poll.runOnce(world, everything);
  expect(await states(world)).toEqual(['returned']);
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 1000n, reserved: 0n });
  const lines = await all(
    world.db,
    sql<{ kind: string }>`select kind from journal where source_type = 'attempt' order by id`,
  );
  expect(lines.map((row) => row.kind)).toEqual(['queued', 'sent', 'completed', 'returned']);
  expect(await differences(world)).toEqual([]);
});

it('trap 21: fees that become known later are in the books too', async () => {
  const { world, model } = await stage(
    winners(2, (index) => (index === 0 ? { email: 'user0+unclaimed@example.com' } : {})),
  );
  await payOk(world);
  await workUntilRest(world);
  expect((await money(world.db))['platform_costs USD']).toBe(-2n);
  model.flip('winner-sel0-user0', 'completed');
  world.advance(2 * 3_600_000);
  await poll.runOnce(world, everything);
  expect(await tally(world)).toEqual({ completed: 2 });
  expect((await money(world.db))['platform_costs USD']).toBe(-4n);
  expect(await differences(world)).toEqual([]);
});

it('trap 27: currencies without decimals and with three keep their integers from file to provider', async () => {
  const people = winners(3, (index) => ({
    currency: ['JPY', 'KWD', 'USD'][index] ?? 'USD',
    amount: [1234n, 1_234_567n, 9_007_199_254_740_991n][index] ?? 0n,
  }));
  const { world, model } = await stage(people);
  await payOk(world);
  await workUntilRest(world);
  const sent = model.batches.flatMap((held) => held.items).map((item) => [item.currency, item.amount]);
  expect(new Map(sent as [string, bigint][])).toEqual(
    new Map([
      ['JPY', 1234n],
      ['KWD', 1_234_567n],
      ['USD', 9_007_199_254_740_991n],
    ]),
  );
  expect(await differences(world)).toEqual([]);
});

it('trap 29: a change that touches another number of rows than it means gives up the transaction', async () => {
  const { world } = await stage(winners(2));
  await payOk(world);
  const change = {
    attemptId: 1n,
    payoutId: 1n,
    from: 'sent',
    to: 'completed',
    attemptState: 'completed',
  } as const;
  const rest = {
    reasonCode: null,
    reasonDetail: null,
    providerItemId: null,
    providerRaw: null,
    transactionId: null,
    fee: null,
  };
  const stale = transaction(world.db, (tx) =>
    applyChanges(tx, [{ ...change, ...rest, event: 'complete' }], 'test', world.now()),
  );
  await expect(stale).rejects.toThrow('changed 0 of 1 payouts');
  expect(await tally(world)).toEqual({ queued: 2 });
});

it('trap 34: the key does not depend on the day or the hour', async () => {
  const keys: string[] = [];
  for (const hours of [0, 11, 12, 36]) {
    const { world, model } = await stage(winners(3));
    world.advance(hours * 3_600_000);
    await payOk(world);
    await workUntilRest(world);
    keys.push(model.batches[0]?.key ?? '');
  }
  expect(new Set(keys).size).toBe(1);
});

it('trap 37: a database restored from before the send finds its payments at the provider and sends none again', async () => {
  const from = await stage(winners(8));
  const shared = await SharedDatabase.open();
  const world = await makeWorld({ db: shared.connect(), provider: from.model, clock: from.clock });
  await seedCycle(world, '18', winners(8));
  await payOk(world);
  const backup = await shared.dump();
  await workUntilRest(world);
  expect(from.model.batches).toHaveLength(2);
  await shared.close();
  const restored = await SharedDatabase.open(backup);
  from.clock.ms += 2 * 24 * 3_600_000;
  const after = await makeWorld({ db: restored.connect(), provider: from.model, clock: from.clock });
  expect(await tally(after)).toEqual({ queued: 8 });
  await workUntilRest(after);
  expect(await tally(after)).toEqual({ completed: 8 });
  expect(from.model.batches).toHaveLength(2);
  expect(from.model.arrivals).toHaveLength(4);
  expect(from.model.overpaid()).toEqual([]);
  expect(await differences(after)).toEqual([]);
  await restored.close();
});

it('trap 37: a database restored from before the run was prepared makes the same keys', async () => {
  const from = await stage(winners(8));
  const shared = await SharedDatabase.open();
  const world = await makeWorld({ db: shared.connect(), provider: from.model, clock: from.clock });
  await seedCycle(world, '18', winners(8));
  const backup = await shared.dump();
  await payOk(world);
  await workUntilRest(world);
  await shared.close();
  const restored = await SharedDatabase.open(backup);
  const after = await makeWorld({ db: restored.connect(), provider: from.model, clock: from.clock });
  await payOk(after);
  await workUntilRest(after);
  expect(from.model.batches).toHaveLength(2);
  expect(await tally(after)).toEqual({ completed: 8 });
  await restored.close();
});

it('what the provider holds under our key is adopted only when every item and amount is the same', async () => {
  const from = await stage(winners(3));
  from.faults.on('send', 'lost_after');
  await payOk(from.world);
  await send.runOnce(from.world, everything);
  const item = from.model.batches[0]?.items[1];
  if (item) item.amount = 999n;
  from.world.advance(60_000);
  await send.runOnce(await another(from), everything);
  expect(await tally(from.world)).toEqual({ sending: 3 });
  expect(await alertKinds(from.world)).toEqual(['adoption_mismatch', 'outcome_unknown']);
  if (item) item.amount = 1000n;
  await workUntilRest(from.world);
  expect(await tally(from.world)).toEqual({ completed: 3 });
  expect(await alertKinds(from.world)).toEqual([]);
});

it('trap 28: preparing is all or nothing', async () => {
  const { world } = await stage(winners(7));
  let ids = 0;
  const breaking = {
    ...world,
    newId: (prefix: string) => {
      ids += 1;
      if (ids === 9) throw new Error('the process dies while it prepares');
      return world.newId(prefix);
    },
  };
  const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: false };
  await expect(processCycle(breaking, world.provider, input)).rejects.toThrow('the process dies');
  expect(await all(world.db, sql`select 1 from payout_batch union all select 1 from payout`)).toEqual([]);
  expect(await pay(world)).toMatchObject({ ok: true, value: { totalItems: 7 } });
  expect(await differences(world)).toEqual([]);
});
