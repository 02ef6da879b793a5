import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approvePayouts } from '../../src/actions/approvals.ts';
import { payApproved } from '../../src/actions/pay-approved.ts';
import { requestPayout } from '../../src/actions/requests.ts';
import { reverseEarnings } from '../../src/actions/reversals.ts';
import { settleReturnedPart } from '../../src/actions/settle-part.ts';
import { all, transaction } from '../../src/store/db.ts';
import { balanceOf } from '../../src/store/ledger.ts';
import { findPayee } from '../../src/store/payees.ts';
import { findPayout } from '../../src/store/payouts.ts';
import { verify } from '../../src/store/verify.ts';
import { providerSays } from './provider-says.ts';
import type { House } from './support.ts';
import { openHouse, settle } from './support.ts';

// Earnings are taken back, and parts of their payment come back and are decided about, in any order. What a payee has available is
// what is theirs less what they hold.

const runs = Number(process.env['PART_RUNS'] ?? 15);
/** Which decisions were tried, and refused. */
const seen = new Set<string>();
const nets = [1000n, 2000n, 4000n];
const total = 7000n;
const fresh = 20_000n;

let house: House;
let count = 0;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** Where the money should be. A tiny world: one payout of three earnings, and payouts of new ones after it. */
interface Life {
  readonly payee: string;
  readonly payeeId: bigint;
  payout: string;
  /** What the payee has in hand. */
  held: bigint;
  /** What was earned and not taken back. */
  standing: bigint;
  /** Of the payout: taken back, recovered by a later one, come back in all, and of that not decided about and kept. */
  reversed: bigint;
  recovered: bigint;
  back: bigint;
  open: bigint;
  kept: bigint;
  /** Some of it was recovered once, whatever came of it. */
  wasRecovered: boolean;
  readonly taken: Set<number>;
}

/** What still is to come of what was taken back. */
const owed = ({ reversed, kept, recovered }: Life) => {
  const left = reversed - kept - recovered;
  return left > 0n ? left : 0n;
};
/** What was kept is charged as far as it is not what was taken back anyhow. */
const due = ({ standing, kept, reversed, held }: Life) =>
  standing - (kept > reversed ? kept - reversed : 0n) - held;

async function earn(payee: string, names: readonly (readonly [string, bigint])[]): Promise<void> {
  const destination = `${payee}@example.com`;
  const earnings = names.map(([name, amount]) => ({
    sourceType: 'ticket',
    externalId: `${payee}-${name}`,
    payeeExternalId: payee,
    amount: Number(amount),
    currency: 'USD',
    feeBps: 0,
    payee: { name: payee, email: destination, payoutMethod: { type: 'paypal', destination } },
  }));
  const got = await house.ask('POST', '/api/admin/earnings', { earnings });
  expect(got.body['counts'], got.text).toMatchObject({ created: names.length });
}

/** Everything that may be asked for is paid; answers the payout and its amount. */
async function paid(payee: string): Promise<{ id: string; amount: bigint }> {
  const asked = await requestPayout(house.deps, { payee, currency: 'USD' });
  if (!asked.ok) throw new Error(asked.code);
  const id = asked.value.payoutId;
  const approver = { ...house.deps, actor: { ...house.deps.actor, kind: 'person' as const, id: 'pe_a' } };
  await approvePayouts(approver, { payoutIds: [id], approvalHash: null });
  const run = await payApproved(house.deps, house.deps.providers.of('paypal'), {
    startedBy: 'ann',
    notes: null,
  });
  if (!run.ok) throw new Error(run.code);
  await settle(house);
  const payout = await findPayout(house.db, id);
  if (payout?.state !== 'completed') throw new Error(`${id} is ${payout?.state}`);
  return { id, amount: payout.amount };
}

const decide = async ({ payout, open }: Life, decision: 'keep' | 'pay_again') => {
  const input = { payoutId: payout, amount: open, decision, reason: 'decided' };
  const got = await settleReturnedPart(house.deps, input);
  const code = got.ok ? null : got.code;
  seen.add(`${decision} ${code ?? 'done'}`);
  return code;
};

