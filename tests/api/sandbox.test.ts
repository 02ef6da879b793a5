import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import { createTestBench } from '../../src/main/test-bench.ts';
import { testClock } from '../../src/main/test-clock.ts';
import type { Sandbox } from '../../src/sandbox/server.ts';
import { startSandbox } from '../../src/sandbox/server.ts';
import { faultKinds } from '../../src/wire/sandbox.ts';
import { connect, item } from '../sandbox/support.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';
import { openMemory } from '../support/templates.ts';

const daySeconds = 86_400;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let directory = '';
let sandbox: Sandbox;
let house: House;

/** What is so of both sides of the sandbox. */
const both = (clock: object) => [clock, clock];

/** A server whose clock and bench are those of the real process, over a sandbox on a socket. */
async function openBench(at: string): Promise<House> {
  const db = await openMemory();
  const clock = testClock(db, silent);
  const testBench = createTestBench(at, clock, silent);
  const now = () => new Date(clock.ms());
  return openHouse({ db, now, testBench, keepTime: testBench.keepTime });
}

beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-bench-'));
  sandbox = await startSandbox({ host: '127.0.0.1', port: 0, dir: directory, settleMs: 0 });
  house = await openBench(sandbox.url);
});
afterAll(async () => {
  await house.close();
  await sandbox.close();
  rmSync(directory, { recursive: true, force: true });
});

const clockPath = '/api/sandbox/clock';
const aheadOf = (got: { body: Record<string, unknown> }) =>
  Math.round((Date.parse(String(got.body['now'])) - Date.now()) / 1000);

describe('the test clock', () => {
  it('goes forward for Purser and its sandbox by one call, and says where both are', async () => {
    const before = await house.ask('GET', clockPath);
    expect(before).toMatchObject({ status: 200, body: { offsetSeconds: 0 } });
    const got = await house.ask('POST', clockPath, { advanceSeconds: 31 * daySeconds });
    expect(got).toMatchObject({
      status: 200,
      body: {
        offsetSeconds: 31 * daySeconds,
        providers: [
          { provider: 'paypal', offsetSeconds: 31 * daySeconds, inStep: true },
          { provider: 'stripe', offsetSeconds: 31 * daySeconds, inStep: true },
        ],
      },
    });
    expect(Math.abs(aheadOf(got) - 31 * daySeconds)).toBeLessThan(5);
    const again = await house.ask('POST', clockPath, { advanceSeconds: 60 });
    expect(again.body['offsetSeconds']).toBe(31 * daySeconds + 60);
  });

  it('puts each step on record, with who made it', async () => {
    await house.ask('POST', clockPath, { advanceSeconds: 7 }, { key: house.keys.owner });
    const { rows } = await sql<{
      actor: string;
      after: string;
    }>`select actor_name as actor, after from audit_event
      where event = 'sandbox.clock_advanced' order by id desc limit 1`.execute(house.db);
    expect(rows[0]?.actor).toBe('owner key');
    expect(JSON.parse(rows[0]?.after ?? '')).toEqual({ offsetSeconds: 31 * daySeconds + 67 });
  });

  it.each([0, -1, 1.5, 400 * daySeconds + 1, '60', null, true])(
    'does not move by %o',
    async (advanceSeconds) => {
      const before = await house.ask('GET', clockPath);
      expect((await house.ask('POST', clockPath, { advanceSeconds })).status).toBe(422);
      expect((await house.ask('GET', clockPath)).body['offsetSeconds']).toBe(before.body['offsetSeconds']);
    },
  );

  it('counts calls side by side each', async () => {
    const before = Number((await house.ask('GET', clockPath)).body['offsetSeconds']);
    await Promise.all([1, 2, 3, 4].map(() => house.ask('POST', clockPath, { advanceSeconds: 10 })));
    expect((await house.ask('GET', clockPath)).body['offsetSeconds']).toBe(before + 40);
  });

  it('says when the sandbox stayed behind, and moves it when it answers again', async () => {
    const away = await openBench('http://127.0.0.1:9');
    const got = await away.ask('POST', clockPath, { advanceSeconds: 60 });
    expect(got).toMatchObject({
      status: 200,
      body: { offsetSeconds: 60, providers: both({ offsetSeconds: null, inStep: false }) },
    });
    expect(await away.ask('GET', '/api/sandbox/effects')).toMatchObject({
      status: 503,
      body: { code: 'sandbox_away', retryable: true },
    });
    await away.close();
    const dir = mkdtempSync(path.join(tmpdir(), 'purser-bench-'));
    const late = await startSandbox({ host: '127.0.0.1', port: 0, dir });
    const db = await openMemory();
    const clock = testClock(db, silent);
    const bench = createTestBench(late.url, clock, silent);
    clock.reach(60);
    expect(await bench.providerClocks()).toMatchObject(both({ offsetSeconds: 0, inStep: false }));
    await bench.keepTime();
    expect(await bench.providerClocks()).toMatchObject(both({ offsetSeconds: 60, inStep: true }));
    await late.close();
    await db.destroy();
    rmSync(dir, { recursive: true, force: true });
  });

  it('stops ten years ahead', async () => {
    const far = await openBench(sandbox.url);
    await sql`insert into setting (key, value, updated_at) values ('sandbox.clock_offset_seconds', '315359999', now())
      on conflict (key) do update set value = excluded.value`.execute(far.db);
    expect(await far.ask('POST', clockPath, { advanceSeconds: 2 })).toMatchObject({
      status: 409,
      body: { code: 'clock_too_far' },
    });
    await far.close();
  });
});

