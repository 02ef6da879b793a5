import { oldestWithin, outsideLimits } from '../core/limits.ts';
import { stepOf } from '../core/payable.ts';
import type { Settings } from '../core/settings.ts';
import type { Db } from '../store/db.ts';
import { lockPayees, openRequests } from '../store/requests.ts';
import type { Candidate, PayeeItem } from '../store/scheduled.ts';
import { owedBy, scheduledEarnings } from '../store/scheduled.ts';
import type { ActionContext, ProviderRules } from './context.ts';
import type { RequestPlan } from './request-write.ts';
import { earningsPerRequestMax, payable, sumOf, writePayouts } from './request-write.ts';

/** Earnings that are read for one set: the payees beyond them are asked for in the next one. */
const earningsPerSetMax = 2 * earningsPerRequestMax;

interface SetAsked {
  readonly asked: readonly { currency: string; amount: bigint }[];
  /** The last candidate that was decided; those after it were left for the next set. */
  readonly last: Candidate | undefined;
}

/**
 * Asks for payouts of a set of candidates, in the order of payee and currency: the same decision as when a payee asks, taken
 * again under the locks of the payees. Whoever cannot be paid any more is left out.
 */
export async function requestAll(
  tx: Db,
  ctx: ActionContext,
  rules: readonly ProviderRules[],
  settings: Settings,
  found: readonly Candidate[],
): Promise<SetAsked> {
  if (found.length === 0) return { asked: [], last: undefined };
  const payees = new Map(
    (
      await lockPayees(
        tx,
        found.map((row) => row.payeeId),
      )
    ).map((row) => [row.id, row]),
  );
  const rows = await scheduledEarnings(tx, found, earningsPerSetMax);
  const decided = rows.length < earningsPerSetMax ? found : upTo(found, rows);
  const earnings = Map.groupBy(rows, keyOf);
  const owed = Map.groupBy(await owedBy(tx, decided), keyOf);
  const open = new Set((await openRequests(tx, [...payees.keys()])).map(keyOf));
  const plans = decided.flatMap((candidate): RequestPlan[] => {
    const key = keyOf(candidate);
    const payee = payees.get(candidate.payeeId);
    if (!payee || payable(payee) || open.has(key)) return [];
    const recovered = owed.get(key) ?? [];
    const free = (earnings.get(key) ?? []).slice(0, earningsPerRequestMax);
    const carried = oldestWithin(free, sumOf(recovered), ctx.payoutLimits);
    const amount = sumOf(carried) - sumOf(recovered);
    const { currency } = candidate;
    if (ctx.payoutLimits && outsideLimits(amount, ctx.payoutLimits) !== null) return [];
    if (amount < candidate.least || !isTaken(rules, payee.methodType, { amount, currency })) return [];
    return [{ kind: 'request', payee, amount, currency, earnings: carried, recovered, conversion: null }];
  });
  await writePayouts(tx, ctx, settings, plans);
  return { asked: plans, last: decided.at(-1) };
}

/** True when the payout method takes this amount as it is; the clock converts nothing. */
function isTaken(
  rules: readonly ProviderRules[],
  methodType: string | null,
  { amount, currency }: { amount: bigint; currency: string },
): boolean {
  const provider = rules.find(({ name }) => name === methodType);
  const step = stepOf(provider?.capabilities.payableSteps ?? null, currency);
  return step !== null && amount % step === 0n;
}

function keyOf({ payeeId, currency }: { payeeId: bigint; currency: string }): string {
  return `${payeeId} ${currency}`;
}

/** The candidates whose earnings were read whole, or as far as one request carries them. */
function upTo(found: readonly Candidate[], rows: readonly PayeeItem[]): readonly Candidate[] {
  const end = rows.at(-1);
  const key = end ? keyOf(end) : '';
  const at = found.findIndex((candidate) => keyOf(candidate) === key);
  const read = rows.filter((row) => keyOf(row) === key).length;
  return found.slice(0, read >= earningsPerRequestMax ? at + 1 : at);
}
