import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { Db } from '../../src/store/db.ts';
import { keepAsNew, makeAsNew } from './as-new.ts';

const int8 = 20;
/** Databases in memory that a worker keeps for the next who needs one; each holds a few hundred megabytes. */
const idleMax = 2;
const idle: PGlite[] = [];

type DumpOf = (state: 'migrated') => Promise<Blob>;

/** A database in memory with the schema of now and nothing in it. Making one takes half a second, emptying one a twentieth of that. */
export async function takeEmbedded(dumpOf: DumpOf): Promise<PGlite> {
  const waiting = idle.pop();
  if (waiting) return waiting;
  const parsers = { [int8]: BigInt };
  const pglite = await PGlite.create('memory://', { parsers, loadDataDir: await dumpOf('migrated') });
  await keepAsNew(over(pglite));
  return pglite;
}

/** Nobody uses it any more: it is emptied for the next. One that cannot be as new is closed. */
export async function giveBack(pglite: PGlite): Promise<void> {
  if (idle.length < idleMax && (await isAsNew(pglite))) idle.push(pglite);
  else await pglite.close();
}

/** For programs beside the tests: a database that is open keeps a process from ending. */
export async function closeIdle(): Promise<void> {
  for (const pglite of idle.splice(0)) await pglite.close();
}

async function isAsNew(pglite: PGlite): Promise<boolean> {
  try {
    return await makeAsNew(over(pglite));
  } catch {
    // Whatever stands in the way: another database is as good.
    return false;
  }
}

/** The same as our own code connects to it; `destroy` gives it back. */
export async function openPooled(dumpOf: DumpOf): Promise<Db> {
  const pglite = await takeEmbedded(dumpOf);
  const lent = {
    closed: false,
    ready: true,
    waitReady: Promise.resolve(),
    query: pglite.query.bind(pglite),
    transaction: pglite.transaction.bind(pglite),
    close: async () => {
      if (lent.closed) return;
      lent.closed = true;
      await giveBack(pglite);
    },
  };
  return new Kysely({ dialect: new PGliteDialect({ pglite: lent }) });
}

function over(pglite: PGlite): Db {
  return new Kysely({ dialect: new PGliteDialect({ pglite }) });
}
