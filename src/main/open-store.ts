import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../engine/context.ts';
import { secretInUse } from '../store/data-keys.ts';
import { WrongSecretError } from '../store/wrong-secret.ts';
import type { Db } from '../store/db.ts';
import { openEmbedded, openPostgres } from '../store/db.ts';
import type { MasterKey } from '../store/envelope.ts';
import { masterKey } from '../store/envelope.ts';
import { migrate } from '../store/migrate.ts';
import { sealStored } from '../store/seal-stored.ts';
import type { DbVault } from '../store/vault.ts';
import { openVault } from '../store/vault.ts';
import type { Config } from './config.ts';
import { howToMakeSecret } from './config.ts';
import { keepFirstSecret, newSecret, readSecrets, settleSecret } from './secret.ts';

/** The database with its schema up to date, and the vault that opens what is sealed in it. */
export interface OpenStore {
  readonly db: Db;
  readonly vault: DbVault;
  /** Every secret that this process was given. */
  readonly masters: readonly MasterKey[];
  /** Files beside the embedded database hold the secret. */
  readonly secretInFiles: boolean;
}

const privateDirectory = 0o700;

/**
 * Opens the database and its vault. A secret that does not open what is there is refused before anything is written.
 * Throws WrongSecretError and ConfigError.
 */
export async function openStore(config: Config, log: Log): Promise<OpenStore> {
  // Before the database is touched: what is missing in the environment is said first.
  readSecrets(config);
  const db = await openDatabase(config);
  try {
    const { masters, secretInFiles } = await mastersOf(config, db);
    const applied = await migrate(db);
    if (applied.length > 0) log.info('migrated', { migrations: applied });
    const vault = await openVault(db, masters, randomBytes, new Date());
    const sealed = await sealStored(db, vault);
    if (sealed > 0) log.info('methods_sealed', { count: sealed });
    return { db, vault, masters, secretInFiles };
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

/** Where the embedded database is. */
export function embeddedDirectory(config: Config): string {
  return join(config.dataDir, 'db');
}

async function openDatabase(config: Config): Promise<Db> {
  if (config.databaseUrl !== null) return openPostgres(config.databaseUrl);
  const directory = embeddedDirectory(config);
  mkdirSync(directory, { recursive: true, mode: privateDirectory });
  return openEmbedded(directory);
}

async function mastersOf(config: Config, db: Db): Promise<{ masters: MasterKey[]; secretInFiles: boolean }> {
  const { values, inFiles } = readSecrets(config);
  const masters = values.map((value) => masterKey(value));
  const inUse = await secretInUse(db, masters).catch((error: unknown) => {
    if (!(error instanceof WrongSecretError)) throw error;
    throw new WrongSecretError(wrongSecretWords(config, values.length, inFiles), { cause: error });
  });
  const used = values.find((value) => masterKey(value).id === inUse?.id);
  if (inFiles && used !== undefined) settleSecret(config.dataDir, used);
  if (values.length > 0) return { masters, secretInFiles: inFiles };
  const first = newSecret();
  keepFirstSecret(config.dataDir, first);
  return { masters: [masterKey(first)], secretInFiles: true };
}

function wrongSecretWords(config: Config, count: number, inFiles: boolean): string {
  const file = join(config.dataDir, 'secret');
  const nothing = 'Nothing was changed and no money moved.';
  if (inFiles && count === 0) {
    return `The secret of this database is missing: ${file} is not there, or too short. ${nothing} Put the file back from its backup, or set PURSER_SECRET to what it held.`;
  }
  const which = inFiles ? `The secret in ${file}` : 'PURSER_SECRET';
  return (
    `${which} is not the secret that the payout details in this database are sealed under. ${nothing} ` +
    'Set the secret that was used before; if it was rotated meanwhile, the new one. ' +
    `A secret of this database cannot be made anew (${howToMakeSecret} is for an empty one).`
  );
}
