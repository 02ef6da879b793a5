import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approvePayouts, declinePayouts } from '../../src/actions/approvals.ts';
import { markPaid, unpay } from '../../src/actions/by-hand.ts';
import { recordEarnings } from '../../src/actions/earnings.ts';
import { cancelPayouts } from '../../src/actions/operator-deeds.ts';
import { payApproved } from '../../src/actions/pay-approved.ts';
import { requestPayout } from '../../src/actions/requests.ts';
import { retryPayouts } from '../../src/actions/retry.ts';
import { reverseEarnings } from '../../src/actions/reversals.ts';
import { settlePage } from '../../src/actions/settle.ts';
import { all, openPostgres } from '../../src/store/db.ts';
import { ownBalances } from '../../src/store/payee-own.ts';
import { findPayee } from '../../src/store/payees.ts';
import { verify } from '../../src/store/verify.ts';
import { sql } from 'kysely';
import type { TestDatabase } from '../support/databases.ts';
import { migratedTemplate } from '../support/databases.ts';
import { createDatabase } from '../support/postgres.ts';
import { providerSays } from './provider-says.ts';
import type { House } from './support.ts';
import { openHouse, settle } from './support.ts';
import { dayMs } from './tickets.ts';

// Random lives of one payee against an oracle that only knows where each cent should be. The database is never emptied:
// at the end everything in it must verify.

/**
 * Sequences that are tried, always the same ones: what a run covers does not depend on the machine. More with BALANCE_RUNS, others
 * with BALANCE_SEED; ten thousand are best split over a few seeds, one process each.
 */
const runs = Number(process.env['BALANCE_RUNS'] ?? 40);
const seed = Number(process.env['BALANCE_SEED'] ?? 20_261_121);
const msPerRunMax = 6_000;
const minimum = 5000n;

let database: TestDatabase;
let house: House;
beforeAll(async () => {
  database = await createDatabase(migratedTemplate);
  house = await openHouse({ db: openPostgres(database.url) });
});
afterAll(async () => {
  await house.close();
  await database[Symbol.asyncDispose]();
});

type Fate = 'completed' | 'failed' | 'returned' | 'unclaimed';
type State = 'pending_approval' | 'approved' | Fate | 'over';
interface Payout {
  readonly id: string;
  readonly amount: bigint;
  readonly earnings: readonly string[];
  state: State;
  byHand: boolean;
  retried: boolean;
  /** Of what is completed: what came back although the rest did not. */
  part: bigint;
}
interface Earning {
  readonly id: string;
  readonly net: bigint;
  readonly at: number;
  pending: boolean;
  reversed: boolean;
}

/** Where the money should be. */
class Oracle {
  available = 0n;
  pending = 0n;
  reserved = 0n;
  onItsWay = 0n;
  paid = 0n;
  readonly earnings: Earning[] = [];
  readonly payouts: Payout[] = [];

  /** What a request would pay: all that is available but what failed or came back, in whole or in part, as that waits with its payout. */
  get asks(): bigint {
    const back = ({ state, amount, part }: Payout) =>
      state === 'failed' || state === 'returned' ? amount : state === 'completed' ? part : 0n;
    return this.payouts.reduce((sum, payout) => sum - back(payout), this.available);
  }
  get inFlight(): boolean {
    return this.payouts.some(({ state }) => ['pending_approval', 'approved', 'unclaimed'].includes(state));
  }
  /** Where money comes to in this state. */
  arrive(payout: Payout, state: Fate): void {
    if (state === 'unclaimed') this.onItsWay += payout.amount;
    else if (state === 'completed') this.paid += payout.amount;
    else this.available += payout.amount;
    payout.state = state;
  }
  end(payout: Payout): void {
    if (payout.state === 'pending_approval' || payout.state === 'approved') {
      this.reserved -= payout.amount;
      this.available += payout.amount;
    }
    payout.state = 'over';
  }
}

interface Life {
  readonly payee: string;
  readonly payeeId: bigint;
  readonly oracle: Oracle;
}
type Step = (life: Life, pick: number) => Promise<void>;

let count = 0;
let owed = 0;
let recovered = 0;
const at = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];
const ofState = ({ oracle }: Life, ...states: State[]) =>
  oracle.payouts.filter(({ state }) => states.includes(state));
/** Mostly one in this state, as a deed on another one is only refused. */
const oftenIn = (life: Life, pick: number, state: State) =>
  at(pick % 5 === 0 ? life.oracle.payouts : ofState(life, state), pick);
/** How often each step is taken beside the others. */
const weights: Readonly<Record<string, number>> = {
  earn: 2,
  reverse: 4,
  request: 4,
  approve: 4,
  payCompleted: 2,
  markPaid: 2,
  claim: 2,
};
const approver = () => ({
  ...house.deps,
  actor: { ...house.deps.actor, kind: 'person' as const, id: 'pe_a' },
});

