import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/actions/keys.ts';
import { scopeOf, stepUpMs } from '../../src/api/access.ts';
import type { SessionReader } from '../../src/api/deps.ts';
import type { Route } from '../../src/api/route.ts';
import { routes } from '../../src/api/routes.ts';
import type { CallerRole, Right } from '../../src/core/roles.ts';
import { roles } from '../../src/core/roles.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

// Every route × everybody. Who may do what is stated here by hand, apart from the code: a new route, another right or
// another role in a right is a decision, and is made in these two tables first.

/** `!`: a person must have proven a second factor a moment ago. */
const stated: Readonly<Record<string, Right | `${Right}!`>> = {
  'POST /api/admin/payees': 'operate',
  'POST /api/admin/payees/bulk': 'operate',
  'GET /api/admin/payees': 'read',
  'GET /api/admin/payees/:id': 'read',
  'PATCH /api/admin/payees/:id': 'operate',
  'POST /api/admin/earnings': 'operate',
  'POST /api/admin/earnings/reverse': 'operate!',
  'GET /api/admin/payees/:id/balance': 'read',
  'POST /api/admin/payees/:id/request-payout': 'operate!',
  'GET /api/admin/settings': 'read',
  'PATCH /api/admin/settings': 'own!',
  'POST /api/admin/payouts': 'operate!',
  'POST /api/admin/payouts/approve': 'approve!',
  'POST /api/admin/payouts/decline': 'approve!',
  'POST /api/admin/payouts/mark-paid': 'approve!',
  'POST /api/admin/payouts/unpay': 'approve!',
  'POST /api/admin/payouts/cancel': 'operate!',
  'POST /api/admin/payouts/hold': 'operate!',
  'POST /api/admin/payouts/release': 'operate!',
  'POST /api/admin/payout-batches/process-approved': 'operate!',
  'POST /api/payee/request-payout': 'self',
  'GET /api/admin/cycles': 'read',
  'POST /api/admin/cycles': 'operate',
  'GET /api/admin/cycles/:id': 'read',
  'POST /api/admin/payout-batches/preview': 'read',
  'POST /api/admin/payout-batches/process': 'operate',
  'GET /api/admin/payout-batches': 'read',
  'GET /api/admin/payout-batches/:batchId': 'read',
  'GET /api/admin/payout-batches/:batchId/summary': 'read',
  'GET /api/admin/payout-batches/:batchId/items': 'read',
  'GET /api/admin/payout-batches/:batchId/export.csv': 'read',
  'POST /api/admin/payout-batches/:batchId/retry-failed': 'operate',
  'POST /api/admin/payout-batches/:batchId/reconcile': 'operate',
  'POST /api/admin/payout-batches/:batchId/cancel': 'operate',
  'GET /api/admin/payouts': 'read',
  'GET /api/admin/payouts/:id': 'read',
  'POST /api/admin/payouts/retry': 'operate',
  'GET /api/admin/status': 'read',
  'GET /api/admin/alerts': 'read',
  'GET /api/admin/reconciliations': 'read',
  'GET /api/admin/discrepancies': 'read',
  'GET /api/admin/ledger/verify': 'read',
  'GET /api/admin/ledger/trial-balance': 'read',
  'POST /api/admin/ledger/rebuild': 'own',
  'GET /api/admin/api-keys': 'own',
  'POST /api/admin/api-keys': 'own!',
  'DELETE /api/admin/api-keys/:id': 'own',
  'GET /api/admin/submissions/:id': 'read',
  'POST /api/admin/submissions/:id/resolve': 'approve!',
  'GET /api/sandbox/clock': 'own',
  'POST /api/sandbox/clock': 'own',
  'GET /api/sandbox/effects': 'read',
  'GET /api/sandbox/faults': 'own',
  'POST /api/sandbox/faults': 'own',
  'DELETE /api/sandbox/faults': 'own',
};

const holders: Readonly<Record<Right, readonly CallerRole[]>> = {
  read: ['owner', 'operator', 'approver', 'viewer'],
  operate: ['owner', 'operator'],
  reveal: ['owner', 'operator'],
  approve: ['owner', 'approver'],
  own: ['owner'],
  self: ['payee'],
};

/**
 * For each route of a payee's own data that takes an id: an address with an id of another payee. Such an id answers like
 * one that does not exist.
 */
const ofAnotherPayee: Readonly<Record<string, (house: House) => Promise<string>>> = {};

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const rightOf = (route: Route) => (stated[nameOf(route)] ?? '').replace('!', '') as Right;
const asksAgain = (route: Route) => stated[nameOf(route)]?.endsWith('!') === true;
const letIn = [200, 201, 202, 204, 404, 409, 422];
const everyone: readonly CallerRole[] = [...roles, 'payee'];

/**
 * Sessions without a way to sign in: the cookie `who=ROLE` is believed, `fresh=no` is one whose second factor was proven
 * too long ago. The real readers of people and payees take the same place and are tested where they are.
 */
const believed: SessionReader = async (cookie, origin) => {
  const role = everyone.find((known) => cookie?.includes(`who=${known};`));
  if (role === undefined) return Promise.resolve(null);
  const age = cookie?.includes('fresh=no') === true ? stepUpMs + 1 : 0;
  return Promise.resolve({
    actor: { kind: role === 'payee' ? 'payee' : 'person', id: `pe_${role}`, name: role, ...origin },
    name: role,
    role,
    scope: null,
    payeeId: role === 'payee' ? 1n : null,
    session: { id: `se_${role}`, steppedUpAt: new Date(house.clock.ms - age) },
  });
};

