import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeCycleLock, underLock } from '../../src/actions/cycle-lock.ts';
import { createKey } from '../../src/actions/keys.ts';
import { done } from '../../src/core/refusal.ts';
import { all, openPostgres } from '../../src/store/db.ts';
import { holdLiveness } from '../../src/store/liveness.ts';
import { startProcess } from '../support/processes.ts';
import { testSecret } from '../support/vault.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, winner } from './support.ts';
import type { TwoServers } from './two-servers.ts';
import { openTwoServers } from './two-servers.ts';

const path = '/api/admin/payout-batches';
const minutesOff = 10;

let servers: TwoServers;
let first: House;
let second: House;
beforeAll(async () => {
  servers = await openTwoServers({}, minutesOff * 60_000);
  [first, second] = servers.houses;
});
afterAll(() => servers[Symbol.asyncDispose]());

const process = (house: House, cycleId: string, more: Record<string, unknown> = {}, key?: string) =>
  house.ask('POST', `${path}/process`, { cycleId, ...more }, key === undefined ? {} : { key });
const locks = () => all(first.db, sql`select * from cycle_lock`);
const takenOver = () =>
  all(
    first.db,
    sql<{ before: string; subject: string }>`select before, subject_id as subject from audit_event
    where event = 'cycle.lock_taken_over' order by id`,
  );

/** Somebody holds the lock of a cycle, in a process that does nothing more. */
async function hold(house: House, cycle: string, name = 'Ann'): Promise<void> {
  const found = await all(house.db, sql<{ id: bigint }>`select id from cycle where public_id = ${cycle}`);
  const ann = { ...house.deps.actor, kind: 'person', id: name.toLowerCase(), name } as const;
  const target = {
    cycleId: found[0]?.id ?? 0n,
    cyclePublicId: cycle,
    purpose: 'process',
  } as const;
  expect(await takeCycleLock({ ...house.deps, actor: ann }, target, null)).toHaveProperty('lock');
}

/** The time of every lock passes, on the clock of the database. */
const passTime = (minutes: number) =>
  sql`update cycle_lock set acquired_at = acquired_at - ${`${minutes} minutes`}::interval,
    expires_at = expires_at - ${`${minutes} minutes`}::interval`.execute(first.db);

/** A worker of the test holds the row of a cycle, so that whoever prepares it stays in the middle until told. */
async function whileHeld(cycle: string, work: () => Promise<void>): Promise<void> {
  const db = openPostgres(servers.databaseUrl);
  await db.transaction().execute(async (tx) => {
    await sql`select 1 from cycle where public_id = ${cycle} for update`.execute(tx);
    await work();
  });
  await db.destroy();
}

describe('200 people who process one cycle at once on two servers', () => {
  it('start one batch; everybody else hears 409, 423 or 429 with what they need, and no lock is left', async () => {
    await seed(
      first,
      'many',
      Array.from({ length: 30 }, (_, number) => winner('many', number)),
    );
    const people = await Promise.all(
      Array.from({ length: 8 }, async (_, number) => {
        const made = { name: `person ${number}`, role: 'operator', random: first.deps.newSecret() } as const;
        return (await createKey(first.deps, made)).key;
      }),
    );
    const answers = await servers.everywhere(200, (house, index) =>
      process(house, 'many', {}, people[index % people.length]),
    );
    const won = answers.filter((got) => got.status === 202);
    expect(won).toHaveLength(1);
    for (const got of answers.filter((answer) => answer.status !== 202)) {
      expect(got.body['userMessage']).toContain('no');
      if (got.status === 423) {
        expect(got.body).toMatchObject({
          code: 'cycle_locked',
          lockedBy: expect.stringMatching(/^person \d$/),
          expiresAt: expect.stringMatching(/Z$/),
        });
        expect(Number(got.headers.get('retry-after'))).toBeGreaterThan(0);
      } else {
        expect(got).toMatchObject({
          status: 409,
          body: {
            code: 'batch_already_active',
            batchId: won[0]?.body['batchId'],
            startedBy: expect.stringMatching(/^person \d$/),
          },
        });
      }
    }
    expect(await locks()).toEqual([]);
    expect((await first.ask('GET', `${path}?cycleId=many`)).body).toHaveLength(1);
  });
});

