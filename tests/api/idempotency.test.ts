import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { all, openPostgres } from '../../src/store/db.ts';
import { runOnce } from '../../src/engine/sweep.ts';
import { SharedDatabase } from '../support/hooked-db.ts';
import { startProcess } from '../support/processes.ts';
import { testSecret } from '../support/vault.ts';
import { makeWorld } from '../support/world.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, winner } from './support.ts';
import type { TwoServers } from './two-servers.ts';
import { openTwoServers } from './two-servers.ts';

const headers = (key: string) => ({ 'idempotency-key': key });
const payees = '/api/admin/payees';
const process = '/api/admin/payout-batches/process';

describe('a POST with an Idempotency-Key', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterAll(() => house.close());

  const post = (key: string, path: string, body?: unknown, caller?: string) =>
    house.ask('POST', path, body, {
      headers: headers(key),
      ...(caller === undefined ? {} : { key: caller }),
    });

  it('answers a repetition with the first answer to the byte, marked, and does nothing', async () => {
    const first = await post('a1', '/api/admin/cycles', { name: 'November', id: 'i1' });
    expect(first.status).toBe(201);
    expect(first.headers.get('idempotent-replayed')).toBeNull();
    await seed(house, 'i1', [winner('i1', 1)]);
    const again = await post('a1', '/api/admin/cycles', { id: 'i1', name: 'November' });
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'));
    const plain = await house.ask('POST', '/api/admin/cycles', { id: 'plain' });
    expect(first.headers.get('content-type')).toBe(plain.headers.get('content-type'));
    expect(plain.headers.get('idempotent-replayed')).toBeNull();
  });

  it('refuses the key with another request', async () => {
    await post('a2', payees, { externalId: 'p2' });
    const got = await post('a2', payees, { externalId: 'p2', name: 'Other' });
    expect(got).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } });
  });

  it('is another one for another caller, another route and another parameter', async () => {
    expect((await post('a3', payees, { externalId: 'p3' })).status).toBe(201);
    const other = await post('a3', payees, { externalId: 'p3b' }, house.keys.operator);
    expect(other).toMatchObject({ status: 201, body: { externalId: 'p3b' } });
    expect((await post('a3', '/api/admin/cycles', { id: 'i3' })).status).toBe(201);
    expect((await post('a3', '/api/admin/payout-batches/pb_1/cancel')).status).toBe(404);
    expect((await post('a3', '/api/admin/payout-batches/pb_2/cancel')).status).toBe(404);
  });

  it('may be used again after a no, once what was wrong is mended', async () => {
    expect((await post('a4', process, { cycleId: 'i4' })).status).toBe(404);
    await seed(house, 'i4', [winner('i4', 1)]);
    expect((await post('a4', process, { cycleId: 'i4' })).status).toBe(202);
    expect((await post('a4', payees, { externalId: '' })).status).toBe(422);
    expect((await post('a4', payees, { externalId: 'p4' })).status).toBe(201);
  });

  it('keeps an answer without a body, and plain no of the route stays what it is', async () => {
    const batch = await post('a5', process, { cycleId: 'i4' });
    expect(batch).toMatchObject({ status: 409, body: { code: 'batch_already_active' } });
    await settle(house);
  });

  it('leaves nothing of a request that failed inside, so the same key succeeds later', async () => {
    await seed(house, 'i6', [winner('i6', 1)]);
    await sql`alter table idempotency_outcome rename to away`.execute(house.db);
    expect((await post('a6', process, { cycleId: 'i6' })).status).toBe(500);
    await sql`alter table away rename to idempotency_outcome`.execute(house.db);
    await sql`create function refuse_outcome() returns trigger language plpgsql as $$ begin raise exception 'no'; end $$`.execute(
      house.db,
    );
    await sql`create trigger refuse_outcome before insert on idempotency_outcome for each row
      execute function refuse_outcome()`.execute(house.db);
    expect((await post('a6', process, { cycleId: 'i6' })).status).toBe(500);
    await sql`drop trigger refuse_outcome on idempotency_outcome`.execute(house.db);
    expect((await house.ask('GET', '/api/admin/cycles/i6')).body).toMatchObject({
      activeBatchId: null,
      lock: null,
    });
    expect((await post('a6', process, { cycleId: 'i6' })).body).toMatchObject({ replayed: false });
  });

  it('hears the clean refusal after a lost race on a unique index, and loses nothing around it', async () => {
    await seed(house, 'i7', [winner('i7', 1)]);
    // Two rivals, in the first two of three tries.
    await sql`create sequence tries`.execute(house.db);
    await sql`create function rival() returns trigger language plpgsql as $$ begin
      if pg_trigger_depth() = 1 and nextval('tries') <= 2 then insert into payout_batch (public_id, cycle_id, provider, state,
        started_by, checksum, total_items, created_at)
        values ('pb_rival', new.cycle_id, 'paypal', 'preparing', 'rival', '', 0, now()); end if;
      return new; end $$`.execute(house.db);
    await sql`create trigger rival before insert on payout_batch for each row execute function rival()`.execute(
      house.db,
    );
    const got = await post('a7', process, { cycleId: 'i7' });
    await sql`drop trigger rival on payout_batch`.execute(house.db);
    expect(got).toMatchObject({ status: 202, body: { totalItems: 1 } });
    expect((await post('a7', process, { cycleId: 'i7' })).text).toBe(got.text);
    expect((await house.ask('GET', '/api/admin/payout-batches?cycleId=i7')).body).toHaveLength(1);
  });

  it.each([
    ['empty', ''],
    ['with a space', 'a b'],
    ['with a letter beyond ASCII', 'caf\u00e9'],
    ['of 256 characters', 'k'.repeat(256)],
  ])('that is %s is refused', async (_what, key) => {
    const got = await post(key, payees, { externalId: 'bad' });
    expect(got).toMatchObject({ status: 422, body: { code: 'invalid_idempotency_key' } });
  });

  it('may have 255 characters, and means nothing on a GET', async () => {
    expect((await post('k'.repeat(255), payees, { externalId: 'long' })).status).toBe(201);
    const got = await house.ask('GET', payees, undefined, { headers: headers('a b') });
    expect(got.status).toBe(200);
  });

  it('never keeps a secret that is shown once, and says what was made', async () => {
    const body = { name: 'shop', role: 'operator' };
    const made = await post('a8', '/api/admin/api-keys', body);
    const again = await post('a8', '/api/admin/api-keys', body);
    expect(again).toMatchObject({ status: 409, body: { code: 'secret_shown_once', id: made.body['id'] } });
    const rows = await all(house.db, sql`select * from idempotency_outcome`);
    expect(JSON.stringify(rows)).not.toContain(made.body['key']);
    const keys = (await house.ask('GET', '/api/admin/api-keys')).body.data;
    expect(keys.filter((key) => key['name'] === 'shop')).toHaveLength(1);
  });

  it('with a body nested beyond sense is unreadable', async () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    const text = `{"earnings":[{"sourceType":"winner","metadata":${deep}}]}`;
    const got = await post('a9', '/api/admin/earnings', text);
    expect([400, 422]).toContain(got.status);
  });

  it('is answered for thirty days, then forgotten', async () => {
    const world = await makeWorld({ db: house.db, clock: house.clock });
    await post('a10', payees, { externalId: 'p10' });
    house.clock.ms += 30 * 24 * 60 * 60_000;
    await runOnce(world);
    const kept = await post('a10', payees, { externalId: 'p10' });
    expect(kept.headers.get('idempotent-replayed')).toBe('true');
    house.clock.ms += 1;
    expect(await runOnce(world)).toBeGreaterThan(0);
    const got = await post('a10', payees, { externalId: 'p10' });
    expect(got.status).toBe(200);
    expect(got.headers.get('idempotent-replayed')).toBeNull();
  });
});

