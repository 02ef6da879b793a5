import { checksumOf } from '../core/batch.ts';
import { itemReference, submissionKey } from '../core/ids.ts';
import { stepOf } from '../core/payable.ts';
import { destinationKind } from '../core/payout-method.ts';
import { payoutMoved } from '../ledger/postings.ts';
import { insertBatch, startBatch } from '../store/batches.ts';
import type { Db } from '../store/db.ts';
import type { Cursor, Eligible } from '../store/eligibility.ts';
import { post } from '../store/ledger.ts';
import type { PlannedAttempt } from '../store/prepare.ts';
import { insertAttempts, insertSubmissions, takenReferences } from '../store/prepare.ts';
import { withDestinations } from '../store/payout-methods.ts';
import type { ActionContext, ProviderRules } from './context.ts';

/** Items one batch may hold: bounds the transaction that prepares it. */
const batchItemsMax = 2_000_000;
/** Candidates that are written together where a submission takes only a few. */
const itemsPerPageMin = 1000;

/** A candidate whose address was opened. */
export type Candidate = Eligible & { readonly destination: string };

/** Candidates page by page, sorted by (currency, earning id). */
type CandidateSource = (tx: Db, after: Cursor, limit: number) => Promise<Eligible[]>;

export interface BatchPlan {
  readonly cycle: { id: bigint; publicId: string } | null;
  readonly startedBy: string;
  readonly notes: string | null;
  readonly retryOf: bigint | null;
  /** Takes everything eligible of its cycle. */
  readonly wholeCycle?: boolean;
  /** Nobody asked for it: payouts that failed are tried again by themselves. */
  readonly automatic?: boolean;
  /** Checksum of the preview it is started from. */
  readonly requestChecksum?: string | null;
  /** Drained one after the other; a submission never mixes two sources. */
  readonly sources: readonly CandidateSource[];
}

export interface PreparedBatch {
  readonly batchId: string;
  readonly totalItems: number;
  readonly totalChunks: number;
}

type Planned = PlannedAttempt & { destination: string; note: string | null };

/**
 * Writes a batch in the caller's transaction: payouts, attempts, submissions and the reservation of the money, a page at a
 * time, so that memory does not grow with the number of people. A page is what one submission takes, or, where that is
 * little, many submissions in the same few statements. Null when nobody is eligible.
 */
export async function prepareBatch(
  tx: Db,
  ctx: ActionContext,
  rules: ProviderRules,
  plan: BatchPlan,
): Promise<PreparedBatch | null> {
  const publicId = ctx.newId('pb');
  const cycleId = plan.cycle?.id ?? null;
  let batchId: bigint | null = null;
  let totalItems = 0;
  let openItems = 0;
  const keys: string[] = [];
  for await (const chunk of chunks(tx, plan.sources, pageSizeOf(rules), rules.capabilities)) {
    batchId ??= await insertBatch(tx, newBatch(ctx, rules, plan, publicId), ctx.now());
    totalItems += chunk.length;
    if (totalItems > batchItemsMax) throw new Error(`a batch holds at most ${batchItemsMax} items`);
    const keyScope = plan.cycle ? `cycle-${plan.cycle.publicId}` : publicId;
    const scope = { batchId, cycleId, keyScope, automatic: plan.automatic === true };
    const sent = await prepareChunk(tx, ctx, rules, scope, chunk);
    openItems += sent.items;
    for (const key of sent.keys) keys.push(key);
  }
  if (batchId === null) return null;
  await startBatch(tx, batchId, { checksum: ctx.hash(keys.join('\n')), totalItems, openItems }, ctx.now());
  return { batchId: publicId, totalItems, totalChunks: keys.length };
}

/** Whole submissions, so that the ends of pages make no smaller ones than there would be. */
export function pageSizeOf({ capabilities: { itemsPerSubmissionMax: max } }: ProviderRules): number {
  return Math.ceil(itemsPerPageMin / max) * max;
}

function newBatch(ctx: ActionContext, rules: ProviderRules, plan: BatchPlan, publicId: string) {
  return {
    publicId,
    cycleId: plan.cycle?.id ?? null,
    provider: rules.name,
    startedBy: plan.startedBy,
    startedById: ctx.actor.id,
    notes: plan.notes,
    retryOf: plan.retryOf,
    wholeCycle: plan.wholeCycle ?? false,
    requestChecksum: plan.requestChecksum ?? null,
  };
}

/** Behind every earning of a currency. */
const lastId = 9_223_372_036_854_775_807n;

/** Candidates in chunks of one currency and at most `limit` items. What the provider does not take stays where it is. */
async function* chunks(
  tx: Db,
  sources: readonly CandidateSource[],
  limit: number,
  { payableSteps = null }: ProviderRules['capabilities'],
): AsyncGenerator<Eligible[]> {
  for (const source of sources) {
    let after: Cursor = { currency: '', earningId: 0n };
    for (;;) {
      const page = await source(tx, after, limit);
      const chunk = page.filter((candidate) => candidate.currency === page[0]?.currency);
      const last = chunk.at(-1);
      if (!last) break;
      const isTaken = stepOf(payableSteps, last.currency) !== null;
      if (isTaken) yield chunk;
      after = isTaken ? last : { currency: last.currency, earningId: lastId };
    }
  }
}

interface Scope {
  readonly batchId: bigint;
  readonly cycleId: bigint | null;
  readonly keyScope: string;
  readonly automatic: boolean;
}

