import type { OwnBalance, OwnPayout, OwnPayoutDetails } from '../../client/types.ts';
import { isOnTheMove } from '../payouts/look.ts';
import { askableOf } from './askable.ts';

type Balance = OwnBalance['balances'][number];

/** What comes next, as far as anybody can say. */
export type Outlook =
  /** A payout is on the move. */
  | { readonly kind: 'underway'; readonly payout: OwnPayout; readonly by: string | null }
  /** The clock asks for what is available then. */
  | { readonly kind: 'scheduled'; readonly balance: Balance; readonly free: bigint; readonly at: string }
  /** Enough is there, and nothing asks by itself. */
  | { readonly kind: 'ask'; readonly balance: Balance; readonly free: bigint }
  /** What is available belongs to a payout that did not arrive, and is paid with it. */
  | { readonly kind: 'stuck'; readonly payout: OwnPayout }
  /** Too little yet, or nothing. */
  | { readonly kind: 'later'; readonly balance: Balance | null; readonly at: string | null };

/** The balance a payee thinks of first: the one with the most available, else the largest. */
export function mainBalance(balance: OwnBalance): Balance | null {
  const most = balance.balances.toSorted((one, other) =>
    Number(BigInt(other.available) - BigInt(one.available)),
  );
  return most[0] ?? null;
}

/** `details`: of the payout that is on the move, once they came. */
export function outlookOf(
  balance: OwnBalance,
  payouts: readonly OwnPayout[],
  details: OwnPayoutDetails | undefined,
): Outlook {
  const moving = payouts.find((payout) => isOnTheMove(payout));
  if (moving)
    return { kind: 'underway', payout: moving, by: details?.id === moving.id ? details.scheduledDate : null };
  const main = mainBalance(balance);
  const { free, isEnough } = main ? askableOf(main, payouts) : { free: 0n, isEnough: false };
  const stuck = payouts.find((payout) => payout.status === 'failed' || payout.status === 'returned');
  if (stuck && !isEnough) return { kind: 'stuck', payout: stuck };
  const at = balance.nextPayoutDate;
  if (main === null || !isEnough) return { kind: 'later', balance: main, at };
  return at === null ? { kind: 'ask', balance: main, free } : { kind: 'scheduled', balance: main, free, at };
}
