import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sql } from 'kysely';
import { Providers } from '../../src/actions/providers.ts';
import { retryPayouts } from '../../src/actions/retry.ts';
import { runRound } from '../../src/engine/service.ts';
import { openAlertsList } from '../../src/store/alerts.ts';
import { all } from '../../src/store/db.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import type { Winner, World } from '../support/world.ts';
import { winners } from '../support/world.ts';
import { states, submissionStates, tally } from './harness.ts';
import type { Stage } from './stripe-stage.ts';
import {
  brokenWithStripe,
  creators,
  payAll,
  payThrough,
  stripeStage,
  workUntilQuiet,
} from './stripe-stage.ts';

// The engine over the real Stripe provider and Stripe's side of the sandbox.

const everything = { batchId: null };
const hourMs = 3_600_000;
const transfers = { provider: 'stripe', method: 'POST', path: '/v1/transfers' };

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await SharedDatabase.open();
});
afterAll(() => shared.close());
beforeEach(() => shared.reset());

const stage = async (people: readonly Winner[]): Promise<Stage> => stripeStage(shared.connect(), people);

async function alerts(world: World): Promise<string[]> {
  return (await openAlertsList(world.db, 100)).map(({ kind, message }) => `${kind}: ${message}`);
}

it('pays each creator by one transfer, and a transfer is complete at once', async () => {
  const from = await stage(creators(['', '', 'failed', 'insufficient', 'disabled']));
  const outcome = await payThrough(from.world, 'stripe');
  expect(outcome).toMatchObject({ ok: true, value: { totalItems: 5, totalChunks: 5 } });
  await runRound(from.world, everything);
  expect(await states(from.world)).toEqual(['completed', 'completed', 'failed', 'failed', 'failed']);
  const reasons = await all(
    from.world.db,
    sql<{ code: string }>`select reason_code as code from payout where reason_code is not null order by id`,
  );
  expect(reasons.map(({ code }) => code)).toEqual([
    'sender_restricted',
    'insufficient_funds',
    'receiver_not_enabled',
  ]);
  expect(await brokenWithStripe(from.world.db, from.side)).toEqual([]);
});

it('writes thousands of one-item submissions in a few statements', async () => {
  const from = await stage(creators(Array.from({ length: 2500 }, () => '')));
  const before = Date.now();
  expect(await payThrough(from.world, 'stripe')).toMatchObject({
    ok: true,
    value: { totalItems: 2500, totalChunks: 2500 },
  });
  // One by one it takes many times as long.
  expect(Date.now() - before).toBeLessThan(10_000);
  const [counted] = await all(
    from.world.db,
    sql<{
      n: bigint;
      keys: bigint;
    }>`select count(*) as n, count(distinct provider_key) as keys from submission`,
  );
  expect(counted).toEqual({ n: 2500n, keys: 2500n });
}, 60_000);

it.each(['drop_after', 'reset_mid_body', 'malformed'])(
  'after a lost answer (%s) the same key gets the same transfer',
  async (fault) => {
    const from = await stage(creators(['', '']));
    await from.side.client.control('POST', 'faults', { ...transfers, fault, times: 2 });
    await payAll(from);
    expect(await tally(from.world)).toEqual({ completed: 2 });
    expect(await from.side.client.effects()).toHaveLength(2);
    const sends = await all(from.world.db, sql<{ n: number }>`select send_count as n from submission`);
    expect(sends.map(({ n }) => n)).toEqual([2, 2]);
    expect(await brokenWithStripe(from.world.db, from.side)).toEqual([]);
  },
);

it('a refusal sticks to its key, and the retry goes out under a new one', async () => {
  const from = await stage(creators(['']));
  await from.side.client.control('POST', 'balance?provider=stripe', { currency: 'usd', amountMinor: 0 });
  await payAll(from);
  expect(await states(from.world)).toEqual(['failed']);
  await from.side.client.control('POST', 'balance?provider=stripe', { currency: 'usd', amountMinor: null });
  const again = { ids: ['sel0'], startedBy: 'ann' };
  // As the account was read last it holds nothing; whoever knows better says so.
  expect(await retryPayouts(from.world, from.world.providers, again)).toMatchObject({
    ok: false,
    code: 'insufficient_float',
  });
  const retried = await retryPayouts(from.world, from.world.providers, { ...again, acceptShortfall: true });
  expect(retried).toMatchObject({ ok: true });
  await workUntilQuiet(from.world, from.pass);
  expect(await states(from.world)).toEqual(['completed']);
  const keys = await all(from.world.db, sql<{ key: string }>`select provider_key as key from submission`);
  expect(new Set(keys.map(({ key }) => key)).size).toBe(2);
  expect(await brokenWithStripe(from.world.db, from.side)).toEqual([]);
});

/** One creator whose answer was lost, a day and a half later; nothing was sent again meanwhile. */
async function forgotten(fault: 'drop_before' | 'drop_after'): Promise<Stage> {
  const from = await stage(creators(['']));
  await from.side.client.control('POST', 'faults', { ...transfers, fault, times: 1 });
  await payThrough(from.world, 'stripe');
  await runRound(from.world, everything);
  expect(await submissionStates(from.world)).toEqual(['unknown']);
  await from.pass(36 * hourMs);
  return from;
}

it('after the life of the key nothing is sent: a transfer that is found is compared and adopted', async () => {
  const from = await forgotten('drop_after');
  await workUntilQuiet(from.world, from.pass);
  expect(await states(from.world)).toEqual(['completed']);
  expect(await alerts(from.world)).toEqual([]);
  expect(await from.side.client.effects()).toHaveLength(1);
  expect(await brokenWithStripe(from.world.db, from.side)).toEqual([]);
});

