import { row, rows, run } from '../database.ts';
import type { World } from '../world.ts';
import { wordsOf } from './accounts.ts';
import { moveBalance } from './balance.ts';
import { writeEvent } from './events.ts';
import { idOf } from './ids.ts';
import { presentTransfer } from './present.ts';
import { findTransfer, type ReversalRow, type TransferRow } from './rows.ts';

type NewTransfer = Pick<
  TransferRow,
  | 'amount'
  | 'currency'
  | 'destination'
  | 'description'
  | 'metadata'
  | 'transfer_group'
  | 'source_transaction'
  | 'source_type'
  | 'idempotency_key'
>;

/** Which request did it; for events. */
export interface Cause {
  readonly requestId: string | null;
  readonly key: string | null;
}

const fateFactor = 3;
const fateMsMin = 100;
const dueMax = 1000;

/** Moves the money and announces it, inside the caller's transaction; undefined when the balance does not cover it. */
export function insertTransfer(world: World, made: NewTransfer, cause: Cause): TransferRow | undefined {
  if (!moveBalance(world, made.currency, -made.amount)) return undefined;
  const seq = nextSeq(world, 'stripe_transfer');
  const now = world.clock.now();
  const words = wordsOf(made.destination);
  const returns = words.has('reversed') || words.has('returned');
  const fate = returns ? 'reversed' : words.has('partly') ? 'partly' : null;
  const fateAt = fate === null ? null : now + fateFactor * Math.max(world.settleMs, fateMsMin);
  const id = idOf(world, 'tr', seq);
  run(
    world.db,
    `insert into stripe_transfer (seq, id, created_at, amount, currency, destination, description, metadata,
       transfer_group, base_group, source_transaction, source_type, idempotency_key, fate, fate_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    id,
    now,
    made.amount,
    made.currency,
    made.destination,
    made.description,
    made.metadata,
    made.transfer_group,
    made.transfer_group?.replace(/-a\d+$/, '') ?? null,
    made.source_transaction,
    made.source_type,
    made.idempotency_key,
    fate,
    fateAt,
  );
  const transfer = findTransfer(world, id);
  if (transfer !== undefined) announce(world, 'transfer.created', transfer, cause, null);
  return transfer;
}

/** Takes part of a transfer back, inside the caller's transaction. The amount is at most what is left. */
export function insertReversal(
  world: World,
  transfer: TransferRow,
  reversal: { amount: number; metadata: string; at: number },
  cause: Cause,
): ReversalRow {
  const seq = nextSeq(world, 'stripe_reversal');
  const id = idOf(world, 'trr', seq);
  const { amount, metadata, at } = reversal;
  run(
    world.db,
    `insert into stripe_reversal (seq, id, transfer_seq, created_at, amount, metadata) values (?, ?, ?, ?, ?, ?)`,
    seq,
    id,
    transfer.seq,
    at,
    amount,
    metadata,
  );
  run(
    world.db,
    'update stripe_transfer set amount_reversed = amount_reversed + ? where seq = ?',
    amount,
    transfer.seq,
  );
  moveBalance(world, transfer.currency, amount);
  const previous = { amount_reversed: transfer.amount_reversed, reversed: false };
  announce(world, 'transfer.reversed', findTransfer(world, transfer.id) ?? transfer, cause, previous);
  return { seq, id, transfer_seq: transfer.seq, created_at: at, amount, metadata };
}

/** Replaces description and metadata, inside the caller's transaction. */
export function updateTransfer(
  world: World,
  transfer: TransferRow,
  change: { description: string | null; metadata: string },
  cause: Cause,
): TransferRow {
  const { description, metadata } = change;
  run(
    world.db,
    'update stripe_transfer set description = ?, metadata = ? where seq = ?',
    description,
    metadata,
    transfer.seq,
  );
  const changed = findTransfer(world, transfer.id) ?? transfer;
  const previous = { description: transfer.description, metadata: JSON.parse(transfer.metadata) as unknown };
  announce(world, 'transfer.updated', changed, cause, previous);
  return changed;
}

function announce(
  world: World,
  type: string,
  transfer: TransferRow,
  cause: Cause,
  previous: Record<string, unknown> | null,
): void {
  const object = presentTransfer(world, transfer);
  writeEvent(world, { type, account: null, object, previous, cause, at: world.clock.now() });
}

/** Brings about what has become due: reversals that an account id asked for. Inside a transaction of its own. */
export function applyDue(world: World): void {
  const due = rows<TransferRow>(
    world.db,
    'select * from stripe_transfer where fate is not null and fate_at <= ? order by fate_at limit ?',
    world.clock.now(),
    dueMax,
  );
  for (const transfer of due) {
    run(world.db, 'update stripe_transfer set fate = null where seq = ?', transfer.seq);
    const left = transfer.amount - transfer.amount_reversed;
    const amount = transfer.fate === 'partly' ? Math.floor(left / 2) : left;
    const reversal = { amount, metadata: '{}', at: transfer.fate_at ?? world.clock.now() };
    if (amount > 0) insertReversal(world, transfer, reversal, { requestId: null, key: null });
  }
}

/** Whether anything is due; asked before a transaction is opened for it. */
export function isAnythingDue(world: World): boolean {
  const sql = 'select seq from stripe_transfer where fate is not null and fate_at <= ? limit 1';
  return row<{ seq: number }>(world.db, sql, world.clock.now()) !== undefined;
}

function nextSeq(world: World, table: 'stripe_transfer' | 'stripe_reversal'): number {
  return (row<{ last: number | null }>(world.db, `select max(seq) as last from ${table}`)?.last ?? 0) + 1;
}
