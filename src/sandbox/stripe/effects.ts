import { rows } from '../database.ts';
import type { World } from '../world.ts';
import type { TransferRow } from './rows.ts';

/** One transfer the sandbox made, and what became of its money. Amounts in Stripe's units, as texts. */
export interface StripeEffect {
  readonly id: number;
  readonly transferId: string;
  readonly transferGroup: string | null;
  readonly idempotencyKey: string | null;
  readonly destination: string;
  readonly amountMinor: string;
  readonly reversedMinor: string;
  readonly currency: string;
  readonly status: 'paid' | 'partly_reversed' | 'reversed';
  /** The account has all or some of the money. */
  readonly outstanding: boolean;
  readonly createdAt: string;
}

const duplicatesListedMax = 1000;

/** Transfers in the order they happened, after an id; with `reference`, only those of that group or intention. */
export function listStripeEffects(
  world: World,
  afterId: number,
  limit: number,
  reference: string | null = null,
): { data: StripeEffect[]; nextAfterId: number | null } {
  const of = reference === null ? '? is null' : '? in (transfer_group, base_group)';
  const sql = `select * from stripe_transfer where ${of} and seq > ? order by seq limit ?`;
  const data = rows<TransferRow>(world.db, sql, reference, afterId, limit).map(presentEffect);
  const last = data.at(-1);
  return { data, nextAfterId: data.length === limit && last !== undefined ? last.id : null };
}

function presentEffect(transfer: TransferRow): StripeEffect {
  const { amount, amount_reversed: reversed } = transfer;
  return {
    id: transfer.seq,
    transferId: transfer.id,
    transferGroup: transfer.transfer_group,
    idempotencyKey: transfer.idempotency_key,
    destination: transfer.destination,
    amountMinor: String(amount),
    reversedMinor: String(reversed),
    currency: transfer.currency,
    status: reversed === 0 ? 'paid' : reversed < amount ? 'partly_reversed' : 'reversed',
    outstanding: reversed < amount,
    createdAt: new Date(transfer.created_at).toISOString(),
  };
}

interface Duplicate {
  readonly destination: string;
  readonly baseGroup: string;
  readonly count: number;
}

/** Counts and sums by currency, and every account that has money more than once for one base `transfer_group`. */
export function summariseStripe(world: World) {
  const totals = rows<{ currency: string; count: number; amount: string; reversed: string }>(
    world.db,
    `select currency, count(*) as count, cast(sum(amount) as text) as amount,
       cast(sum(amount_reversed) as text) as reversed from stripe_transfer group by currency order by currency`,
  ).map(({ currency, count, amount, reversed }) => ({
    currency,
    count,
    amountMinor: amount,
    reversedMinor: reversed,
  }));
  const duplicates = rows<Duplicate>(
    world.db,
    `select destination, base_group as baseGroup, count(*) as count from stripe_transfer
     where base_group is not null and amount_reversed < amount
     group by base_group, destination having count(*) > 1 order by baseGroup`,
  );
  const count = totals.reduce((sum, total) => sum + total.count, 0);
  return {
    count,
    totals,
    duplicateCount: duplicates.length,
    duplicates: duplicates.slice(0, duplicatesListedMax),
  };
}
