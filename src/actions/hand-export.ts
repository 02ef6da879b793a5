import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Totals } from '../core/money.ts';
import { addTo } from '../core/money.ts';
import { transaction } from '../store/db.ts';
import type { ExportFilter, Transfer } from '../store/hand-transfers.ts';
import { exportable, insertExport, lockExports } from '../store/hand-transfers.ts';
import { withDestinations } from '../store/payout-methods.ts';
import { recordEvents } from '../store/payout-moves.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** Transfers of one export; the rest goes into the next one. */
const transfersPerExportMax = 5_000;
/** Payouts that one event names. */
const namedMax = 100;

/** A transfer to be made by hand, with the whole account. */
type RevealedTransfer = Transfer & { readonly destination: string };

export interface HandExport {
  readonly exportId: string;
  readonly transfers: readonly RevealedTransfer[];
  /** More wait than one export takes. */
  readonly more: boolean;
}

/**
 * Hands approved payouts over to be paid by hand: shows their accounts in full, marks them as handed over and puts on record
 * who saw them. What is in an export already is left out unless asked for again. From then on no provider sends them.
 */
export async function exportTransfers(
  ctx: ActionContext,
  filter: ExportFilter,
): Promise<Outcome<HandExport>> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    await lockExports(tx);
    const found = await exportable(tx, filter, now, transfersPerExportMax + 1);
    const chosen = found.slice(0, transfersPerExportMax);
    if (chosen.length === 0) return refuse('nothing_to_export');
    const transfers = await withDestinations(tx, ctx.vault, chosen);
    const exportId = ctx.newId('he');
    await insertExport(tx, { publicId: exportId, method: filter.method, actor: ctx.actor, transfers }, now);
    const notes = transfers.map(({ id: payoutId }) => ({
      payoutId,
      from: 'approved' as const,
      to: 'approved' as const,
      event: 'export',
      detail: `in export ${exportId} to be paid by hand (${filter.method})`,
    }));
    await recordEvents(tx, notes, ctx.actor.name, now);
    const totals: Totals = {};
    for (const { amount, currency } of transfers) addTo(totals, currency, amount);
    const after = {
      method: filter.method,
      transfers: transfers.length,
      totals,
      again: filter.again,
      payouts: transfers.slice(0, namedMax).map(({ publicId }) => publicId),
    };
    await audit(
      tx,
      ctx,
      'hand_transfers.exported',
      { type: 'hand_transfer_export', id: exportId },
      { after },
    );
    return done({ exportId, transfers, more: found.length > transfersPerExportMax });
  });
}