let house: House;
beforeAll(async () => {
  house = await openHouse({ sessions: [believed] });
});
afterAll(() => house.close());

async function call(route: Route, headers: Record<string, string>, id = 'none') {
  const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {};
  const address = route.path.replaceAll(/:[A-Za-z]+/g, id);
  return house.ask(route.method, address, body, { key: null, headers });
}

const byKey = (key: string) => ({ authorization: `Bearer ${key}` });
const bySession = (role: CallerRole, fresh = 'yes') => ({ cookie: `who=${role}; fresh=${fresh}` });

async function keyFor(scope: string[]): Promise<string> {
  return (
    await createKey(house.deps, { name: 'scoped', role: 'owner', scope, random: house.deps.newSecret() })
  ).key;
}

it('every route states its right here, and nothing states a right without a route', () => {
  const real = routes.map((route) => [nameOf(route), `${route.right}${route.stepUp === true ? '!' : ''}`]);
  expect(Object.fromEntries(real)).toEqual(stated);
  expect(real).toHaveLength(Object.keys(stated).length);
});

it('every route of a payee’s own data with an id is tried with another payee’s id', () => {
  const own = routes.filter((route) => route.right === 'self' && route.path.includes(':'));
  expect(own.map((route) => nameOf(route)).toSorted()).toEqual(Object.keys(ofAnotherPayee).toSorted());
});

describe.each(routes.map((route) => [nameOf(route), route] as const))('%s', (name, route) => {
  it('answers 401 to nobody', async () => {
    const got = await call(route, {});
    expect(got.status).toBe(401);
    expect(got.body).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(got.headers.get('www-authenticate')).toBe('Bearer');
    expect((await call(route, { cookie: 'who=nobody; fresh=yes' })).status).toBe(401);
  });

  it.each(roles)('lets a key of role %s in or not, as its right says', async (role) => {
    const got = await call(route, byKey(house.keys[role]));
    if (holders[rightOf(route)].includes(role)) expect(letIn).toContain(got.status);
    else expect(got).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it.each(everyone)('lets a session of role %s in or not, as its right says', async (role) => {
    const got = await call(route, bySession(role));
    if (holders[rightOf(route)].includes(role)) expect(letIn).toContain(got.status);
    else expect(got).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it('asks a person for a fresh second factor exactly where it is stated', async () => {
    const [holder = 'owner'] = holders[rightOf(route)];
    const got = await call(route, bySession(holder, 'no'));
    if (asksAgain(route)) expect(got).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
    else expect(letIn).toContain(got.status);
  });

  it('is closed to an owner’s key of another scope, and open to one of its own', async () => {
    const others = [...new Set(routes.map(({ path }) => scopeOf(path)))].filter(
      (part) => part !== scopeOf(route.path),
    );
    expect(await call(route, byKey(await keyFor(others)))).toMatchObject({
      status: 403,
      body: { code: holders[rightOf(route)].includes('owner') ? 'out_of_scope' : 'forbidden' },
    });
    if (!holders[rightOf(route)].includes('owner')) return;
    expect(letIn).toContain((await call(route, byKey(await keyFor([scopeOf(route.path)])))).status);
  });

  it('is closed to a key that is over', async () => {
    const random = house.deps.newSecret();
    const expired = await createKey(house.deps, {
      name: 'x',
      role: 'owner',
      random,
      expiresAt: house.deps.now(),
    });
    expect((await call(route, byKey(expired.key))).status).toBe(401);
  });

  it('shows a payee nothing of another one', async () => {
    const another = ofAnotherPayee[name];
    if (another) {
      const got = await house.ask(route.method, await another(house), undefined, {
        key: null,
        headers: bySession('payee'),
      });
      expect(got.status).toBe(404);
    } else if (route.right !== 'self') {
      expect((await call(route, bySession('payee'), 'py_another')).status).toBe(403);
    }
  });
});

describe('a key', () => {
  it.each([
    ['made up', 'Bearer pk_made-up'],
    ['empty', 'Bearer '],
    ['of another scheme', 'Basic b3duZXI6b3duZXI='],
    ['beyond every length', `Bearer ${'k'.repeat(5000)}`],
    ['with a space inside', 'Bearer pk_a pk_b'],
  ])('that is %s opens nothing, also beside a good session', async (_what, authorization) => {
    const headers = { authorization, ...bySession('owner') };
    const got = await house.ask('GET', '/api/admin/status', undefined, { key: null, headers });
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
  const writing = Object.entries(stated).filter(
    ([name]) => !name.startsWith('GET') && !name.endsWith('/preview'),
  );

  it('gives viewers nothing that writes', () => {
    expect(writing.length).toBeGreaterThan(8);
    for (const [name, right] of writing) expect(right, name).not.toMatch(/^read/);
    expect(Object.entries(holders).filter(([, who]) => who.includes('viewer'))).toHaveLength(1);
  });

  it('gives approvers nothing that prepares or sends, and operators nothing that approves', () => {
    expect(holders.operate).not.toContain('approver');
    expect(holders.approve).not.toContain('operator');
  });

  it('leaves keys to the owner', () => {
    const keys = Object.entries(stated).filter(([name]) => name.includes('/api-keys'));
    expect(keys).toHaveLength(3);
    for (const [name, right] of keys) expect(right, name).toMatch(/^own/);
  });
});