describe('the lock of a cycle', () => {
  it('is seen by everybody while a batch is being prepared, and gone when it is', async () => {
    await seed(first, 'seen', [winner('seen', 1)]);
    await whileHeld('seen', async () => {
      const running = process(first, 'seen', {}, first.keys.operator);
      await expect.poll(locks).toHaveLength(1);
      const shown = { lockedBy: 'operator key', expiresAt: expect.stringMatching(/Z$/) };
      expect((await second.ask('GET', '/api/admin/cycles/seen')).body).toMatchObject({ lock: shown });
      expect((await second.ask('GET', '/api/admin/cycles')).body.data).toContainEqual(
        expect.objectContaining({ id: 'seen', lock: shown }),
      );
      expect((await second.ask('GET', '/api/admin/status')).body['locks']).toEqual([
        { ...shown, cycleId: 'seen', purpose: 'process', acquiredAt: expect.stringMatching(/Z$/) },
      ]);
      const waiting = await process(second, 'seen');
      expect(waiting).toMatchObject({ status: 423, body: shown });
      // As long as it was held so far, not as long as it may be held.
      const wait = Number(waiting.headers.get('retry-after'));
      expect(wait).toBeGreaterThan(0);
      expect(wait).toBeLessThan(60);
      void running.then((got) => expect(got.status).toBe(202));
    });
    await expect.poll(locks).toEqual([]);
    expect((await second.ask('GET', '/api/admin/cycles/seen')).body['lock']).toBeNull();
  });

  it('of another cycle stands in nobody’s way', async () => {
    await seed(first, 'busy', [winner('busy', 1)]);
    await seed(first, 'free', [winner('free', 1)]);
    await hold(first, 'busy');
    expect((await process(first, 'free')).status).toBe(202);
    await passTime(16);
  });

  it('keeps retries out as well', async () => {
    await seed(first, 'again', [winner('again', 1)]);
    const { body } = await process(first, 'again');
    await settle(first, () => 'failed');
    await hold(first, 'again');
    const locked = { status: 423, body: { code: 'cycle_locked', lockedBy: 'Ann', cycleId: 'again' } };
    expect(await first.ask('POST', `${path}/${body['batchId'] as string}/retry-failed`)).toMatchObject(
      locked,
    );
    const payoutIds = ['again-sel1'];
    expect(await first.ask('POST', '/api/admin/payouts/retry', { payoutIds })).toMatchObject(locked);
    await passTime(16);
    expect((await first.ask('POST', '/api/admin/payouts/retry', { payoutIds })).status).toBe(202);
  });

  it('is given back after a refusal and after a failure', async () => {
    await first.ask('POST', '/api/admin/cycles', { id: 'nobody' });
    expect(await process(first, 'nobody')).toMatchObject({ status: 409, body: { code: 'nothing_to_pay' } });
    await seed(first, 'broken', [winner('broken', 1)]);
    await sql`create function break() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$`.execute(
      first.db,
    );
    await sql`create trigger break before insert on payout_batch for each row execute function break()`.execute(
      first.db,
    );
    expect((await process(first, 'broken')).status).toBe(500);
    await sql`drop trigger break on payout_batch`.execute(first.db);
    expect(await locks()).toEqual(expect.not.arrayContaining([expect.objectContaining({ owner_id: 'cli' })]));
    expect((await process(first, 'broken')).status).toBe(202);
  });

  it('is taken over only after its fifteen minutes, which is on record; a clock that is ahead takes nothing', async () => {
    await seed(first, 'left', [winner('left', 1)]);
    await hold(first, 'left');
    await passTime(14);
    const refused = await process(second, 'left');
    expect(refused).toMatchObject({ status: 423, body: { lockedBy: 'Ann' } });
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(30);
    expect(wait).toBeLessThanOrEqual(60);
    expect(await takenOver()).not.toContainEqual(expect.objectContaining({ subject: 'left' }));
    await passTime(1);
    expect((await first.ask('GET', '/api/admin/cycles/left')).body['lock']).toBeNull();
    expect((await process(second, 'left')).status).toBe(202);
    const event = (await takenOver()).find((one) => one.subject === 'left');
    expect(JSON.parse(event?.before ?? '')).toMatchObject({ lockedBy: 'Ann' });
  });

  it('that was lost while a batch was being prepared refuses cleanly, and the taker’s lock stays', async () => {
    await seed(first, 'lost', [winner('lost', 1)]);
    const run = sql`create function lose() returns trigger language plpgsql as $$ begin
      new.token := 'of another'; new.owner_id := 'ben'; return new; end $$`;
    await run.execute(first.db);
    await sql`create trigger lose before insert on cycle_lock for each row execute function lose()`.execute(
      first.db,
    );
    const got = await process(first, 'lost');
    await sql`drop trigger lose on cycle_lock`.execute(first.db);
    expect(got).toMatchObject({ status: 409, body: { code: 'cycle_lock_lost', retryable: true } });
    expect(await locks()).toContainEqual(expect.objectContaining({ owner_id: 'ben' }));
    expect((await first.ask('GET', `${path}?cycleId=lost`)).body).toEqual([]);
    await passTime(16);
  });
});

