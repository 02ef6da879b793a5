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
