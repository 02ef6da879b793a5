import { sql } from 'kysely';
import type { Db } from '../src/store/db.ts';
import { one, openPostgres } from '../src/store/db.ts';
import { migrate } from '../src/store/migrate.ts';
import { ownBalances } from '../src/store/payee-own.ts';
import type { Row } from './harness.ts';
import { rate } from './load.ts';

/** Everything is earned by and paid to one of the payees, whose balance is read. */
const payees = 100_000;
const earnings = 1_000_000;
const payouts = 100_000;
const payeeId = 1n;

const at = sql`timestamptz '2026-11-01 12:00:00Z' + g * interval '1 second'`;
const series = (count: number) => sql`generate_series(1, ${sql.lit(count)}) as g`;

/** Payees with the three rows of a balance each. */
async function fillBalances(db: Db): Promise<void> {
  await migrate(db);
  await sql`insert into balance (account, owner_id, currency, amount, on_its_way, paid)
    select k.account::account_kind, g, 'USD', 1000, 0, case k.account when 'payee_reserved' then 5000 else 0 end
    from ${series(payees)}
    cross join (values ('payee_available'), ('payee_pending'), ('payee_reserved')) k(account)`.execute(db);
}

/** A tenth of the earnings waits, and each payout carries ten of the others. */
async function fillLife(db: Db): Promise<void> {
  await sql`insert into payee (public_id, external_id, name, created_at, updated_at)
    select 'py_' || g, 'user' || g, 'Ana', ${at}, ${at} from ${series(payees)}`.execute(db);
  await sql`insert into earning (source_type, external_id, payee_id, gross, fee, net, currency, available_at, created_at, pending)
    select 'ticket', 'T' || g, ${payeeId}, 1000, 0, 1000, 'USD', ${at}, ${at}, g % 10 = 0 from ${series(earnings)}`.execute(
    db,
  );
  await sql`insert into payout (public_id, payee_id, amount, currency, state, created_at, state_at, completed_at)
    select 'po_' || g, ${payeeId}, 10000, 'USD', 'completed', ${at}, ${at}, ${at} from ${series(payouts)}`.execute(
    db,
  );
}

async function reads(
  url: string,
  seconds: number,
  fill: (db: Db) => Promise<void>,
  read: (db: Db) => Promise<unknown>,
): Promise<number> {
  const db = openPostgres(url);
  try {
    await fillBalances(db);
    await fill(db);
    await sql`vacuum analyze`.execute(db);
    await read(db);
    return await rate([db], seconds, async (each) => {
      await read(each);
      return 1;
    });
  } finally {
    await db.destroy();
  }
}

/** What looking up one row by its key costs, over the same driver: the least a balance can cost. */
const bareSelect: Row = {
  name: 'bare indexed select',
  unit: 'reads/s',
  bars: [],
  measure: async ({ url, seconds }) =>
    reads(
      url,
      seconds,
      () => Promise.resolve(),
      (db) =>
        one(
          db,
          sql`select amount from balance where owner_id = ${payeeId} and account = 'payee_available' and currency = 'USD'`,
        ),
    ),
};

const balanceRead: Row = {
  name: 'read a balance, a million earnings of its payee',
  unit: 'reads/s',
  bars: [{ against: bareSelect.name, atLeast: 0.4 }],
  measure: async ({ url, seconds }) => reads(url, seconds, fillLife, (db) => ownBalances(db, payeeId)),
};

/** A balance beside the look-up it is made of. */
export const balanceReads: readonly Row[] = [bareSelect, balanceRead];
