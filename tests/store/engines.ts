import { sql } from 'kysely';
import { describe } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { openPostgres } from '../../src/store/db.ts';
import { migratedTemplate } from '../support/databases.ts';
import { createDatabase } from '../support/postgres.ts';
import { openMemory } from '../support/templates.ts';

/** A database of its own for one test. `again` opens the same one as another process would. */
interface Opened extends AsyncDisposable {
  readonly db: Db;
  again(): Db;
}

export interface Engine {
  readonly name: string;
  /** True when several processes can be connected. */
  readonly shared: boolean;
  open(options?: { migrated: boolean }): Promise<Opened>;
}

/** Opened once and emptied for each test that wants no schema: opening takes seconds. */
let bare: Promise<Db> | undefined;

const engines: readonly Engine[] = [
  {
    name: 'embedded',
    shared: false,
    open: async ({ migrated } = { migrated: true }) => {
      if (migrated) {
        const db = await openMemory();
        return { db, again: () => db, [Symbol.asyncDispose]: () => db.destroy() };
      }
      bare ??= openMemory('bare');
      const db = await bare;
      await sql`drop schema public cascade`.execute(db);
      await sql`create schema public`.execute(db);
      return { db, again: () => db, [Symbol.asyncDispose]: () => Promise.resolve() };
    },
  },
  {
    name: 'PostgreSQL',
    shared: true,
    open: async ({ migrated } = { migrated: true }) => {
      const database = await createDatabase(migrated ? migratedTemplate : undefined);
      const opened = [openPostgres(database.url)];
      const [db = openPostgres(database.url)] = opened;
      const again = () => {
        const other = openPostgres(database.url);
        opened.push(other);
        return other;
      };
      const close = async () => {
        await Promise.all(opened.map((each) => each.destroy()));
        await database[Symbol.asyncDispose]();
      };
      return { db, again, [Symbol.asyncDispose]: close };
    },
  },
];

/** Runs the same sentences on the embedded database and on a PostgreSQL server. */
export function onBoth(tests: (engine: Engine) => void): void {
  describe.each(engines)('on $name', tests);
}
