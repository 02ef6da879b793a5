import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Who holds the embedded database. `url` and `token` are there while it serves HTTP. */
export interface Holder {
  readonly pid: number;
  readonly command: string;
  readonly url: string | null;
  readonly token: string | null;
}

/** One writer for the embedded database: a lock of the operating system, gone with the process however it ends. */
export interface DataLock {
  /** Tells other processes where this one answers. */
  announce(url: string, token: string): void;
  release(): void;
}

const privateFile = 0o600;
const privateDirectory = 0o700;

/**
 * Takes the lock, or answers null when another process holds it. SQLite is used for nothing but its file lock, which
 * Node offers in no other way without a native package.
 */
export function tryLock(dataDir: string, command: string): DataLock | null {
  mkdirSync(dataDir, { recursive: true, mode: privateDirectory });
  const path = join(dataDir, 'lock');
  const database = new DatabaseSync(path);
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive');
  } catch (error) {
    database.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return null;
    throw error;
  }
  const write = (holder: Holder) => {
    writeFileSync(holderPath(dataDir), JSON.stringify(holder), { mode: privateFile });
    chmodSync(holderPath(dataDir), privateFile);
  };
  write({ pid: process.pid, command, url: null, token: null });
  return {
    announce: (url, token) => write({ pid: process.pid, command, url, token }),
    release: () => {
      rmSync(holderPath(dataDir), { force: true });
      database.close();
    },
  };
}

function holderPath(dataDir: string): string {
  return join(dataDir, 'holder.json');
}

/** What the holder of the lock says of itself; null when it says nothing (yet). */
export function readHolder(dataDir: string): Holder | null {
  if (!existsSync(holderPath(dataDir))) return null;
  try {
    return JSON.parse(readFileSync(holderPath(dataDir), 'utf8')) as Holder;
  } catch {
    // Being written at this moment.
    return null;
  }
}
