import { sql } from 'kysely';
import { expect, it } from 'vitest';
import { readKeys, secretInUse } from '../../src/store/data-keys.ts';
import { WrongSecretError } from '../../src/store/wrong-secret.ts';
import { all, transaction } from '../../src/store/db.ts';
import { masterKey, SealBrokenError } from '../../src/store/envelope.ts';
import { openVault } from '../../src/store/vault.ts';
import { rotateSecret } from '../../src/actions/secrets.ts';
import { bytesFrom, testSecret, testVault } from '../support/vault.ts';
import { makeWorld } from '../support/world.ts';
import { onBoth } from './engines.ts';

const at = new Date(0);
const old = masterKey(testSecret);
const next = masterKey('another secret, that follows the first one');
const place = 'payout_method:pm_1:1';

onBoth((engine) => {
  it('opens what it sealed, and never seals the same text to the same bytes', async () => {
    await using opened = await engine.open();
    const vault = await testVault(opened.db);
    const texts = ['jane@example.com', '', 'שרה 👩‍🚀', 'x'.repeat(5000)];
    const sealed = texts.map((text) => ({ sealed: vault.seal(text, place), place }));
    expect(await vault.openAll(opened.db, sealed)).toEqual(texts);
    const many = Array.from({ length: 1000 }, () => Buffer.from(vault.seal('same', place)).toString('hex'));
    expect(new Set(many).size).toBe(1000);
    expect(many.some((hex) => hex.includes(Buffer.from('same').toString('hex')))).toBe(false);
  });

  it('opens nothing that was changed by a bit, cut, or moved to another place', async () => {
    await using opened = await engine.open();
    const vault = await testVault(opened.db);
    const sealed = vault.seal('jane@example.com', place);
    const open = async (value: Uint8Array, where = place) =>
      vault.openAll(opened.db, [{ sealed: value, place: where }]);
    await expect(open(sealed, 'payout_method:pm_2:1')).rejects.toThrow(SealBrokenError);
    await expect(open(sealed, 'payout_method:pm_1:2')).rejects.toThrow(SealBrokenError);
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed);
      changed[index] = (changed[index] ?? 0) ^ 1;
      await expect(open(changed), `byte ${index}`).rejects.toThrow(SealBrokenError);
    }
    for (const length of [0, 4, 20, sealed.length - 1]) {
      await expect(open(sealed.subarray(0, length)), `${length} bytes`).rejects.toThrow(SealBrokenError);
    }
  });

  it('tells equal addresses by fingerprints that nobody without the key can make', async () => {
    await using opened = await engine.open();
    const vault = await testVault(opened.db);
    const again = await testVault(opened.db);
    expect(vault.fingerprint('a')).toBe(again.fingerprint('a'));
    expect(vault.fingerprint('a')).not.toBe(vault.fingerprint('b'));
    await using other = await engine.open();
    const elsewhere = await openVault(other.db, [old], bytesFrom('elsewhere'), at);
    expect(elsewhere.fingerprint('a')).not.toBe(vault.fingerprint('a'));
  });

  it('makes one set of keys when processes start at once on an empty database', async () => {
    await using opened = await engine.open();
    const processes = [opened.db, opened.again(), opened.again(), opened.again()];
    const vaults = await Promise.all(
      processes.map((db, index) => openVault(db, [old], bytesFrom(`process ${index}`), at)),
    );
    const keys = await all(opened.db, sql<{ purpose: string }>`select purpose from data_key order by id`);
    expect(keys.map(({ purpose }) => purpose)).toEqual(['details', 'fingerprint', 'audit', 'derived']);
    expect(new Set(vaults.map((vault) => vault.fingerprint('a'))).size).toBe(1);
    const sealed = vaults.map((vault) => ({ sealed: vault.seal('a', place), place }));
    for (const [index, vault] of vaults.entries()) {
      expect(await vault.openAll(processes[index] ?? opened.db, sealed)).toEqual(['a', 'a', 'a', 'a']);
    }
  });

  it('refuses a secret that does not unwrap the keys, and a key that was swapped for another', async () => {
    await using opened = await engine.open();
    expect(await secretInUse(opened.db, [next])).toBeNull();
    await testVault(opened.db);
    expect(await secretInUse(opened.db, [next, old])).toEqual(old);
    await expect(secretInUse(opened.db, [next])).rejects.toThrow(WrongSecretError);
    await expect(openVault(opened.db, [next], bytesFrom('x'), at)).rejects.toThrow(WrongSecretError);
    await sql`update data_key set wrapped = (select wrapped from data_key where id = 2) where id = 1`.execute(
      opened.db,
    );
    await expect(readKeys(opened.db, [old])).rejects.toThrow(SealBrokenError);
  });

  it('refuses to delete keys: a retired one still opens what was sealed under it', async () => {
    await using opened = await engine.open();
    await testVault(opened.db);
    await expect(sql`delete from data_key where id = 1`.execute(opened.db)).rejects.toThrow('append-only');
    await expect(sql`truncate data_key`.execute(opened.db)).rejects.toThrow('append-only');
  });

  it('rotates: what was sealed opens, new values get new keys, and the old secret opens nothing any more', async () => {
    await using opened = await engine.open();
    const world = await makeWorld({ db: opened.db });
    const before = world.vault;
    const sealed = { sealed: before.seal('jane@example.com', place), place };
    const mac = before.mac(Buffer.from('a deed'));
    expect(await rotateSecret(world, [old], next, bytesFrom('rotation'))).toEqual({ wrapped: 4, made: 1 });
    await expect(readKeys(opened.db, [old])).rejects.toThrow(WrongSecretError);
    const after = await openVault(opened.db, [next], bytesFrom('after'), at);
    expect(after.keyId).not.toBe(before.keyId);
    expect(await after.openAll(opened.db, [sealed])).toEqual(['jane@example.com']);
    expect(after.fingerprint('a')).toBe(before.fingerprint('a'));
    expect(after.derive('sign-in')).toBe(before.derive('sign-in'));
    expect(after.derive('sign-in')).not.toBe(after.derive('something else'));
    expect(after.mac(Buffer.from('a deed'))).toBe(mac);
    expect(after.mac(Buffer.from('another'))).not.toBe(mac);
    const events = await all(opened.db, sql`select event, after from audit_event`);
    expect(events).toEqual([{ event: 'secret.rotated', after: '{"wrapped":4,"made":1}' }]);
  });

  it('lets a process that knows both secrets read what another one sealed after a rotation, also within a transaction', async () => {
    await using opened = await engine.open();
    const world = await makeWorld({ db: opened.db });
    const both = await openVault(opened.db, [old, next], bytesFrom('both'), at);
    await rotateSecret(world, [old], next, bytesFrom('rotation'));
    const after = await openVault(opened.db, [next], bytesFrom('after'), at);
    const fresh = { sealed: after.seal('new', place), place };
    expect(await transaction(opened.db, (tx) => both.openAll(tx, [fresh]))).toEqual(['new']);
    await expect(world.vault.openAll(opened.db, [fresh])).rejects.toThrow(
      'start it again with the new PURSER_SECRET',
    );
  });

  it('rolls a rotation back as a whole', async () => {
    await using opened = await engine.open();
    const world = await makeWorld({ db: opened.db });
    const broken = transaction(opened.db, async (tx) => {
      await rotateSecret({ ...world, db: tx }, [old], next, bytesFrom('rotation'));
      throw new Error('the process dies before it commits');
    });
    await expect(broken).rejects.toThrow('dies');
    expect(await readKeys(opened.db, [old])).toHaveLength(4);
  });
});
