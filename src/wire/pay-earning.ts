import { jsonAmount } from '../core/money.ts';
import type { PayRow } from './pay-row.ts';

/** What the rows of one file have in common. */
interface Shared {
  /** Source type of the earnings, such as `winner`. */
  readonly source: string;
  readonly cycle: string;
}

/** The earning that a row of a file stands for, as `POST /earnings` takes it. */
export function earningOfRow(row: PayRow, { source, cycle }: Shared) {
  return {
    sourceType: source,
    externalId: row.reference,
    payeeExternalId: row.payeeExternalId,
    cycleId: cycle,
    amount: jsonAmount(row.amount),
    currency: row.currency,
    ...(row.note === null ? {} : { note: row.note }),
    payee: payeeOf(row),
  };
}

function payeeOf({ name, email, method: type, destination }: PayRow) {
  return {
    ...(name === null ? {} : { name }),
    ...(email === null ? {} : { email }),
    ...(destination === null
      ? {}
      : { payoutMethod: { type, kind: destination.kind, destination: destination.value } }),
  };
}
