import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../src/api/routes.ts';
import { may, roles } from '../../src/core/roles.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const addressOf = (path: string) => path.replaceAll(/:[A-Za-z]+/g, 'none');
const bodyFor = (method: string) => (method === 'GET' || method === 'DELETE' ? undefined : {});

describe.each(routes)('$method $path', ({ method, path, right }) => {
  it('answers 401 without a key', async () => {
    const got = await house.ask(method, addressOf(path), bodyFor(method), { key: null });
    expect(got.status).toBe(401);
    expect(got.body).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(got.headers.get('www-authenticate')).toBe('Bearer');
  });

  it.each(roles)('lets %s in or not as its right says', async (role) => {
    const got = await house.ask(method, addressOf(path), bodyFor(method), { key: house.keys[role] });
    if (may(role, right)) expect([200, 201, 204, 404, 409, 422]).toContain(got.status);
    else expect(got).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });
});

describe('a key', () => {
  it.each([
    ['made up', 'Bearer pk_made-up'],
    ['empty', 'Bearer '],
    ['of another scheme', 'Basic b3duZXI6b3duZXI='],
    ['beyond every length', `Bearer ${'k'.repeat(5000)}`],
    ['with a space inside', 'Bearer pk_a pk_b'],
  ])('that is %s opens nothing', async (_what, authorization) => {
    const got = await house.ask('GET', '/api/admin/status', undefined, {
      key: null,
      headers: { authorization },
    });
    expect(got.status).toBe(401);
  });

  it('that is a stranger’s megabytes is refused before they are read', async () => {
    const got = await house.ask('POST', '/api/admin/earnings', `"${'x'.repeat(2_000_000)}"`, { key: null });
    expect(got.status).toBe(401);
  });

  it('is not what the trusted token is when there is none', async () => {
    const other = await openHouse({ trustedToken: null });
    expect((await other.ask('GET', '/api/admin/status')).status).toBe(401);
    await other.close();
  });
});

describe('who may do what', () => {
  it('gives approvers and viewers nothing that writes', () => {
    const writing = routes.filter((route) => route.method !== 'GET' && !route.path.endsWith('/preview'));
    expect(writing.length).toBeGreaterThan(8);
    for (const route of writing) {
      expect(may('viewer', route.right), route.path).toBe(false);
      expect(may('approver', route.right), route.path).toBe(false);
    }
  });

  it('leaves keys to the owner', () => {
    const keys = routes.filter((route) => route.path.includes('/api-keys'));
    expect(keys).toHaveLength(3);
    for (const route of keys) expect(may('operator', route.right)).toBe(false);
  });
});
