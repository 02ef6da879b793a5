import { row, rows } from '../database.ts';
import type { World } from '../world.ts';

/** A transfer as it is kept; amounts in Stripe's units. */
export interface TransferRow {
  readonly seq: number;
  readonly id: string;
  readonly created_at: number;
  readonly amount: number;
  readonly amount_reversed: number;
  readonly currency: string;
  readonly destination: string;
  readonly description: string | null;
  /** JSON. */
  readonly metadata: string;
  readonly transfer_group: string | null;
  /** `transfer_group` without the `-a<n>` of a later attempt. */
  readonly base_group: string | null;
  readonly source_transaction: string | null;
  readonly source_type: string;
  readonly idempotency_key: string | null;
  readonly fate: 'reversed' | 'partly' | null;
  readonly fate_at: number | null;
}

export interface ReversalRow {
  readonly seq: number;
  readonly id: string;
  readonly transfer_seq: number;
  readonly created_at: number;
  readonly amount: number;
  readonly metadata: string;
}

export function findTransfer(world: World, id: string): TransferRow | undefined {
  return row<TransferRow>(world.db, 'select * from stripe_transfer where id = ?', id);
}

export function reversalsOf(world: World, transfer: TransferRow, limit: number): ReversalRow[] {
  return rows<ReversalRow>(
    world.db,
    'select * from stripe_reversal where transfer_seq = ? order by seq desc limit ?',
    transfer.seq,
    limit,
  );
}
