import { connect } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audit } from '../../src/actions/audit.ts';
import { Live } from '../../src/api/live.ts';
import { LiveStream } from '../../src/api/live-stream.ts';
import { topics } from '../../src/core/topics.ts';
import { addPerson, signedIn, withSessions } from '../auth/browser.ts';
import { openMemory } from '../support/templates.ts';
import type { LiveReader } from './live-reader.ts';
import { readLive } from './live-reader.ts';
import { signIn } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, sha256, start, winner } from './support.ts';
import type { TwoServers } from './two-servers.ts';
import { openTwoServers } from './two-servers.ts';

const withinMs = 2_000;
const log = { warn: () => undefined };

const asTeam = (house: House, headers: Record<string, string> = {}) =>
  readLive(`${house.url}/api/admin/events`, { authorization: `Bearer ${house.keys.viewer}`, ...headers });

/** How long it takes until a reader is told of this topic. */
async function toldAfter(reader: LiveReader, topic: string): Promise<number> {
  const begin = performance.now();
  await reader.until(topic);
  return performance.now() - begin;
}

describe('a live stream of the team', () => {
  let house: House;
  beforeAll(async () => {
    const db = await openMemory();
    const live = new Live(
      { db, hash: sha256, log },
      { beatEveryMs: 100, streamsPerCallerMax: 3, streamsMax: 5 },
    );
    house = await openHouse({ db, live });
  });
  afterAll(() => house.close());

  it('greets with where things stand, then tells within two seconds what changed, with the progress of batches', async () => {
    await seed(house, 'live', [winner('live', 1), winner('live', 2)]);
    const reader = await asTeam(house);
    expect(reader.status).toBe(200);
    expect(reader.header('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reader.header('x-accel-buffering')).toBe('no');
    expect(reader.header('cache-control')).toBe('no-store, no-transform');
    const hello = await reader.next();
    expect(hello).toMatchObject({ event: 'hello', data: { batches: [] } });
    expect(reader.text()).toContain('retry: ');
    const batchId = await start(house, 'live');
    const begin = performance.now();
    const changed = await reader.until('batches');
    expect(performance.now() - begin).toBeLessThan(withinMs);
    expect(changed.id).not.toBe(hello?.id);
    expect(changed.data.topics).toEqual(expect.arrayContaining(['payouts', 'cycles', 'inbox']));
    expect(changed.data.batches).toEqual([
      {
        id: batchId,
        status: 'processing',
        processedItems: 0,
        totalItems: 2,
        pollVersion: expect.any(Number),
      },
    ]);
    await settle(house);
    let last = await reader.until('batches');
    while (last.data.batches?.[0]?.status === 'processing') last = await reader.until('batches');
    expect(last.data.batches).toEqual([
      { id: batchId, status: 'completed', processedItems: 2, totalItems: 2, pollVersion: expect.any(Number) },
    ]);
    expect(await reader.quiet(1_200)).toBe(true);
    expect(reader.text()).toMatch(/\n\n:\n\n/);
    await reader.stop();
  });

  it('tells who prepares a cycle before the work begins, on which even a read may have to wait', async () => {
    await seed(house, 'locked', [winner('locked', 1)]);
    const reader = await asTeam(house);
    await reader.next();
    const paying = house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'locked' });
    let told = await reader.until('cycles');
    // What was set up before is told too.
    while (told.data.locks === undefined) told = await reader.until('cycles');
    expect(told.data).toEqual({
      topics: ['cycles'],
      batches: [],
      locks: [{ cycleId: 'locked', lockedBy: expect.any(String), expiresAt: expect.any(String) }],
    });
    expect((await paying).status).toBe(202);
    await reader.stop();
    await settle(house);
  });

  it('tells nothing twice: who comes back knows, who slept is told at once to look at everything', async () => {
    const reader = await asTeam(house);
    const known = (await reader.next())?.id ?? '';
    await reader.stop();
    const same = await asTeam(house, { 'last-event-id': known });
    expect(await same.next()).toMatchObject({ event: 'hello', id: known });
    expect(await same.quiet(300)).toBe(true);
    await same.stop();
    await house.ask('POST', '/api/admin/cycles', { id: 'while-asleep' });
    const late = await asTeam(house, { 'last-event-id': known });
    expect(await toldAfter(late, 'cycles')).toBeLessThan(withinMs);
    await late.stop();
    const stranger = await asTeam(house, { 'last-event-id': 'of-last-week' });
    const hello = await stranger.next();
    const changed = await stranger.next();
    expect(changed).toMatchObject({ event: 'changed', id: hello?.id });
    expect(changed?.data.topics).toEqual(expect.arrayContaining([...topics]));
    await stranger.stop();
  });

  it('names what a deed was about, and not what it was not', async () => {
    const reader = await asTeam(house);
    await reader.next();
    await house.ask('POST', '/api/admin/cycles', { id: 'named' });
    const { data } = await reader.until('cycles');
    expect(data.topics).toContain('audit');
    expect(data.topics).not.toContain('keys');
    await reader.stop();
  });

  it('is cut when its key is revoked, and is refused with that key', async () => {
    const made = await house.ask('POST', '/api/admin/api-keys', { name: 'short', role: 'viewer' });
    const headers = { authorization: `Bearer ${made.body['key'] as string}` };
    const reader = await readLive(`${house.url}/api/admin/events`, headers);
    expect(await reader.next()).toMatchObject({ event: 'hello' });
    await house.ask('DELETE', `/api/admin/api-keys/${made.body['id'] as string}`);
    let event = await reader.next();
    while (event?.event === 'changed') event = await reader.next();
    expect(event).toMatchObject({
      event: 'ended',
      data: { reason: expect.stringContaining('Sign in again') },
    });
    expect(await reader.next()).toBeNull();
    const again = await readLive(`${house.url}/api/admin/events`, headers);
    expect(again.status).toBe(401);
  });

  it('has a limit for each caller and one for the server, which say what to do, and gives places back', async () => {
    const open = [await asTeam(house), await asTeam(house), await asTeam(house)];
    const key = house.keys.viewer;
    const refused = await house.ask('GET', '/api/admin/events', undefined, { key });
    expect(refused).toMatchObject({
      status: 429,
      body: {
        code: 'too_many_streams',
        actionRequired: expect.stringContaining('without a live connection'),
      },
    });
    expect(refused.headers.get('retry-after')).toBe('30');
    const other = { authorization: `Bearer ${house.keys.approver}` };
    for (let more = 0; more < 2; more += 1) open.push(await readLive(`${house.url}/api/admin/events`, other));
    const full = await house.ask('GET', '/api/admin/events', undefined, { key: house.keys.operator });
    expect(full).toMatchObject({ status: 503, body: { code: 'streams_full', retryable: true } });
    for (const reader of open) await reader.stop();
    await expect.poll(() => house.deps.live?.size).toBe(0);
    const again = await asTeam(house);
    expect(again.status).toBe(200);
    await again.stop();
  });
});

