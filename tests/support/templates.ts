import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { Db } from '../../src/store/db.ts';
import { openEmbedded } from '../../src/store/db.ts';
import { migrate } from '../../src/store/migrate.ts';
import { openPooled } from './embedded-pool.ts';

/** Names the directory of prepared databases for the workers of a run. */
const variable = 'PURSER_TEST_TEMPLATES';
const dumps = new Map<string, Promise<Blob>>();

/**
 * Makes, once for a run, what nearly every test begins with: making an embedded database takes seconds, loading one a
 * fraction. Answers the directory, which `dropTemplates` removes.
 */
export async function makeTemplates(): Promise<string> {
  const directory = mkdtempSync(path.join(tmpdir(), 'purser-templates-'));
  const { bare, migrated } = await freshDumps();
  writeFileSync(path.join(directory, 'bare.tar'), Buffer.from(await bare.arrayBuffer()));
  writeFileSync(path.join(directory, 'migrated.tar'), Buffer.from(await migrated.arrayBuffer()));
  const onDisk = await PGlite.create(path.join(directory, 'cluster'), { loadDataDir: migrated });
  await onDisk.close();
  process.env[variable] = directory;
  return directory;
}

export function dropTemplates(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

async function freshDumps(): Promise<Record<'bare' | 'migrated', Blob>> {
  const pglite = await PGlite.create('memory://');
  const bare = await pglite.dumpDataDir('none');
  await migrate(new Kysely({ dialect: new PGliteDialect({ pglite }) }));
  const migrated = await pglite.dumpDataDir('none');
  await pglite.close();
  return { bare, migrated };
}

/** The files of an embedded database as it is when made, or with the schema of now. */
export async function dumpOf(state: 'bare' | 'migrated'): Promise<Blob> {
  const found = dumps.get(state);
  if (found) return found;
  const directory = process.env[variable];
  const made = directory
    ? Promise.resolve(new Blob([readFileSync(path.join(directory, `${state}.tar`))]))
    : freshDumps().then((both) => both[state]);
  dumps.set(state, made);
  return made;
}

/** An embedded database in memory; a migrated one may have been another test's, and is as new. */
export async function openMemory(state: 'bare' | 'migrated' = 'migrated'): Promise<Db> {
  return state === 'bare' ? openEmbedded('memory://', await dumpOf('bare')) : openPooled(dumpOf);
}

/** Where the processes of a run keep compiled code for each other. */
export function codeCache(): Record<string, string> {
  const directory = process.env[variable];
  return directory === undefined ? {} : { NODE_COMPILE_CACHE: path.join(directory, 'code') };
}

/** Puts a database into a data directory as a first start leaves it once it has the schema: nothing is in it yet. */
export function seedDataDirectory(dataDirectory: string): void {
  const directory = process.env[variable];
  if (directory === undefined) return;
  cpSync(path.join(directory, 'cluster'), path.join(dataDirectory, 'db'), { recursive: true });
}
