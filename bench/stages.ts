import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { Providers } from '../src/actions/providers.ts';
import { processCycle } from '../src/actions/batches.ts';
import { openCycle } from '../src/actions/cycles.ts';
import { recordEarnings } from '../src/actions/earnings.ts';
import { savePayees } from '../src/actions/payees.ts';
import { systemActor } from '../src/core/actor.ts';
import { publicId } from '../src/core/ids.ts';
import type { EngineContext } from '../src/engine/context.ts';
import * as poll from '../src/engine/poll.ts';
import * as send from '../src/engine/send.ts';
import { calendarIn } from '../src/main/calendar.ts';
import type { Db } from '../src/store/db.ts';
import { openPostgres } from '../src/store/db.ts';
import { masterKey } from '../src/store/envelope.ts';
import { migrate } from '../src/store/migrate.ts';
import { openVault } from '../src/store/vault.ts';
import { verify } from '../src/store/verify.ts';
import { ModelProvider } from '../tests/support/model-provider.ts';
import type { Row } from './harness.ts';

const people = 30_000;
const perCall = 1_000;
const everything = { batchId: null };

type Stage = 'earnings' | 'prepare' | 'settle' | 'verify';

interface Stopwatch {
  time(stage: Stage, work: () => Promise<unknown>): Promise<void>;
}

/** Something of the schema that can be left out, to see what it costs. */
interface Part {
  readonly name: string;
  readonly leaveOut: string;
}

const methodIndex: Part = {
  name: 'the index of attempts by method',
  leaveOut: 'drop index payout_attempt_by_method',
};
const unpaid: Part = {
  name: 'the table of unpaid earnings',
  leaveOut: `drop trigger earning_unpaid_recorded on earning; drop trigger earning_unpaid_changed on earning;
    drop trigger earning_unpaid_carried on payout_earning; drop trigger earning_unpaid_released on payout_earning`,
};

/** Runs the path of `people` payouts against a provider in memory and answers the seconds of one stage. */
async function secondsOf(url: string, wanted: Stage, without: Part | null): Promise<number> {
  let seconds = 0;
  const watch: Stopwatch = {
    time: async (stage, work) => {
      const start = performance.now();
      await work();
      if (stage === wanted) seconds = (performance.now() - start) / 1000;
    },
  };
  const db = openPostgres(url);
  try {
    await migrate(db);
    if (without) await sql.raw(without.leaveOut).execute(db);
    await path(await context(db), watch);
  } finally {
    await db.destroy();
  }
  return seconds;
}

async function path(ctx: EngineContext, watch: Stopwatch): Promise<void> {
  await openCycle(ctx, { id: '1', name: 'Bench' });
  // Payees are known before they earn; only what they earn is timed.
  for (let first = 0; first < people; first += perCall) await savePayees(ctx, payees(first));
  await watch.time('earnings', async () => {
    for (let first = 0; first < people; first += perCall) await recordEarnings(ctx, earnings(first));
  });
  const run = { cyclePublicId: '1', startedBy: 'bench', notes: null, earningIds: null, newOnly: false };
  await watch.time('prepare', () => processCycle(ctx, ctx.providers.of('paypal'), run));
  await drain(() => send.runOnce(ctx, everything));
  await watch.time('settle', () => drain(() => poll.runOnce(ctx, everything)));
  await watch.time('verify', () => verify(ctx.db, ctx.vault));
}

async function drain(work: () => Promise<number>): Promise<void> {
  while ((await work()) > 0);
}

function payees(first: number) {
  return Array.from({ length: perCall }, (_, index) => {
    const email = `person${first + index}@example.com`;
    const method = { type: 'paypal', kind: 'email', destination: email };
    return { externalId: `u${first + index}`, name: `Person ${first + index}`, email, method };
  });
}

function earnings(first: number) {
  return Array.from({ length: perCall }, (_, index) => ({
    sourceType: 'winner',
    externalId: `r${first + index}`,
    payeeExternalId: `u${first + index}`,
    cycleId: '1',
    gross: 1_250n,
    currency: 'USD',
    feeBps: 0,
    availableAt: null,
    note: null,
    payee: null,
  }));
}

async function context(db: Db): Promise<EngineContext> {
  const provider = new ModelProvider();
  Object.assign(provider, {
    pageSize: 1_000,
    capabilities: { ...provider.capabilities, itemsPerSubmissionMax: 15_000 },
  });
  const quiet = () => undefined;
  return {
    db,
    vault: await openVault(
      db,
      [masterKey('the secret of the benchmark, 32 characters')],
      randomBytes,
      new Date(),
    ),
    providers: new Providers([provider]),
    now: () => new Date(),
    actor: systemActor,
    newId: (prefix) => publicId(prefix, Date.now(), randomBytes(10).toString('hex')),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    calendar: calendarIn('UTC'),
    log: { info: quiet, warn: quiet, error: quiet },
    worker: 'bench',
    sendLeaseMs: 120_000,
    pollIntervalMs: 0,
  };
}

function row(stage: Stage, name: string, unit: string, bars: Row['bars']): Row {
  return { name, unit, bars, measure: async ({ url }) => people / (await secondsOf(url, stage, null)) };
}

const names = {
  earnings: 'earnings accepted and posted, bulk of 1,000',
  prepare: 'prepare a batch',
  settle: 'settle: statuses in, postings, done',
} as const;

/** How much quicker a stage would be without a part of the schema: that is what the part may cost. */
function without(part: Part, stage: keyof typeof names, unit: string): Row {
  return {
    name: `${names[stage]}, without ${part.name}`,
    unit,
    bars: [{ against: names[stage], atMost: 1.1 }],
    measure: async ({ url }) => people / (await secondsOf(url, stage, part)),
  };
}

/** The stages of the path by themselves, with the provider in memory. */
export const stages: readonly Row[] = [
  row('earnings', names.earnings, 'earnings/s', [{ against: 'TPC-B', atLeast: 8 }]),
  row('prepare', names.prepare, 'payouts/s', [{ against: 'TPC-B', atLeast: 8 }]),
  row('settle', names.settle, 'payouts/s', [{ against: 'TPC-B', atLeast: 6 }]),
  row('verify', 'ledger verify', 'payouts/s', []),
];

/** What parts of the schema cost that only reading needs. */
export const costs: readonly Row[] = [
  without(methodIndex, 'prepare', 'payouts/s'),
  without(methodIndex, 'settle', 'payouts/s'),
  without(unpaid, 'earnings', 'earnings/s'),
  without(unpaid, 'prepare', 'payouts/s'),
];