describe('a live stream of somebody signed in', () => {
  let house: House;
  beforeAll(async () => {
    const db = await openMemory();
    house = await withSessions({ db, live: new Live({ db, hash: sha256, log }, { beatEveryMs: 100 }) });
  });
  afterAll(() => house.close());

  it('tells a payee of their own things only', async () => {
    for (const name of ['ana', 'ben'])
      await house.ask('POST', '/api/admin/payees', { externalId: name, name, email: `${name}@example.com` });
    const ana = await signIn(house, 'ana');
    const reader = await readLive(`${house.url}/api/payee/events`, { cookie: ana.cookie });
    expect(await reader.next()).toMatchObject({ event: 'hello', data: { batches: [] } });
    const earn = async (payeeExternalId: string) => {
      const earning = { sourceType: 'ticket', externalId: `t-${payeeExternalId}`, payeeExternalId };
      const got = await house.ask('POST', '/api/admin/earnings', {
        earnings: [{ ...earning, amount: 9000, currency: 'USD' }],
      });
      expect(got.body['counts']).toMatchObject({ created: 1 });
    };
    await earn('ben');
    expect(await reader.quiet(1_200)).toBe(true);
    await earn('ana');
    expect((await reader.next())?.data).toEqual({ topics: ['balance'], batches: [] });
    await ana.ask('POST', '/sign-out');
    expect(await reader.next()).toMatchObject({ event: 'ended' });
    expect(await reader.next()).toBeNull();
  });

  it('ends when the role of a person changes, though the new one could listen, too', async () => {
    const id = await addPerson(house, 'olga@example.com', 'operator');
    const browser = await signedIn(house, 'olga@example.com');
    const reader = await readLive(`${house.url}/api/admin/events`, { cookie: browser.cookieHeader });
    expect(await reader.next()).toMatchObject({ event: 'hello' });
    await sql`update person set role = 'viewer' where id = ${id}`.execute(house.db);
    let event = await reader.next();
    while (event?.event === 'changed') event = await reader.next();
    expect(event).toMatchObject({ event: 'ended' });
    const again = await readLive(`${house.url}/api/admin/events`, { cookie: browser.cookieHeader });
    expect(again.status).toBe(200);
    await again.stop();
  });
});

