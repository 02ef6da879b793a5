import type { MoneyPlace, PayoutState } from '../core/payout.ts';
import { placeOf } from '../core/payout.ts';
import type { AccountKind } from './accounts.ts';
import { platformOwner, providerOwners } from './accounts.ts';

/** One leg: credit positive, debit negative, minor units. */
export interface Line {
  readonly account: AccountKind;
  readonly ownerId: bigint;
  readonly currency: string;
  readonly amount: bigint;
}

/** One business fact, posted once for ever under (sourceType, sourceId, kind). */
export interface Fact {
  readonly sourceId: bigint;
  readonly lines: readonly Line[];
}

/** Earning recorded and available: source → payee available (net), platform fees (fee). */
export function earningRecorded(earning: {
  id: bigint;
  payeeId: bigint;
  net: bigint;
  fee: bigint;
  currency: string;
}): Fact {
  const { currency, net, fee } = earning;
  const lines: Line[] = [
    { account: 'source', ownerId: platformOwner, currency, amount: -(net + fee) },
    { account: 'payee_available', ownerId: earning.payeeId, currency, amount: net },
  ];
  if (fee > 0n) lines.push({ account: 'platform_fees', ownerId: platformOwner, currency, amount: fee });
  return { sourceId: earning.id, lines };
}

/** A payout that moved from one state to another. */
export interface Move {
  readonly attemptId: bigint;
  readonly payeeId: bigint;
  readonly provider: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly from: PayoutState;
  readonly to: PayoutState;
}

const accounts = {
  available: 'payee_available',
  reserved: 'payee_reserved',
  clearing: 'provider_clearing',
  paid: 'provider_float',
} as const satisfies Record<MoneyPlace, AccountKind>;

/**
 * The posting of a change of state: debit where the money was, credit where it is now. Null when its place is the same
 * (sent → unclaimed), as nothing moves in the books.
 */
export function payoutMoved(move: Move): Fact | null {
  const from = placeOf(move.from);
  const to = placeOf(move.to);
  if (from === to) return null;
  return {
    sourceId: move.attemptId,
    lines: [line(from, move, -move.amount), line(to, move, move.amount)],
  };
}

function line(place: MoneyPlace, move: Move, amount: bigint): Line {
  const account = accounts[place];
  const ownerId = place === 'clearing' || place === 'paid' ? ownerOf(move.provider) : move.payeeId;
  return { account, ownerId, currency: move.currency, amount };
}

function ownerOf(provider: string): bigint {
  const owner = providerOwners[provider];
  if (owner === undefined) throw new Error(`provider ${provider} has no account in the chart of accounts`);
  return owner;
}

/** Fees the provider charged for a submission: platform costs → provider float. */
export function feesCharged(submission: {
  id: bigint;
  provider: string;
  currency: string;
  fees: bigint;
}): Fact {
  const { currency, fees } = submission;
  return {
    sourceId: submission.id,
    lines: [
      { account: 'platform_costs', ownerId: platformOwner, currency, amount: -fees },
      { account: 'provider_float', ownerId: ownerOf(submission.provider), currency, amount: fees },
    ],
  };
}
