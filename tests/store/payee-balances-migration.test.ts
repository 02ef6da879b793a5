import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { all, errorCode } from '../../src/store/db.ts';
import { verify } from '../../src/store/verify.ts';
import { payOk, workUntilRest } from '../engine/harness.ts';
import { testVault } from '../support/vault.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const migration = path.join(import.meta.dirname, '../../migrations/0020-payee-balances.sql');

/** Of each payee what has left them. */
const kept = async (db: Db) =>
  all(
    db,
    sql`select owner_id as "payee", currency, amount, on_its_way as "onItsWay", paid from balance
      where account = 'payee_reserved' order by owner_id, currency`,
  );

/** What was converted, and what came back in part: their books are another matter. */
const oddities = [
  `update payout set source_currency = 'HTG', source_amount = 9000, spread_amount = 0 where payee_id = 4`,
  `update payout_attempt a set returned_part = 300 from payout p where p.id = a.payout_id and p.payee_id = 5`,
];

onBoth((engine) => {
  it('keeps of a database with payouts what each payee was paid, and what is on its way', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const fates = ['', '+failed', '+unclaimed', '', ''];
    const world = await stageOn(
      db,
      winners(5, (index) => ({ email: `user${index}${fates[index]}@example.com` })),
    );
    await payOk(world);
    await workUntilRest(world);
    const posted = await kept(db);
    for (const statement of [
      `alter table balance drop column on_its_way, drop column paid`,
      ...(await readFile(migration, 'utf8')).split(/;\n/).filter((one) => one.trim() !== ''),
    ])
      await sql.raw(statement).execute(db);
    // The same as was posted, and as the payouts say.
    expect(await kept(db)).toEqual(posted);
    expect(posted.map((row) => Object.values(row as object).slice(2))).toContainEqual([0n, 1000n, 0n]);
    expect((await verify(db, await testVault(db))).differences).toEqual([]);
  });

  it('takes what was converted in the currency of its balance, and parts that came back off what is paid', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(db, winners(5));
    await payOk(world);
    await workUntilRest(world);
    for (const statement of [
      ...oddities,
      `delete from balance where owner_id = 4`,
      `alter table balance drop column on_its_way, drop column paid`,
      ...(await readFile(migration, 'utf8')).split(/;\n/).filter((one) => one.trim() !== ''),
    ])
      await sql.raw(statement).execute(db);
    const rows = await kept(db);
    expect(rows).toContainEqual({ payee: 4n, currency: 'HTG', amount: 0n, onItsWay: 0n, paid: 9000n });
    expect(rows).toContainEqual({ payee: 5n, currency: 'USD', amount: 0n, onItsWay: 0n, paid: 700n });
    const beside = await sql`update balance set paid = 1 where account = 'payee_available'`
      .execute(db)
      .catch(errorCode);
    expect(beside).toBe('23514');
  });
});
