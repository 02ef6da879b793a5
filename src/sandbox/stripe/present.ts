import type { World } from '../world.ts';
import { idOf } from './ids.ts';
import { reversalsOf, type ReversalRow, type TransferRow } from './rows.ts';

/** Reversals inside a transfer; the others are on pages of their own. */
const reversalsShown = 10;

export function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}

export function presentTransfer(world: World, transfer: TransferRow): Record<string, unknown> {
  const reversals = reversalsOf(world, transfer, reversalsShown + 1);
  return {
    id: transfer.id,
    object: 'transfer',
    amount: transfer.amount,
    amount_reversed: transfer.amount_reversed,
    balance_transaction: idOf(world, 'txn', transfer.seq),
    created: seconds(transfer.created_at),
    currency: transfer.currency,
    description: transfer.description,
    destination: transfer.destination,
    destination_payment: idOf(world, 'py', transfer.seq),
    livemode: false,
    metadata: JSON.parse(transfer.metadata) as unknown,
    reversals: {
      object: 'list',
      data: reversals.slice(0, reversalsShown).map((reversal) => presentReversal(world, transfer, reversal)),
      has_more: reversals.length > reversalsShown,
      url: `/v1/transfers/${transfer.id}/reversals`,
    },
    reversed: transfer.amount_reversed === transfer.amount,
    source_transaction: transfer.source_transaction,
    source_type: transfer.source_type,
    transfer_group: transfer.transfer_group,
  };
}

export function presentReversal(
  world: World,
  transfer: TransferRow,
  reversal: ReversalRow,
): Record<string, unknown> {
  return {
    id: reversal.id,
    object: 'transfer_reversal',
    amount: reversal.amount,
    balance_transaction: idOf(world, 'txn', 1_000_000_000 + reversal.seq),
    created: seconds(reversal.created_at),
    currency: transfer.currency,
    destination_payment_refund: idOf(world, 'pyr', reversal.seq),
    metadata: JSON.parse(reversal.metadata) as unknown,
    source_refund: null,
    transfer: transfer.id,
  };
}