describe('effects', () => {
  it('are the sandbox’s own list: by reference, page by page, addresses masked', async () => {
    const client = await connect(sandbox.url);
    await client.create([item('ann@example.com', 'w-1', '12.50'), item('ben+failed@example.com', 'w-2')], {
      sender_batch_id: 'effects',
    });
    await client.create([item('ben@example.com', 'w-2-a2')]);
    const first = await house.ask('GET', '/api/sandbox/effects?limit=2', undefined, {
      key: house.keys.viewer,
    });
    expect(first.body.data[0]).toMatchObject({
      provider: 'paypal',
      reference: 'w-1',
      providerKey: 'effects',
      destination: 'a***@example.com',
      amount: 1250,
      currency: 'USD',
      status: 'SUCCESS',
      outstanding: true,
    });
    const rest = await house.ask(
      'GET',
      `/api/sandbox/effects?limit=2&cursor=${String(first.body['nextCursor'])}`,
    );
    expect(rest.body.data.map((effect) => effect['reference'])).toEqual(['w-2-a2']);
    expect(rest.body['nextCursor']).toBeNull();
    const found = await house.ask('GET', '/api/sandbox/effects?reference=w-2');
    expect(found.body.data.map((effect) => [effect['reference'], effect['outstanding']])).toEqual([
      ['w-2', false],
      ['w-2-a2', true],
    ]);
  });
});

describe('faults', () => {
  const faults = '/api/sandbox/faults';
  beforeEach(async () => void (await house.ask('DELETE', faults)));

  it.each(faultKinds)('can be ordered: %s', async (fault) => {
    const got = await house.ask('POST', faults, { fault });
    expect(got).toMatchObject({
      status: 201,
      body: { data: [{ provider: 'paypal', fault, times: 1, fired: 0 }] },
    });
  });

  it('are all the sandbox knows', async () => {
    const client = await connect(sandbox.url);
    const refused = await client.call('POST', '/__sandbox/faults', { fault: 'earthquake' });
    const named = (/one of (.*)"/.exec(refused.text)?.[1] ?? '').split(', ');
    expect(named.toSorted()).toEqual(faultKinds.toSorted());
  });

  it('happen as often as ordered, can be seen, and are cleared', async () => {
    const rules = [
      { fault: 'rate_limit', times: 2, method: 'POST', path: '/v1/payments/payouts', retryAfterSeconds: 3 },
      { fault: 'slow', times: null, delayMs: 1, probability: 0.5, seed: 4 },
    ];
    expect((await house.ask('POST', faults, { rules })).status).toBe(201);
    const client = await connect(sandbox.url);
    expect((await client.create([item('x@example.com', 'f-1')])).status).toBe(429);
    const seen = await house.ask('GET', faults);
    expect(seen.body.data).toMatchObject([
      { fault: 'rate_limit', times: 2, fired: 1, retryAfterSeconds: 3 },
      { fault: 'slow', times: null, probability: 0.5 },
    ]);
    expect((await house.ask('DELETE', faults)).status).toBe(204);
    expect((await house.ask('GET', faults)).body.data).toEqual([]);
  });

  it.each([
    [{}],
    [{ fault: 'earthquake' }],
    [{ fault: 'timeout', times: 0 }],
    [{ fault: 'timeout', times: 1.5 }],
    [{ fault: 'timeout', probability: 2 }],
    [{ fault: 'timeout', delayMs: -1 }],
    [{ fault: 'timeout', method: 'DELETE' }],
    [{ fault: 'timeout', path: 'v1' }],
    [{ fault: 'timeout', provider: 'moncash' }],
    [{ fault: 'timeout', typo: 1 }],
    [{ rules: [] }],
    [{ rules: [{ fault: 'timeout' }, { fault: 'earthquake' }] }],
  ])('refuses %o with 422 and takes none', async (body) => {
    expect((await house.ask('POST', faults, body)).status).toBe(422);
    expect((await house.ask('GET', faults)).body.data).toEqual([]);
  });
});

describe('with a real provider', () => {
  it.each([
    ['GET', clockPath, undefined],
    ['POST', clockPath, { advanceSeconds: 60 }],
    ['POST', clockPath, { nonsense: true }],
    ['GET', '/api/sandbox/effects', undefined],
    ['GET', '/api/sandbox/faults', undefined],
    ['POST', '/api/sandbox/faults', { fault: 'timeout' }],
    ['DELETE', '/api/sandbox/faults', undefined],
  ])('%s %s answers 409 not_a_sandbox and changes nothing', async (method, address, body) => {
    const real = { ...house.deps.providers.of('paypal'), sandbox: false };
    const there = await openHouse({
      providers: new Providers([real]),
      testBench: house.deps.testBench,
    });
    expect(await there.ask(method, address, body)).toMatchObject({
      status: 409,
      body: {
        code: 'not_a_sandbox',
        userMessage: expect.stringMatching(/real credentials.*Nothing was changed/),
      },
    });
    const { rows } = await sql`select 1 from setting`.execute(there.db);
    expect(rows).toEqual([]);
    await there.close();
  });
});
