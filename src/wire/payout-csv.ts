import { z } from 'zod';
import { mask } from '../core/mask.ts';
import { formatAmount } from '../core/money.ts';
import type { PayoutState } from '../core/payout.ts';
import { payoutStates } from '../core/payout.ts';
import { csvLine } from './csv.ts';
import { anyId } from './text.ts';

export const payoutExportQuery = z.object({
  status: z.enum(payoutStates).optional(),
  payeeId: anyId.optional(),
  cycleId: anyId.optional(),
});

/** A payout as a spreadsheet takes it. Days are those of the platform's time zone. */
export interface PayoutLine {
  readonly publicId: string;
  readonly payeeId: string;
  readonly payeeName: string;
  readonly email: string | null;
  /** The caller may see the address, and no money goes there. */
  readonly emailIsWhole: boolean;
  readonly amount: bigint;
  readonly currency: string;
  readonly methodType: string | null;
  readonly masked: string | null;
  readonly state: PayoutState;
  readonly requestedOn: string;
  readonly scheduledOn: string | null;
  readonly tickets: bigint;
  readonly firstOn: string | null;
  readonly lastOn: string | null;
}

const columns = {
  organizer: (row) => row.payeeName,
  email: (row) => (row.email === null || row.emailIsWhole ? (row.email ?? '') : mask(row.email)),
  amount: (row) => formatAmount(row.amount, row.currency),
  currency: (row) => row.currency,
  method: (row) => `${row.methodType ?? ''} ${row.masked ?? ''}`.trim(),
  requested_date: (row) => row.requestedOn,
  scheduled_date: (row) => row.scheduledOn ?? '',
  tickets: (row) => row.tickets.toString(),
  period: (row) => (row.firstOn === null ? '' : `${row.firstOn} to ${row.lastOn ?? row.firstOn}`),
  status: (row) => row.state,
  payout_id: (row) => row.publicId,
  payee_id: (row) => row.payeeId,
} as const satisfies Record<string, (row: PayoutLine) => string>;

export function payoutCsvHeader(): string {
  return csvLine(Object.keys(columns));
}

/** One line; the amount in major units with the decimals of its currency. */
export function payoutCsvLine(row: PayoutLine): string {
  return csvLine(Object.values(columns).map((read) => read(row)));
}
