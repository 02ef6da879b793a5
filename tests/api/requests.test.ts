import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runOnce } from '../../src/engine/sweep.ts';
import { all } from '../../src/store/db.ts';
import { insertRequests, removeOldRequests } from '../../src/store/request-log.ts';
import { addPerson, signedIn, withSessions } from '../auth/browser.ts';
import { makeWorld } from '../support/world.ts';
import type { House } from './support.ts';

const path = '/api/admin/requests';
const dayMs = 24 * 60 * 60_000;

let house: House;
beforeAll(async () => {
  house = await withSessions({ limits: { failedKeys: 100_000 } });
});
afterAll(() => house.close());

const list = async (query = '') => (await house.ask('GET', `${path}?limit=500&${query}`)).body.data;
/** The request with this id, once it is written. */
async function logged(requestId: string) {
  await expect
    .poll(async () => (await list()).map((row) => row['requestId']), { timeout: 5_000 })
    .toContain(requestId);
  return (await list()).find((row) => row['requestId'] === requestId);
}

describe('the list of requests', () => {
  it('says how each call of a key was answered, and nothing of what was sent', async () => {
    const key = house.keys.operator;
    const headers = { 'x-request-id': 'first', 'idempotency-key': 'k-1' };
    const body = { id: 'secret-cycle' };
    await house.ask('POST', '/api/admin/cycles', body, { key, headers });
    await house.ask('POST', '/api/admin/cycles', body, {
      key,
      headers: { ...headers, 'x-request-id': 'again' },
    });
    await house.ask('GET', '/api/admin/cycles/none', undefined, {
      key,
      headers: { 'x-request-id': 'no' },
    });
    await house.ask('GET', '/api/admin/payouts?q=hidden', undefined, { key });
    const viewer = { key: house.keys.viewer, headers: { 'x-request-id': 'forbidden' } };
    await house.ask('POST', '/api/admin/cycles', { id: 'x' }, viewer);
    expect(await logged('first')).toMatchObject({
      method: 'POST',
      route: '/api/admin/cycles',
      status: 201,
      code: null,
      ms: expect.any(Number),
      actor: { kind: 'key', id: expect.stringMatching(/^ak_/) },
      ip: '127.0.0.1',
      replayed: false,
    });
    expect(await logged('again')).toMatchObject({ status: 201, replayed: true });
    expect(await logged('no')).toMatchObject({
      route: '/api/admin/cycles/:id',
      status: 404,
      code: 'cycle_not_found',
    });
    const refused = await logged('forbidden');
    expect(refused).toMatchObject({ status: 403, code: 'forbidden', actor: { kind: 'key' } });
    expect(JSON.stringify(await list())).not.toMatch(/secret-cycle|hidden|k-1|pk_/);
    const { id = '' } = (refused?.['actor'] ?? {}) as { id?: string };
    expect((await list(`keyId=${id}`)).map((row) => row['requestId'])).toEqual(['forbidden']);
    expect((await list('status=4xx&route=/api/admin/cycles')).map((row) => row['requestId'])).toEqual([
      'forbidden',
    ]);
  });

  it('leaves out what somebody signed in only looked at, and keeps what they did', async () => {
    await addPerson(house, 'olga@example.com');
    const browser = await signedIn(house, 'olga@example.com');
    await browser.ask('GET', '/api/admin/cycles', undefined, { 'x-request-id': 'looked' });
    await browser.ask('POST', '/api/admin/cycles', { id: 'did' }, { 'x-request-id': 'did' });
    expect(await logged('did')).toMatchObject({ status: 201, actor: { kind: 'person' } });
    expect((await list()).map((row) => row['requestId'])).not.toContain('looked');
  });

  it('is not pushed out by a flood of strangers', async () => {
    let sent = 0;
    const flood = async () => {
      sent += 150;
      await Promise.all(
        Array.from({ length: 150 }, () =>
          house.ask('GET', '/api/admin/cycles', undefined, { key: 'pk_none' }),
        ),
      );
      return house.logged.some((line) => line.event === 'requests_left_out');
    };
    await expect.poll(flood, { timeout: 20_000, interval: 0 }).toBe(true);
    const headers = { 'x-request-id': 'in' };
    await house.ask('GET', '/api/admin/cycles', undefined, { key: house.keys.owner, headers });
    await logged('in');
    const strangers = (await list('keyId=stranger')).length;
    expect(strangers).toBeGreaterThan(0);
    expect(strangers).toBeLessThan(sent);
  });

  it('is written before a server stops', async () => {
    const other = await withSessions();
    let rows: unknown[] = [];
    const { db } = other;
    // The house ends its database behind the server; what is there then was written by the server.
    const destroy = db.destroy.bind(db);
    db.destroy = async () => {
      rows = await all(db, sql`select 1 from request_log where request_id = 'last'`);
      await destroy();
    };
    const headers = { 'x-request-id': 'last' };
    await other.ask('POST', '/api/admin/cycles', { id: 'last' }, { key: other.keys.owner, headers });
    await other.close();
    expect(rows).toHaveLength(1);
  });

  it('forgets after two weeks, or when there are too many, the oldest first', async () => {
    const world = await makeWorld({ db: house.db });
    await sql`truncate request_log`.execute(house.db);
    const at = (daysAgo: number) => new Date(world.now().getTime() - daysAgo * dayMs);
    const row = (daysAgo: number) => ({
      at: at(daysAgo),
      method: 'GET',
      route: '/api/admin/cycles',
      status: 200,
      code: null,
      ms: 1,
      requestId: `d${daysAgo}`,
      actorKind: 'key' as const,
      actorId: 'ak_1',
      ip: null,
      replayed: false,
    });
    await insertRequests(
      house.db,
      [30, 15, 13, 2, 1].map((days) => row(days)),
    );
    expect(await runOnce(world)).toBeGreaterThanOrEqual(2);
    const left = async () =>
      (
        await all(
          house.db,
          sql<{ id: string }>`select request_id as id from request_log order by request_log.id`,
        )
      ).map(({ id }) => id);
    expect(await left()).toEqual(['d13', 'd2', 'd1']);
    expect(await removeOldRequests(house.db, world.now(), 1_000, 2n)).toBe(1);
    expect(await left()).toEqual(['d2', 'd1']);
  });
});
