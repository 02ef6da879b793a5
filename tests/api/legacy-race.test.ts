import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { all } from '../../src/store/db.ts';
import type { House } from './support.ts';
import { seed, winner } from './support.ts';
import { differences } from './tickets.ts';
import type { TwoServers } from './two-servers.ts';
import { openTwoServers } from './two-servers.ts';

// On PostgreSQL, from two servers at once.

const peopleCount = 20;
const address = '/api/admin/imports/legacy-payouts';

let town: TwoServers;
let house: House;
beforeAll(async () => {
  town = await openTwoServers();
  [house] = town.houses;
});
afterAll(async () => town[Symbol.asyncDispose]());

const rowsOf = (cycle: string) =>
  Array.from({ length: peopleCount }, (_, at) => ({
    line: at + 1,
    transactionId: `${cycle}-T${at}`,
    reference: `winner_${cycle}-sel${at}_${cycle}-user${at}`,
    status: 'SUCCESS',
    amount: '10.00',
    currency: 'USD',
  }));
const people = (cycle: string) => Array.from({ length: peopleCount }, (_, at) => winner(cycle, at));
const live = async (cycle: string) =>
  all(
    house.db,
    sql<{
      kind: string;
      count: bigint;
    }>`select p.kind, count(*) as count from earning e join cycle c on c.id = e.cycle_id
      join payout_earning l on l.earning_id = e.id and l.released_at is null join payout p on p.id = l.payout_id
      where c.public_id = ${cycle} group by p.kind`,
  );

it('lets whoever locks first win, when a run and an import of what it pays start at once', async () => {
  for (let round = 0; round < 8; round += 1) {
    const cycle = `race${round}`;
    await seed(house, cycle, people(cycle));
    const [run, imported] = await Promise.all([
      house.ask('POST', '/api/admin/payout-batches/process', { cycleId: cycle }),
      town.houses[1].ask('POST', address, { cycleId: cycle, rows: rowsOf(cycle) }),
    ]);
    expect(imported.status, imported.text).toBe(201);
    const ran = run.status === 202;
    expect(run.body).toMatchObject(ran ? { totalItems: peopleCount } : { code: 'nothing_to_pay' });
    expect(imported.body['results']).toMatchObject({
      matched: { count: ran ? 0 : peopleCount },
      ambiguous: { count: ran ? peopleCount : 0 },
    });
    expect(await live(cycle)).toEqual([{ kind: ran ? 'cycle' : 'legacy', count: BigInt(peopleCount) }]);
  }
  expect(await differences(house)).toEqual([]);
});

it('counts a payment once when its file is imported many times at once', async () => {
  await seed(house, 'many', people('many'));
  const got = await town.everywhere(12, async (at) =>
    at.ask('POST', address, { cycleId: 'many', rows: rowsOf('many') }),
  );
  const matched = got.map(({ body }) => (body['results'] as { matched: { count: number } }).matched.count);
  expect(matched.toSorted((a, b) => b - a)).toEqual([peopleCount, ...Array.from({ length: 11 }, () => 0)]);
  expect(await live('many')).toEqual([{ kind: 'legacy', count: BigInt(peopleCount) }]);
  expect(await differences(house)).toEqual([]);
});
