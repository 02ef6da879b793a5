import { itemGroups, lastItem } from './batches.ts';
import { row, rows, run, type Database } from './database.ts';
import { feeOf } from './money.ts';
import { isFree, isOutstanding, outcomeOf, standing } from './outcomes.ts';
import type { ParsedBatch } from './validate.ts';
import type { World } from './world.ts';

interface BalanceRow {
  readonly currency: string;
  readonly amount_minor: number;
  readonly since_item: number;
}

/** Sets what the sender holds now; null makes it unlimited again. */
export function setBalance(db: Database, currency: string, amount: bigint | null): void {
  if (amount === null) {
    run(db, 'delete from balance where currency = ?', currency);
    return;
  }
  run(
    db,
    `insert into balance (currency, amount_minor, since_item) values (?, ?, ?) on conflict (currency) do update
     set amount_minor = excluded.amount_minor, since_item = excluded.since_item`,
    currency,
    amount,
    lastItem(db),
  );
}

/** Currencies that have a limit, with what is left of it. */
export function readBalances(world: World): { currency: string; availableMinor: string }[] {
  const limited = rows<BalanceRow>(world.db, 'select * from balance order by currency');
  return limited.map((balance) => ({
    currency: balance.currency,
    availableMinor: available(world, balance).toString(),
  }));
}

/** Whether the sender can pay this batch with its fees. */
export function covers(world: World, batch: ParsedBatch): boolean {
  const balance = row<BalanceRow>(world.db, 'select * from balance where currency = ?', batch.currency);
  if (balance === undefined) return true;
  let needed = 0n;
  for (const item of batch.items) {
    needed += item.amount;
    if (!isFree(outcomeOf(item.receiver).outcome)) needed += feeOf(item.amount);
  }
  return needed <= available(world, balance);
}

/** What was set, less what left since and has not come back: money returns by itself when an item fails or is returned. */
function available(world: World, balance: BalanceRow): bigint {
  const now = world.clock.now();
  let left = BigInt(balance.amount_minor);
  for (const group of itemGroups(world.db, balance.since_item)) {
    if (group.currency !== balance.currency || !isOutstanding(standing(group, now).status)) continue;
    left -= BigInt(group.amount) + BigInt(group.fees);
  }
  return left;
}
