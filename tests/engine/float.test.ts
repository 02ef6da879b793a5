import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
import { runOnce } from '../../src/engine/float.ts';
import type { ProviderBalance } from '../../src/providers/provider.ts';
import { LookupFailedError } from '../../src/providers/provider.ts';
import { openAlertsList } from '../../src/store/alerts.ts';
import { floatAccounts, floatReadings, wantReadings } from '../../src/store/float.ts';
import { errorCode } from '../../src/store/db.ts';
import { ModelProvider } from '../support/model-provider.ts';
import type { World } from '../support/world.ts';
import { makeWorld, seedCycle, startOfTime, winners } from '../support/world.ts';
import { onBoth } from '../store/engines.ts';
import type { Db } from '../../src/store/db.ts';

const minuteMs = 60_000;
type Answer = () => Promise<readonly ProviderBalance[]>;

/** A provider that can tell what it holds. */
class Bank extends ModelProvider {
  asked = 0;
  answer: Answer = async () => [usd(5000n)];

  balances = async (): Promise<readonly ProviderBalance[]> => {
    this.asked += 1;
    return this.answer();
  };
}

const usd = (available: bigint, more: Partial<ProviderBalance> = {}) => ({
  currency: 'USD',
  available,
  pending: 0n,
  ...more,
});

async function open(db: Db, people = 3) {
  const clock = { ms: startOfTime };
  const bank = new Bank(undefined, () => clock.ms);
  const world = await makeWorld({ db, provider: bank, clock });
  await seedCycle(world, '18', winners(people));
  return { world, bank, clock };
}

async function pay(world: World, acceptShortfall = false) {
  const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: false };
  return processCycle(world, world.provider, { ...input, acceptShortfall });
}

const shortAlerts = async ({ db }: World) =>
  (await openAlertsList(db, 10)).filter(({ kind }) => kind === 'float_short').map(({ message }) => message);

