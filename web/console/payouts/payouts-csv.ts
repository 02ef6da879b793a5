import { formatAmount } from '../../../src/core/money.ts';
import { csvLine } from '../../../src/wire/csv.ts';
import type { Payout } from '../../client/types.ts';
import { saveFile } from './save-file.ts';

const header = [
  'payout_id',
  'payee_id',
  'payee',
  'amount',
  'currency',
  'status',
  'label',
  'next_step',
  'waiting_on',
];

/** The payouts that are chosen, as the list shows them. */
export function saveCsv(payouts: readonly Payout[]): void {
  const lines = payouts.map((payout) =>
    csvLine([
      payout.id,
      payout.payeeId,
      payout.payeeName,
      formatAmount(BigInt(payout.amount), payout.currency),
      payout.currency,
      payout.status,
      payout.label,
      payout.nextStep,
      payout.waitingOn,
    ]),
  );
  saveFile('payouts_chosen.csv', csvLine(header) + lines.join(''));
}
