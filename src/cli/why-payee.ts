import { formatMoney } from '../core/money.ts';
import type { Io } from './command.ts';
import { momentText } from './moment.ts';

/** Whether a payee can be paid, as the API shows it. */
export interface PayeeOutlook {
  readonly payeeId: string;
  readonly externalId: string;
  readonly headline: string;
  readonly payoutMethod: { readonly type: string; readonly destination: string } | null;
  readonly blocks: readonly { readonly words: string; readonly waitingOn: string }[];
  readonly balances: readonly {
    readonly currency: string;
    readonly available: number;
    readonly pending: number;
    readonly reserved: number;
    readonly onItsWay: number;
    readonly paid: number;
    readonly nextAvailableAt: string | null;
    readonly request: { readonly possible: boolean; readonly words: string };
  }[];
  readonly underWay: readonly {
    readonly id: string;
    readonly amount: number;
    readonly currency: string;
    readonly label: string;
    readonly waitingOn: string;
  }[];
  readonly nextPayoutDate: string | null;
}

/** Can we pay them, what is there, what is under way, what is in the way. */
export function printPayee(io: Io, payee: PayeeOutlook): void {
  const { payoutMethod, nextPayoutDate } = payee;
  io.out(payee.headline);
  const method = payoutMethod ? `${payoutMethod.type} ${payoutMethod.destination}` : 'no payout method';
  io.out(`Payee ${payee.externalId} (${payee.payeeId}), ${method}`);
  for (const block of payee.blocks) io.out(`Blocks: ${block.words} (waiting on: ${block.waitingOn})`);
  for (const balance of payee.balances) {
    const money = (amount: number) => formatMoney(BigInt(amount), balance.currency);
    const next =
      balance.nextAvailableAt === null ? '' : `, the next at ${momentText(balance.nextAvailableAt)}`;
    io.out(
      `  ${money(balance.available)} available, ${money(balance.pending)} pending${next}, ${money(balance.reserved)} reserved, ${money(balance.onItsWay)} on its way, ${money(balance.paid)} paid`,
    );
    io.out(`      Request: ${balance.request.words}`);
  }
  if (nextPayoutDate !== null) io.out(`The clock asks for them next at ${momentText(nextPayoutDate)}.`);
  if (payee.underWay.length > 0) io.out('Not paid yet:');
  for (const { id, amount, currency, label, waitingOn } of payee.underWay)
    io.out(`  ${id}  ${formatMoney(BigInt(amount), currency)}  ${label} (waiting on: ${waitingOn})`);
}
