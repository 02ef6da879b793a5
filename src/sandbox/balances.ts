import { itemGroups, lastItem } from './batches.ts';
import { row, rows, run, type Database } from './database.ts';
import { feeOf, formatValue, isCurrency } from './money.ts';
import { isFree, isOutstanding, outcomeOf, standing } from './outcomes.ts';
import { isoSeconds } from './clock.ts';
import { refuse } from './errors.ts';
import type { ParsedBatch } from './validate.ts';
import type { Call, Reply, World } from './world.ts';

interface BalanceRow {
  readonly currency: string;
  readonly amount_minor: number;
  readonly since_item: number;
}

/** What the account began with where nothing was set: then nothing is ever refused for it. */
const plentyMinor = 9_999_999_999_999;
/** The currency that is shown whatever was set or paid. */
const primary = 'USD';
const accountId = '7J7XV2ZKM4L9Q';

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

/** `GET /v1/reporting/balances`: the primary currency, and each that was set or paid in. */
export function readAccount(world: World, call: Call): Reply {
  const only = call.query.get('currency_code');
  if (only !== null && !isCurrency(only)) {
    return refuse('INVALID_REQUEST', [
      { field: 'currency_code', location: 'query', issue: 'INVALID_PARAMETER_VALUE' },
    ]);
  }
  const at = isoSeconds(world.clock.now());
  const balances = holdings(world).filter((held) => only === null || held.currency === only);
  return {
    status: 200,
    body: {
      balances: balances.map(presentHeld),
      account_id: accountId,
      as_of_time: at,
      last_refresh_time: at,
    },
  };
}

function holdings(world: World): { currency: string; available: bigint }[] {
  const limited = rows<BalanceRow>(world.db, 'select * from balance');
  const paid = rows<{ currency: string }>(world.db, 'select distinct currency from batch');
  const unlimited = new Set([primary, ...paid.map(({ currency }) => currency)]);
  for (const { currency } of limited) unlimited.delete(currency);
  const started = [...unlimited].map((currency) => ({ currency, amount_minor: plentyMinor, since_item: 0 }));
  return [...limited, ...started]
    .map((balance) => ({ currency: balance.currency, available: available(world, balance) }))
    .toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
}

function presentHeld({ currency, available: minor }: { currency: string; available: bigint }) {
  const amount = (of: bigint) => ({ currency_code: currency, value: formatValue(of, currency) });
  return {
    currency,
    primary: currency === primary,
    total_balance: amount(minor),
    available_balance: amount(minor),
    withheld_balance: amount(0n),
  };
}
