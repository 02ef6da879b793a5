import { createHash } from 'node:crypto';
import type { Db } from '../../src/store/db.ts';
import type { Random } from '../../src/store/envelope.ts';
import { masterKey } from '../../src/store/envelope.ts';
import type { DbVault } from '../../src/store/vault.ts';
import { openVault } from '../../src/store/vault.ts';

/** The secret of every test that does not care which. */
export const testSecret = 'a secret of tests alone, and of nothing else';

const master = masterKey(testSecret);

/** Bytes that follow from the seed: the same run draws the same ones. */
export function bytesFrom(seed: string): Random {
  let drawn = 0;
  return (count) => {
    const parts: Buffer[] = [];
    for (let have = 0; have < count; have += 32) {
      parts.push(
        createHash('sha256')
          .update(`${seed} ${(drawn += 1)}`)
          .digest(),
      );
    }
    return Buffer.concat(parts).subarray(0, count);
  };
}

let opened = 0;

/** A real vault over the database. `seed` names who draws: two of one database never draw the same nonces. */
export async function testVault(
  db: Db,
  seed = `vault ${(opened += 1)}`,
  now = new Date(0),
): Promise<DbVault> {
  return openVault(db, [master], bytesFrom(seed), now);
}
