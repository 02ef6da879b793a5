import type { RefusedItems } from '../actions/refused.ts';
import { refusedOffline } from '../actions/refused.ts';
import { checksumOfSeal } from '../actions/seal.ts';
import type { TeamLanguage } from '../core/language.ts';
import { itemRefusal } from '../core/item-words.ts';
import { stepOf, withoutUntaken } from '../core/payable.ts';
import type { ApiDeps, ApiProvider } from './deps.ts';
import { runFloat } from './float.ts';
import { payableBy, providerOf } from './providers.ts';
import { refuse } from '../core/refusal.ts';
import type { CycleRow } from '../store/cycles.ts';
import { findCycle } from '../store/cycles.ts';
import { batchSummary, findBatch } from '../store/batches.ts';
import { earningIds } from '../store/earnings.ts';
import type { Scope } from '../store/eligibility.ts';
import { largestEligible, newPayeeCount } from '../store/eligibility.ts';
import { methodRisks } from '../store/method-risks.ts';
import { sealedTotals } from '../store/seal.ts';
import { twinsOf } from '../store/twins.ts';
import { triedBefore } from '../store/tried-before.ts';
import type { Totals } from '../core/money.ts';
import { addTo } from '../core/money.ts';
import type { PreviewBody, ScopeBody } from '../wire/batches.ts';
import { previewBody } from '../wire/batches.ts';
import type { PreviewView } from '../wire/cycles.ts';
import { presentEligible, presentNotEligible, presentTwins, previewView } from '../wire/cycles.ts';
import { presentTriedBefore } from '../wire/tried-before.ts';
import { readerOf, teamLanguageIn } from './reader.ts';
import { bulkBodyMaxBytes, ok, route } from './route.ts';

/** Suspected duplicates of each currency that a dry run names. */
const twinsShown = 5;
/** Largest amounts shown in a dry run. */
const largestShown = 5;

export const previewRoutes = [
  route({
    method: 'POST',
    path: '/payout-batches/preview',
    right: 'read',
    summary: 'What paying the cycle now would do; writes nothing',
    answer: previewView,
    refuses: ['cycle_not_found', 'provider_not_set_up'],
    bodyLimit: bulkBodyMaxBytes,
    body: previewBody,
    async handle(deps, { body }) {
      const cycle = await findCycle(deps.db, body.cycleId);
      if (!cycle) return refuse('cycle_not_found', { cycleId: body.cycleId });
      const provider = providerOf(deps, body.provider);
      return provider.ok ? ok(await preview(deps, provider.value, cycle, body)) : provider;
    },
  }),
];

/** The earnings a request is limited to, or null for all. */
export async function onlyOf(deps: ApiDeps, body: ScopeBody): Promise<bigint[] | null> {
  return body.only ? earningIds(deps.db, body.only.sourceType, body.only.references) : null;
}

/** What paying the cycle now would do; writes nothing. */
async function preview(
  deps: ApiDeps,
  provider: ApiProvider,
  cycle: CycleRow,
  body: PreviewBody,
): Promise<PreviewView> {
  const { newOnly, leaveOutUnmended } = body;
  const scope: Scope = { cycleId: cycle.id, newOnly, leaveOutUnmended, earningIds: await onlyOf(deps, body) };
  const method = provider.name;
  const others = deps.providers.names.filter((name) => name !== method);
  const now = deps.now();
  const steps = payableBy(deps, method);
  const rows = withoutUntaken(await sealedTotals(deps.db, scope, method, now, others), () => steps);
  const eligible = presentEligible(rows);
  const brief = {
    /** Of the earnings asked for, how many are recorded; null when all of the cycle were meant. */
    recordedCount: scope.earningIds?.length ?? null,
    cycleId: cycle.publicId,
    cycleStatus: cycle.status,
    provider: method,
    sandbox: provider.sandbox,
    ...eligible,
    /** Sent with `process`, pays exactly this; null when there is nobody to pay. */
    checksum: checksumOfSeal(rows, { cyclePublicId: cycle.publicId, provider: method }, deps.hash),
    notEligible: presentNotEligible(rows, readerOf(deps)),
    activeBatchId: cycle.activeBatchId,
    float: await runFloat(deps, method, eligible.eligibleTotals),
  };
  const refusedItems: PreviewView['refusedItems'] = body.checkItems
    ? refusedWords(await refusedOffline(deps, provider, scope, now), teamLanguageIn(deps))
    : null;
  if (!body.details) return { ...brief, refusedItems };
  const most = await largestEligible(deps.db, scope, method, now, largestShown);
  const largest = most.filter(({ currency }) => stepOf(steps, currency) !== null);
  return {
    ...brief,
    refusedItems,
    largest: largest.map(({ payee, ...row }) => ({ payeeId: payee, ...row })),
    ...(await methodRisks(deps.db, scope, method, now)),
    newPayees: await newPayeeCount(deps.db, scope, method, now),
    suspectedDuplicates: presentTwins(await twinsOf(deps.db, scope, method, now, twinsShown)),
    triedBefore: presentTriedBefore(await triedBefore(deps.db, scope, method, now), teamLanguageIn(deps)),
    comparedWithLast: await compareWithLast(deps, cycle, eligible),
  };
}

/** What the provider's rules have against single items. */
function refusedWords({ count, examples }: RefusedItems, language: TeamLanguage) {
  return {
    count,
    examples: examples.map(({ reference, ...issue }) => ({
      reference,
      message: itemRefusal(issue, language),
    })),
  };
}

/** Beside the last completed batch of the cycle: how many more or fewer, and how much per currency. */
export async function compareWithLast(
  deps: ApiDeps,
  cycle: CycleRow,
  now: { eligibleCount: number; eligibleTotals: Totals },
) {
  const last = cycle.lastCompletedBatchId && (await findBatch(deps.db, cycle.lastCompletedBatchId));
  if (!last) return null;
  const totals: Totals = {};
  for (const row of await batchSummary(deps.db, last.id)) addTo(totals, row.currency, row.amount);
  const change: Totals = {};
  for (const [currency, amount] of Object.entries(now.eligibleTotals)) addTo(change, currency, amount);
  for (const [currency, amount] of Object.entries(totals)) addTo(change, currency, -amount);
  return {
    batchId: last.publicId,
    completedAt: last.completedAt,
    totalItems: last.totalItems,
    totals,
    itemsChange: now.eligibleCount - last.totalItems,
    totalsChange: change,
  };
}
