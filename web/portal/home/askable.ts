import type { OwnBalance, OwnPayout } from '../../client/types.ts';

type Balance = OwnBalance['balances'][number];

/** What of a balance can be asked for now, from balance and payouts alone. Minor units. */
export interface Askable {
  readonly currency: string;
  /** Available, and not the money of a payout that did not arrive. */
  readonly free: bigint;
  /** Available, but of payouts that did not arrive: it is paid with them. */
  readonly stuck: bigint;
  readonly minimum: bigint;
  /** A request under way: there is one at a time. */
  readonly underWay: OwnPayout | null;
  readonly isEnough: boolean;
}

export function askableOf(balance: Balance, payouts: readonly OwnPayout[]): Askable {
  const { currency } = balance;
  const [available, missed] = [BigInt(balance.available), BigInt(balance.inFailed)];
  const stuck = atLeastNothing(missed < available ? missed : available);
  const free = available - stuck;
  const minimum = BigInt(balance.minimumPayout);
  const underWay = payouts.find((one) => isWaiting(one) && balanceOf(one) === currency) ?? null;
  return {
    currency,
    free,
    stuck,
    minimum,
    underWay,
    isEnough: underWay === null && free > 0n && free >= minimum,
  };
}

/** It is requested or approved, and follows its payee to another payout method. */
export function isWaiting({ status }: Pick<OwnPayout, 'status'>): boolean {
  return status === 'pending_approval' || status === 'approved';
}

/** The currency of the balance it leaves. */
function balanceOf({ currency, conversion }: OwnPayout): string {
  return conversion?.sourceCurrency ?? currency;
}

function atLeastNothing(amount: bigint): bigint {
  return amount > 0n ? amount : 0n;
}
