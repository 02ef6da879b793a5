import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { approvePayouts } from '../../src/actions/approvals.ts';
import { markPaid } from '../../src/actions/by-hand.ts';
import { recordEarnings } from '../../src/actions/earnings.ts';
import { changePayee } from '../../src/actions/payees.ts';
import { requestPayout } from '../../src/actions/requests.ts';
import { reverseEarnings } from '../../src/actions/reversals.ts';
import { claimRun, requestAtThresholds, runPage } from '../../src/actions/schedule-runs.ts';
import type { ScheduleChange } from '../../src/actions/schedules.ts';
import { changeSchedule, nextPayoutOf } from '../../src/actions/schedules.ts';
import { changeSettings } from '../../src/actions/settings.ts';
import { runOnce } from '../../src/engine/schedule.ts';
import type { Db } from '../../src/store/db.ts';
import { all, transaction } from '../../src/store/db.ts';
import { findPayee } from '../../src/store/payees.ts';
import { lastRuns } from '../../src/store/schedule-runs.ts';
import { verify } from '../../src/store/verify.ts';
import { onBoth } from '../store/engines.ts';
import type { StagedWorld } from '../store/stage.ts';
import { stageOn } from '../store/stage.ts';
import { makeWorld, winners } from '../support/world.ts';

const dayMs = 24 * 60 * 60_000;
const weekMs = 7 * dayMs;
/** The clock of these tests begins on Friday, 20 November 2026, at 12:00 UTC. */
const toFiveMs = 5 * 60 * 60_000;

let tickets = 0;

/** A ticket of this payee, in minor units of USD. */
async function earn(world: StagedWorld, payee: string, gross: bigint, methodless = false): Promise<string> {
  const externalId = `T${(tickets += 1)}`;
  const method = { type: 'paypal', kind: 'email', destination: `${payee}@example.com` } as const;
  const given = { name: payee, email: null, method: methodless ? null : method };
  const rest = {
    sourceType: 'ticket',
    cycleId: null,
    feeBps: 0,
    currency: 'USD',
    note: null,
    availableAt: null,
  };
  await recordEarnings(world, [{ ...rest, externalId, payeeExternalId: payee, gross, payee: given }]);
  return externalId;
}

async function idOf(world: StagedWorld, payee: string): Promise<bigint> {
  return (await findPayee(world.db, payee))?.id ?? 0n;
}

async function choose(world: StagedWorld, payee: string, change: ScheduleChange): Promise<void> {
  const changed = await changeSchedule(world, await idOf(world, payee), change);
  if (!changed.ok) throw new Error(changed.message);
}

/** Who was asked for, and how much: `ana 5000`. */
async function asked(db: Db): Promise<string[]> {
  const rows = await all(
    db,
    sql<{ payee: string; amount: bigint }>`select y.external_id as payee, p.amount from payout p
      join payee y on y.id = p.payee_id where p.kind = 'request' and p.requested_by_id = 'schedule' order by p.id`,
  );
  return rows.map(({ payee, amount }) => `${payee} ${amount}`);
}

async function dueTimes(db: Db): Promise<string[]> {
  return (await lastRuns(db, 100)).map((run) => run.dueAt.toISOString().slice(0, 16)).toReversed();
}

async function differences(world: StagedWorld): Promise<unknown> {
  return (await verify(world.db, world.vault)).differences;
}

