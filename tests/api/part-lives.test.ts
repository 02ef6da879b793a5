import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approvePayouts } from '../../src/actions/approvals.ts';
import { cancelPayouts } from '../../src/actions/operator-deeds.ts';
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

// A payment of several earnings comes back in parts, while its earnings, and those that pay the parts again, are taken back, and
// later payouts recover that, are cancelled or come back. What the payee should have in the end does not depend on the order: what was
// earned and not taken back, less what was kept beyond what was taken back.

const runs = Number(process.env['PART_LIVES'] ?? 6);
const nets = [1000n, 2000n, 4000n];
const total = 7000n;

let house: House;
let count = 0;
beforeAll(async () => {
  house = await openHouse();
  await house.ask('PATCH', '/api/admin/settings', { minimumPayout: { USD: 100 } });
});
afterAll(() => house.close());

interface Life {
  readonly payee: string;
  readonly payeeId: bigint;
  /** The payment that comes back in parts. */
  readonly first: string;
  /** What the payee has in hand. */
  held: bigint;
  /** What was earned and not taken back. */
  standing: bigint;
  /** Of the first payment: taken back, come back in all, of that not decided about, and not to be paid again. */
  reversed: bigint;
  back: bigint;
  open: bigint;
  kept: bigint;
  /** A later payout: asked for, or come back whole. */
  asked: { readonly id: string; readonly amount: bigint } | null;
  cameBack: { readonly id: string; readonly amount: bigint } | null;
  readonly taken: Set<string>;
  readonly fresh: { readonly name: string; readonly amount: bigint }[];
}

/** What the payee should still get, and what is in the balance for it. */
const due = ({ standing, kept, reversed, held }: Life) =>
  standing - (kept > reversed ? kept - reversed : 0n) - held;