type Step = (life: Life, pick: number) => Promise<void>;
const steps: Readonly<Record<string, Step>> = {
  back: async (life, pick) => {
    const more = [500n, 1000n, 1700n, 7000n][pick % 4] ?? 0n;
    // All of it at once is no part.
    const most = life.open === life.back ? total - 1n : total;
    const inAll = life.back + more > most ? most : life.back + more;
    if (inAll === life.back) return;
    await providerSays(house, life.payout, 'completed', null, inAll);
    life.held -= inAll - life.back;
    life.open += inAll - life.back;
    life.back = inAll;
  },
  reverse: async (life, pick) => {
    const index = pick % 3;
    if (life.taken.has(index)) return;
    const item = { sourceType: 'ticket', externalId: `${life.payee}-T${index}`, reason: 'refund' };
    expect(await reverseEarnings(house.deps, [item])).toMatchObject([{ status: 'owed' }]);
    life.taken.add(index);
    life.standing -= nets[index] ?? 0n;
    life.reversed += nets[index] ?? 0n;
  },
  keep: async (life) => {
    const expected =
      life.open === 0n
        ? 'nothing_came_back'
        : life.open > owed(life) && life.wasRecovered
          ? 'part_recovered'
          : null;
    expect(await decide(life, 'keep')).toBe(expected);
    if (expected !== null) return;
    life.kept += life.open;
    life.open = 0n;
  },
  payAgain: async (life) => {
    const covered = owed(life) < life.open ? owed(life) : life.open;
    const expected = life.open === 0n ? 'nothing_came_back' : covered === life.open ? 'part_not_owed' : null;
    expect(await decide(life, 'pay_again')).toBe(expected);
    if (expected !== null) return;
    life.kept += covered;
    life.open = 0n;
  },
  /** Something new is earned and paid with what was paid again, less what is owed. */
  pay: async (life) => {
    await earn(life.payee, [[`N${(count += 1)}`, fresh]]);
    life.standing += fresh;
    const { amount } = await paid(life.payee);
    life.held += amount;
    life.wasRecovered ||= owed(life) > 0n;
    life.recovered += owed(life);
    // Nothing is left but what nobody has decided about.
    expect(due(life)).toBe(life.open);
  },
  /** An earning that pays a part again is taken back as well: that part is kept after all. */
  takeBackAgain: async (life) => {
    const [row] = await all(
      house.db,
      sql<{
        name: string;
        net: bigint;
      }>`select external_id as name, net from earning where source_type = 'returned_part'
        and payee_id = ${life.payeeId} and reversed_at is null order by id limit 1`,
    );
    if (!row) return;
    const rest = row.net > owed(life) ? row.net - owed(life) : 0n;
    await reverseEarnings(house.deps, [
      { sourceType: 'returned_part', externalId: row.name, reason: 'not theirs' },
    ]);
    // What was recovered comes back to the payee as far as it is kept now.
    const twice = rest < life.recovered ? rest : life.recovered;
    life.recovered -= twice;
    life.kept += row.net;
  },
};

/** What money hangs on, more often. */
const often = [...Object.keys(steps), 'back', 'back', 'reverse', 'reverse', 'keep', 'keep', 'payAgain'];

it('charges a payee once for what was taken back and came back, whatever the order', async () => {
  await house.ask('PATCH', '/api/admin/settings', { minimumPayout: { USD: 100 } });
  const step = fc.record({
    name: fc.constantFrom(...often),
    pick: fc.nat(11),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 12 }), async (sequence) => {
      const payee = `p${(count += 1)}`;
      await earn(
        payee,
        nets.map((net, index) => [`T${index}`, net]),
      );
      const payeeId = (await findPayee(house.db, payee))?.id ?? 0n;
      const { id: payout, amount } = await paid(payee);
      const none = { reversed: 0n, recovered: 0n, back: 0n, open: 0n, kept: 0n, wasRecovered: false };
      const life: Life = { payee, payeeId, payout, held: amount, standing: total, ...none, taken: new Set() };
      for (const { name, pick } of sequence) {
        await steps[name]?.(life, pick);
        expect(await balanceOf(house.db, payeeId, 'USD'), name).toEqual({
          available: due(life),
          reserved: 0n,
        });
      }
    }),
    { numRuns: runs, seed: Number(process.env['PART_SEED'] ?? 20_261_122), endOnFailure: true },
  );
  for (const what of ['keep done', 'keep part_recovered', 'pay_again done', 'pay_again part_not_owed'])
    expect([...seen]).toContain(what);
  const [used] = await all(house.db, sql<{ n: bigint }>`select count(*) as n from earning where covered > 0`);
  expect(used?.n).toBeGreaterThan(2n);
  expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
}, 240_000);

it('charges a payee once for what was recovered and was paid again, whichever is taken back first', async () => {
  const held: bigint[] = [];
  for (const first of ['ticket', 'returned_part']) {
    const payee = `p${(count += 1)}`;
    const reason = 'refund';
    await earn(payee, [['E', 10_000n]]);
    const { id: payoutId, amount } = await paid(payee);
    await providerSays(house, payoutId, 'completed', null, 3000n);
    const decision = { payoutId, amount: 3000n, decision: 'pay_again', reason } as const;
    expect(await settleReturnedPart(house.deps, decision)).toMatchObject({ ok: true });
    let sum = amount - 3000n + (await paid(payee)).amount;
    const payeeId = (await findPayee(house.db, payee))?.id ?? 0n;
    const names = await all(
      house.db,
      sql<{
        sourceType: string;
        externalId: string;
      }>`select source_type as "sourceType", external_id as "externalId"
        from earning where payee_id = ${payeeId} order by source_type = ${first} desc`,
    );
    for (const name of names) {
      expect(await reverseEarnings(house.deps, [{ ...name, reason }])).toMatchObject([{ status: 'owed' }]);
      await earn(payee, [[`N${name.sourceType}`, 50_000n]]);
      sum += (await paid(payee)).amount;
      expect(await balanceOf(house.db, payeeId, 'USD')).toEqual({ available: 0n, reserved: 0n });
    }
    held.push(sum);
  }
  expect(held).toEqual([100_000n, 100_000n]);
  expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
});