onBoth((engine) => {
  it('asks on Friday at 17:00 for everybody who is due and has enough, and for nobody else', async () => {
    await using opened = await engine.open();
    const world = await stageOn(
      opened.db,
      winners(1, () => ({ amount: 99_000n })),
    );
    const { db } = world;
    for (const payee of ['ana', 'bob', 'monthly', 'manual', 'blocked', 'picky', 'owes'])
      await earn(world, payee, 5000n);
    await earn(world, 'methodless', 9000n, true);
    await earn(world, 'poor', 4999n);
    await choose(world, 'monthly', { frequency: 'monthly' });
    await choose(world, 'manual', { frequency: 'manual' });
    await choose(world, 'picky', { minimumPayout: { USD: 5001n } });
    await changePayee(world, 'blocked', { status: 'blocked' });
    // Paid by hand, then taken back: what is owed is left out of the next payout.
    const person = { ...world, actor: { ...world.actor, kind: 'person' as const, id: 'pe_1' } };
    const first = await requestPayout(world, { payee: 'owes', currency: 'USD' });
    const payoutId = first.ok ? first.value.payoutId : '';
    await approvePayouts(person, { payoutIds: [payoutId], approvalHash: null });
    await markPaid(person, { payoutId, reference: 'R-1', notes: null });
    await reverseEarnings(world, [{ sourceType: 'ticket', externalId: `T${tickets - 2}`, reason: 'refund' }]);
    await earn(world, 'owes', 11_000n);

    expect(await runOnce(world)).toBe(0);
    world.advance(toFiveMs - 1000);
    expect(await runOnce(world)).toBe(0);
    world.advance(1000);
    expect(await nextPayoutOf(world, db, await idOf(world, 'ana'))).toEqual(
      new Date(Date.UTC(2026, 10, 27, 17)),
    );
    await runOnce(world);
    expect(await asked(db)).toEqual(['ana 5000', 'bob 5000', 'owes 6000']);
    expect(await runOnce(world)).toBe(0);
    expect(await lastRuns(db, 9)).toMatchObject([
      {
        requested: 3n,
        totals: { USD: '16000' },
        frequencies: ['weekly', 'every_two_weeks'],
        finishedAt: world.now(),
      },
    ]);
    const waiting = await all(
      db,
      sql`select state, kind from payout where requested_by_kind = 'system'
      and requested_by_name = 'schedule'`,
    );
    expect(waiting).toEqual(
      Array.from({ length: 3 }, () => ({ state: 'pending_approval', kind: 'request' })),
    );
    // What is under way already is not asked for again; December begins for whoever is paid monthly.
    await earn(world, 'ana', 7000n);
    world.advance(2 * weekMs);
    await runOnce(world);
    expect(await asked(db)).toEqual(['ana 5000', 'bob 5000', 'owes 6000', 'monthly 5000']);
    expect(await differences(world)).toEqual([]);
  });

  it('makes up for three missed runs once, and never for what was before the first look', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, []);
    await earn(world, 'ana', 5000n);
    await runOnce(world);
    expect(await dueTimes(world.db)).toEqual([]);
    world.advance(3 * weekMs + toFiveMs + 10 * 60_000);
    await runOnce(world);
    await runOnce(world);
    // Friday, 4 December, was among them, so it is also the monthly run.
    expect(await lastRuns(world.db, 9)).toMatchObject([
      {
        dueAt: new Date(Date.UTC(2026, 11, 11, 17)),
        frequencies: ['weekly', 'every_two_weeks', 'monthly'],
        requested: 1n,
      },
    ]);
    // A clock that was ahead, and is set right.
    world.advance(-30 * 60_000);
    expect(await runOnce(world)).toBe(0);
    world.advance(weekMs + 30 * 60_000);
    await runOnce(world);
    expect(await dueTimes(world.db)).toEqual(['2026-12-11T17:00', '2026-12-18T17:00']);
  });

  it('goes on where a process died in the middle of a run, and asks for nobody twice', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, []);
    for (let number = 0; number < 7; number += 1) await earn(world, `p${number}`, 5000n);
    await runOnce(world);
    world.advance(toFiveMs);
    await claimRun(world);
    const schedule = { ...world, actor: { ...world.actor, id: 'schedule', name: 'schedule' } };
    expect(await runPage(schedule, world.providers.all, 3)).toMatchObject({ requested: 3, finished: false });
    const died = transaction(world.db, async (tx) => {
      await runPage({ ...schedule, db: tx }, world.providers.all, 3);
      throw new Error('killed');
    });
    await expect(died).rejects.toThrow('killed');
    expect((await asked(world.db)).length).toBe(3);
    await runOnce(world);
    expect(await asked(world.db)).toEqual(Array.from({ length: 7 }, (_, number) => `p${number} 5000`));
    expect(await lastRuns(world.db, 9)).toMatchObject([{ requested: 7n, totals: { USD: '35000' } }]);
    expect(await differences(world)).toEqual([]);
  });

  it('asks as soon as there is as much as a payee set for it, whatever the day', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, []);
    const { db } = world;
    for (const payee of ['ana', 'bob']) await earn(world, payee, 5000n);
    for (const payee of ['ana', 'bob'])
      await choose(world, payee, { frequency: 'manual', requestAt: { USD: 8000n } });
    await runOnce(world);
    expect(await asked(db)).toEqual([]);
    await earn(world, 'ana', 3000n);
    world.advance(5000);
    expect(await runOnce(world)).toBe(1);
    await earn(world, 'ana', 9000n);
    world.advance(5000);
    expect(await runOnce(world)).toBe(0);
    expect(await asked(db)).toEqual(['ana 8000']);
    expect(await nextPayoutOf(world, db, await idOf(world, 'ana'))).toBeNull();
    // A platform that asks for more comes first.
    await earn(world, 'bob', 4000n);
    await changeSettings(world, { minimumPayout: { USD: 9001n } });
    world.advance(5000);
    expect(await runOnce(world)).toBe(0);
    // So does what the payout method takes.
    await changeSettings(world, { minimumPayout: { USD: null } });
    const { name, capabilities } = world.provider;
    const euro = { name, capabilities: { ...capabilities, payableSteps: { EUR: 1n } }, validate: () => null };
    const start = { payeeId: 0n, currency: '' };
    expect(await requestAtThresholds(world, [euro], start, 9)).toMatchObject({ requested: 0 });
    expect(await requestAtThresholds(world, world.providers.all, start, 9)).toMatchObject({ requested: 1 });
  });

  it('counts another schedule from its change on, and makes what was missed under the old one', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, []);
    const { db } = world;
    await earn(world, 'ana', 5000n);
    await runOnce(world);
    // On Wednesday: Monday is over, and was no time to pay. Friday was, and nothing ran.
    world.advance(5 * dayMs);
    await changeSettings(world, { payoutSchedule: '0 9 * * 1' });
    expect(await dueTimes(db)).toEqual(['2026-11-20T17:00']);
    await runOnce(world);
    expect(await asked(db)).toEqual(['ana 5000']);
    expect(await dueTimes(db)).toEqual(['2026-11-20T17:00']);
    world.advance(weekMs);
    await runOnce(world);
    expect(await dueTimes(db)).toEqual(['2026-11-20T17:00', '2026-11-30T09:00']);
  });

  it('sends what is approved with the run when the platform says so, once', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, []);
    await earn(world, 'ana', 5000n);
    await changeSettings(world, { sendApprovedOnSchedule: true });
    await runOnce(world);
    const made = await requestPayout(world, { payee: 'ana', currency: 'USD' });
    const person = { ...world, actor: { ...world.actor, kind: 'person' as const, id: 'pe_1' } };
    const payoutIds = made.ok ? [made.value.payoutId] : [];
    await approvePayouts(person, { payoutIds, approvalHash: null });
    world.advance(toFiveMs);
    await runOnce(world);
    await runOnce(world);
    const batches = await all(world.db, sql<{ id: string }>`select public_id as id from payout_batch`);
    expect(batches.length).toBe(1);
    expect(await lastRuns(world.db, 9)).toMatchObject([{ requested: 0n, batchIds: [batches[0]?.id] }]);
    expect(await all(world.db, sql`select state from payout`)).toEqual([{ state: 'queued' }]);
  });

  if (!engine.shared) return;
  it('runs once when two servers come to it at the same time, and each payee is asked for once', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, []);
    for (let number = 0; number < 30; number += 1) {
      await earn(world, `p${number}`, 5000n);
      if (number % 3 === 0) await choose(world, `p${number}`, { requestAt: { USD: 5000n } });
    }
    const other = {
      ...(await makeWorld({ db: opened.again(), clock: world.clock })),
      provider: world.provider,
    };
    await Promise.all([claimRun(world), claimRun(other)]);
    world.advance(toFiveMs);
    const rounds = Array.from({ length: 16 }, (_, index) => {
      const at = index % 2 === 0 ? world : other;
      // Each as a process of its own, with small pages that the others could take.
      const ctx = { ...at, actor: { ...at.actor, id: 'schedule', name: 'schedule' } };
      return index < 8
        ? runOnce({ ...at })
        : claimRun(ctx).then(async () => runPage(ctx, at.providers.all, 4));
    });
    await Promise.all(rounds);
    await runOnce(world);
    expect((await asked(world.db)).toSorted()).toEqual(
      Array.from({ length: 30 }, (_, number) => `p${number} 5000`).toSorted(),
    );
    const runs = await all(world.db, sql`select kind from schedule_run order by due_at`);
    expect(runs).toEqual([{ kind: 'start' }, { kind: 'run' }]);
    expect(await differences(world)).toEqual([]);
  });
});