describe('a reader who does not read', () => {
  it('is let go when little is unread, whoever reads beside it goes on, and a server that stops waits for neither', async () => {
    const db = await openMemory();
    const live = new Live({ db, hash: sha256, log }, { beatEveryMs: 1 });
    const house = await openHouse({ db, live });
    const healthy = await asTeam(house);
    await healthy.next();
    const socket = connect(Number(new URL(house.url).port), '127.0.0.1');
    socket.pause();
    socket.on('error', () => undefined);
    socket.write(
      `GET /api/admin/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${house.keys.owner}\r\n\r\n`,
    );
    await expect.poll(() => live.size).toBe(2);
    const begin = performance.now();
    await house.close();
    expect(performance.now() - begin).toBeLessThan(3_000);
    expect(live.size).toBe(0);
    expect(await healthy.next()).toBeNull();
    const refused = await live.listen({
      caller: 'x',
      payeeId: null,
      lastEventId: null,
      stillMay: async () => true,
    });
    expect(refused).toMatchObject({ status: 503, code: 'unavailable' });
    socket.destroy();
  });

  it('holds at most the unread bytes of one stream, then is closed', () => {
    const stream = new LiveStream(1_000);
    let told = 0;
    while (stream.tell('x'.repeat(100))) told += 1;
    expect(told).toBe(10);
    expect(stream.destroyed).toBe(true);
    expect(stream.tell('more')).toBe(false);
  });
});

describe('two servers over one PostgreSQL', () => {
  let servers: TwoServers;
  beforeAll(async () => {
    servers = await openTwoServers();
  });
  afterAll(() => servers[Symbol.asyncDispose]());

  it('tell the same, wherever it happened, with the same ids', async () => {
    const [one, two] = servers.houses;
    const readers = [await asTeam(one), await asTeam(two)];
    const hellos = [await readers[0]?.next(), await readers[1]?.next()];
    expect(hellos[0]?.id).toBe(hellos[1]?.id);
    await one.ask('POST', '/api/admin/cycles', { id: 'here' });
    const told = await Promise.all(readers.map((reader) => reader.until('cycles')));
    expect(told[0]?.id).toBe(told[1]?.id);
    for (const reader of readers) await reader.stop();
  });

  it('tell of what commits late, below what was seen already', async () => {
    const [one, two] = servers.houses;
    const reader = await asTeam(two);
    await reader.next();
    let commit: () => void = () => undefined;
    const mayCommit = new Promise<void>((done) => {
      commit = done;
    });
    let written: () => void = () => undefined;
    const isWritten = new Promise<void>((done) => {
      written = done;
    });
    const late = one.db.transaction().execute(async (tx) => {
      await audit(tx, one.deps, 'key.created', { type: 'key', id: 'ak_late' });
      written();
      await mayCommit;
    });
    await isWritten;
    await two.ask('POST', '/api/admin/cycles', { id: 'early' });
    const early = await reader.until('cycles');
    expect(early.data.topics).not.toContain('keys');
    expect(early.id).toMatch(/~$/);
    commit();
    await late;
    const told = await reader.until('keys');
    expect(told.id).not.toMatch(/~$/);
    await reader.stop();
  });
});
