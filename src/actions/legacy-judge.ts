import type { EarningFact, Known, PayeeFact, Wanted } from '../core/legacy-match.ts';
import type { Reading } from '../core/legacy-reference.ts';
import { addressIn, readReference } from '../core/legacy-reference.ts';
import type { LegacyCells, LegacyFacts } from '../core/legacy-row.ts';
import { readLegacyRow } from '../core/legacy-row.ts';
import { mask } from '../core/mask.ts';
import { accountOf } from '../core/payout-method.ts';
import type { Db } from '../store/db.ts';
import type { Identity } from '../store/legacy-known.ts';
import { earningsInCycle, earningsNamed, lockAround, payeesAt, payeesNamed } from '../store/legacy-known.ts';
import type { ActionContext } from './context.ts';

/** A row of a report as it came. */
export interface GivenRow {
  readonly line: number;
  readonly cells: LegacyCells;
  readonly tooMany: boolean;
}

/** A row that was read; addresses are masked in what is kept of it. */
export interface ReadRow extends Identity {
  readonly line: number;
  readonly facts: LegacyFacts;
  readonly readings: readonly Reading[];
  readonly address: string | null;
  readonly wholeReference: string;
  readonly remarks: readonly string[];
  readonly kept: {
    readonly batchId: string | null;
    readonly reference: string;
    readonly receiver: string;
    readonly rawStatus: string;
  };
}

/** Characters kept of a cell. */
const keptCharsMax = 200;

const orNull = (text: string) => (text.trim() === '' ? null : text.trim().slice(0, keptCharsMax));
/** An address, or part of one, is never kept whole. */
const shown = (text: string) => {
  const kept = text.trim().slice(0, keptCharsMax).toWellFormed();
  return kept.includes('@') || /^\+?\d[\d ()-]{6,}$/.test(kept) ? mask(kept) : kept;
};

/**
 * Reads a row. Its key names it where the provider's ids are absent: a keyed hash of batch, reference, receiver, amount and
 * date, and not of what a later report says otherwise of the same payment.
 */
export function readRow(ctx: ActionContext, { line, cells, tooMany }: GivenRow): ReadRow {
  const facts = readLegacyRow(cells, tooMany);
  const { readings, problem } = readReference(cells.reference);
  const { batchId, reference, receiver, amount, currency, date } = cells;
  const said = [batchId, reference, receiver.toLowerCase(), amount, currency.toUpperCase(), date];
  return {
    line,
    facts,
    readings,
    address: addressIn(cells.receiver.trim()),
    wholeReference: cells.reference.trim(),
    remarks: problem === null ? facts.remarks : [...facts.remarks, remarkOf(problem)],
    transactionId: orNull(cells.transactionId),
    itemId: orNull(cells.itemId),
    rowKey: ctx.vault.fingerprint(['legacy row', ...said].join('\0')),
    kept: {
      batchId: orNull(batchId),
      // A user id may be all digits; only what is surely an address is masked.
      reference: reference.includes('@')
        ? shown(reference)
        : reference.trim().slice(0, keptCharsMax).toWellFormed(),
      receiver: shown(receiver),
      rawStatus: cells.status.trim().slice(0, keptCharsMax).toWellFormed(),
    },
  };
}

function remarkOf(problem: 'missing' | 'too_long' | 'unreadable'): string {
  if (problem === 'missing') return 'it has no reference';
  return problem === 'too_long' ? 'its reference is too long to be read' : 'its reference could not be read';
}

/** What a row wants to be matched by; null when it says nothing that can be counted. */
export function wantedOf({ facts, readings, address }: ReadRow): Wanted | null {
  const { problem, state, amount, currency } = facts;
  if (problem !== null || state === null || amount === null || currency === null) return null;
  return { readings, address, state, amount, currency };
}

/**
 * Everything that the rows could name, with the cycles and payees of it held until the transaction ends: what is found here
 * cannot be paid by a run or carried by a request meanwhile.
 */
export async function knownOf(
  tx: Db,
  ctx: ActionContext,
  rows: readonly ReadRow[],
  cycleId: bigint | null,
): Promise<Known> {
  const before = await lookUp(tx, ctx, rows, cycleId);
  const earnings = [before.earnings, before.ofCycle ?? new Map<bigint, EarningFact[]>()]
    .flatMap((found) => [...found.values()])
    .flat();
  const payees = [...before.payees.values(), ...[...before.byAddress.values()].flat()].map(({ id }) => id);
  const cycles = earnings.flatMap((earning) => earning.cycleId ?? []);
  await lockAround(
    tx,
    [...new Set(cycleId === null ? cycles : [...cycles, cycleId])],
    [...new Set([...payees, ...earnings.map((earning) => earning.payeeId)])],
  );
  // Again, as what was waited for has changed what is there.
  return lookUp(tx, ctx, rows, cycleId);
}

async function lookUp(
  tx: Db,
  ctx: ActionContext,
  rows: readonly ReadRow[],
  cycleId: bigint | null,
): Promise<Known> {
  const readings = rows.flatMap((row) => row.readings);
  const earnings = await earningsNamed(tx, texts(readings.map((one) => one.selectionId)), cycleId);
  const payees = await payeesNamed(tx, texts(readings.map((one) => one.userId)));
  const addresses = texts([...rows.map((row) => row.address), ...readings.map((one) => one.email)]);
  const reached = await payeesAt(
    tx,
    addresses.map((address) => ({
      address,
      fingerprint: ctx.vault.fingerprint(accountOf({ type: 'paypal', kind: 'email', destination: address })),
    })),
  );
  const all = new Set(
    [...payees, ...reached, ...earnings.map(({ payeeId: id }) => ({ id }))].map(({ id }) => id),
  );
  const theirs = cycleId === null ? null : await earningsInCycle(tx, [...all], cycleId);
  return {
    earnings: Map.groupBy(earnings, (earning) => earning.externalId),
    payees: new Map(payees.map((payee) => [payee.externalId, payee])),
    byAddress: Map.groupBy<string, PayeeFact & { address: string }>(reached, ({ address }) => address),
    ofCycle: theirs && Map.groupBy(theirs, (earning) => earning.payeeId),
  };
}

function texts(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}
