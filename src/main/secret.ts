import { randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { ConfigError, missingSecret, secretCharsMin } from './config.ts';
import type { Config } from './config.ts';

/** Where the secrets of this process come from. The first one is for new data keys; any of them may open what is there. */
export interface Secrets {
  readonly values: readonly string[];
  /** Files beside the embedded database hold it, and Purser made it. */
  readonly inFiles: boolean;
}

const privateFile = 0o600;
const secretBytes = 32;

/** The secret itself, and the one that is to follow while a rotation is under way. */
function filesOf(dataDir: string): { current: string; next: string } {
  return { current: join(dataDir, 'secret'), next: join(dataDir, 'secret.next') };
}

/** The secrets this process was given. Empty only for an embedded database that has none yet. */
export function readSecrets(config: Config): Secrets {
  const given = [config.secret, config.newSecret].filter((value) => value !== null);
  if (given.length > 0) return { values: given, inFiles: false };
  if (config.databaseUrl !== null) throw new ConfigError([`PURSER_SECRET ${missingSecret}`]);
  const { current, next } = filesOf(config.dataDir);
  const kept = [current, next].flatMap((file) =>
    existsSync(file) ? [readFileSync(file, 'utf8').trim()] : [],
  );
  return { values: kept.filter((value) => value.length >= secretCharsMin), inFiles: true };
}

export function newSecret(): string {
  return randomBytes(secretBytes).toString('base64url');
}

/** Keeps the first secret of an embedded database. It is on disk before anything is sealed under it. */
export function keepFirstSecret(dataDir: string, secret: string): void {
  writeNow(filesOf(dataDir).current, secret);
  syncDirectory(dataDir);
}

/** Keeps the next secret beside the one in use, before the database knows of it: from here on one of the two opens it. */
export function stageSecret(dataDir: string, secret: string): void {
  writeNow(filesOf(dataDir).next, secret);
  syncDirectory(dataDir);
}

/** The secret that opens the database is the one that stays; what a rotation left beside it goes. */
export function settleSecret(dataDir: string, inUse: string): void {
  const { current, next } = filesOf(dataDir);
  if (!existsSync(next)) return;
  if (readFileSync(next, 'utf8').trim() === inUse) renameSync(next, current);
  else rmSync(next);
  syncDirectory(dataDir);
}

/**
 * Makes sure that everything below a directory is on the disk. The embedded database does not wait for the disk, so after
 * a power cut it could be older than the secret beside it.
 */
export function syncTree(directory: string): void {
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) sync(path);
  }
  syncDirectory(directory);
}

function writeNow(path: string, text: string): void {
  // A leftover could have been made readable to others.
  rmSync(path, { force: true });
  const file = openSync(path, 'wx', privateFile);
  try {
    writeSync(file, `${text}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

function syncDirectory(path: string): void {
  sync(path);
}

function sync(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