async function earn(life: Pick<Life, 'payee'>, names: readonly (readonly [string, bigint])[]): Promise<void> {
  const { payee } = life;
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

async function ask(payee: string): Promise<{ id: string; amount: bigint } | null> {
  const asked = await requestPayout(house.deps, { payee, currency: 'USD' });
  if (!asked.ok) return null;
  const payout = await findPayout(house.db, asked.value.payoutId);
  return { id: asked.value.payoutId, amount: payout?.amount ?? 0n };
}

async function pay(id: string, fate: 'completed' | 'returned' = 'completed'): Promise<void> {
  const approver = { ...house.deps, actor: { ...house.deps.actor, kind: 'person' as const, id: 'pe_a' } };
  await approvePayouts(approver, { payoutIds: [id], approvalHash: null });
  const run = await payApproved(house.deps, house.deps.providers.of('paypal'), {
    startedBy: 'ann',
    notes: null,
  });
  expect(run).toMatchObject({ ok: true });
  await settle(house, () => fate);
  expect(await findPayout(house.db, id)).toMatchObject({ state: fate });
}

/** Takes an earning back; a payout that has not left is cancelled with it. */
async function takeBack(life: Life, sourceType: string, externalId: string): Promise<void> {
  const [result] = await reverseEarnings(house.deps, [{ sourceType, externalId, reason: 'refund' }]);
  expect(['reversed', 'owed']).toContain(result?.status);
  for (const what of ['asked', 'cameBack'] as const)
    if (result?.status === 'reversed' && result.payoutId !== null && life[what]?.id === result.payoutId)
      life[what] = null;
}

const partsAgain = async ({ payeeId }: Pick<Life, 'payeeId'>) =>
  all(
    house.db,
    sql<{
      name: string;
      net: bigint;
      taken: boolean;
    }>`select external_id as name, net, reversed_at is not null as taken
      from earning where source_type = 'returned_part' and payee_id = ${payeeId} order by id`,
  );

const decide = async (life: Life, decision: 'keep' | 'pay_again') =>
  settleReturnedPart(house.deps, { payoutId: life.first, amount: life.open, decision, reason: 'decided' });

type Step = (life: Life, pick: number) => Promise<void>;
const steps: Readonly<Record<string, Step>> = {
  back: async (life, pick) => {
    const more = [500n, 1000n, 1700n, 7000n][pick % 4] ?? 0n;
    // All of it at once is no part.
    const most = life.open === life.back ? total - 1n : total;
    const inAll = life.back + more > most ? most : life.back + more;
    if (inAll === life.back) return;
    await providerSays(house, life.first, 'completed', null, inAll);
    life.held -= inAll - life.back;
    life.open += inAll - life.back;
    life.back = inAll;
  },
  reverse: async (life, pick) => {
    const name = `T${pick % 3}`;
    if (life.taken.has(name)) return;
    life.taken.add(name);
    await takeBack(life, 'ticket', `${life.payee}-${name}`);
    life.standing -= nets[pick % 3] ?? 0n;
    life.reversed += nets[pick % 3] ?? 0n;
  },
  reverseNew: async (life, pick) => {
    const earning = life.fresh[pick % Math.max(life.fresh.length, 1)];
    if (!earning || life.taken.has(earning.name)) return;
    life.taken.add(earning.name);
    await takeBack(life, 'ticket', `${life.payee}-${earning.name}`);
    life.standing -= earning.amount;
  },
  keep: async (life) => {
    const got = await decide(life, 'keep');
    if (!got.ok) return;
    life.kept += life.open;
    life.open = 0n;
  },
  payAgain: async (life) => {
    const before = await partsAgain(life);
    const got = await decide(life, 'pay_again');
    if (!got.ok) return;
    const paid = (await partsAgain(life)).slice(before.length).reduce((sum, { net }) => sum + net, 0n);
    life.kept += life.open - paid;
    // Only what was taken back is not paid again.
    if (life.open !== paid) expect(life.kept).toBeLessThanOrEqual(life.reversed);
    life.open = 0n;
  },
  takeBackAgain: async (life, pick) => {
    const standing = (await partsAgain(life)).filter(({ taken }) => !taken);
    const part = standing[pick % Math.max(standing.length, 1)];
    if (!part) return;
    await takeBack(life, 'returned_part', part.name);
    life.kept += part.net;
  },
  earn: async (life, pick) => {
    const earning = { name: `N${(count += 1)}`, amount: [300n, 1500n, 20_000n][pick % 3] ?? 0n };
    await earn(life, [[earning.name, earning.amount]]);
    life.fresh.push(earning);
    life.standing += earning.amount;
  },
  request: async (life) => {
    if (life.asked) return;
    life.asked = await ask(life.payee);
  },
  cancel: async (life) => {
    const going = life.asked ?? life.cameBack;
    if (!going) return;
    await cancelPayouts(house.deps, { payoutIds: [going.id], reason: 'no' });
    if (life.asked) life.asked = null;
    else life.cameBack = null;
  },
  pay: async (life, pick) => {
    // What is owed is recovered only where there is something to pay.
    if (!life.asked && pick % 3 > 0) await steps['earn']?.(life, 2);
    life.asked ??= await ask(life.payee);
    if (!life.asked) return;
    await pay(life.asked.id);
    life.held += life.asked.amount;
    life.asked = null;
  },
  payReturned: async (life) => {
    if (!life.asked || life.cameBack) return;
    await pay(life.asked.id, 'returned');
    life.cameBack = life.asked;
    life.asked = null;
  },
};

/** What money hangs on, more often. */
const more = 'back back reverse reverse payAgain payAgain payAgain takeBackAgain takeBackAgain pay pay';
const often = [...Object.keys(steps), ...more.split(' ')];

/** Everything is decided and paid: the payee has what they should, and nothing is left. */
async function end(life: Life): Promise<void> {
  await steps['cancel']?.(life, 0);
  await steps['cancel']?.(life, 0);
  if (life.open > 0n) {
    await steps['keep']?.(life, 0);
    await steps['payAgain']?.(life, 0);
  }
  for (const _ of life.taken) await steps['earn']?.(life, 2);
  await steps['earn']?.(life, 2);
  await steps['pay']?.(life, 0);
  expect(life).toMatchObject({ open: 0n, asked: null });
  expect(due(life), 'what is left in the end').toBe(0n);
}

/** What the first was taken back for is recovered before the part comes back; that one lies in no payout when it is taken back. */
const recoveredFirst = ['reverse', 'pay', 'back', 'payAgain', 'takeBackAgain'].map((name) => ({
  name,
  pick: 1,
}));
/** What recovers is cancelled after the part that it counted against was taken back; then more is taken back. */
const recoveredInVain = [
  ['reverse', 0],
  ['earn', 2],
  ['request', 0],
  ['back', 2],
  ['back', 2],
  ['back', 1],
  ['payAgain', 0],
  ['takeBackAgain', 0],
  ['cancel', 0],
  ['reverse', 1],
].map(([name, pick]) => ({ name: String(name), pick: Number(pick) }));

it('leaves a payee with what was earned and not taken back, whatever of a payment comes back and in whatever order', async () => {
  const step = fc.record({ name: fc.constantFrom(...often), pick: fc.nat(11) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 16 }), async (sequence) => {
      const payee = `l${(count += 1)}`;
      await earn(
        { payee },
        nets.map((net, index) => [`T${index}`, net]),
      );
      const payeeId = (await findPayee(house.db, payee))?.id ?? 0n;
      const asked = await ask(payee);
      if (!asked) throw new Error('nothing was asked for');
      await pay(asked.id);
      const none = { reversed: 0n, back: 0n, open: 0n, kept: 0n, asked: null, cameBack: null };
      const life: Life = {
        payee,
        payeeId,
        first: asked.id,
        held: total,
        standing: total,
        ...none,
        taken: new Set(),
        fresh: [],
      };
      for (const { name, pick } of sequence) {
        await steps[name]?.(life, pick);
        const { available, reserved } = await balanceOf(house.db, payeeId, 'USD');
        expect(reserved, name).toBe(life.asked?.amount ?? 0n);
        expect(available + reserved, name).toBe(due(life));
      }
      await end(life);
    }),
    {
      examples: [[recoveredFirst], [recoveredInVain]],
      numRuns: runs,
      seed: Number(process.env['PART_SEED'] ?? 20_261_122),
      endOnFailure: process.env['PART_SHRINK'] === undefined,
    },
  );
  expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
}, 240_000);

