import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { reverseEarnings } from '../../src/actions/reversals.ts';
import { requestPayout } from '../../src/actions/requests.ts';
import { settleReturnedPart } from '../../src/actions/settle-part.ts';
import { runRound } from '../../src/engine/service.ts';
import { openAlertsList } from '../../src/store/alerts.ts';
import type { Db } from '../../src/store/db.ts';
import { all, transaction } from '../../src/store/db.ts';
import { balanceOf } from '../../src/store/ledger.ts';
import { ownBalances } from '../../src/store/payee-own.ts';
import { findPayout } from '../../src/store/payouts.ts';
import { changeSettings } from '../../src/actions/settings.ts';
import { verify } from '../../src/store/verify.ts';
import { presentPayout } from '../../src/wire/payouts.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import { brokenBooks } from '../support/invariants.ts';
import { testVault } from '../support/vault.ts';
import { states } from './harness.ts';
import type { Stage } from './stripe-stage.ts';
import { creators, payAll, payThrough, stripeStage } from './stripe-stage.ts';

// A part of a transfer is reversed at Stripe: the books, the payee's balance, and what a person decides about it.

const hourMs = 3_600_000;
const everything = { batchId: null };

let shared: SharedDatabase;
beforeAll(async () => {
  shared = await SharedDatabase.open();
});
afterAll(() => shared.close());
beforeEach(() => shared.reset());

/** One creator who was paid 10.00 USD. */
async function paid(): Promise<Stage> {
  const from = await stripeStage(shared.connect(), creators(['']));
  await payAll(from);
  return from;
}

/** Stripe takes so much back, and Purser looks again much later. */
async function takeBack({ side, world, pass }: Stage, amount: number): Promise<void> {
  const [made] = await side.client.effects();
  const id = made?.transferId ?? '';
  expect((await side.client.post(`/v1/transfers/${id}/reversals`, { amount: String(amount) })).status).toBe(
    200,
  );
  await pass(13 * hourMs);
  await runRound(world, everything);
}

async function journals(db: Db): Promise<string[]> {
  const rows = await all(
    db,
    sql<{
      kind: string;
      amount: bigint;
    }>`select j.kind, e.amount from journal j join entry e on e.journal_id = j.id
      where j.source_type = 'attempt' and e.account = 'payee_available' and j.kind not in ('queued', 'completed')
      order by j.id`,
  );
  return rows.map(({ kind, amount }) => `${kind}: ${amount}`);
}

const decide = (decision: 'pay_again' | 'keep', amount: bigint) => ({
  payoutId: 'sel0',
  amount,
  decision,
  reason: 'taken back by mistake',
});

it('books each part once for the amount in all, and the rest when all of it is back', async () => {
  const from = await paid();
  const { world } = from;
  await takeBack(from, 300);
  await takeBack(from, 200);
  // The same again, and an older reading, tell nothing.
  await from.pass(13 * hourMs);
  await runRound(world, everything);
  expect(await journals(world.db)).toEqual(['part-300: 300', 'part-500: 200']);
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 500n, reserved: 0n });
  expect(await ownBalances(world.db, 1n)).toMatchObject([{ available: 500n, paid: 500n }]);
  const payout = await findPayout(world.db, 'sel0');
  expect(
    payout && presentPayout(payout, { unclaimedDays: 0, now: world.now(), zone: 'UTC', language: 'en' }),
  ).toMatchObject({
    status: 'completed',
    label: expect.stringMatching(/^Partly came back: 5\.00 USD of 10\.00 USD/) as string,
    waitingOn: 'you',
    reason: { code: 'partly_reversed' },
  });
  const [alert] = await openAlertsList(world.db, 10);
  expect(alert).toMatchObject({ kind: 'partly_returned', seen: 2 });
  expect(await brokenBooks(world.db)).toEqual([]);
  // Nothing pays it again: neither a run nor a request.
  expect(await payThrough(world, 'stripe')).toMatchObject({ ok: false, code: 'nothing_to_pay' });
  expect(await requestPayout(world, { payee: 'user0', currency: 'USD' })).toMatchObject({ ok: false });
  await takeBack(from, 500);
  expect(await states(world)).toEqual(['returned']);
  expect(await journals(world.db)).toEqual(['part-300: 300', 'part-500: 200', 'returned: 500']);
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 1000n, reserved: 0n });
  expect(await brokenBooks(world.db)).toEqual([]);
  // Nobody has to decide about a part any more.
  expect(await openAlertsList(world.db, 10)).toEqual([]);
});