onBoth((engine) => {
  it('asks each account every five minutes, and sooner when somebody wants to know, once however many workers', async () => {
    await using opened = await engine.open();
    const { world, bank, clock } = await open(opened.db);
    const other = { ...world, db: opened.again(), worker: 'worker-2' };
    await Promise.all([runOnce(world), runOnce(other), runOnce(world)]);
    expect(bank.asked).toBe(1);
    clock.ms += 2 * minuteMs;
    expect(await runOnce(world)).toBe(0);
    await wantReadings(world.db, ['paypal'], world.now(), world.now());
    expect(await runOnce(world)).toBe(1);
    expect(await runOnce(world)).toBe(0);
    clock.ms += 5 * minuteMs;
    expect(await runOnce(other)).toBe(1);
    expect(bank.asked).toBe(3);
    // A clock that was set back does not stop it.
    clock.ms -= 60 * minuteMs;
    expect(await runOnce(world)).toBe(1);
  });

  it('a run that a fresh reading does not cover is refused with the gap, and leaves nothing behind', async () => {
    await using opened = await engine.open();
    const { world, bank } = await open(opened.db);
    bank.answer = async () => [usd(1760n)];
    await runOnce(world);
    const refused = await pay(world);
    expect(refused).toMatchObject({
      ok: false,
      code: 'insufficient_float',
      details: { shortfall: { USD: 1240n }, needed: { USD: 3000n }, available: { USD: 1760n } },
    });
    expect(refused).toHaveProperty('message', expect.stringContaining('This run is 12.40 USD short'));
    const { rows } = await sql`select id from payout union all select id from payout_batch
      union all select id from submission`.execute(world.db);
    expect(rows).toEqual([]);
    expect(await pay(world, true)).toMatchObject({ ok: true, value: { totalItems: 3 } });
    const { rows: told } = await sql<{
      after: string;
    }>`select after from audit_event where event = 'batch.started'`.execute(world.db);
    expect(told[0]?.after).toContain('"acceptedShortfall":"12.40 USD"');
  });

  it('counts what left since the reading and what is queued, and says so until it is over', async () => {
    await using opened = await engine.open();
    const { world, bank, clock } = await open(opened.db);
    bank.answer = async () => [usd(5000n)];
    await runOnce(world);
    expect(await pay(world)).toMatchObject({ ok: true });
    await seedCycle(
      world,
      '19',
      winners(3, (index) => ({ reference: `b${index}` })),
    );
    const second = { cyclePublicId: '19', startedBy: 'ann', notes: null, earningIds: null, newOnly: false };
    expect(await processCycle(world, world.provider, second)).toMatchObject({
      code: 'insufficient_float',
      details: { shortfall: { USD: 1000n } },
    });
    bank.answer = async () => [usd(2000n)];
    clock.ms += 5 * minuteMs;
    await runOnce(world);
    expect(await shortAlerts(world)).toEqual([
      expect.stringContaining('What is queued and approved is 10.00 USD short'),
    ]);
    await sql`update submission set state = 'accepted', accepted_at = ${world.now()}, provider_batch_id = 'PB',
      first_sent_at = ${world.now()}`.execute(world.db);
    clock.ms += 5 * minuteMs;
    await runOnce(world);
    expect(await shortAlerts(world)).toEqual([]);
    // What was accepted after the moment the provider speaks of has left, whatever it says.
    bank.answer = async () => [usd(5000n, { asOf: new Date(clock.ms - 60 * minuteMs) })];
    clock.ms += 5 * minuteMs;
    await runOnce(world);
    expect(await floatReadings(world.db, ['paypal'])).toMatchObject([{ available: 5000n, sentSince: 3000n }]);
  });

  it('refuses nothing by what is not known: never read, unreadable, too old, another currency', async () => {
    await using opened = await engine.open();
    const { world, bank, clock } = await open(opened.db);
    bank.answer = async () => {
      throw new LookupFailedError('PayPal does not let these credentials read balances.');
    };
    await runOnce(world);
    clock.ms += 5 * minuteMs;
    await runOnce(world);
    expect(world.logged.filter(({ event }) => event === 'float_unread')).toHaveLength(1);
    expect(await floatAccounts(world.db, ['paypal'])).toMatchObject([
      { answeredAt: null, error: 'PayPal does not let these credentials read balances.' },
    ]);
    bank.answer = async () => [usd(0n, { currency: 'EUR' })];
    clock.ms += 5 * minuteMs;
    await runOnce(world);
    await sql`insert into float_reading values ('paypal', 'USD', 1, 0, ${world.now()}, ${world.now()})`.execute(
      world.db,
    );
    clock.ms += 15 * minuteMs + 1;
    expect(await pay(world)).toMatchObject({ ok: true });
  });

  it('an answer that a later question has overtaken is not kept', async () => {
    await using opened = await engine.open();
    const { world, bank, clock } = await open(opened.db);
    bank.answer = async () => {
      bank.answer = async () => [usd(1n)];
      clock.ms += 5 * minuteMs;
      await runOnce(world);
      return [usd(9000n)];
    };
    await runOnce(world);
    expect(await floatReadings(world.db, ['paypal'])).toMatchObject([{ available: 1n }]);
  });

  it('holds readings to what they can be', async () => {
    await using opened = await engine.open();
    const refused = async (statement: string) =>
      errorCode(
        await sql
          .raw(statement)
          .execute(opened.db)
          .catch((error: unknown) => error),
      );
    const check = '23514';
    const later = `now(), now() - interval '1 second'`;
    expect(await refused(`insert into float_reading values ('paypal', 'USD', 1, 0, ${later})`)).toBe(check);
    expect(await refused(`insert into float_account (provider, asks) values ('paypal', 1)`)).toBe(check);
    expect(await refused(`insert into float_account (provider, answered_at) values ('p', now())`)).toBe(
      check,
    );
  });
});
