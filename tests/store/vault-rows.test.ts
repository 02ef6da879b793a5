import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { changePayee, savePayees } from '../../src/actions/payees.ts';
import { rotateSecret } from '../../src/actions/secrets.ts';
import { all, one } from '../../src/store/db.ts';
import type { Db } from '../../src/store/db.ts';
import { masterKey } from '../../src/store/envelope.ts';
import { resealPage } from '../../src/store/payout-methods.ts';
import { placeOfEvent } from '../../src/store/provider-events.ts';
import { frozenRequest } from '../../src/store/submissions.ts';
import { openVault } from '../../src/store/vault.ts';
import { verify } from '../../src/store/verify.ts';
import { payOk, tell, workUntilRest } from '../engine/harness.ts';
import { bytesFrom, testSecret } from '../support/vault.ts';
import { seedCycle, winners } from '../support/world.ts';
import { onBoth } from './engines.ts';
import { stageOn } from './stage.ts';

/** Every row of every table as text, as a thief of a dump would search it. */
async function everything(db: Db): Promise<string> {
  const tables = await all(
    db,
    sql<{ name: string }>`select table_name as name from information_schema.tables
      where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables) {
    const rows = await all(
      db,
      sql<{ row: string }>`select t::text as row from ${sql.table(name)} t order by 1`,
    );
    parts.push(...rows.map(({ row }) => `${name} ${row}`));
  }
  return parts.join('\n');
}

const method = (destination: string) => ({ type: 'paypal', kind: 'email', destination });

onBoth((engine) => {
  it('keeps no address that was paid anywhere in the database, in no spelling and in no bytes', async () => {
    await using opened = await engine.open();
    const world = await stageOn(
      opened.db,
      winners(6, (index) => ({ email: `secret${index}${index === 2 ? '+failed' : ''}@hidden.example` })),
    );
    await sql`update payee set email = null`.execute(opened.db);
    await payOk(world);
    await workUntilRest(world);
    await tell(world, 'WH-1', { providerBatchId: 'none' });
    const dump = await everything(opened.db);
    expect(dump).toContain('s***@hidden.example');
    expect(dump).not.toMatch(/secret\d/);
    expect(dump).not.toContain(Buffer.from('secret').toString('hex'));
  });

  it('opens the frozen bytes that left, and those from before sealing came', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1));
    await payOk(world);
    await workUntilRest(world);
    const frozen = await frozenRequest(opened.db, world.vault, 1n);
    expect(new TextDecoder().decode(frozen?.body)).toContain('user0@example.com');
    await sql`insert into submission_request (submission_id, body, body_hash, frozen_at)
      values (99, ${Buffer.from('plain')}, 'x', now())`.execute(opened.db);
    const plain = await frozenRequest(opened.db, world.vault, 99n);
    expect(new TextDecoder().decode(plain?.body)).toBe('plain');
  });

  it('opens the body of an event for that event alone', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1));
    await tell(world, 'WH-1', { providerBatchId: 'none' });
    const row = await one(
      opened.db,
      sql<{ body: string | null; sealed: Uint8Array }>`select body, sealed from provider_event`,
    );
    if (!row) throw new Error('the event was not stored');
    expect(row.body).toBeNull();
    const place = placeOfEvent({ provider: 'paypal', eventId: 'WH-1' });
    const body = await world.vault.openBytes(opened.db, row.sealed, place);
    expect(Buffer.from(body).toString()).toBe('{}');
    const elsewhere = placeOfEvent({ provider: 'paypal', eventId: 'WH-2' });
    await expect(world.vault.openBytes(opened.db, row.sealed, elsewhere)).rejects.toThrow('does not open');
  });

  it('refuses a row with a plain address, whoever writes it', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1));
    const plain = sql`update payout_method set destination = 'jane@example.com'`.execute(world.db);
    await expect(plain).rejects.toThrow('payout_method_is_sealed');
    const bare =
      sql`insert into payout_method (public_id, payee_id, type, kind, destination, is_default, created_at)
      values ('pm_x', 1, 'bank', 'iban', 'DE00', false, now())`.execute(world.db);
    await expect(bare).rejects.toThrow('payout_method_is_sealed');
  });

  it('takes an e-mail address in other capitals for the same method, and any other spelling for a new one', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, []);
    const give = async (destination: string, kind = 'email') => {
      const payee = { externalId: 'u1', name: 'Jane', email: null, method: { ...method(destination), kind } };
      return (await savePayees(world, [payee])).get('u1')?.result;
    };
    expect(await give('Jane@Example.com')).toBe('created');
    expect(await give('jane@example.com')).toBe('unchanged');
    expect(await give('jane@example.com ')).toBe('updated');
    expect(await give('+1 555 0100', 'phone')).toBe('updated');
    expect(await give('+15550100', 'phone')).toBe('updated');
    expect(await give('JANE@example.com')).toBe('updated');
    const rows = await all(opened.db, sql`select masked, is_default from payout_method order by id`);
    expect(rows).toEqual([
      { masked: 'J***@Example.com', is_default: true },
      { masked: 'j***@example.com ', is_default: false },
      { masked: '+1***00', is_default: false },
      { masked: '+1***00', is_default: false },
    ]);
  });

  it('puts a change of a payee on record with both addresses masked', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1));
    await changePayee(world, 'user0', { payoutMethod: method('thief@example.com') });
    await savePayees(world, [
      { externalId: 'user0', name: 'U', email: null, method: method('other@example.com') },
    ]);
    await savePayees(world, [
      { externalId: 'user0', name: 'U', email: null, method: method('other@example.com') },
    ]);
    const events = await all(
      opened.db,
      sql<{
        before: string;
        after: string;
      }>`select before, after from audit_event where event = 'payee.changed' order by id`,
    );
    expect(
      events.map(({ before, after }) => [before, after].map((text) => JSON.parse(text) as object)),
    ).toMatchObject([
      [{ payoutMethod: 'paypal u***@example.com' }, { payoutMethod: 'paypal t***@example.com' }],
      [
        { payoutMethod: 'paypal t***@example.com', name: 'user0' },
        { payoutMethod: 'paypal o***@example.com', name: 'U' },
      ],
    ]);
  });

  it('seals every method again after a rotation, page by page, and a second run finds nothing', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(1200));
    const next = masterKey('another secret, that follows the first one');
    await rotateSecret(world, [masterKey(testSecret)], next, bytesFrom('rotation'));
    const vault = await openVault(opened.db, [next], bytesFrom('after'), new Date(0));
    const first = await resealPage(opened.db, vault, 0n);
    expect(first?.count).toBe(1000);
    // As after a death in between: the next run begins anew and takes what is left.
    expect((await resealPage(opened.db, vault, 0n))?.count).toBe(200);
    expect(await resealPage(opened.db, vault, 0n)).toBeNull();
    const used = await all(
      opened.db,
      sql<{
        n: bigint;
      }>`select count(*) as n from payout_method where substring(sealed from 2 for 4) = int4send(${vault.keyId}::int)`,
    );
    expect(used).toEqual([{ n: 1200n }]);
    expect((await verify(opened.db, vault)).differences).toEqual([]);
  });

  it('writes a repeated import to no row', async () => {
    await using opened = await engine.open();
    const world = await stageOn(opened.db, winners(3));
    const xmins = sql<{ x: string }>`select xmin::text as x from payout_method order by id`;
    const before = await all(opened.db, xmins);
    await seedCycle(
      world,
      '19',
      winners(3, (index) => ({ reference: `again${index}` })),
    );
    expect(await all(opened.db, xmins)).toEqual(before);
  });
});
