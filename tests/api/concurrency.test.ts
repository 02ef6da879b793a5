import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPostgres } from '../../src/store/db.ts';
import type { TestDatabase } from '../support/databases.ts';
import { createDatabase } from '../support/postgres.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, winner } from './support.ts';

// Two servers over one PostgreSQL, so that requests really run side by side.
let database: TestDatabase;
let houses: readonly [House, House];
beforeAll(async () => {
  database = await createDatabase();
  const first = await openHouse({ db: openPostgres(database.url) });
  houses = [
    first,
    await openHouse({ db: openPostgres(database.url), newId: (prefix) => first.deps.newId(prefix) }),
  ];
});
afterAll(async () => {
  for (const house of houses) await house.close();
  await database[Symbol.asyncDispose]();
});

const everywhere = <T>(times: number, work: (house: House, index: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: times }, (_, index) => work(houses[index % 2 === 0 ? 0 : 1], index)));

const count = async (status: string) => {
  const { body } = await houses[0].ask('GET', '/api/admin/ledger/verify');
  expect(body, status).toMatchObject({ differences: [] });
};

describe('requests of many callers at once', () => {
  it('record each earning once, though every caller brings the same payees with another address', async () => {
    await houses[0].ask('POST', '/api/admin/cycles', { id: 'e' });
    const answers = await everywhere(24, (house, caller) => {
      const earnings = Array.from({ length: 200 }, (_, number) => {
        const destination = `user${number}@caller${caller}.example.com`;
        return winner('e', number, { payee: { payoutMethod: { type: 'paypal', destination } } });
      });
      // Half of them in the other order, which is how deadlocks are made.
      return house.ask('POST', '/api/admin/earnings', {
        earnings: caller < 12 ? earnings : earnings.toReversed(),
      });
    });
    expect(answers.map((got) => got.status)).toEqual(answers.map(() => 200));
    const counts = answers.map((got) => got.body['counts'] as { created: number; unchanged: number });
    expect(counts.reduce((sum, { created }) => sum + created, 0)).toBe(200);
    expect(counts.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBe(4600);
    await count('after imports');
  });

  it('start one batch of a cycle and answer the others with its id, or with who prepares it', async () => {
    const answers = await everywhere(20, (house) =>
      house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'e' }),
    );
    const won = answers.filter((got) => got.status === 202);
    expect(won).toHaveLength(1);
    for (const got of answers.filter((answer) => answer.status !== 202)) {
      expect(got).toMatchObject(
        got.status === 423
          ? { body: { code: 'cycle_locked', lockedBy: 'cli' } }
          : { status: 409, body: { code: 'batch_already_active', batchId: won[0]?.body['batchId'] } },
      );
    }
    await settle(houses[0], (destination) => (destination.startsWith('user1') ? 'failed' : 'completed'));
    await count('after the run');
  });

  it('retry what failed in one batch, the same for everybody', async () => {
    const { body } = await houses[0].ask('GET', '/api/admin/cycles/e');
    const path = `/api/admin/payout-batches/${body['lastCompletedBatchId'] as string}/retry-failed`;
    const answers = await everywhere(12, (house) => house.ask('POST', path));
    const yes = answers.filter((got) => got.status === 202);
    for (const got of answers.filter((answer) => answer.status !== 202)) {
      expect(got).toMatchObject({ status: 423, body: { code: 'cycle_locked' } });
    }
    yes.push(await houses[1].ask('POST', path));
    expect(new Set(yes.map((got) => got.body['batchId'])).size).toBe(1);
    expect(yes.filter((got) => got.body['replayed'] === false)).toHaveLength(1);
    expect(yes.at(-1)).toMatchObject({ status: 202, body: { replayed: true } });
    await count('after the retry');
  });

  it('make one cycle, and one payee, of many', async () => {
    const cycles = await everywhere(10, (house) => house.ask('POST', '/api/admin/cycles', { id: 'same' }));
    expect(cycles.filter((got) => got.status === 201)).toHaveLength(1);
    expect(cycles.filter((got) => got.status === 200)).toHaveLength(9);
    const payees = await everywhere(10, (house, index) => {
      const destination = `same${index}@example.com`;
      return house.ask('POST', '/api/admin/payees', {
        externalId: 'same',
        payoutMethod: { type: 'paypal', destination },
      });
    });
    expect(new Set(payees.map((got) => got.body['id'])).size).toBe(1);
    expect(payees.every((got) => got.status === 201 || got.status === 200)).toBe(true);
  });

  it('cancel a batch once', async () => {
    await seed(houses[0], 'c', [winner('c', 1), winner('c', 2)]);
    const started = await houses[0].ask('POST', '/api/admin/payout-batches/process', { cycleId: 'c' });
    const path = `/api/admin/payout-batches/${started.body['batchId'] as string}/cancel`;
    const answers = await everywhere(8, (house) => house.ask('POST', path));
    expect(answers.filter((got) => got.status === 200)).toHaveLength(1);
    expect(answers.filter((got) => got.status === 409)).toHaveLength(7);
    await count('after the cancel');
  });
});