describe('a connection that is lost at the commit', () => {
  it.each(['before', 'after'] as const)('%s it leaves the effect and its key together', async (moment) => {
    const shared = await SharedDatabase.open();
    let armed = false;
    const house = await openHouse({
      db: shared.connect({
        alive: () => undefined,
        point: (_what, at) => {
          if (!armed || at !== moment) return;
          armed = false;
          throw new Error('Connection terminated unexpectedly');
        },
      }),
    });
    const post = () => house.ask('POST', payees, { externalId: 'cut' }, { headers: headers('cut') });
    await post();
    await sql`delete from idempotency_outcome`.execute(house.db);
    await sql`delete from payee`.execute(house.db);
    armed = true;
    expect(await post()).toMatchObject({ status: 503, body: { code: 'unavailable', retryable: true } });
    const again = await post();
    expect(again.status).toBe(201);
    expect(again.headers.get('idempotent-replayed')).toBe(moment === 'after' ? 'true' : null);
    const rows = await all(house.db, sql`select 1 from payee union all select 1 from idempotency_outcome`);
    expect(rows).toHaveLength(2);
    await house.close();
    await shared.close();
  });
});

describe('on two servers', () => {
  let servers: TwoServers;
  beforeAll(async () => {
    servers = await openTwoServers();
  });
  afterAll(() => servers[Symbol.asyncDispose]());

  it.each([
    ['a cycle that is paid', process, { cycleId: 't1' }],
    ['a key that is made of a payee', payees, { externalId: 't1' }],
  ])('fifty uses of one key at once have one effect: %s', async (_what, path, body) => {
    const [house] = servers.houses;
    if (path === process) await seed(house, 't1', [winner('t1', 1), winner('t1', 2)]);
    const ask = (on: House) => on.ask('POST', path, body, { headers: headers('fifty') });
    const answers = await servers.everywhere(50, ask);
    const yes = answers.filter((got) => got.status < 300);
    expect(yes.filter((got) => got.headers.get('idempotent-replayed') === null)).toHaveLength(1);
    expect(new Set(yes.map((got) => got.text)).size).toBe(1);
    for (const got of answers.filter((one) => one.status >= 300)) {
      expect(got).toMatchObject({ status: 409, body: { code: 'request_in_flight', retryable: true } });
      expect(got.headers.get('retry-after')).toBe('1');
    }
    expect((await ask(servers.houses[1])).text).toBe(yes[0]?.text);
  });

  it('a process that is killed in the middle leaves neither effect nor key, and the key can be used at once', async () => {
    const [house] = servers.houses;
    const key = house.keys.operator;
    await using server = startProcess(['src/main/purser.ts', 'serve', '--no-worker'], {
      env: {
        DATABASE_URL: servers.databaseUrl,
        PURSER_SECRET: testSecret,
        PORT: '0',
        PAYPAL_API_BASE: 'http://127.0.0.1:9',
        PAYPAL_CLIENT_ID: 'none',
        PAYPAL_CLIENT_SECRET: 'none',
      },
    });
    const url = /http:\/\/[\d.:]+/.exec(await server.line(/API at http/))?.[0] ?? '';
    const ask = () => house.ask('POST', payees, { externalId: 'gone' }, { key, headers: headers('killed') });
    const db = openPostgres(servers.databaseUrl);
    await db.transaction().execute(async (tx) => {
      await sql`lock table payee in exclusive mode`.execute(tx);
      const lost = fetch(url + payees, {
        method: 'POST',
        headers: { ...headers('killed'), authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ externalId: 'gone' }),
      });
      const waiting = sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
      await expect.poll(() => all(house.db, waiting)).toHaveLength(1);
      expect((await ask()).body).toMatchObject({ code: 'request_in_flight' });
      await Promise.all([expect(lost).rejects.toThrow(), server.stop('SIGKILL')]);
    });
    await db.destroy();
    await expect.poll(async () => (await ask()).status).not.toBe(409);
    const rows = await all(house.db, sql`select 1 from payee where external_id = 'gone'`);
    expect(rows).toHaveLength(1);
    expect((await ask()).headers.get('idempotent-replayed')).toBe('true');
  });
});
