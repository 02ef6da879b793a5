import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKey } from '../../src/actions/keys.ts';
import { scopeOf, stepUpMs } from '../../src/api/access.ts';
import type { Route } from '../../src/api/route.ts';
import { routes } from '../../src/api/routes.ts';
import type { CallerRole, Right, Role } from '../../src/core/roles.ts';
import { roles } from '../../src/core/roles.ts';
import { addPerson, enrolTotp, signedIn, withSessions } from '../auth/browser.ts';
import { signIn } from './portal-support.ts';
import { stated } from './stated-rights.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

// Every route × everybody. Who may do what is stated here by hand, apart from the code: a new route, another right or
// another role in a right is a decision, and is made in these two tables first.

const holders: Readonly<Record<Right, readonly CallerRole[]>> = {
  read: ['owner', 'operator', 'approver', 'viewer'],
  operate: ['owner', 'operator'],
  reveal: ['owner', 'operator'],
  approve: ['owner', 'approver'],
  own: ['owner'],
  self: ['payee'],
};

/**
 * For each route of a payee's own data that takes an id: an id of another payee. Such an id answers like one that does not
 * exist, and answers the other one.
 */
const ofAnotherPayee: Readonly<Record<string, () => Promise<string>>> = {
  'GET /api/payee/payouts/:id': async () => firstIdOf('/payouts'),
  'GET /api/payee/payouts/:id/statement': async () => firstIdOf('/payouts'),
  'GET /api/payee/payouts/:id/statement.csv': async () => firstIdOf('/payouts'),
  'POST /api/payee/payouts/:id/pay-again': async () => mendedId(),
  'GET /api/payee/payouts/:id/receipt': async () => endedId('paid', 'completed'),
  'DELETE /api/payee/sessions/:id': async () => firstIdOf('/sessions'),
  'POST /api/payee/payout-methods/:id/default': async () => spareMethod(),
  'POST /api/payee/payout-methods/:id/backup': async () => spareMethod(),
  'DELETE /api/payee/payout-methods/:id': async () => spareMethod(),
};

/** A payout of that payee that is over. */
async function endedId(cycle: string, fate: 'failed' | 'completed'): Promise<string> {
  await seed(house, cycle, [winner(cycle, 1, { payeeExternalId: 'walk-user2', payee: {} })]);
  await start(house, cycle);
  await settle(house, () => fate);
  const { body } = await house.ask('GET', `/api/admin/payouts?cycleId=${cycle}`);
  return String(body.data[0]?.['id']);
}

