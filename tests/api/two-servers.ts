import { openPostgres } from '../../src/store/db.ts';
import type { ApiDeps } from '../../src/api/deps.ts';
import { createDatabase } from '../support/postgres.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

/** Two servers over one PostgreSQL, so that requests really run side by side. */
export interface TwoServers extends AsyncDisposable {
  readonly houses: readonly [House, House];
  /** Address of their database. */
  readonly databaseUrl: string;
  /** The same work many times at once, every other time on the other server. */
  everywhere<T>(times: number, work: (house: House, index: number) => Promise<T>): Promise<T[]>;
}

/** `skewMs`: how far the clock of the second one is ahead. */
export async function openTwoServers(both: Partial<ApiDeps> = {}, skewMs = 0): Promise<TwoServers> {
  const database = await createDatabase();
  const one = await openHouse({ ...both, db: openPostgres(database.url) });
  const two = await openHouse({
    newId: (prefix) => one.deps.newId(prefix),
    now: () => new Date(one.clock.ms + skewMs),
    ...both,
    db: openPostgres(database.url),
  });
  const houses = [one, two] as const;
  return {
    houses,
    databaseUrl: database.url,
    everywhere: (times, work) =>
      Promise.all(Array.from({ length: times }, (_, index) => work(index % 2 === 0 ? one : two, index))),
    [Symbol.asyncDispose]: async () => {
      for (const house of houses) await house.close();
      await database[Symbol.asyncDispose]();
    },
  };
}
