import type { MoneyPlace, PayoutState } from '../core/payout.ts';
import { placeOf } from '../core/payout.ts';
import type { AccountKind } from './accounts.ts';
import { legacyProvider, platformOwner, providerOwners } from './accounts.ts';
import { crossing } from './conversions.ts';

/** One leg: credit positive, debit negative, minor units. */
interface Line {
  readonly account: AccountKind;
  readonly ownerId: bigint;
  readonly currency: string;
  readonly amount: bigint;
}

/** One business fact, posted once for ever under (sourceType, sourceId, kind). */
export interface Fact {
  readonly sourceId: bigint;
  readonly lines: readonly Line[];
  /** Absent when nothing changes of what has left a payee's accounts. */
  readonly away?: Away;
}

/**
 * How a fact changes what has left the accounts of a payee: with a provider and not arrived yet, or paid. Minor units of the
 * balance it left, whatever it is paid in. The lines name the provider and not the payee, so this says whose it is.
 */
interface Away {
  readonly ownerId: bigint;
  readonly currency: string;
  readonly onItsWay: bigint;
  readonly paid: bigint;
}

export interface BookedEarning {
  readonly id: bigint;
  readonly payeeId: bigint;
  readonly net: bigint;
  readonly fee: bigint;
  readonly currency: string;
  /** The clock has not freed it yet. */
  readonly pending?: boolean;
}

/** Earning recorded: source → payee available, or payee pending while it waits (net), platform fees (fee). */
export function earningRecorded(earning: BookedEarning): Fact {
  const { currency, net, fee } = earning;
  const account = earning.pending === true ? 'payee_pending' : 'payee_available';
  const lines: Line[] = [
    { account: 'source', ownerId: platformOwner, currency, amount: -(net + fee) },
    { account, ownerId: earning.payeeId, currency, amount: net },
  ];
  if (fee > 0n) lines.push({ account: 'platform_fees', ownerId: platformOwner, currency, amount: fee });
  return { sourceId: earning.id, lines };
}

/** Earning became available by the clock: payee pending → payee available. */
export function earningMatured({ id, payeeId: ownerId, net, currency }: BookedEarning): Fact {
  return {
    sourceId: id,
    lines: [
      { account: 'payee_pending', ownerId, currency, amount: -net },
      { account: 'payee_available', ownerId, currency, amount: net },
    ],
  };
}

/**
 * Earning taken back: where it waits or was available → source, its fee too. What is available may fall below zero, when
 * the earning was paid already.
 */
export function earningReversed(earning: BookedEarning): Fact {
  const { sourceId, lines } = earningRecorded(earning);
  return { sourceId, lines: lines.map((leg) => ({ ...leg, amount: -leg.amount })) };
}

/** What came back of the payment of an earning that was taken back counts against it: source → payee available. */
export function earningCovered(earning: {
  id: bigint;
  payeeId: bigint;
  currency: string;
  amount: bigint;
}): Fact {
  const { id: sourceId, payeeId, currency, amount } = earning;
  return {
    sourceId,
    lines: [
      { account: 'source', ownerId: platformOwner, currency, amount: -amount },
      { account: 'payee_available', ownerId: payeeId, currency, amount },
    ],
  };
}

/** Money of a payout that changes place. */
interface Money {
  /** The attempt, or the payout itself where no attempt moved it. */
  readonly attemptId: bigint;
  readonly payeeId: bigint;
  readonly provider: string;
  readonly amount: bigint;
  readonly currency: string;
  /** Of a converted payout: what leaves its balance, and what of it the platform keeps, in the currency that is paid. */
  readonly sourceCurrency?: string | null;
  readonly sourceAmount?: bigint | null;
  readonly spreadAmount?: bigint | null;
}

/** A payout that moved from one state to another. */
export interface Move extends Money {
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
 * (sent → unclaimed), as nothing moves in the books. A converted payout is with its payee in the currency of the balance
 * and with the provider in the one that is paid; between the two, the money goes through two clearing accounts.
 */
export function payoutMoved(move: Move): Fact | null {
  const from = placeOf(move.from);
  const to = placeOf(move.to);
  return from === to ? null : moved(move, from, to);
}

function moved(move: Money, from: MoneyPlace, to: MoneyPlace): Fact {
  const lines = [
    line(from, move, -1n),
    line(to, move, 1n),
    ...(isAway(from) === isAway(to) ? [] : crossing(move, isAway(to) ? 1n : -1n)),
  ];
  return {
    sourceId: move.attemptId,
    // Of a converted payout, a little of one currency can be nothing of the other.
    lines: lines.filter(({ amount }) => amount !== 0n),
    ...(isAway(from) || isAway(to) ? { away: awayOf(move, from, to) } : {}),
  };
}

function awayOf(move: Money, from: MoneyPlace, to: MoneyPlace): Away {
  const amount = move.sourceAmount ?? move.amount;
  const change = (place: MoneyPlace) => (to === place ? amount : from === place ? -amount : 0n);
  return {
    ownerId: move.payeeId,
    currency: move.sourceCurrency ?? move.currency,
    onItsWay: change('clearing'),
    paid: change('paid'),
  };
}

/**
 * A part came back while the rest stays paid: provider float → payee available. Of a converted payout with its part of the
 * legs of the conversion, back.
 */
export function partReturned(part: Money): Fact {
  return moved(part, 'paid', 'available');
}

/** A part that somebody decided about, in minor units of the balance. */
interface Decided {
  readonly attemptId: bigint;
  readonly payeeId: bigint;
  readonly currency: string;
  readonly amount: bigint;
}

/**
 * Somebody decided about a part that came back: payee available → source. Where it is to be paid again, it comes back from
 * there as an earning of its own, which is paid once like any other.
 */
export function partSettled(part: Decided): Fact {
  const { attemptId: sourceId, payeeId, currency, amount } = part;
  return {
    sourceId,
    lines: [
      { account: 'payee_available', ownerId: payeeId, currency, amount: -amount },
      { account: 'source', ownerId: platformOwner, currency, amount },
    ],
  };
}

/** Has the money left what belongs to the payee? */
function isAway(place: MoneyPlace): place is 'clearing' | 'paid' {
  return place === 'clearing' || place === 'paid';
}

function line(place: MoneyPlace, move: Money, sign: bigint): Line {
  if (move.provider === legacyProvider && isAway(place)) {
    return {
      account: `legacy_${place}`,
      ownerId: platformOwner,
      currency: move.currency,
      amount: sign * move.amount,
    };
  }
  const account = accounts[place];
  if (isAway(place)) {
    return { account, ownerId: ownerOf(move.provider), currency: move.currency, amount: sign * move.amount };
  }
  const { payeeId: ownerId, sourceCurrency, sourceAmount } = move;
  const currency = sourceCurrency ?? move.currency;
  return { account, ownerId, currency, amount: sign * (sourceAmount ?? move.amount) };
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
