import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressBucket } from '../../src/api/limits.ts';
import { all } from '../../src/store/db.ts';
import { sql } from 'kysely';
import { takeFrom } from '../../src/store/rate-limits.ts';
import type { House } from './support.ts';
import { openHouse, sha256 } from './support.ts';
import type { TwoServers } from './two-servers.ts';
import { openTwoServers } from './two-servers.ts';

const status = '/api/admin/status';
const minuteMs = 60_000;

const statusesOf = (answers: readonly { status: number }[]) => {
  const counts: Record<number, number> = {};
  for (const { status: code } of answers) counts[code] = (counts[code] ?? 0) + 1;
  return counts;
};
const times = <T>(count: number, work: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe('the limit of a key', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse({ limits: { requests: 40, posts: 10, signIns: 3, events: 20 } });
  });
  afterAll(() => house.close());

  it('lets so many requests of a minute pass, refuses the others with Retry-After, and starts anew', async () => {
    house.clock.ms += 15_000;
    const key = house.keys.viewer;
    const answers = await times(50, () => house.ask('GET', status, undefined, { key }));
    expect(statusesOf(answers)).toEqual({ 200: 40, 429: 10 });
    const refused = await house.ask('GET', status, undefined, { key });
    expect(refused).toMatchObject({ status: 429, body: { code: 'too_many_requests', retryable: true } });
    expect(refused.headers.get('retry-after')).toBe('45');
    expect((await house.ask('GET', status, undefined, { key: house.keys.owner })).status).toBe(200);
    house.clock.ms += 45_000;
    expect((await house.ask('GET', status, undefined, { key })).status).toBe(200);
  });

  it('is lower for POSTs, of which one with thousands of rows is one', async () => {
    house.clock.ms += minuteMs;
    const key = house.keys.operator;
    const earnings = Array.from({ length: 2_000 }, (_, index) => ({ externalId: `${index}` }));
    const answers = await times(12, () => house.ask('POST', '/api/admin/earnings', { earnings }, { key }));
    expect(statusesOf(answers)).toEqual({ 200: 10, 429: 2 });
    expect((await house.ask('GET', status, undefined, { key })).status).toBe(200);
  });

  it('is not for the command line of the same machine', async () => {
    const answers = await times(60, () => house.ask('GET', status));
    expect(statusesOf(answers)).toEqual({ 200: 60 });
  });

  it('costs one write for a twentieth of it', async () => {
    house.clock.ms += minuteMs;
    await sql`create table counted (n int)`.execute(house.db);
    await sql`create function count_write() returns trigger language plpgsql as $$ begin
      insert into counted values (1); return new; end $$`.execute(house.db);
    await sql`create trigger count_write before insert on rate_window for each row execute function count_write()`.execute(
      house.db,
    );
    await times(20, () => house.ask('GET', status, undefined, { key: house.keys.approver }));
    await sql`drop trigger count_write on rate_window`.execute(house.db);
    expect(await all(house.db, sql`select n from counted`)).toHaveLength(10);
  });

  it('is kept for each address that asks for sign-in links, in the API and on the page together', async () => {
    house.clock.ms += minuteMs;
    const ask = (email: unknown) =>
      house.ask('POST', '/api/payee/sign-in', { email }, { key: null }).then((got) => got.status);
    expect(await times(3, (index) => ask(`u${index}@example.com`))).toEqual([202, 202, 202]);
    expect(await ask('u9@example.com')).toBe(429);
    const page = await house.ask('POST', '/portal/sign-in', undefined, { key: null });
    expect(page).toMatchObject({ status: 429, body: { code: 'too_many_requests' } });
    house.clock.ms += minuteMs;
    expect(await ask('u9@example.com')).toBe(202);
  });

  it('is counted before events are read, for each address', async () => {
    house.clock.ms += minuteMs;
    const event = JSON.stringify({ id: 'WH-1' });
    const answers = await times(25, () =>
      house.ask('POST', '/api/webhooks/paypal', event, {
        key: null,
        headers: { 'x-signature': sha256(event) },
      }),
    );
    expect(statusesOf(answers)).toEqual({ 200: 20, 429: 5 });
    const refused = answers.find((got) => got.status === 429);
    expect(refused?.headers.get('content-type')).toContain('application/problem+json');
    expect(refused?.headers.get('retry-after')).toBe('60');
  });
});

describe('keys that are guessed', () => {
  it('shut their address out for the rest of the minute before anything is looked up, but not the command line', async () => {
    const house = await openHouse();
    const guess = (number: number) => house.ask('GET', status, undefined, { key: `pk_guess${number}` });
    expect(statusesOf(await times(40, guess))).toEqual({ 401: 30, 429: 10 });
    await sql`alter table api_key rename to away`.execute(house.db);
    const right = { key: house.keys.owner };
    expect((await house.ask('GET', status, undefined, right)).status).toBe(429);
    expect((await house.ask('GET', status)).status).toBe(200);
    await sql`alter table away rename to api_key`.execute(house.db);
    house.clock.ms += minuteMs;
    expect((await house.ask('GET', status, undefined, right)).status).toBe(200);
    await house.close();
  });

  it('are counted by the address of the caller, whatever X-Forwarded-For says, unless a proxy is trusted', async () => {
    const guess = (house: House, from: number) =>
      house.ask('GET', status, undefined, {
        key: 'pk_guess',
        headers: { 'x-forwarded-for': `203.0.113.${from}` },
      });
    const plain = await openHouse();
    expect(statusesOf(await times(40, (index) => guess(plain, index)))).toEqual({ 401: 30, 429: 10 });
    await plain.close();
    const behind = await openHouse({ trustProxy: ['127.0.0.1'] });
    expect(statusesOf(await times(40, (index) => guess(behind, index)))).toEqual({ 401: 40 });
    await behind.close();
  });

  it('count a whole network of IPv6 as one address', () => {
    const bucket = (ip: string) => addressBucket('events', ip);
    expect(bucket('2001:db8:1:2:3:4:5:6')).toBe(bucket('2001:db8:1:2::9'));
    expect(bucket('2001:db8:1:2::9')).not.toBe(bucket('2001:db8:1:3::9'));
    expect(bucket('::ffff:192.0.2.1')).toBe(bucket('192.0.2.1'));
    expect(bucket('::1')).toBe('events:0:0:0:0::/64');
  });
});

describe('two servers', () => {
  let servers: TwoServers;
  beforeAll(async () => {
    servers = await openTwoServers({ limits: { requests: 100 } });
  });
  afterAll(() => servers[Symbol.asyncDispose]());

  it('share a limit: together they let no more pass, and hardly less', async () => {
    const key = servers.houses[0].keys.viewer;
    await sql`truncate rate_window`.execute(servers.houses[0].db);
    const answers = await servers.everywhere(180, (house) => house.ask('GET', status, undefined, { key }));
    const passed = statusesOf(answers)[200] ?? 0;
    expect(passed).toBeLessThanOrEqual(100);
    expect(passed).toBeGreaterThan(90);
  });

  it('grant each unit once, however many take at once', async () => {
    const now = new Date(servers.houses[0].clock.ms);
    const taken = await servers.everywhere(30, (house) => takeFrom(house.db, 'b', 50, now, 3));
    expect(taken.reduce((sum, { granted }) => sum + granted, 0)).toBe(50);
    expect((await takeFrom(servers.houses[1].db, 'b', 50, now)).granted).toBe(0);
    const next = new Date(now.getTime() + minuteMs);
    expect(await takeFrom(servers.houses[1].db, 'b', 50, next)).toEqual({ granted: 1, retryAfter: 60 });
  });
});
