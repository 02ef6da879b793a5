import { formatMoney } from './money.ts';

/** What of a balance payouts carry that failed or came back. */
export interface FailedMoney {
  readonly amount: bigint;
  readonly currency: string;
  readonly count: number;
}

/** It counts as available, and no request takes it: for operators. */
export function failedMoneyWords({ amount, currency, count }: FailedMoney): string {
  const money = formatMoney(amount, currency);
  return count === 1
    ? `${money} belongs to a payout that failed; it is paid by retrying that payout, not by a new request.`
    : `${money} belongs to ${count} payouts that failed; it is paid by retrying those payouts, not by a new request.`;
}