async function earn({ payee, oracle }: Omit<Life, 'payeeId'>, pick: number, days: number): Promise<void> {
  const id = `${payee}-${(count += 1)}`;
  const net = BigInt(500 + (pick % 7) * 1500);
  const availableAt = days === 0 ? null : new Date(house.clock.ms + days * dayMs);
  const payment = { type: 'paypal', kind: 'email', destination: `${payee}@example.com` };
  const item = {
    sourceType: 'ticket',
    externalId: id,
    payeeExternalId: payee,
    cycleId: null,
    gross: net,
    feeBps: 0,
    currency: 'USD',
    note: null,
    availableAt,
    payee: { name: payee, email: null, method: payment },
  };
  expect(await recordEarnings(house.deps, [item])).toEqual([{ status: 'created' }]);
  oracle.earnings.push({ id, net, at: availableAt?.getTime() ?? 0, pending: days > 0, reversed: false });
  if (days === 0) oracle.available += net;
  else oracle.pending += net;
}

async function pay(life: Life, fate: Fate, part = 0n): Promise<void> {
  const going = ofState(life, 'approved');
  const run = await payApproved(house.deps, house.deps.providers.of('paypal'), {
    startedBy: 'ann',
    notes: null,
  });
  expect(run.ok).toBe(going.length > 0);
  await settle(house, () => fate, undefined, part === 0n ? undefined : part);
  for (const payout of going) {
    life.oracle.reserved -= payout.amount;
    life.oracle.arrive(payout, fate);
    payout.part = part;
    life.oracle.paid -= part;
    life.oracle.available += part;
  }
}

const steps: Readonly<Record<string, Step>> = {
  earn: async (life, pick) => earn(life, pick, 0),
  earnMore: async (life, pick) => earn(life, pick + 3, 0),
  earnLater: async (life, pick) => earn(life, pick, 1 + (pick % 3)),
  async mature({ oracle }) {
    house.clock.ms += dayMs;
    await settlePage(house.deps, 100);
    for (const earning of oracle.earnings) {
      if (!earning.pending || earning.at > house.clock.ms) continue;
      earning.pending = false;
      oracle.pending -= earning.net;
      oracle.available += earning.net;
    }
  },
  async reverse({ oracle }, pick) {
    const earning = at(oracle.earnings, pick);
    if (!earning) return;
    const item = { sourceType: 'ticket', externalId: earning.id, reason: 'refund' };
    const [result] = await reverseEarnings(house.deps, [item]);
    expect(result?.status === 'unchanged').toBe(earning.reversed);
    if (earning.reversed) return;
    earning.reversed = true;
    const payout = oracle.payouts.find(
      ({ state, earnings }) => state !== 'over' && earnings.includes(earning.id),
    );
    const isAway = payout?.state === 'completed' || payout?.state === 'unclaimed';
    expect(result?.status).toBe(isAway ? 'owed' : 'reversed');
    if (result?.status === 'owed') owed += 1;
    if (payout && !isAway) oracle.end(payout);
    if (earning.pending) oracle.pending -= earning.net;
    else oracle.available -= earning.net;
    earning.pending = false;
  },
  async request({ payee, oracle }) {
    const asked = await requestPayout(house.deps, { payee, currency: 'USD' });
    const may = oracle.earnings.length > 0 && !oracle.inFlight && oracle.asks >= minimum;
    expect(asked.ok).toBe(may);
    if (!asked.ok) return;
    const id = asked.value.payoutId;
    const carried = await all(
      house.db,
      sql<{ id: string; amount: bigint }>`select e.external_id as id, p.amount from payout p
        join payout_earning l on l.payout_id = p.id join earning e on e.id = l.earning_id where p.public_id = ${id}`,
    );
    expect(carried[0]?.amount).toBe(oracle.asks);
    const amount = oracle.asks;
    const gross = oracle.earnings.filter((earning) => carried.some((row) => row.id === earning.id));
    if (gross.reduce((sum, { net }) => sum + net, 0n) > amount) recovered += 1;
    oracle.available -= amount;
    oracle.reserved += amount;
    const earnings = carried.map((row) => row.id);
    oracle.payouts.push({
      id,
      amount,
      earnings,
      state: 'pending_approval',
      byHand: false,
      retried: false,
      part: 0n,
    });
  },
  async approve(life, pick) {
    const payout = oftenIn(life, pick, 'pending_approval');
    if (!payout) return;
    const [result] = await approvePayouts(approver(), { payoutIds: [payout.id], approvalHash: null });
    expect(result?.refused === null).toBe(payout.state === 'pending_approval');
    if (payout.state === 'pending_approval') payout.state = 'approved';
  },
  async decline(life, pick) {
    const payout = at(life.oracle.payouts, pick);
    if (!payout) return;
    const [result] = await declinePayouts(approver(), { payoutIds: [payout.id], reason: 'no' });
    const may = payout.state === 'pending_approval' || payout.state === 'approved';
    expect(result?.refused === null).toBe(may);
    if (may) life.oracle.end(payout);
  },
  async cancel(life, pick) {
    const payout = at(life.oracle.payouts, pick);
    if (!payout) return;
    const [result] = await cancelPayouts(house.deps, { payoutIds: [payout.id], reason: 'no' });
    const may = !['completed', 'unclaimed', 'over'].includes(payout.state);
    expect(result?.refused === null).toBe(may);
    if (may) life.oracle.end(payout);
  },
  async markPaid(life, pick) {
    const payout = oftenIn(life, pick, 'approved');
    if (!payout) return;
    const { ok } = await markPaid(approver(), {
      payoutId: payout.id,
      reference: `R${(count += 1)}`,
      notes: null,
    });
    expect(ok).toBe(['approved', 'failed', 'returned'].includes(payout.state));
    if (!ok) return;
    if (payout.state === 'approved') life.oracle.reserved -= payout.amount;
    else life.oracle.available -= payout.amount;
    life.oracle.arrive(payout, 'completed');
    payout.byHand = true;
  },
  async unpay(life, pick) {
    const payout = at(life.oracle.payouts, pick);
    if (!payout) return;
    const { ok } = await unpay(approver(), { payoutId: payout.id, reason: 'came back' });
    expect(ok).toBe(payout.state === 'completed' && payout.byHand);
    if (!ok) return;
    life.oracle.paid -= payout.amount;
    life.oracle.arrive(payout, 'returned');
    // The next word is the provider's or a person's again.
    payout.byHand = false;
  },
  payCompleted: async (life) => pay(life, 'completed'),
  payFailed: async (life) => pay(life, 'failed'),
  payReturned: async (life) => pay(life, 'returned'),
  payUnclaimed: async (life) => pay(life, 'unclaimed'),
  payPartly: async (life, pick) => pay(life, 'completed', 1n + BigInt(pick)),
  async claim(life, pick) {
    const payout = at(ofState(life, 'unclaimed'), pick);
    if (!payout) return;
    const fate = pick % 3 === 0 ? 'returned' : 'completed';
    await providerSays(house, payout.id, fate);
    life.oracle.onItsWay -= payout.amount;
    life.oracle.arrive(payout, fate);
  },
  /** What had arrived comes back, whole. */
  async comeBack(life, pick) {
    const arrived = ofState(life, 'completed').filter(({ byHand, retried }) => !byHand && !retried);
    const payout = at(arrived, pick);
    if (!payout) return;
    await providerSays(house, payout.id, 'returned');
    // A part of it is booked already.
    life.oracle.paid -= payout.amount - payout.part;
    life.oracle.arrive(payout, 'returned');
    life.oracle.available -= payout.part;
    payout.part = 0n;
  },
  async retry(life, pick) {
    const payout = at(ofState(life, 'failed', 'returned'), pick);
    if (!payout) return;
    const input = { ids: [payout.id], startedBy: 'ann' };
    const again = await retryPayouts(house.deps, house.deps.providers, input);
    if (!again.ok) return;
    // Nobody is paid from a balance that is not there.
    expect(life.oracle.available).toBeGreaterThanOrEqual(payout.amount);
    await settle(house);
    life.oracle.available -= payout.amount;
    life.oracle.arrive(payout, 'completed');
    Object.assign(payout, { byHand: false, retried: true });
  },
};

