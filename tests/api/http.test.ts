import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const raw = { 'content-type': 'application/json' };

describe('every answer', () => {
  it('repeats a usable request id and makes one otherwise', async () => {
    const asked = await house.ask('GET', '/healthz', undefined, {
      headers: { 'x-request-id': 'trace-1.a:b' },
    });
    expect(asked.headers.get('x-request-id')).toBe('trace-1.a:b');
    const hostile = await house.ask('GET', '/healthz', undefined, {
      headers: { 'x-request-id': 'a b<script>' },
    });
    expect(hostile.headers.get('x-request-id')).toMatch(/^rq_[0-9a-f]+$/);
  });

  it('carries the headers of a careful server and may not be stored', async () => {
    const { headers } = await house.ask('GET', '/api/admin/status');
    expect(headers.get('content-security-policy')).toContain("default-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('etag')).toBeNull();
  });

  it('is logged by the pattern of its route, without the address', async () => {
    await house.ask('GET', '/api/admin/payees/jane@example.com');
    await expect
      .poll(() => JSON.stringify(house.logged))
      .toContain('"route":"/api/admin/payees/:id","status":404');
    expect(JSON.stringify(house.logged)).not.toContain('jane@example.com');
  });
});

describe('GET /api', () => {
  it('says without a key who answers and where to go on', async () => {
    const got = await house.ask('GET', '/api', undefined, { key: null });
    expect(got).toMatchObject({ status: 200 });
    expect(got.body).toEqual({
      name: 'purser',
      version: '0.0.0-test',
      admin: '/api/admin',
      docs: '/docs',
      openapi: '/api/openapi.json',
    });
  });
});

describe('operations', () => {
  it('say without a key that process and database answer', async () => {
    expect(await house.ask('GET', '/healthz', undefined, { key: null })).toMatchObject({
      status: 200,
      body: { status: 'ok' },
    });
    expect((await house.ask('GET', '/readyz', undefined, { key: null })).status).toBe(200);
  });
});

describe('400', () => {
  it.each([
    ['broken JSON', '{"id":'],
    ['a text that is not JSON', 'id=18'],
  ])('answers %s with a problem that says what to do', async (_what, body) => {
    const got = await house.ask('POST', '/api/admin/cycles', body);
    expect(got.headers.get('content-type')).toContain('application/problem+json');
    expect(got.body).toEqual({
      type: 'urn:purser:problem:unreadable',
      title: 'Unreadable',
      status: 400,
      detail: 'The request could not be read. Nothing was changed.',
      code: 'unreadable',
      requestId: got.headers.get('x-request-id'),
      userMessage: 'The request could not be read. Nothing was changed.',
      actionRequired: 'Send valid JSON in UTF-8.',
      retryable: false,
      errors: [],
    });
  });

  it('refuses a compressed body instead of reading it as plain, and one nested beyond all meaning', async () => {
    const gzip = { 'content-encoding': 'gzip' };
    const body = { id: 'gz' };
    const got = await house.ask('POST', '/api/admin/cycles', body, { headers: gzip });
    expect(got).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
    const deep = `{"id":"deep","name":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    const nested = await house.ask('POST', '/api/admin/cycles', deep);
    expect(nested).toMatchObject({ status: 400, body: { code: 'unreadable' } });
  });

  it('answers bytes that are not UTF-8', async () => {
    const got = await fetch(`${house.url}/api/admin/cycles`, {
      method: 'POST',
      headers: { ...raw, authorization: `Bearer ${house.keys.owner}` },
      body: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expect(got.status).toBe(400);
  });

  it('answers an address that is not a URL', async () => {
    const got = await house.ask('GET', '/api/admin/payees/%zz');
    expect(got).toMatchObject({ status: 400, body: { code: 'unreadable' } });
  });
});

describe('404', () => {
  it.each([
    '/api/admin/nothing',
    '/nothing',
    '/api/admin/payouts/po_none',
    '/api/admin/payout-batches/pb_none/items',
  ])('answers %s with a problem', async (path) => {
    const got = await house.ask('GET', path);
    expect(got.status).toBe(404);
    expect(got.body).toMatchObject({ status: 404, retryable: false });
  });
});

describe('405', () => {
  it('names the methods that the address answers to', async () => {
    const got = await house.ask('PUT', '/api/admin/payees/py_1', {});
    expect(got).toMatchObject({ status: 405, body: { code: 'method_not_allowed' } });
    expect(got.headers.get('allow')).toBe('GET, PATCH');
  });
});

describe('409', () => {
  it('answers a race on a unique index that is lost again and again, and changes nothing', async () => {
    const cycle = 'raced';
    await seed(house, cycle, [winner(cycle, 1)]);
    await sql`create function rival() returns trigger language plpgsql as $$ begin
      if pg_trigger_depth() = 1 then insert into payout_batch (public_id, cycle_id, provider, state, started_by, checksum,
        total_items, created_at) values ('pb_rival', new.cycle_id, 'paypal', 'preparing', 'rival', '', 0, now()); end if;
      return new; end $$`.execute(house.db);
    await sql`create trigger rival before insert on payout_batch for each row execute function rival()`.execute(
      house.db,
    );
    const got = await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: cycle });
    await sql`drop trigger rival on payout_batch`.execute(house.db);
    expect(got).toMatchObject({ status: 409, body: { code: 'conflict', retryable: true } });
    expect((await house.ask('GET', `/api/admin/payout-batches?cycleId=${cycle}`)).body).toEqual([]);
  });
});

describe('413', () => {
  it('answers a body beyond its limit, which is larger for imports', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(1_100_000) });
    expect(await house.ask('POST', '/api/admin/cycles', large)).toMatchObject({
      status: 413,
      body: { code: 'too_large' },
    });
    expect((await house.ask('POST', '/api/admin/earnings', large)).status).toBe(422);
    const options = { key: house.keys.viewer };
    const looked = await house.ask('POST', '/api/admin/payout-batches/preview', large, options);
    expect(looked).toMatchObject({ status: 413, body: { code: 'too_large' } });
  });

  it('counts what a body holds before it is built, so that brackets alone hold nobody up', async () => {
    const post = (body: string) => house.ask('POST', '/api/admin/earnings', body);
    const refused = { status: 413, body: { code: 'too_large' } };
    expect(await post(`[${'[],'.repeat(1_000_000)}[]]`)).toMatchObject(refused);
    expect(await post(`{${'"a":0,'.repeat(500_000)}"a":0}`)).toMatchObject(refused);
    const deep = await post('['.repeat(4 * 1024 * 1024));
    expect(deep).toMatchObject({ status: 400, body: { code: 'unreadable' } });
    const words = JSON.stringify({ earnings: [{ note: '[{'.repeat(200) + '\\"[:,' }] });
    expect((await post(words)).status).toBe(200);
  });
});

describe('415', () => {
  it('answers everything that is not JSON', async () => {
    const got = await house.ask('POST', '/api/admin/cycles', 'id=18', {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
    expect(got).toMatchObject({ status: 415, body: { code: 'unsupported_media_type' } });
  });
});

describe('422', () => {
  it('lists each value that is wrong with its path', async () => {
    const got = await house.ask('POST', '/api/admin/payout-batches/process', {
      cycleId: '',
      newOnly: 'yes',
      only: { sourceType: 'winner', references: ['a', 7] },
    });
    expect(got.status).toBe(422);
    const paths = (got.body['errors'] as { path: string }[]).map((fault) => fault.path);
    expect(paths).toEqual(['cycleId', 'newOnly', 'only.references.1']);
  });

  it.each([
    'payees?limit=0',
    'payees?limit=501',
    'payees?limit=1e2',
    'payees?limit=-1',
    'payees?limit=1&limit=2',
    'payees?cursor=%00',
    'payees?cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5',
    'payees?cursor=abc',
    'payees?cursor=MQ==',
    'payees/%00',
    'payees/%ED%A0%80',
    'cycles?cursor=LTE',
    'payouts?status=lost',
    'payouts?q=%00',
    'payout-batches?cursor=x',
    'payout-batches/%00/items',
    'discrepancies?cursor=1;drop',
  ])('or 400 answers the junk of %s', async (path) => {
    const got = await house.ask('GET', `/api/admin/${path}`);
    expect([400, 422]).toContain(got.status);
    expect(got.body).toHaveProperty('code');
  });
});

describe('a failure inside', () => {
  it('is answered with 500 and without a stack, and logged with the request id', async () => {
    const broken = await openHouse();
    await sql`drop table alert`.execute(broken.db);
    const got = await broken.ask('GET', '/api/admin/alerts');
    expect(got).toMatchObject({ status: 500, body: { code: 'internal', retryable: false } });
    expect(got.text).not.toContain('alert');
    const line = broken.logged.find((entry) => entry.event === 'request_failed');
    expect(line?.fields).toMatchObject({ requestId: got.body['requestId'], route: '/api/admin/alerts' });
    await broken.close();
  });

  it('of the database is 503 with Retry-After, and readyz says so while healthz stays well', async () => {
    const away = await openHouse();
    await away.db.destroy();
    const got = await away.ask('GET', '/api/admin/status', undefined, { key: away.keys.owner });
    expect(got).toMatchObject({ status: 503, body: { code: 'unavailable', retryable: true } });
    expect(Number(got.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await away.ask('GET', '/readyz')).status).toBe(503);
    expect((await away.ask('GET', '/healthz')).status).toBe(200);
    await away.close();
  });
});