/** The submissions of a page of one currency, and the attempts that were refused offline beside them. */
async function prepareChunk(
  tx: Db,
  ctx: ActionContext,
  rules: ProviderRules,
  scope: Scope,
  sealed: readonly Eligible[],
): Promise<{ keys: string[]; items: number }> {
  const page = await withDestinations(tx, ctx.vault, sealed);
  const planned = await planAttempts(tx, ctx, rules, page);
  const refused = planned.filter((attempt) => attempt.reasonCode !== null);
  if (refused.length > 0) await refuseOffline(tx, ctx, rules.name, refused, scope);
  const loads = slices(planned, rules.capabilities.itemsPerSubmissionMax)
    .map((slice) => slice.filter((attempt) => attempt.reasonCode === null))
    .filter((load) => load.length > 0);
  if (loads.length === 0) return { keys: [], items: 0 };
  const submissions = loads.map((load) => submissionOf(ctx, rules, scope, load));
  const ids = await insertSubmissions(tx, submissions, ctx.now());
  const placed = loads.flatMap((load, index) =>
    load.map((attempt, position) => ({ ...attempt, submissionId: ids[index] ?? null, position })),
  );
  await reserve(tx, ctx, rules.name, placed, scope);
  return { keys: submissions.map(({ providerKey }) => providerKey), items: placed.length };
}

function slices<T>(items: readonly T[], size: number): T[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function submissionOf(ctx: ActionContext, rules: ProviderRules, scope: Scope, load: readonly Planned[]) {
  const max = rules.capabilities.providerKeyMax;
  return {
    publicId: ctx.newId('su'),
    batchId: scope.batchId,
    provider: rules.name,
    currency: load[0]?.currency ?? '',
    providerKey: submissionKey(scope.keyScope, checksumOf(load, ctx.hash), max, ctx.hash),
    itemCount: load.length,
    total: load.reduce((sum, attempt) => sum + attempt.amount, 0n),
  };
}

/** Attempts that end where they begin. What an approved payout had reserved goes back to its payee. */
async function refuseOffline(
  tx: Db,
  ctx: ActionContext,
  provider: string,
  attempts: readonly PlannedAttempt[],
  scope: Scope,
): Promise<void> {
  const written = await insertAttempts(tx, { ...scope, refused: true }, attempts, ctx.now());
  const byReference = new Map(attempts.map((attempt) => [attempt.itemReference, attempt]));
  const facts = written.flatMap(({ id, itemReference: reference }) => {
    const attempt = byReference.get(reference);
    if (attempt?.reserved !== true) return [];
    return payoutMoved({ ...attempt, attemptId: id, provider, from: 'queued', to: 'failed' }) ?? [];
  });
  await post(tx, 'attempt', 'failed', facts, ctx.now());
}

async function reserve(
  tx: Db,
  ctx: ActionContext,
  provider: string,
  attempts: readonly PlannedAttempt[],
  scope: Scope,
): Promise<void> {
  const written = await insertAttempts(tx, { ...scope, refused: false }, attempts, ctx.now());
  const byReference = new Map(attempts.map((attempt) => [attempt.itemReference, attempt]));
  const facts = written.flatMap(({ id, itemReference: reference }) => {
    const attempt = byReference.get(reference);
    if (!attempt || attempt.reserved === true) return [];
    return payoutMoved({ ...attempt, attemptId: id, provider, from: 'failed', to: 'queued' }) ?? [];
  });
  await post(tx, 'attempt', 'queued', facts, ctx.now());
}

async function planAttempts(
  tx: Db,
  ctx: ActionContext,
  rules: ProviderRules,
  page: readonly Candidate[],
): Promise<Planned[]> {
  const references = await distinctReferences(tx, ctx, rules, page);
  return page.map((candidate, index) => plan(ctx, rules, candidate, references[index] ?? ''));
}

/** References of a page; where a plain one is taken by another payout, the hashed form that cannot be. */
async function distinctReferences(
  tx: Db,
  ctx: ActionContext,
  rules: ProviderRules,
  page: readonly Eligible[],
): Promise<string[]> {
  const max = rules.capabilities.itemReferenceMax;
  const build = (candidate: Eligible, distinct: boolean) =>
    itemReference(
      { ...candidate, ordinal: candidate.priorAttempts + candidate.attemptCount + 1 },
      max,
      ctx.hash,
      distinct,
    );
  const plain = page.map((candidate) => build(candidate, false));
  const taken = await takenReferences(tx, plain);
  return page.map((candidate, index) => {
    const reference = plain[index] ?? '';
    if (taken.has(reference)) return build(candidate, true);
    taken.add(reference);
    return reference;
  });
}

function plan(ctx: ActionContext, rules: ProviderRules, candidate: Candidate, reference: string): Planned {
  const issue = issueOf(rules, candidate, reference);
  return {
    ...candidate,
    payoutPublicId: ctx.newId('po'),
    ordinal: candidate.attemptCount + 1,
    submissionId: null,
    position: null,
    itemReference: reference,
    reasonCode: issue?.code ?? null,
    reasonDetail: issue?.message ?? null,
  };
}

/** What the provider's rules have against a candidate, found offline. An address of a kind nobody knows is never sent. */
export function issueOf(rules: ProviderRules, candidate: Candidate, reference: string) {
  const kind = destinationKind(candidate.kind);
  if (kind === null) {
    const message =
      'The payout address is of a kind that no provider pays to. Nothing was sent. Give another.';
    return { code: 'receiver_invalid', message };
  }
  const destination = { kind, value: candidate.destination };
  return rules.validate({ ...candidate, itemReference: reference, destination });
}
