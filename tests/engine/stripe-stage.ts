import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { onTestFinished } from 'vitest';
import { processCycle } from '../../src/actions/batches.ts';
import { runRound } from '../../src/engine/service.ts';
import type { StripeProvider } from '../../src/providers/stripe/provider.ts';
import { createStripeProvider } from '../../src/providers/stripe/provider.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import type { Db } from '../../src/store/db.ts';
import { all } from '../../src/store/db.ts';
import { nextDue } from '../../src/store/submissions.ts';
import type { StripeClient } from '../sandbox/stripe-support.ts';
import { stripeClient } from '../sandbox/stripe-support.ts';
import { brokenBooks } from '../support/invariants.ts';
import { ModelProvider } from '../support/model-provider.ts';
import type { Winner, World } from '../support/world.ts';
import { makeWorld, seedCycle, startOfTime, winners } from '../support/world.ts';

export const secret = 'whsec_stage';
const roundsMax = 100;
const roundMs = 5000;

/** Stripe's side of a sandbox with its own truth, and the real provider that speaks to it. */
export interface StripeSide {
  readonly client: StripeClient;
  readonly provider: StripeProvider;
  close(): Promise<void>;
}

export async function openSide(clock: { ms: number }): Promise<StripeSide> {
  const dir = mkdtempSync(path.join(tmpdir(), 'purser-stripe-'));
  const sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dir, settleMs: 0 });
  const provider = createStripeProvider(
    {
      apiBase: sandbox.url,
      secretKey: 'sk_test_1',
      webhookSecrets: [secret],
      timeoutMs: 5000,
      sandbox: true,
    },
    { now: () => clock.ms },
  );
  return {
    client: stripeClient(sandbox.url),
    provider,
    async close() {
      await sandbox.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** Creators whose accounts have these words, such as `failed`; an empty one is simply paid. */
export function creators(words: readonly string[]): Winner[] {
  return winners(words.length, (index) => {
    const word = words[index] ?? '';
    return { account: `acct_1C${index}${word === '' ? '' : `_${word}`}` };
  });
}

export interface Stage {
  readonly world: World;
  readonly side: StripeSide;
  readonly model: ModelProvider;
  /** Time passes on both sides. */
  readonly pass: (ms: number) => Promise<void>;
}

/** People in cycle 18 of an empty database, a model of PayPal, and Stripe's side of the sandbox until the end of the test. */
export async function stripeStage(db: Db, people: readonly Winner[]): Promise<Stage> {
  const clock = { ms: startOfTime };
  const side = await openSide(clock);
  onTestFinished(() => side.close());
  const model = new ModelProvider(undefined, () => clock.ms);
  const world = await makeWorld({ db, provider: model, beside: [side.provider], clock });
  await seedCycle(world, '18', people);
  const pass = async (ms: number) => {
    clock.ms += ms;
    await side.client.advance(ms / 1000);
  };
  return { world, side, model, pass };
}

/** Pays everybody through Stripe and works until nothing is left to do. */
export async function payAll({ world, pass }: Stage): Promise<void> {
  const outcome = await payThrough(world, 'stripe');
  if (!outcome.ok) throw new Error(outcome.code);
  await workUntilQuiet(world, pass);
}

/** Starts a run of cycle 18 through one provider; answers whatever came of it. */
export async function payThrough(world: World, provider: string) {
  const input = { cyclePublicId: '18', startedBy: 'ann', notes: null, earningIds: null, newOnly: true };
  return processCycle(world, world.providers.of(provider), input);
}

/** Rounds, with the clock running to whatever is due, until no attempt is pending and nothing is left to do. */
export async function workUntilQuiet(
  world: World,
  move: (ms: number) => Promise<void> | void,
): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    const did = await runRound(world, { batchId: null });
    const [left] = await all(
      world.db,
      sql<{ n: bigint }>`select count(*) as n from payout_attempt where state = 'pending'`,
    );
    if (did === 0 && left?.n === 0n) return;
    const due = did > 0 ? null : await nextDue(world.db, 'send', null);
    await move(Math.max(roundMs, due === null ? 0 : due.getTime() - world.now().getTime()));
  }
  throw new Error('does not come to rest');
}

interface AttemptFacts {
  reference: string;
  state: string;
  payoutState: string;
  last: boolean;
}

/** What does not hold at rest: paid twice, unknown to one side, in another state than Stripe's side has it, or not in the books. */
export async function brokenWithStripe(db: Db, { client }: StripeSide): Promise<string[]> {
  const effects = new Map<string, string>();
  const found = await brokenBooks(db);
  for (const { transferGroup, status } of await client.effects()) {
    if (effects.has(transferGroup ?? '')) found.push(`${transferGroup ?? ''} was transferred twice`);
    effects.set(transferGroup ?? '', status);
  }
  const { duplicateCount } = await client.control('GET', 'effects/summary?provider=stripe');
  if (duplicateCount !== 0) found.push(`${String(duplicateCount)} accounts have money twice`);
  const attempts = await all(
    db,
    sql<AttemptFacts>`select a.item_reference as reference, a.state, p.state as "payoutState",
        a.ordinal = p.attempt_count as last
      from payout_attempt a join payout p on p.id = a.payout_id join submission s on s.id = a.submission_id
      where s.provider = 'stripe'`,
  );
  const expected = { paid: 'completed', partly_reversed: 'completed', reversed: 'returned' };
  for (const { reference, state, payoutState, last } of attempts) {
    const truth = expected[(effects.get(reference) ?? '') as keyof typeof expected] ?? 'failed';
    effects.delete(reference);
    if (state !== truth) found.push(`${reference} is ${state}, at Stripe ${truth}`);
    if (last && payoutState !== state) found.push(`${reference}: attempt ${state}, payout ${payoutState}`);
  }
  found.push(...[...effects.keys()].map((reference) => `${reference} is at Stripe and not ours`));
  return found;
}
