import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, sha256 } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const path = '/api/admin/api-keys';
const works = async (key: unknown) =>
  (await house.ask('GET', '/api/admin/status', undefined, { key: String(key) })).status === 200;

it('a key with a scope or an end makes no person, who would have neither', async () => {
  const made = await house.ask('POST', path, { name: 'people', role: 'owner', scope: ['people'] });
  const key = made.body['key'] as string;
  const calls = [
    ['POST', '/api/admin/people', { email: 'x@example.com', role: 'owner' }],
    ['PATCH', '/api/admin/people/none', { role: 'owner' }],
    ['POST', '/api/admin/people/none/reset-password', {}],
    ['POST', '/api/admin/people/invitations', { email: 'x@example.com', role: 'owner' }],
  ] as const;
  for (const [method, address, body] of calls) {
    const got = await house.ask(method, address, body, { key });
    expect(got, address).toMatchObject({ status: 403, body: { code: 'key_too_wide' } });
  }
});

describe('POST /api-keys', () => {
  it('shows the key once and keeps only its SHA-256', async () => {
    const { status, body } = await house.ask('POST', path, { name: 'CI', role: 'viewer' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^ak_/),
      name: 'CI',
      role: 'viewer',
      expiresAt: null,
    });
    const key = body['key'] as string;
    expect(key).toMatch(/^pk_[A-Za-z0-9_-]{43}$/);
    expect(key.startsWith(body['prefix'] as string)).toBe(true);
    expect(await works(key)).toBe(true);
    const { rows } = await sql<{ row: string; hash: string }>`select k::text as row, hash from api_key k
      where public_id = ${body['id']}`.execute(house.db);
    expect(rows[0]?.hash).toBe(sha256(key));
    expect(rows[0]?.row).not.toContain(key);
    expect((await house.ask('GET', path)).text).not.toContain(key);
  });

  it('ends with its time', async () => {
    const expiresAt = new Date(house.clock.ms + 60_000).toISOString();
    const { body } = await house.ask('POST', path, { name: 'short', role: 'viewer', expiresAt });
    expect(await works(body['key'])).toBe(true);
    house.clock.ms += 60_000;
    expect(await works(body['key'])).toBe(false);
  });

  it.each([
    [{ role: 'viewer' }],
    [{ name: 'x', role: 'admin' }],
    [{ name: 'x', role: 'owner', key: 'pk_mine' }],
    [{ name: '', role: 'owner' }],
    [{ name: 'x', role: 'owner', expiresAt: 'tomorrow' }],
    [{ name: 'x', role: 'owner', expiresAt: '2020-01-01T00:00:00Z' }],
    [{ name: 'x', role: 'viewer', scope: [] }],
    [{ name: 'x', role: 'viewer', scope: 'earnings' }],
    [{ name: 'x', role: 'viewer', scope: ['earnings', 'no-such-part'] }],
  ])('refuses %o with 422', async (body) => {
    expect((await house.ask('POST', path, body)).status).toBe(422);
  });
});

describe('GET /api-keys', () => {
  it('lists keys with their role and last use', async () => {
    const { body } = await house.ask('GET', path);
    expect(body.data.map((key) => key['name'])).toContain('operator key');
    const used = body.data.find((key) => key['name'] === 'CI');
    expect(used?.['lastUsedAt']).toBe('2026-11-20T12:00:00.000Z');
  });
});

describe('DELETE /api-keys/:id', () => {
  it('ends a key for good: 204, then 404', async () => {
    const { body } = await house.ask('POST', path, { name: 'leaving', role: 'operator' });
    const gone = `${path}/${body['id'] as string}`;
    expect((await house.ask('DELETE', gone)).status).toBe(204);
    expect(await works(body['key'])).toBe(false);
    expect(await house.ask('DELETE', gone)).toMatchObject({
      status: 404,
      body: { code: 'not_found', userMessage: expect.stringMatching(/^There is no such key/) },
    });
  });
});

describe('the scope of a key', () => {
  const make = async (body: Record<string, unknown>, key?: string) =>
    house.ask('POST', path, { name: 'scoped', ...body }, key === undefined ? {} : { key });
  const keyOf = (got: { body: Record<string, unknown> }) => got.body['key'] as string;

  it('opens the parts it names and no other, whatever its role', async () => {
    const got = await make({ role: 'owner', scope: ['earnings', 'payees'] });
    expect(got).toMatchObject({ status: 201, body: { scope: ['earnings', 'payees'] } });
    const ask = async (method: string, address: string, body?: unknown) =>
      house.ask(method, address, body, { key: keyOf(got) });
    expect((await ask('GET', '/api/admin/payees')).status).toBe(200);
    expect((await ask('GET', '/api/admin/payees/none')).status).toBe(404);
    expect((await ask('POST', '/api/admin/earnings', {})).status).toBe(422);
    for (const address of ['/api/admin/status', '/api/admin/payouts', path, '/api/sandbox/clock']) {
      expect(await ask('GET', address), address).toMatchObject({
        status: 403,
        body: { code: 'out_of_scope' },
      });
    }
    expect((await house.ask('GET', path)).body.data[0]).toMatchObject({ scope: ['earnings', 'payees'] });
  });

  it('gives no right that the role has not', async () => {
    const got = await make({ role: 'viewer', scope: ['earnings'] });
    expect(await house.ask('POST', '/api/admin/earnings', {}, { key: keyOf(got) })).toMatchObject({
      status: 403,
      body: { code: 'forbidden' },
    });
  });

  it('names what the API has when it names something else', async () => {
    const got = await make({ role: 'viewer', scope: ['payees', 'paye'] });
    const errors = got.body['errors'] as { path: string; message: string }[];
    expect(errors.map((fault) => fault.path)).toEqual(['scope.1']);
    expect(errors[0]?.message).toContain('payout-batches, payouts');
  });

  it('is not left by making another key: no wider scope, no longer life', async () => {
    const expiresAt = new Date(house.clock.ms + 3_600_000).toISOString();
    const later = new Date(house.clock.ms + 3_600_001).toISOString();
    const maker = keyOf(await make({ role: 'owner', scope: ['api-keys', 'earnings'], expiresAt }));
    const wider = { status: 403, body: { code: 'key_too_wide' } };
    expect(await make({ role: 'owner', expiresAt }, maker)).toMatchObject(wider);
    expect(await make({ role: 'owner', scope: null, expiresAt }, maker)).toMatchObject(wider);
    expect(await make({ role: 'viewer', scope: ['payouts'], expiresAt }, maker)).toMatchObject(wider);
    expect(await make({ role: 'viewer', scope: ['earnings'] }, maker)).toMatchObject(wider);
    expect(await make({ role: 'viewer', scope: ['earnings'], expiresAt: later }, maker)).toMatchObject(wider);
    expect((await make({ role: 'operator', scope: ['earnings'], expiresAt }, maker)).status).toBe(201);
  });

  it('does not matter to a key that is over: revoked or expired it is nobody', async () => {
    const expiresAt = new Date(house.clock.ms + 60_000).toISOString();
    const short = await make({ role: 'viewer', scope: ['earnings'], expiresAt });
    const gone = await make({ role: 'viewer', scope: ['earnings'] });
    await house.ask('DELETE', `${path}/${gone.body['id'] as string}`);
    house.clock.ms += 60_000;
    for (const key of [keyOf(short), keyOf(gone)]) {
      expect((await house.ask('GET', '/api/admin/status', undefined, { key })).status).toBe(401);
    }
  });
});
