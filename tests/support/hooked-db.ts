import { PGlite } from '@electric-sql/pglite';
import type {
  CompiledQuery,
  DatabaseConnection,
  Dialect,
  Driver,
  QueryResult,
  TransactionSettings,
} from 'kysely';
import { Kysely, PGliteDialect } from 'kysely';
import type { Db } from '../../src/store/db.ts';
import { makeAsNew } from './as-new.ts';
import { giveBack, takeEmbedded } from './embedded-pool.ts';
import { dumpOf } from './templates.ts';

/** Every moment at which a process can die and leave a difference: around each commit and each call to a provider. */
export interface Hooks {
  /** Throws to kill. `moment` says whether the effect has happened. */
  point(what: string, moment: 'before' | 'after'): void;
  /** Throws once the process is dead: nothing it does reaches the database any more. */
  alive(): void;
}

const int8 = 20;
const writes = /^\s*(insert|update|delete|truncate|with)\b/i;

/** An embedded database that several processes share; each gets its own connection with its own hooks. */
export class SharedDatabase {
  readonly pglite: PGlite;
  /** Statements and transactions under way; zero means that whoever waits, waits for something else. */
  busy = 0;

  private constructor(pglite: PGlite) {
    this.pglite = pglite;
  }

  /** With the schema of now, or as it was when `dump` was made: then it cannot be as new. */
  static async open(dump?: Blob): Promise<SharedDatabase> {
    if (dump === undefined) return new SharedDatabase(await takeEmbedded(dumpOf));
    const parsers = { [int8]: BigInt };
    return new SharedDatabase(await PGlite.create('memory://', { parsers, loadDataDir: dump }));
  }

  connect(hooks: Hooks = { point: () => undefined, alive: () => undefined }): Db {
    return new Kysely({ dialect: hooked(new PGliteDialect({ pglite: this.pglite }), this, hooks) });
  }

  /** As new: much quicker than another database. */
  async reset(): Promise<void> {
    if (!(await makeAsNew(this.connect()))) throw new Error('the schema of the database was changed');
  }

  async dump(): Promise<Blob> {
    return this.pglite.dumpDataDir('none');
  }

  async close(): Promise<void> {
    await giveBack(this.pglite);
  }
}

function hooked(base: Dialect, shared: SharedDatabase, hooks: Hooks): Dialect {
  return {
    createAdapter: () => base.createAdapter(),
    createIntrospector: (db) => base.createIntrospector(db),
    createQueryCompiler: () => base.createQueryCompiler(),
    createDriver: () => new HookedDriver(base.createDriver(), shared, hooks),
  };
}

class HookedDriver implements Driver {
  private readonly base: Driver;
  private readonly shared: SharedDatabase;
  private readonly hooks: Hooks;
  private real: DatabaseConnection | undefined;
  private inTransaction = false;
  private wrote = false;
  private readonly connection: DatabaseConnection = {
    executeQuery: (query) => this.execute(query),
    streamQuery: () => {
      throw new Error('not used');
    },
  };

  constructor(base: Driver, shared: SharedDatabase, hooks: Hooks) {
    this.base = base;
    this.shared = shared;
    this.hooks = hooks;
  }

  async init(): Promise<void> {
    await this.base.init();
    this.real = await this.base.acquireConnection();
  }

  /** Also after a death: a connection that was refused would keep those waiting who come after. */
  async acquireConnection(): Promise<DatabaseConnection> {
    await Promise.resolve();
    return this.connection;
  }

  async beginTransaction(_: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    this.hooks.alive();
    await this.counted((real) => this.base.beginTransaction(real, settings));
    this.inTransaction = true;
    this.wrote = false;
  }

  async commitTransaction(): Promise<void> {
    if (this.wrote) this.hooks.point('commit', 'before');
    await this.counted((real) => this.base.commitTransaction(real));
    this.inTransaction = false;
    if (this.wrote) this.hooks.point('commit', 'after');
  }

  async rollbackTransaction(): Promise<void> {
    await this.counted((real) => this.base.rollbackTransaction(real));
    this.inTransaction = false;
  }

  async releaseConnection(): Promise<void> {
    await Promise.resolve();
  }

  async destroy(): Promise<void> {
    await Promise.resolve();
  }

  private async execute<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    this.hooks.alive();
    const writing = writes.test(query.sql);
    if (writing && !this.inTransaction) return this.alone(query);
    if (writing) this.wrote = true;
    return this.counted((real) => real.executeQuery<R>(query));
  }

  /** A write outside a transaction is one of its own; one that changed nothing is no point to die at. */
  private async alone<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    await this.counted((real) => this.base.beginTransaction(real, {}));
    try {
      const result = await this.counted((real) => real.executeQuery<R>(query));
      const changed = result.numAffectedRows !== 0n;
      if (changed) this.hooks.point('statement', 'before');
      await this.counted((real) => this.base.commitTransaction(real));
      if (changed) this.hooks.point('statement', 'after');
      return result;
    } catch (error) {
      await this.counted((real) => this.base.rollbackTransaction(real));
      throw error;
    }
  }

  private async counted<T>(work: (real: DatabaseConnection) => Promise<T>): Promise<T> {
    if (!this.real) throw new Error('the driver was not initialised');
    this.shared.busy += 1;
    try {
      return await work(this.real);
    } finally {
      this.shared.busy -= 1;
    }
  }
}
