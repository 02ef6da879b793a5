import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { settleReturnedPart } from '../../src/actions/settle-part.ts';
import type { Db } from '../../src/store/db.ts';
import { all, errorCode } from '../../src/store/db.ts';
import { verify } from '../../src/store/verify.ts';
import { payOk, workUntilRest } from '../engine/harness.ts';
import { testVault } from '../support/vault.ts';
import { winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

const migration = path.join(import.meta.dirname, '../../migrations/0029-converted-parts.sql');

/** The database as it was before, with what these statements do to it, and then migrated. */
async function migrated(db: Db, before: readonly string[]): Promise<void> {
  const after = (await readFile(migration, 'utf8')).split(/;\n/).filter((one) => one.trim() !== '');
  const back = ['drop table payout_part', 'alter table earning drop column covered'];
  for (const statement of [...back, ...before, ...after]) await sql.raw(statement).execute(db);
}

const partPosted = `with j as (insert into journal (source_type, source_id, kind, posted_at)
    select 'attempt', id, 'part-300', now() from payout_attempt where item_reference = 'winner-sel1-user1' returning id)
  insert into entry (journal_id, line, account, owner_id, currency, amount)
    select id, 1, 'provider_float'::account_kind, 1, 'USD', -300 from j union all
    select id, 2, 'payee_available', 2, 'USD', 300 from j`;

onBoth((engine) => {
  it('takes over parts that were booked before, and ends alerts about what has come back in full since', async () => {
    await using opened = await engine.open();
    const { db } = opened;
    const world = await stageOn(
      db,
      winners(3, (index) => (index === 2 ? { email: 'user2+returned@example.com' } : {})),
    );
    await payOk(world);
    await workUntilRest(world);
    const [second] = await all(
      db,
      sql<{ reference: string; payout: string }>`select a.item_reference as reference, p.public_id as payout
        from payout_attempt a join payout p on p.id = a.payout_id where p.payee_id = 2`,
    );
    const { reference = '', payout = '' } = second ?? {};
    await migrated(db, [
      partPosted.replace('winner-sel1-user1', reference),
      `update payout_attempt set returned_part = 300 where item_reference = '${reference}'`,
      `update balance set amount = amount + 300 where owner_id = 2 and account = 'payee_available'`,
      `update balance set paid = paid - 300 where owner_id = 2 and account = 'payee_reserved'`,
      `insert into alert (kind, subject, message, opened_at, last_at)
        select 'partly_returned', item_reference, 'Partly.', now(), now() from payout_attempt`,
    ]);
    const left = await all(db, sql`select subject from alert where closed_at is null order by 1`);
    const came = await all(db, sql`select state from payout_attempt order by id`);
    expect([left.length, came]).toEqual([
      2,
      ['completed', 'completed', 'returned'].map((state) => ({ state })),
    ]);
    expect((await verify(db, await testVault(db))).differences).toEqual([]);
    const decided = { payoutId: payout, amount: 300n, decision: 'keep', reason: 'by mistake' } as const;
    expect(await settleReturnedPart(world, decided)).toMatchObject({ ok: true });
    expect((await verify(db, await testVault(db))).differences).toEqual([]);
    expect(await all(db, sql`select returned, decided, kept from payout_part`)).toEqual([
      { returned: 300n, decided: 300n, kept: 300n },
    ]);
    const more = await sql`update payout_part set decided = returned + 1`.execute(db).catch(errorCode);
    expect(more).toBe('23514');
  });
});