it('after the life of the key what Stripe does not have is proven unsent, and a retry pays it once', async () => {
  const from = await forgotten('drop_before');
  await workUntilQuiet(from.world, from.pass);
  expect(await states(from.world)).toEqual(['failed']);
  expect(await from.side.client.effects()).toEqual([]);
  await retryPayouts(from.world, from.world.providers, { ids: ['sel0'], startedBy: 'ann' });
  await workUntilQuiet(from.world, from.pass);
  expect(await states(from.world)).toEqual(['completed']);
  expect(await brokenWithStripe(from.world.db, from.side)).toEqual([]);
});

it('absence proves nothing while the last call may still be on its way, however old the key is', async () => {
  const from = await stage(creators(['']));
  // The provider is away for longer than the key lives; then a call is lost.
  const away = { ...transfers, fault: 'rate_limit' };
  await from.side.client.control('POST', 'faults', away);
  await payThrough(from.world, 'stripe');
  await runRound(from.world, everything);
  await from.pass(30 * hourMs);
  await from.side.client.control('DELETE', 'faults');
  await from.side.client.control('POST', 'faults', { ...transfers, fault: 'drop_before', times: 1 });
  await runRound(from.world, everything);
  expect(await submissionStates(from.world)).toEqual(['unknown']);
  await from.pass(60_000);
  await runRound(from.world, everything);
  expect(await submissionStates(from.world)).toEqual(['unknown']);
  await from.pass(2 * hourMs);
  await runRound(from.world, everything);
  expect(await submissionStates(from.world)).toEqual(['rejected']);
});

it('several transfers under one reference are for a person, and nothing is sent', async () => {
  const from = await forgotten('drop_after');
  const [made] = await from.side.client.effects();
  await from.side.client.create({
    amount: '1000',
    destination: made?.destination ?? '',
    transfer_group: made?.transferGroup ?? '',
  });
  await runRound(from.world, everything);
  expect(await submissionStates(from.world)).toEqual(['unknown']);
  expect((await alerts(from.world)).join('\n')).toMatch(/several_at_provider: The provider has 2 payments/);
  expect(await from.side.client.effects()).toHaveLength(2);
});

it('money that comes back is returned, and a part of it is told with its amount', async () => {
  const from = await stage(creators(['reversed', 'partly', '']));
  await payAll(from);
  await from.pass(13 * hourMs);
  await runRound(from.world, everything);
  expect(await states(from.world)).toEqual(['returned', 'completed', 'completed']);
  const told = (await alerts(from.world)).filter((alert) => alert.startsWith('partly_returned'));
  expect(told.join('\n')).toMatch(/^partly_returned: Partly came back: 5\.00 USD of 10\.00 USD/);
  const parts = await all(
    from.world.db,
    sql<{ code: string; detail: string }>`select reason_code as code, reason_detail as detail
      from payout_attempt where reason_code = 'partly_reversed'`,
  );
  expect(parts).toMatchObject([{ detail: expect.stringContaining('5.00 USD of 10.00 USD') }]);
  // Known already: the next look tells nobody again.
  await from.pass(13 * hourMs);
  await runRound(from.world, everything);
  const again = (await openAlertsList(from.world.db, 10)).find(({ kind }) => kind === 'partly_returned');
  expect(again?.seen).toBe(1);
  expect(await brokenWithStripe(from.world.db, from.side)).toEqual([]);
});

it('two providers in one database do not touch what goes through the other', async () => {
  const mixed = [...winners(3), ...creators(['', '', '', '']).slice(3)].map((person, index) => ({
    ...person,
    reference: `sel${index}`,
    payee: `user${index}`,
  }));
  const from = await stage(mixed);
  const { world, model, side } = from;
  await payThrough(world, 'paypal');
  await workUntilQuiet(world, from.pass);
  expect(model.effects()).toHaveLength(3);
  expect(await side.client.effects()).toEqual([]);
  await payThrough(world, 'stripe');
  const only = { ...world, providers: new Providers([model]) };
  await runRound(only, everything);
  expect(await submissionStates(world)).toEqual(['accepted', 'planned']);
  await workUntilQuiet(world, from.pass);
  expect(model.effects()).toHaveLength(3);
  expect(await side.client.effects()).toHaveLength(1);
  expect(await tally(world)).toEqual({ completed: 4 });
  const ids = mixed.map(({ reference }) => reference);
  expect(await retryPayouts(world, world.providers, { ids, startedBy: 'ann' })).toMatchObject({ ok: false });
});

it('what was sent before a restore that calls it unsent is found, not sent again', async () => {
  const from = await stage(creators(['']));
  await payThrough(from.world, 'stripe');
  const [row] = await all(
    from.world.db,
    sql<{ providerKey: string; itemReference: string }>`select s.provider_key as "providerKey",
      a.item_reference as "itemReference" from submission s join payout_attempt a on a.submission_id = s.id`,
  );
  if (!row) throw new Error('nothing was prepared');
  const destination = { kind: 'account', value: 'acct_1C0' } as const;
  const item = { ...row, destination, amount: 1000n, currency: 'USD', note: null };
  const body = from.side.provider.prepare({ ...row, currency: 'USD', items: [item] });
  expect(await from.side.provider.send({ ...row, body })).toMatchObject({ kind: 'accepted' });
  await from.pass(72 * hourMs);
  await workUntilQuiet(from.world, from.pass);
  expect(await states(from.world)).toEqual(['completed']);
  expect(await from.side.client.effects()).toHaveLength(1);
});
