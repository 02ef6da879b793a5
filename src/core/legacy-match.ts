import type { LegacyState } from './legacy-row.ts';
import { countsAsPaid } from './legacy-row.ts';
import type { Reading } from './legacy-reference.ts';
import type { PayoutState } from './payout.ts';

/** An earning that a row may have paid. Amounts in minor units. */
export interface EarningFact {
  readonly id: bigint;
  readonly externalId: string;
  readonly payeeId: bigint;
  readonly payeeExternalId: string;
  readonly cycleId: bigint | null;
  readonly net: bigint;
  readonly currency: string;
  readonly pending: boolean;
  readonly reversed: boolean;
  /** The live payout it is in. */
  readonly livePayout: string | null;
  readonly liveState: PayoutState | null;
}

export interface PayeeFact {
  readonly id: bigint;
  readonly externalId: string;
}

/** What is known of everything that the rows could name. */
export interface Known {
  readonly earnings: ReadonlyMap<string, readonly EarningFact[]>;
  readonly payees: ReadonlyMap<string, PayeeFact>;
  /** By address in lower case: who is paid there, or is reached there. */
  readonly byAddress: ReadonlyMap<string, readonly PayeeFact[]>;
  /** Earnings of the cycle that the import names, by payee; null when it names none. */
  readonly ofCycle: ReadonlyMap<bigint, readonly EarningFact[]> | null;
}

export interface Wanted {
  readonly readings: readonly Reading[];
  readonly address: string | null;
  readonly state: LegacyState;
  readonly amount: bigint;
  readonly currency: string;
}

/** Why a row waits for somebody, or what it was matched by. */
export type MatchReason =
  | 'reference'
  | 'address'
  | 'several_payees'
  | 'several_earnings'
  | 'earning_unclear'
  | 'sources_disagree'
  | 'amount_differs'
  | 'earning_taken_back'
  | 'already_on_its_way'
  | 'already_paid'
  | 'failed_here'
  | 'nobody_found';

export type Verdict =
  | {
      readonly result: 'matched';
      readonly reason: MatchReason;
      readonly payee: PayeeFact;
      readonly earning: EarningFact | null;
    }
  | {
      readonly result: 'ambiguous' | 'unmatched';
      readonly reason: MatchReason;
      readonly candidates: readonly string[];
      /** The live payout that stands against it. */
      readonly payoutId?: string | null;
    };

/**
 * Whom a row paid, and which earning. Reference and address are two witnesses: what either says alone counts when it names
 * one payee; when both speak they must agree on one. Everything else is left to a person.
 */
export function matchRow(wanted: Wanted, known: Known): Verdict {
  const exact = exactEarnings(wanted, known);
  const mails = mailsOf(wanted, known);
  if (exact.length > 1) return ambiguous('several_earnings', exact.map(wordsOf));
  const [sure] = exact;
  if (sure) {
    const contradicted = mails.length > 0 && !mails.some(({ id }) => id === sure.payeeId);
    if (contradicted) return ambiguous('sources_disagree', [wordsOf(sure), ...mails.map(payeeWords)]);
    return settle(wanted, { id: sure.payeeId, externalId: sure.payeeExternalId }, sure, 'reference');
  }
  return byWitnesses(wanted, known, mails);
}

/** Readings that name a selection and its own user. */
function exactEarnings({ readings }: Wanted, known: Known): EarningFact[] {
  const found = readings.flatMap(({ selectionId, userId }) =>
    selectionId === null || userId === null
      ? []
      : (known.earnings.get(selectionId) ?? []).filter((earning) => earning.payeeExternalId === userId),
  );
  return unique(found);
}

function mailsOf({ address, readings }: Wanted, known: Known): PayeeFact[] {
  const addresses = [address, ...readings.map(({ email }) => email)];
  return unique(addresses.flatMap((one) => (one === null ? [] : (known.byAddress.get(one) ?? []))));
}

