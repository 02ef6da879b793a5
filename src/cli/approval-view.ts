import { formatMoney } from '../core/money.ts';
import { momentText } from './moment.ts';

/** A payout with what its approver looks at, as the API shows it. */
export interface Approvable {
  readonly id: string;
  readonly payeeId: string;
  readonly payeeName: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: string;
  readonly createdAt: string;
  readonly approval: {
    readonly approvalHash: string;
    readonly requestedBy: string;
    readonly expiresAt: string | null;
    readonly method: { readonly type: string; readonly destination: string };
    readonly approvals: readonly { readonly by: string; readonly at: string }[];
    readonly approversNeeded: number;
    readonly hold: { readonly reason: string; readonly until: string | null } | null;
    readonly warnings: readonly string[];
  } | null;
}

/** Payee, amount, method and everything an approver should look at. */
export function approvableText(payout: Approvable): string[] {
  const { approval } = payout;
  const who = payout.payeeName === '' ? payout.payeeId : `${payout.payeeName} (${payout.payeeId})`;
  const to = approval ? ` to ${approval.method.type} ${approval.method.destination}` : '';
  const lines = [`${payout.id}  ${formatMoney(BigInt(payout.amount), payout.currency)}  ${who}${to}`];
  if (approval === null) return lines;
  const { requestedBy, expiresAt, approvals, approversNeeded, hold } = approval;
  const end = expiresAt === null ? '' : `, declined by itself at ${momentText(expiresAt)}`;
  lines.push(`    asked for by ${requestedBy} at ${momentText(payout.createdAt)}${end}`);
  if (approversNeeded > 1)
    lines.push(
      `    needs ${approversNeeded} approvers, ${approvals.length === 0 ? 'none yet' : `approved by ${approvals.map(({ by }) => by).join(', ')}`}`,
    );
  if (hold)
    lines.push(`    on hold${hold.until === null ? '' : ` until ${momentText(hold.until)}`}: ${hold.reason}`);
  for (const warning of approval.warnings) lines.push(`    ! ${warning}`);
  lines.push(`    hash ${approval.approvalHash}`);
  return lines;
}

/** The sums of these payouts by currency: "2 payouts, 100.00 USD". */
export function sumText(payouts: readonly Approvable[]): string {
  const sums = new Map<string, bigint>();
  for (const { amount, currency } of payouts) sums.set(currency, (sums.get(currency) ?? 0n) + BigInt(amount));
  const totals = [...sums].map(([currency, amount]) => formatMoney(amount, currency)).join(' + ');
  return `${payouts.length} ${payouts.length === 1 ? 'payout' : 'payouts'}, ${totals}`;
}
