import { fault } from '../core/fault-words.ts';
import { feeOf } from '../core/fees.ts';
import { isReservedSource } from '../core/source-types.ts';
import type { KnownEarning } from '../store/earnings.ts';
import type { PayeeInput } from '../store/payees.ts';

/** One earning as asked for. `gross` in minor units; `payee` creates or updates the payee on the way. */
export interface EarningItem {
  readonly sourceType: string;
  readonly externalId: string;
  readonly payeeExternalId: string;
  readonly cycleId: string | null;
  readonly gross: bigint;
  /** Null: what is set for its source type. */
  readonly feeBps: number | null;
  readonly currency: string;
  readonly note: string | null;
  /** When it becomes available; null: as the end of its event says, else at once. */
  readonly availableAt: Date | null;
  readonly eventEndsAt?: Date | null;
  readonly payee: Omit<PayeeInput, 'externalId'> | null;
}

/** A field that an earning was recorded with and that the item says otherwise. Amounts in minor units. */
interface EarningDifference {
  readonly field: 'payeeExternalId' | 'cycleId' | 'amount' | 'fee' | 'currency';
  readonly recorded: string | bigint | null;
  readonly given: string | bigint | null;
}

export type EarningResult =
  | { readonly status: 'created' | 'unchanged' }
  | { readonly status: 'conflict'; readonly differences: readonly EarningDifference[] }
  | { readonly status: 'invalid'; readonly code: string; readonly path: string; readonly message: string };

/** What items are judged by: what was there when the transaction looked. */
export interface Surroundings {
  /** Fee of a source type where an item does not say one. */
  feeBpsOf(sourceType: string): number;
  readonly known: ReadonlyMap<string, KnownEarning>;
  readonly cycles: ReadonlyMap<string, { id: bigint; status: 'open' | 'closed' }>;
  readonly payees: ReadonlyMap<string, bigint>;
}

export interface Judged {
  readonly item: EarningItem;
  readonly result: EarningResult;
}

/** Names an earning among all. Neither part can hold a NUL. */
export function keyOf(earning: { sourceType: string; externalId: string }): string {
  return `${earning.sourceType}\0${earning.externalId}`;
}

/** Fee and net of an item, minor units. An item that says no fee has that of its source type. */
export function netOf(
  item: EarningItem,
  { feeBpsOf }: Pick<Surroundings, 'feeBpsOf'>,
): { fee: bigint; net: bigint } {
  const fee = feeOf(item.gross, item.feeBps ?? feeBpsOf(item.sourceType));
  return { fee, net: item.gross - fee };
}

/**
 * An item against the earning of its key that exists: the same money for the same payee, or a conflict. One that says no fee
 * agrees with the fee it was recorded with, whatever is set now.
 */
export function compare(known: KnownEarning, item: EarningItem): EarningResult {
  const fee = item.feeBps === null ? known.fee : feeOf(item.gross, item.feeBps);
  const given: KnownEarning = { ...item, fee };
  const fields = [
    ['payeeExternalId', 'payeeExternalId'],
    ['cycleId', 'cycleId'],
    ['gross', 'amount'],
    ['fee', 'fee'],
    ['currency', 'currency'],
  ] as const;
  const differences = fields.flatMap(([column, field]) =>
    known[column] === given[column] ? [] : [{ field, recorded: known[column], given: given[column] }],
  );
  return differences.length === 0 ? { status: 'unchanged' } : { status: 'conflict', differences };
}

/**
 * Decides every item before anything is written. `created` means: nothing stands against it. Items of one request are
 * judged in their order, so of two with one key the first counts and the second is compared with it.
 */
export function judgeItems(items: readonly EarningItem[], around: Surroundings): Judged[] {
  const alone = items.map((item): Judged => ({ item, result: judgeAlone(item, around) }));
  const steady = refuseSecondMethods(alone);
  const carried = new Set(carriedPayees(steady).map((payee) => payee.externalId));
  const first = new Map<string, KnownEarning>();
  return steady.map(({ item, result }) => {
    if (result.status !== 'created') return { item, result };
    if (!around.payees.has(item.payeeExternalId) && !carried.has(item.payeeExternalId)) {
      return {
        item,
        result: invalid('payee_not_found', 'payeeExternalId', fault('earning_payee_missing')),
      };
    }
    const earlier = first.get(keyOf(item));
    if (earlier) return { item, result: compare(earlier, item) };
    first.set(keyOf(item), { ...item, fee: netOf(item, around).fee });
    return { item, result };
  });
}

function judgeAlone(item: EarningItem, around: Surroundings): EarningResult {
  const known = around.known.get(keyOf(item));
  if (known) return compare(known, item);
  if (isReservedSource(item.sourceType))
    return invalid('source_type_reserved', 'sourceType', fault('earning_source_own'));
  if (netOf(item, around).net <= 0n) return invalid('nothing_left', 'feeBps', fault('earning_nothing_left'));
  if (item.cycleId === null) return { status: 'created' };
  const cycle = around.cycles.get(item.cycleId);
  if (!cycle) return invalid('cycle_not_found', 'cycleId', fault('earning_cycle_missing'));
  if (cycle.status === 'closed') return invalid('cycle_closed', 'cycleId', fault('earning_cycle_closed'));
  return { status: 'created' };
}

function invalid(code: string, path: string, message: string): EarningResult {
  return { status: 'invalid', code, path, message };
}

/** One request that names two addresses for one payee does not say where the money goes: the later items are refused. */
function refuseSecondMethods(judged: readonly Judged[]): Judged[] {
  const methods = new Map<string, string>();
  return judged.map(({ item, result }) => {
    const method = item.payee?.method;
    if (!method || !counts(result)) return { item, result };
    const address = `${method.type}\0${method.destination}`;
    const earlier = methods.get(item.payeeExternalId) ?? address;
    methods.set(item.payeeExternalId, earlier);
    if (earlier === address) return { item, result };
    const message = fault('earning_two_addresses');
    return { item, result: invalid('payee_method_ambiguous', 'payee.payoutMethod', message) };
  });
}

/** Payees to save, one per external id: an empty name or address never hides one that another item gives. */
export function carriedPayees(judged: readonly Judged[]): PayeeInput[] {
  const payees = new Map<string, PayeeInput>();
  for (const { item, result } of judged) {
    if (!item.payee || !counts(result)) continue;
    const earlier = payees.get(item.payeeExternalId);
    payees.set(item.payeeExternalId, {
      externalId: item.payeeExternalId,
      name: item.payee.name || (earlier?.name ?? ''),
      email: item.payee.email ?? earlier?.email ?? null,
      method: item.payee.method ?? earlier?.method ?? null,
    });
  }
  return [...payees.values()];
}

/** A conflicting or invalid item says nothing about its payee either. */
function counts(result: EarningResult): boolean {
  return result.status === 'created' || result.status === 'unchanged';
}