class UndoError extends Error {}

it('pays what is left of the earning of a part as a line of its own, and a changed line is found', async () => {
  const payee = `l${(count += 1)}`;
  await earn(
    { payee },
    nets.map((net, index) => [`T${index}`, net]),
  );
  const asked = await ask(payee);
  if (!asked) throw new Error('nothing was asked for');
  await pay(asked.id);
  const reverse = async (sourceType: string, externalId: string) =>
    reverseEarnings(house.deps, [{ sourceType, externalId, reason: 'refund' }]);
  await reverse('ticket', `${payee}-T0`);
  await earn({ payee }, [['N', 5000n]]);
  const recovers = await ask(payee);
  expect(recovers?.amount).toBe(4000n);
  await pay(recovers?.id ?? '');
  await providerSays(house, asked.id, 'completed', null, 1700n);
  const decision = { payoutId: asked.id, amount: 1700n, decision: 'pay_again', reason: 'decided' } as const;
  expect(await settleReturnedPart(house.deps, decision)).toMatchObject({ ok: true });
  const payeeId = (await findPayee(house.db, payee))?.id ?? 0n;
  const [part] = await partsAgain({ payeeId });
  expect(await reverse('returned_part', part?.name ?? '')).toMatchObject([{ status: 'reversed' }]);
  // 1,000 were recovered and are kept now as well, so that much stays the payee's.
  const rest = await ask(payee);
  expect(rest?.amount).toBe(1000n);
  const { body } = await house.ask('GET', `/api/admin/payouts/${rest?.id}/statement`);
  expect(body.data).toMatchObject([{ kind: 'earning', sourceType: 'returned_part', amount: 1000 }]);
  expect(body['totals']).toMatchObject({ gross: 1000, recovered: 0 });
  expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
  const missed: string[] = [];
  for (const statement of [
    `update earning set covered = covered - 1 where source_type = 'returned_part' and payee_id = ${payeeId}`,
    `update payout_earning set amount = amount - 1 where earning_id = (select max(id) from earning where payee_id = ${payeeId})`,
    `update payout_part set kept = kept + 1 where kept < decided`,
  ])
    await transaction(house.db, async (tx) => {
      await sql.raw(statement).execute(tx);
      if ((await verify(tx, house.deps.vault)).differences.length === 0) missed.push(statement);
      throw new UndoError();
    }).catch((error: unknown) => {
      if (!(error instanceof UndoError)) throw error;
    });
  expect(missed).toEqual([]);
  await pay(rest?.id ?? '');
  expect(await balanceOf(house.db, payeeId, 'USD')).toEqual({ available: 0n, reserved: 0n });
});