it('books a part that was taken back before the answer to the transfer was heard', async () => {
  const from = await stripeStage(shared.connect(), creators(['']));
  const transfers = { provider: 'stripe', method: 'POST', path: '/v1/transfers' };
  await from.side.client.control('POST', 'faults', { ...transfers, fault: 'drop_after', times: 1 });
  await payThrough(from.world, 'stripe');
  await runRound(from.world, everything);
  await from.pass(24 * hourMs);
  await takeBack(from, 400);
  await from.pass(13 * hourMs);
  await runRound(from.world, everything);
  expect(await states(from.world)).toEqual(['completed']);
  expect(await journals(from.world.db)).toEqual(['part-400: 400']);
  expect(await brokenBooks(from.world.db)).toEqual([]);
});

it('is paid again only by a decision, as an earning of its own, and never as a whole after that', async () => {
  const from = await paid();
  const { world } = from;
  expect(await settleReturnedPart(world, decide('pay_again', 1n))).toMatchObject({
    code: 'nothing_came_back',
  });
  await takeBack(from, 300);
  expect(await settleReturnedPart(world, decide('pay_again', 200n))).toMatchObject({ code: 'part_differs' });
  expect(await settleReturnedPart(world, decide('pay_again', 300n))).toMatchObject({ ok: true });
  expect(await settleReturnedPart(world, decide('pay_again', 300n))).toMatchObject({
    code: 'nothing_came_back',
  });
  expect(await openAlertsList(world.db, 10)).toEqual([]);
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 300n, reserved: 0n });
  expect(await brokenBooks(world.db)).toEqual([]);
  await changeSettings(world, { minimumPayout: { USD: 100n } });
  expect(await requestPayout(world, { payee: 'user0', currency: 'USD' })).toMatchObject({ ok: true });
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 0n, reserved: 300n });
  // Now the rest comes back: a retry of the whole would pay the part twice, so the rest is decided about, too.
  await takeBack(from, 700);
  expect((await states(world))[0]).toBe('completed');
  expect(await settleReturnedPart(world, decide('keep', 700n))).toMatchObject({ ok: true });
  expect(await balanceOf(world.db, 1n, 'USD')).toEqual({ available: 0n, reserved: 300n });
  await from.pass(13 * hourMs);
  await runRound(world, everything);
  expect(await openAlertsList(world.db, 10)).toEqual([]);
  expect(await brokenBooks(world.db)).toEqual([]);
});

it('goes together with an earning that was taken back', async () => {
  const from = await paid();
  await takeBack(from, 300);
  const taken = { sourceType: 'winner', externalId: 'sel0', reason: 'refunded' };
  await reverseEarnings(from.world, [taken]);
  expect(await balanceOf(from.world.db, 1n, 'USD')).toEqual({ available: -700n, reserved: 0n });
  expect(await brokenBooks(from.world.db)).toEqual([]);
});

class UndoError extends Error {}

it('a part that somebody changes behind its back is found', async () => {
  const from = await paid();
  const { db } = from.world;
  await takeBack(from, 300);
  await settleReturnedPart(from.world, decide('keep', 300n));
  await takeBack(from, 200);
  const statements = [
    `update payout_attempt set returned_part = returned_part + 1`,
    `update payout_attempt set settled_part = settled_part - 1`,
    `update payout_attempt set returned_part = 0, settled_part = 0`,
    `update journal set kind = 'part-400' where kind = 'part-300'`,
    `update journal set kind = 'part-501' where kind = 'part-500'`,
    `delete from entry where journal_id in (select id from journal where kind = 'part-500')`,
    `update entry set account = 'provider_clearing' where account = 'provider_float' and amount = -300`,
    `update entry set account = 'platform_costs' where account = 'source' and amount = 300`,
  ];
  const missed: string[] = [];
  for (const statement of statements) {
    await transaction(db, async (tx) => {
      for (const table of ['entry', 'journal'])
        await sql.raw(`alter table ${table} disable trigger all`).execute(tx);
      await sql.raw(statement).execute(tx);
      const { differences } = await verify(tx, await testVault(tx));
      if (differences.length === 0) missed.push(statement);
      throw new UndoError();
    }).catch((error: unknown) => {
      if (!(error instanceof UndoError)) throw error;
    });
  }
  expect(missed).toEqual([]);
});