/** A server that says that it lives, and takes over what it can prove to be nobody's. */
async function openTaker(worker: string): Promise<{ house: House; die: () => Promise<void> }> {
  const db = openPostgres(servers.databaseUrl);
  const life = openPostgres(servers.databaseUrl);
  const end = new AbortController();
  await holdLiveness(life, worker, end.signal);
  const newId = (prefix: string) => first.deps.newId(prefix);
  const house = await openHouse({ db, newId, takesOverDead: true, worker });
  const die = async () => (end.abort(), life.destroy());
  return { house, die };
}

describe('a process that is killed while it prepares', () => {
  it('leaves nothing to wait for: the same request with the same key pays once, at another server', async () => {
    await seed(first, 'killed', [winner('killed', 1)]);
    const taker = await openTaker('taker');
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
    const line = await server.line(/API at http/);
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0] ?? '';
    const key = first.keys.operator;
    const headers = { 'idempotency-key': 'run-of-killed' };
    const ask = () => taker.house.ask('POST', `${path}/process`, { cycleId: 'killed' }, { key, headers });
    const inFlight = {
      status: 409,
      body: { code: 'request_in_flight', endsAt: expect.stringMatching(/Z$/) },
    };
    await whileHeld('killed', async () => {
      const lost = fetch(`${url}${path}/process`, {
        method: 'POST',
        headers: { ...headers, authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify({ cycleId: 'killed' }),
      });
      await expect
        .poll(async () => (await first.ask('GET', '/api/admin/status')).body['locks'])
        .toHaveLength(1);
      expect(await ask()).toMatchObject(inFlight);
      await Promise.all([expect(lost).rejects.toThrow(), server.stop('SIGKILL')]);
      // The database still holds what the dead one had begun, so nobody may begin it again.
      expect(await ask()).toMatchObject(inFlight);
    });
    await expect
      .poll(async () => (await first.ask('GET', '/api/admin/cycles/killed')).body)
      .toMatchObject({ activeBatchId: null, lock: null });

    const { rows } = await sql<{
      holder: string;
    }>`select holder from cycle_lock where holder is not null`.execute(first.db);
    // The number of a process comes back, in a container at once; its name does not.
    expect(rows[0]?.holder).toMatch(/:\d+:[0-9a-f]{8}$/);
    await sql`update cycle_lock set holder = null`.execute(first.db);
    const unproven = await ask();
    expect(unproven).toMatchObject(inFlight);
    expect(unproven.body['actionRequired']).toContain(String(unproven.body['endsAt']));
    await passTime(10);
    expect(Number((await ask()).headers.get('retry-after'))).toBeGreaterThan(200);
    await sql`update cycle_lock set holder = ${rows[0]?.holder}`.execute(first.db);

    const got = await ask();
    expect(got).toMatchObject({ status: 202, body: { replayed: false, totalItems: 1 } });
    expect(got.headers.get('idempotent-replayed')).toBeNull();
    const again = await ask();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(again.body['batchId']).toBe(got.body['batchId']);
    expect((await first.ask('GET', `${path}?cycleId=killed`)).body).toHaveLength(1);
    expect((await takenOver()).map((one) => one.subject)).toContain('killed');
    await taker.die();
    await taker.house.close();
  });

  it('is overtaken by whoever asks next, but not while it lives', async () => {
    await seed(first, 'own', [winner('own', 1)]);
    const [gone, next] = await Promise.all([openTaker('gone'), openTaker('next')]);
    await hold(gone.house, 'own');
    expect(await process(next.house, 'own')).toMatchObject({ status: 423, body: { lockedBy: 'Ann' } });
    await gone.die();
    await expect.poll(async () => (await first.ask('GET', '/api/admin/status')).body['locks']).toEqual([]);
    expect((await process(next.house, 'own')).status).toBe(202);
    await next.die();
    await Promise.all([gone.house.close(), next.house.close()]);
  });

  it('and lives on after all writes nothing, as its lock is another’s', async () => {
    await seed(first, 'alive', [winner('alive', 1)]);
    const [slow, next] = await Promise.all([openTaker('slow'), openTaker('nimble')]);
    await slow.die();
    const found = await all(first.db, sql<{ id: bigint }>`select id from cycle where public_id = 'alive'`);
    const target = { cycleId: found[0]?.id ?? 0n, cyclePublicId: 'alive', purpose: 'process' } as const;
    const taken = await takeCycleLock(slow.house.deps, target, null);
    expect((await process(next.house, 'alive')).status).toBe(202);
    expect(taken).toHaveProperty('lock');
    const lock = 'lock' in taken ? taken.lock : { cycleId: 0n, token: '' };
    const wrote = await underLock({ ...slow.house.deps, cycleLock: lock }, async () => done('wrote'));
    expect(wrote).toMatchObject({ ok: false, code: 'cycle_lock_lost' });
    await next.die();
    await Promise.all([slow.house.close(), next.house.close()]);
  });
});