async function balances(payeeId: bigint): Promise<Record<string, bigint>> {
  const [own, ...others] = await ownBalances(house.db, payeeId);
  if (!own || others.length > 0) throw new Error('one balance was expected');
  const { available, pending, reserved, onItsWay, paid } = own;
  return { available, pending, reserved, onItsWay, paid };
}

/** Where it is difficult: paid, taken back, owed, and recovered from the next request, with something else after it. */
function owing(pick: number): [string, number][] {
  const later = ['retry', 'unpay', 'reverse', 'request'][pick] ?? 'request';
  const names = [
    'request',
    'approve',
    'markPaid',
    'reverse',
    'earn',
    'earn',
    'request',
    'approve',
    'markPaid',
  ];
  return [...names, later].map((name) => [name, name === 'earn' ? 6 : 0]);
}

it(
  'puts every cent where an oracle puts it, whatever happens in whatever order',
  async () => {
    let lives = 0;
    const names = Object.keys(steps).flatMap((name) =>
      Array.from({ length: weights[name] ?? 1 }, () => name),
    );
    const lifeOf = fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(50)), {
      minLength: 20,
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(lifeOf, async (events) => {
        const payee = `life${(lives += 1)}`;
        const oracle = new Oracle();
        await earn({ payee, oracle }, 6, 0);
        const life = { payee, payeeId: (await findPayee(house.db, payee))?.id ?? 0n, oracle };
        for (const [name, pick] of events) {
          await steps[name]?.(life, pick);
          const { available, pending, reserved, onItsWay, paid } = oracle;
          const told = { name, available, pending, reserved, onItsWay, paid };
          expect({ name, ...(await balances(life.payeeId)) }).toEqual(told);
        }
        const open = ofState(life, 'pending_approval', 'approved').map(({ id }) => id);
        await cancelPayouts(house.deps, { payoutIds: open, reason: 'the end' });
      }),
      { numRuns: runs, seed, examples: Array.from({ length: 4 }, (_, pick) => [owing(pick)]) },
    );
    // The sequences must have come to where it is difficult.
    expect(Math.min(owed, recovered)).toBeGreaterThan(3);
    expect((await verify(house.db, house.deps.vault)).differences).toEqual([]);
  },
  runs * msPerRunMax,
);