function byWitnesses(wanted: Wanted, known: Known, mails: readonly PayeeFact[]): Verdict {
  const named = wanted.readings.flatMap(({ selectionId }) =>
    selectionId === null ? [] : (known.earnings.get(selectionId) ?? []),
  );
  const users = wanted.readings.flatMap(({ userId }) => {
    const payee = userId === null ? undefined : known.payees.get(userId);
    return payee ? [payee] : [];
  });
  const owners = named.map(({ payeeId: id, payeeExternalId: externalId }) => ({ id, externalId }));
  const refs = unique<PayeeFact>([...users, ...owners]);
  const agreed =
    refs.length > 0 && mails.length > 0
      ? refs.filter(({ id }) => mails.some((mail) => mail.id === id))
      : [...refs, ...mails];
  const all = unique<PayeeFact>([...refs, ...mails]);
  const [payee, second] = agreed;
  if (!payee) {
    if (all.length > 0) return ambiguous('sources_disagree', all.map(payeeWords));
    return { result: 'unmatched', reason: 'nobody_found', candidates: [] };
  }
  // A selection that belongs to somebody else than the user beside it contradicts itself.
  if (contradictsItself(wanted, known)) return ambiguous('sources_disagree', all.map(payeeWords));
  if (second) return ambiguous('several_payees', agreed.map(payeeWords));
  const theirs = unique(named.filter(({ payeeId }) => payeeId === payee.id));
  if (theirs.length > 1) return ambiguous('several_earnings', theirs.map(wordsOf));
  const reason = refs.length > 0 ? 'reference' : 'address';
  const [one] = theirs;
  if (one) return settle(wanted, payee, one, reason);
  const ofCycle = known.ofCycle?.get(payee.id) ?? [];
  if (namesOnlyPayee(wanted, known, payee)) return withinCycle(wanted, payee, ofCycle, reason);
  // It names something that is not recorded here, while something of theirs stands unpaid: which one, nobody can say.
  const open = countsAsPaid(wanted.state) ? ofCycle.filter(({ liveState }) => liveState === null) : [];
  if (open.length > 0) return ambiguous('earning_unclear', open.map(wordsOf));
  return settle(wanted, payee, null, reason);
}

/** A reading names a selection and a user beside it, but the selection is somebody else's. */
function contradictsItself({ readings }: Wanted, known: Known): boolean {
  return readings.some(
    ({ selectionId, userId }) =>
      selectionId !== null && userId !== null && (known.earnings.get(selectionId) ?? []).length > 0,
  );
}

/** The row says who was paid, by id or address, and nothing of what for. */
function namesOnlyPayee({ readings }: Wanted, known: Known, payee: PayeeFact): boolean {
  return (
    readings.length === 0 ||
    readings.some(
      ({ selectionId, userId, email }) =>
        selectionId === null &&
        (email !== null || (userId !== null && known.payees.get(userId)?.id === payee.id)),
    )
  );
}

/** What was paid is the one thing that the payee earned in the cycle of the import. */
function withinCycle(
  wanted: Wanted,
  payee: PayeeFact,
  ofCycle: readonly EarningFact[],
  reason: MatchReason,
): Verdict {
  const [one, second] = ofCycle;
  if (second && countsAsPaid(wanted.state)) return ambiguous('several_earnings', ofCycle.map(wordsOf));
  return settle(wanted, payee, second ? null : (one ?? null), reason);
}

/** The payee is sure. Which earning it was, and whether it can be counted as paid. */
function settle(wanted: Wanted, payee: PayeeFact, earning: EarningFact | null, reason: MatchReason): Verdict {
  if (earning === null) return { result: 'matched', reason, payee, earning };
  const isSame = earning.net === wanted.amount && earning.currency === wanted.currency;
  if (!countsAsPaid(wanted.state))
    return { result: 'matched', reason, payee, earning: isSame && !earning.reversed ? earning : null };
  if (!isSame) return ambiguous('amount_differs', [wordsOf(earning)]);
  if (earning.reversed) return ambiguous('earning_taken_back', [wordsOf(earning)]);
  const conflict = conflictOf(earning.liveState);
  if (conflict === null) return { result: 'matched', reason, payee, earning };
  return { ...ambiguous(conflict, [wordsOf(earning)]), payoutId: earning.livePayout };
}

/** What stands against counting an earning as paid: the live payout it is in. */
export function conflictOf(state: PayoutState | null): MatchReason | null {
  if (state === null) return null;
  if (state === 'completed') return 'already_paid';
  return state === 'failed' || state === 'returned' ? 'failed_here' : 'already_on_its_way';
}

function ambiguous(reason: MatchReason, candidates: readonly string[]) {
  return { result: 'ambiguous', reason, candidates: candidates.slice(0, candidatesMax) } as const;
}

/** Candidates that a row lists. */
const candidatesMax = 10;

const payeeWords = ({ externalId }: PayeeFact) => `payee ${externalId}`;
const wordsOf = (earning: EarningFact) => `earning ${earning.externalId} of payee ${earning.payeeExternalId}`;

function unique<T extends { readonly id: bigint }>(rows: readonly T[]): T[] {
  return [...new Map(rows.map((row) => [row.id, row])).values()];
}