/** A payout of that payee that failed, who has another payout method since. */
async function mendedId(): Promise<string> {
  const id = await endedId('unpaid', 'failed');
  const payoutMethod = { type: 'paypal', destination: 'mended@example.com' };
  await house.ask('PATCH', '/api/admin/payees/walk-user2', { payoutMethod });
  return id;
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const rightOf = (route: Route) => (stated[nameOf(route)] ?? '').replace('!', '') as Right;
const asksAgain = (route: Route) => stated[nameOf(route)]?.endsWith('!') === true;
const letIn = [200, 201, 202, 204, 404, 409, 422];
const everyone: readonly CallerRole[] = [...roles, 'payee'];
const noLimits = { requests: 1_000_000, posts: 1_000_000, failedKeys: 1_000_000, signIns: 1_000_000 };

/** Of each role somebody real who signed in: a moment ago with a second factor, or proven too long ago, or without any. */
const cookies = { fresh: {}, stale: {}, bare: {} } as Record<
  'fresh' | 'stale' | 'bare',
  Partial<Record<CallerRole, string>>
>;
/** Somebody whose password is still the one that Purser made. */
let newcomer = '';
let house: House;
beforeAll(async () => {
  house = await withSessions({ limits: noLimits });
  for (const role of roles) await signInAs(role);
  newcomer = await cookieOfNewcomer();
  await seed(house, 'walk', [winner('walk', 1), winner('walk', 2)]);
  await start(house, 'walk');
});
afterAll(() => house.close());

async function signInAs(role: Role): Promise<void> {
  await addPerson(house, `bare-${role}@example.com`, role);
  cookies.bare[role] = (await signedIn(house, `bare-${role}@example.com`)).cookieHeader;
  const id = await addPerson(house, `${role}@example.com`, role);
  const stale = await signedIn(house, `${role}@example.com`);
  const fresh = await signedIn(house, `${role}@example.com`);
  await enrolTotp(fresh);
  cookies.stale[role] = stale.cookieHeader;
  cookies.fresh[role] = fresh.cookieHeader;
  const { body } = await stale.get('/api/me');
  const now = house.deps.now().getTime();
  const tooLongAgo = new Date(now - stepUpMs - 1);
  await sql`update person_session set stepped_up_at = case when id = ${body['sessionId']} then ${tooLongAgo}::timestamptz
    else ${new Date(now)}::timestamptz end where person_id = ${id}`.execute(house.db);
}

async function cookieOfNewcomer(): Promise<string> {
  const email = 'newcomer@example.com';
  await addPerson(house, email);
  const { cookieHeader } = await signedIn(house, email);
  const until = new Date(house.deps.now().getTime() + stepUpMs);
  await sql`update person set temporary_password_until = ${until} where email = ${email}`.execute(house.db);
  return cookieHeader;
}

/** The id of the first thing of the other payee in a list of theirs. */
async function firstIdOf(list: string): Promise<string> {
  const other = await signIn(house, 'walk-user2');
  return String((await other.ask('GET', list)).body.data[0]?.['id']);
}

let spares = 0;
/** A method of the other payee that is neither in use nor in reserve. */
async function spareMethod(): Promise<string> {
  const other = await signIn(house, 'walk-user2');
  const body = { type: 'paypal', destination: `spare${(spares += 1)}@example.com`, use: 'none' };
  return String((await other.ask('POST', '/payout-methods', body)).body['id']);
}

async function call(route: Route, headers: Record<string, string>, id = 'none') {
  const body = route.method === 'GET' || route.method === 'DELETE' ? undefined : {};
  const address = route.path.replaceAll(/:[A-Za-z]+/g, id);
  return house.ask(route.method, address, body, { key: null, headers });
}

const byKey = (key: string) => ({ authorization: `Bearer ${key}` });
let payeeCookie = '';
/** A payee who is signed in; again when a route has ended the session, and no oftener than sign-in allows. */
async function payeeSession(): Promise<string> {
  const options = { key: null, headers: { cookie: payeeCookie } };
  const alive =
    payeeCookie !== '' && (await house.ask('GET', '/api/payee/profile', undefined, options)).status === 200;
  if (!alive) payeeCookie = (await signIn(house, 'walk-user1')).cookie;
  return payeeCookie;
}
const bySession = async (role: CallerRole, kind: keyof typeof cookies = 'fresh') => ({
  cookie: role === 'payee' ? await payeeSession() : (cookies[kind][role] ?? ''),
});

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
    const forged = 'purser.session_token=made.up; purser-portal.session=' + 'A'.repeat(43);
    expect((await call(route, { cookie: forged })).status).toBe(401);
  });

  it.each(roles)('lets a key of role %s in or not, as its right says', async (role) => {
    const got = await call(route, byKey(house.keys[role]));
    if (holders[rightOf(route)].includes(role)) expect(letIn).toContain(got.status);
    else expect(got).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it.each(everyone)('lets a session of role %s in or not, as its right says', async (role) => {
    const got = await call(route, await bySession(role));
    if (holders[rightOf(route)].includes(role)) expect(letIn).toContain(got.status);
    else expect(got).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  });

  it.each([
    ['stale', 'step_up_required'],
    ['bare', 'second_factor_missing'],
  ] as const)(
    'asks a person for a fresh second factor exactly where it is stated: %s',
    async (kind, code) => {
      const [holder = 'owner'] = holders[rightOf(route)];
      const got = await call(route, await bySession(holder, kind));
      if (asksAgain(route)) expect(got).toMatchObject({ status: 403, body: { code } });
      else expect(letIn).toContain(got.status);
    },
  );

  it('is closed to whoever has to change their password first', async () => {
    const got = await call(route, { cookie: newcomer });
    expect(got).toMatchObject({ status: 403, body: { code: 'password_change_required' } });
  });

  it('takes nothing that writes from a page of another site', async () => {
    const [holder = 'owner'] = holders[rightOf(route)];
    const cookie = await bySession(holder);
    for (const where of [{ 'sec-fetch-site': 'cross-site' }, { origin: 'https://evil.example' }]) {
      const got = await call(route, { ...cookie, ...where });
      if (route.method === 'GET') expect(letIn).toContain(got.status);
      else expect(got).toMatchObject({ status: 403, body: { code: 'cross_site' } });
    }
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
    const own = await call(route, byKey(await keyFor([scopeOf(route.path)])));
    // People are never limited, so a key that is may look at them and make none.
    if (own.body['code'] === 'key_too_wide') expect(route.path).toMatch(/^\/api\/admin\/(people|api-keys)/);
    else expect(letIn).toContain(own.status);
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
      const id = await another();
      expect((await call(route, await bySession('payee'), id)).status).toBe(404);
      const { cookie } = await signIn(house, 'walk-user2');
      expect((await call(route, { cookie }, id)).status).toBeLessThan(300);
    } else if (route.right !== 'self') {
      expect((await call(route, await bySession('payee'), 'walk-user2')).status).toBe(403);
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
    const headers = { authorization, ...(await bySession('owner')) };
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
    ([name]) =>
      !name.startsWith('GET') && !/\/(preview|payout-quote)$/.test(name) && !name.includes(' /api/me/'),
  );

  it('gives viewers nothing that writes but their own sessions', () => {
    expect(writing.length).toBeGreaterThan(8);
    for (const [name, right] of writing) expect(right, name).not.toMatch(/^read/);
    expect(Object.entries(holders).filter(([, who]) => who.includes('viewer'))).toHaveLength(1);
  });

  it('gives approvers nothing that prepares or sends, and operators nothing that approves', () => {
    expect(holders.operate).not.toContain('approver');
    expect(holders.approve).not.toContain('operator');
  });

  it.each([
    ['keys', '/api-keys', 3],
    ['people', '/people', 8],
    ['mails, which hold links', '/outbox', 2],
  ])('leaves %s to the owner', (_what, part, many) => {
    const found = Object.entries(stated).filter(([name]) => name.includes(part));
    expect(found).toHaveLength(many);
    for (const [name, right] of found) expect(right, name).toMatch(/^own/);
  });

  it('gives payees what is theirs alone, and nobody else that', () => {
    const own = Object.entries(stated).filter(([name]) => name.includes(' /api/payee/'));
    expect(own).toHaveLength(22);
    expect(Object.entries(stated).filter(([, right]) => right === 'self')).toEqual(own);
    expect(Object.entries(holders).filter(([, who]) => who.includes('payee'))).toEqual([['self', ['payee']]]);
  });
});
