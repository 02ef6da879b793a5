import { ProblemError } from '../../client/client.ts';
import type { Payout } from '../../client/types.ts';
import type { BulkDeed } from './bulk-plan.ts';
import type { DeedWords } from './deed-calls.ts';
import { doToMany, payoutsPerCallMax, retryPayouts } from './deed-calls.ts';

/** What became of one payout that was not done, in the server's words. */
interface Refused {
  readonly payoutId: string;
  readonly message: string;
  readonly doneBy: string | null;
  readonly doneAt: string | null;
}
export interface BulkResult {
  readonly done: number;
  readonly refused: readonly Refused[];
}

/** Does one deed to many, in as few calls as that takes; what one call refuses stops no other. */
export async function doBulk(
  deed: BulkDeed,
  payouts: readonly Payout[],
  words: DeedWords,
  key: string,
): Promise<BulkResult> {
  const results: BulkResult[] = [];
  for (const [at, part] of partsOf(deed, payouts).entries())
    results.push(await doPart(deed, part, words, `${key}-${at}`));
  return {
    done: results.reduce((sum, { done }) => sum + done, 0),
    refused: results.flatMap(({ refused }) => refused),
  };
}

/** A retry takes payouts of one cycle, all or none; every call takes only so many. */
function partsOf(deed: BulkDeed, payouts: readonly Payout[]): string[][] {
  const groups = Map.groupBy(payouts, ({ cycleId }) => (deed === 'retry' ? cycleId : null));
  return [...groups.values()].flatMap((group) => {
    const ids = group.map(({ id }) => id);
    return Array.from({ length: Math.ceil(ids.length / payoutsPerCallMax) }, (_, at) =>
      ids.slice(at * payoutsPerCallMax, (at + 1) * payoutsPerCallMax),
    );
  });
}

async function doPart(deed: BulkDeed, ids: string[], words: DeedWords, key: string): Promise<BulkResult> {
  try {
    if (deed === 'retry') {
      const { totalItems } = await retryPayouts(ids, key);
      return { done: totalItems, refused: [] };
    }
    const { done, results } = await doToMany(deed, ids, words, key);
    const refused = results.filter(({ result }) => result === 'refused');
    return { done, refused: refused.map(({ message, ...rest }) => ({ ...rest, message: message ?? '' })) };
  } catch (error) {
    // A second factor is asked for before anything is done; the whole deed is then repeated.
    if (!(error instanceof ProblemError) || error.code === 'step_up_required') throw error;
    const text = (fact: unknown) => (typeof fact === 'string' ? fact : null);
    const { doneBy, doneAt } = error.problem;
    const no = {
      message: `${error.userMessage} ${error.actionRequired}`,
      doneBy: text(doneBy),
      doneAt: text(doneAt),
    };
    return { done: 0, refused: ids.map((payoutId) => ({ payoutId, ...no })) };
  }
}
