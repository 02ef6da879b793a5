import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/store/db.ts';
import type { TestDatabase } from '../support/databases.ts';
import { createDatabase } from '../support/postgres.ts';
import { asPayee, cookieOf, makeLink, verify } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

// Two servers over one PostgreSQL, so that requests really run side by side.
let database: TestDatabase;
let houses: readonly [House, House];
beforeAll(async () => {
  database = await createDatabase();
  // What is raced for here is the link, not the limit of one address.
  const limits = { signIns: 1_000 };
  const first = await openHouse({ db: openPostgres(database.url), limits });
  const newId = (prefix: string) => first.deps.newId(prefix);
  houses = [first, await openHouse({ db: openPostgres(database.url), newId, limits })];
  await first.ask('POST', '/api/admin/payees', { externalId: 'ana', email: 'ana@example.com' });
});
afterAll(async () => {
  for (const house of houses) await house.close();
  await database[Symbol.asyncDispose]();
});

const everywhere = <T>(times: number, work: (house: House) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => work(houses[index % 2 === 0 ? 0 : 1])));
const count = async (table: string) => {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(
    houses[0].db,
  );
  return rows[0]?.n;
};

describe('two servers at once', () => {
  it('open one session of a link that is used by many at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const before = (await count('portal_session')) ?? 0;
      const token = await makeLink(houses[0], 'ana');
      const answers = await everywhere(12, (house) => verify(house, token));
      const opened = answers.filter((got) => got.status === 200);
      expect(opened).toHaveLength(1);
      expect(answers.filter((got) => got.status === 401)).toHaveLength(11);
      expect(await count('portal_session')).toBe(before + 1);
      const [cookie = ''] = opened.map((got) => cookieOf(got.headers));
      for (const house of houses) expect((await asPayee(house, cookie)('GET', '/profile')).status).toBe(200);
    }
  });

  it('mail an address five links an hour together', async () => {
    const answers = await everywhere(16, (house) =>
      house.ask('POST', '/api/payee/sign-in', { email: 'Ana@example.com' }, { key: null }),
    );
    expect(answers.map((got) => got.status)).toEqual(answers.map(() => 202));
    expect(await count('mail')).toBe(5);
  });
});
