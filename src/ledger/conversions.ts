import type { AccountKind } from './accounts.ts';
import { platformOwner } from './accounts.ts';

/** What is paid, and of a converted payout what leaves its balance and what of it the platform keeps; minor units. */
interface Exchange {
  readonly amount: bigint;
  readonly currency: string;
  readonly sourceCurrency?: string | null;
  readonly sourceAmount?: bigint | null;
  readonly spreadAmount?: bigint | null;
}

/**
 * The legs of a conversion beside the two of the payout: what leaves the balance goes into the clearing account of its
 * currency, what is paid comes out of the one of the other currency, and the spread with it. With sign -1n the same legs back:
 * what comes back is exactly what left, whatever the rates are by then. None when nothing is converted.
 */
export function crossing(payout: Exchange, sign: 1n | -1n) {
  const { amount, currency, sourceCurrency = null, sourceAmount = null, spreadAmount } = payout;
  if (sourceCurrency === null || sourceAmount === null) return [];
  const spread = spreadAmount ?? 0n;
  const leg = (account: AccountKind, code: string, value: bigint) => {
    return { account, ownerId: platformOwner, currency: code, amount: sign * value };
  };
  const legs = [
    leg('fx_clearing', sourceCurrency, sourceAmount),
    leg('fx_clearing', currency, -(amount + spread)),
  ];
  return spread > 0n ? [...legs, leg('fx_spread', currency, spread)] : legs;
}