class UndoError extends Error {}

it('is found when somebody changes what was used of it', async () => {
  const payee = `p${(count += 1)}`;
  await earn(payee, [['T0', total]]);
  const { id: payoutId } = await paid(payee);
  await providerSays(house, payoutId, 'completed', null, 3000n);
  const reason = 'decided';
  await settleReturnedPart(house.deps, { payoutId, amount: 3000n, decision: 'keep', reason });
  await reverseEarnings(house.deps, [{ sourceType: 'ticket', externalId: `${payee}-T0`, reason }]);
  expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
  const missed: string[] = [];
  for (const statement of [
    `update earning set covered = covered - 1 where covered > 0`,
    `update payout_part set kept = 1 where kept = 0 and decided > 0`,
    `update journal set kind = 'recorded-2' where id = (select max(id) from journal where kind like 'covered-%')`,
  ])
    await transaction(house.db, async (tx) => {
      await sql.raw('alter table journal disable trigger all').execute(tx);
      await sql.raw(statement).execute(tx);
      if ((await verify(tx, house.deps.vault)).differences.length === 0) missed.push(statement);
      throw new UndoError();
    }).catch((error: unknown) => {
      if (!(error instanceof UndoError)) throw error;
    });
  expect(missed).toEqual([]);
});

it('is decided about once when a process of the version before goes on beside this one', async () => {
  // It wrote how much came back, and what was decided about, on the attempt alone.
  const forget = async (payoutId: string, what: 'delete from payout_part t using' | 'update payout_part t') =>
    sql`${sql.raw(what)} ${sql.raw(what.startsWith('u') ? 'set decided = 0, kept = 0 from' : '')} payout_attempt a, payout p
      where a.id = t.attempt_id and p.id = a.payout_id and p.public_id = ${payoutId}`.execute(house.db);
  const reason = 'decided';
  for (const [first, second] of [
    ['pay_again', 'pay_again'],
    ['keep', 'pay_again'],
    ['pay_again', 'keep'],
  ] as const) {
    const payee = `p${(count += 1)}`;
    await earn(payee, [['T0', total]]);
    const { id: payoutId } = await paid(payee);
    const payeeId = (await findPayee(house.db, payee))?.id ?? 0n;
    await providerSays(house, payoutId, 'completed', null, 3000n);
    await forget(payoutId, 'delete from payout_part t using');
    const input = { payoutId, reason };
    const once = { ...input, amount: 3000n, decision: first };
    expect(await settleReturnedPart(house.deps, once)).toMatchObject({ ok: true });
    expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
    await forget(payoutId, 'update payout_part t');
    await providerSays(house, payoutId, 'completed', null, 5000n);
    const more = { ...input, amount: 2000n, decision: second };
    expect(await settleReturnedPart(house.deps, more)).toMatchObject({ ok: true });
    expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
    const again = (first === 'pay_again' ? 3000n : 0n) + (second === 'pay_again' ? 2000n : 0n);
    expect(await balanceOf(house.db, payeeId, 'USD')).toEqual({ available: again, reserved: 0n });
    const [row] = await all(
      house.db,
      sql`select t.returned, t.decided, t.kept from payout_part t join payout_attempt a on a.id = t.attempt_id
        join payout p on p.id = a.payout_id where p.public_id = ${payoutId}`,
    );
    expect(row).toEqual({ returned: 5000n, decided: 5000n, kept: 5000n - again });
  }
});

it('locks a part before any balance when an earning is taken back, as what books a part does', async () => {
  const payee = `p${(count += 1)}`;
  await earn(payee, [['T0', total]]);
  const { id: payoutId } = await paid(payee);
  await providerSays(house, payoutId, 'completed', null, 3000n);
  const decision = { payoutId, amount: 3000n, decision: 'pay_again', reason: 'decided' } as const;
  expect(await settleReturnedPart(house.deps, decision)).toMatchObject({ ok: true });
  const payeeId = (await findPayee(house.db, payee))?.id ?? 0n;
  // It is in a payout that has not left: this is cancelled, which moves a balance as well.
  expect(await requestPayout(house.deps, { payee, currency: 'USD' })).toMatchObject({ ok: true });
  const names = await all(
    house.db,
    sql<{
      sourceType: string;
      externalId: string;
    }>`select source_type as "sourceType", external_id as "externalId"
      from earning where payee_id = ${payeeId} order by id desc`,
  );
  for (const name of names) {
    const locked: string[] = [];
    const db = house.db.withPlugin({
      transformQuery: ({ node }) => {
        const text = node.kind === 'RawNode' ? node.sqlFragments.join(' ') : '';
        if (/payout_part t.*for update/s.test(text)) locked.push('part');
        if (/update balance/.test(text)) locked.push('balance');
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    await reverseEarnings({ ...house.deps, db }, [{ ...name, reason: 'refund' }]);
    expect(locked.indexOf('part')).toBe(0);
    expect(locked).toContain('balance');
    expect(locked.lastIndexOf('part')).toBe(0);
  }
});
