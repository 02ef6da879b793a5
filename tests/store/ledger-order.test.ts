import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { earningRecorded } from '../../src/ledger/postings.ts';
import type { Db } from '../../src/store/db.ts';
import { all, openPostgres } from '../../src/store/db.ts';
import { balanceOf, openBalances, postKinds } from '../../src/store/ledger.ts';
import { migratedTemplate } from '../support/databases.ts';
import { createDatabase } from '../support/postgres.ts';

const now = new Date(Date.UTC(2026, 10, 20));
const payees = [1n, 2n, 3n];
const net = 1000n;

/** Of each payee one fact, each of a kind of its own, in this order; its number says whose posting it is. */
const kindsOf = (posting: bigint, order: readonly bigint[]) =>
  order.map((payeeId) => {
    const fact = earningRecorded({ id: posting * 10n + payeeId, payeeId, net, fee: 0n, currency: 'USD' });
    return [`kind-${payeeId}`, [fact]] as const;
  });

/** Balances are looked up one by one in the order they come, as the database may always choose to do. */
async function lookUpOneByOne(tx: Db): Promise<void> {
  for (const plan of ['seqscan', 'bitmapscan', 'hashjoin', 'mergejoin', 'material'])
    await sql`set local ${sql.raw(`enable_${plan}`)} = off`.execute(tx);
}

it('lets two postings pass that name the same payees in opposite orders', async () => {
  await using database = await createDatabase(migratedTemplate);
  const db = openPostgres(database.url);
  await openBalances(
    db,
    payees.map((ownerId) => ({ ownerId, currency: 'USD' })),
  );
  // Not `transaction`, which tries what lost a deadlock again.
  const posting = async (id: bigint, order: readonly bigint[]) =>
    db.transaction().execute(async (tx) => {
      await lookUpOneByOne(tx);
      await postKinds(tx, 'earning', kindsOf(id, order), now);
    });
  const waiting = () =>
    all(
      db,
      sql`select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
  const both = await db.transaction().execute(async (tx) => {
    // The payee in the middle is held until each of the two has what it locks first.
    await sql`select 1 from balance where owner_id = 2 for update`.execute(tx);
    const started = Promise.allSettled([posting(1n, payees), posting(2n, payees.toReversed())]);
    await expect.poll(waiting).toHaveLength(2);
    return { started };
  });
  expect(await both.started).toEqual([
    { status: 'fulfilled', value: undefined },
    { status: 'fulfilled', value: undefined },
  ]);
  for (const payee of payees)
    expect(await balanceOf(db, payee, 'USD')).toEqual({ available: 2n * net, reserved: 0n });
  await db.destroy();
});
