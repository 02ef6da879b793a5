import { createHash } from 'node:crypto';
import type { ActionContext } from '../../src/actions/context.ts';
import { Providers } from '../../src/actions/providers.ts';
import type { EngineContext } from '../../src/engine/context.ts';
import { systemActor } from '../../src/core/actor.ts';
import { publicId } from '../../src/core/ids.ts';
import { calendarIn } from '../../src/main/calendar.ts';
import { earningRecorded } from '../../src/ledger/postings.ts';
import type { PayoutProvider } from '../../src/providers/provider.ts';
import { createCycle, findCycle } from '../../src/store/cycles.ts';
import type { Db } from '../../src/store/db.ts';
import { transaction } from '../../src/store/db.ts';
import { insertEarnings } from '../../src/store/earnings.ts';
import { openBalances, post } from '../../src/store/ledger.ts';
import { upsertPayees } from '../../src/store/payees.ts';
import { ModelProvider } from './model-provider.ts';
import { testVault } from './vault.ts';
import { openMemory } from './templates.ts';

/** A database with a clock, ids and a provider: everything the engine needs, all under the test's control. */
export interface World extends EngineContext {
  /** The first of its providers; most worlds have one. */
  readonly provider: PayoutProvider;
  advance(ms: number): void;
  readonly logged: { event: string; fields: Record<string, unknown> }[];
  close(): Promise<void>;
}

export const startOfTime = Date.UTC(2026, 10, 20, 12, 0, 0);

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export interface WorldOptions {
  db?: Db;
  provider?: PayoutProvider;
  /** Further ones beside it. */
  beside?: readonly PayoutProvider[];
  worker?: string;
  clock?: { ms: number };
  /** How far this process's clock is off. */
  skewMs?: number;
}

let worlds = 0;

export async function makeWorld(options: WorldOptions = {}): Promise<World> {
  const db = options.db ?? (await openMemory());
  const provider = options.provider ?? new ModelProvider();
  const clock = options.clock ?? { ms: startOfTime };
  const logged: World['logged'] = [];
  const log = (event: string, fields: Record<string, unknown> = {}) => void logged.push({ event, fields });
  // A seed repeats its ids when it names its workers; unnamed worlds on one database never share theirs.
  const idSpace = options.worker ?? `world-${(worlds += 1)}`;
  let ids = 0;
  return {
    db,
    hash: sha256,
    calendar: calendarIn('UTC'),
    vault: await testVault(db, idSpace, new Date(clock.ms)),
    now: () => new Date(clock.ms + (options.skewMs ?? 0)),
    actor: systemActor,
    newId: (prefix) => publicId(prefix, clock.ms, sha256(`${idSpace} ${(ids += 1)}`)),
    provider,
    providers: new Providers([provider, ...(options.beside ?? [])]),
    log: { info: log, warn: log, error: log },
    worker: options.worker ?? 'worker-1',
    sendLeaseMs: 120_000,
    pollIntervalMs: 15_000,
    advance: (ms) => {
      clock.ms += ms;
    },
    logged,
    close: () => db.destroy(),
  };
}

export interface Winner {
  reference: string;
  payee: string;
  email: string;
  amount: bigint;
  currency: string;
  /** A connected Stripe account instead of the address. */
  account?: string;
}

/** `count` winners of 10.00 USD each; `edit` makes some of them special. */
export function winners(count: number, edit: (index: number) => Partial<Winner> = () => ({})): Winner[] {
  return Array.from({ length: count }, (_, index) => ({
    reference: `sel${index}`,
    payee: `user${index}`,
    email: `user${index}@example.com`,
    amount: 1000n,
    currency: 'USD',
    ...edit(index),
  }));
}

/** Records payees, a cycle and its earnings, as an import does. */
export async function seedCycle(
  ctx: ActionContext,
  cycle: string,
  people: readonly Winner[],
): Promise<bigint> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    await createCycle(tx, cycle, `Cycle ${cycle}`, now);
    const cycleId = (await findCycle(tx, cycle))?.id ?? 0n;
    const payees = people.map((person) => ({
      externalId: person.payee,
      name: person.payee,
      email: person.email,
      method:
        person.account === undefined
          ? { type: 'paypal', kind: 'email', destination: person.email }
          : { type: 'stripe', kind: 'account', destination: person.account },
    }));
    const distinct = [...new Map(payees.map((payee) => [payee.externalId, payee])).values()];
    const ids = await upsertPayees(tx, ctx.vault, distinct, (prefix) => ctx.newId(prefix), now);
    const earnings = people.map((person) => ({
      externalId: person.reference,
      payeeId: ids.get(person.payee) ?? 0n,
      gross: person.amount,
      fee: 0n,
      net: person.amount,
      currency: person.currency,
      note: null,
    }));
    const recorded = await insertEarnings(tx, 'winner', cycleId, earnings, now);
    const created = recorded.filter((row) => row.created);
    await openBalances(
      tx,
      created.map((row) => ({ ownerId: row.payeeId, currency: row.currency })),
    );
    const facts = created.map((row) => earningRecorded({ ...row, net: row.gross, fee: 0n }));
    await post(tx, 'earning', 'recorded', facts, now);
    return cycleId;
  });
}
