import { row, rows, run } from '../database.ts';
import type { Reply, World } from '../world.ts';

interface BalanceRow {
  readonly currency: string;
  readonly amount: number;
}

/** What the platform began with where no balance was set: then nothing is ever refused for it. */
const plenty = 99_999_999_999;

/** Sets what the platform holds now, in Stripe's units; null makes it unlimited again. */
export function setStripeBalance(world: World, currency: string, amount: number | null): void {
  run(world.db, 'delete from stripe_balance where currency = ?', currency);
  if (amount === null) return;
  run(world.db, 'insert into stripe_balance (currency, amount) values (?, ?)', currency, amount);
}

export function stripeBalances(world: World): BalanceRow[] {
  return rows<BalanceRow>(world.db, 'select * from stripe_balance order by currency');
}

/** Takes from the balance, or gives back to it; false when it does not hold enough. Inside a transaction. */
export function moveBalance(world: World, currency: string, by: number): boolean {
  const held = row<BalanceRow>(world.db, 'select * from stripe_balance where currency = ?', currency);
  if (held === undefined) return true;
  if (held.amount + by < 0) return false;
  run(world.db, 'update stripe_balance set amount = amount + ? where currency = ?', by, currency);
  return true;
}

/** `GET /v1/balance` */
export function readBalance(world: World): Reply {
  const shown = [...stripeBalances(world), ...unlimited(world)];
  const available = shown.map(({ currency, amount }) => ({
    amount,
    currency,
    source_types: { card: amount },
  }));
  const pending = shown.map(({ currency }) => ({ amount: 0, currency, source_types: { card: 0 } }));
  const connect_reserved = shown.map(({ currency }) => ({ amount: 0, currency }));
  return { status: 200, body: { object: 'balance', available, connect_reserved, livemode: false, pending } };
}

/** Currencies without a limit: the platform's own, and each that was paid in; less what is with payees. */
function unlimited(world: World): BalanceRow[] {
  return rows<BalanceRow>(
    world.db,
    `select c.currency, ? - coalesce((select sum(t.amount - t.amount_reversed) from stripe_transfer t
       where t.currency = c.currency), 0) as amount
     from (select 'usd' as currency union select currency from stripe_transfer) c
     where c.currency not in (select currency from stripe_balance) order by c.currency`,
    plenty,
  );
}
