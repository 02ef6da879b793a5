import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { People } from '../../src/auth/people.ts';
import { one } from '../../src/store/db.ts';
import type { House } from '../api/support.ts';
import { addPerson, Browser, goodPassword, signedIn, withSessions } from './browser.ts';

let house: House;
let id = '';
const email = 'ana@example.com';
beforeAll(async () => {
  house = await withSessions();
  id = await addPerson(house, email);
});
afterAll(() => house.close());

describe('the cookie of a session', () => {
  it('is out of reach of scripts and of other sites, and shows in no body', async () => {
    const browser = new Browser(house.url);
    const got = await browser.signIn(email, goodPassword);
    const [cookie = ''] = got.setCookies;
    expect(cookie).toMatch(/^purser\.session_token=/);
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).toMatch(/Max-Age=43200/);
    expect(cookie).not.toMatch(/Secure/);
    expect(got.text).toBe('{"success":true,"secondFactorNeeded":false}');
  });

  it('is Secure where Purser is opened by https', async () => {
    const publicUrl = 'https://pay.example.com';
    const people = new People({ ...house.deps, secret: 'another secret of the server', publicUrl });
    const got = await people.call({
      method: 'POST',
      path: '/sign-in/email',
      cookie: undefined,
      body: { email, password: goodPassword },
      anonymous: true,
      origin: { ip: '127.0.0.9', userAgent: null, requestId: null },
    });
    expect(got.status).toBe(200);
    expect(got.cookies[0]).toMatch(/^__Secure-purser\.session_token=.*; Secure/);
  });

  it('opens nothing without its signature, with another one, or with another secret', async () => {
    const { token } = await latestSession();
    for (const value of [token, `${token}.`, `${token}.${'A'.repeat(43)}%3D`, '', '.', 'x'.repeat(9000)]) {
      const browser = new Browser(house.url);
      browser.cookies.set('purser.session_token', value);
      expect((await browser.get('/api/me')).status).toBe(401);
    }
  });

  it('that was there before sign-in is not the one after', async () => {
    const planted = new Browser(house.url);
    planted.cookies.set('purser.session_token', 'planted.AAAA');
    await planted.signIn(email, goodPassword);
    expect(planted.cookies.get('purser.session_token')).not.toContain('planted');
    const first = planted.cookies.get('purser.session_token');
    await planted.signIn(email, goodPassword);
    expect(planted.cookies.get('purser.session_token')).not.toBe(first);
  });
});

describe('a session', () => {
  it('is listed for its person and can be ended by them, and by nobody else', async () => {
    const here = await signedIn(house, email);
    const there = await signedIn(house, email);
    await addPerson(house, 'other@example.com', 'viewer');
    const other = await signedIn(house, 'other@example.com');
    const own = (await there.get('/api/me')).body['sessionId'] as string;
    const list = (await here.get('/api/me/sessions')).body['data'] as Record<string, unknown>[];
    expect(list.map((session) => session['id'])).toContain(own);
    expect(list.filter((session) => session['current'])).toHaveLength(1);
    expect((await other.ask('DELETE', `/api/me/sessions/${own}`)).status).toBe(404);
    expect((await there.get('/api/me')).status).toBe(200);
    expect((await here.ask('DELETE', `/api/me/sessions/${own}`)).status).toBe(204);
    expect((await there.get('/api/me')).status).toBe(401);
    expect((await here.ask('DELETE', `/api/me/sessions/${own}`)).status).toBe(404);
  });

  it('ends with all others of its person when an owner says so', async () => {
    const browser = await signedIn(house, 'other@example.com');
    const path = '/api/admin/people/other%40example.com/sessions';
    expect((await house.ask('DELETE', path)).body['ended']).toBeGreaterThan(0);
    expect((await browser.get('/api/me')).status).toBe(401);
  });

  it('ends after its time, however often it was renewed', async () => {
    const browser = await signedIn(house, email);
    house.clock.ms += 12 * 60 * 60_000 + 300_000;
    expect((await browser.get('/api/me')).status).toBe(401);
    await sql`update person_session set expires_at = now() + interval '30 days'`.execute(house.db);
    expect((await browser.get('/api/me')).status).toBe(200);
    house.clock.ms += 7 * 24 * 60 * 60_000;
    expect((await browser.get('/api/me')).status).toBe(401);
    house.clock.ms = Date.now();
  });

  it('is renewed by asking for it, when its last renewal was an hour ago', async () => {
    const browser = await signedIn(house, email);
    const before = await latestSession();
    await sql`update person_session set expires_at = expires_at - interval '2 hours' where id = ${before.id}`.execute(
      house.db,
    );
    const got = await browser.get('/api/auth/get-session');
    expect(got.status).toBe(200);
    expect(got.text).not.toContain(before.token);
    const after = await latestSession();
    expect(after.expiresAt.getTime()).toBeGreaterThanOrEqual(before.expiresAt.getTime());
  });

  it('has the role the database says now', async () => {
    const browser = await signedIn(house, 'other@example.com');
    expect((await browser.get('/api/admin/people')).status).toBe(403);
    await sql`update person set role = 'owner' where email = 'other@example.com'`.execute(house.db);
    expect((await browser.get('/api/admin/people')).status).toBe(200);
    await sql`update person set role = 'viewer' where email = 'other@example.com'`.execute(house.db);
    expect((await browser.get('/api/admin/people')).status).toBe(403);
  });

  it('does not survive the password it was opened with', async () => {
    const here = await signedIn(house, email);
    const there = await signedIn(house, email);
    const body = { currentPassword: goodPassword, newPassword: 'another long password' };
    expect((await here.post('/api/auth/change-password', body)).status).toBe(200);
    expect((await there.get('/api/me')).status).toBe(401);
    expect((await here.get('/api/me')).status).toBe(200);
    const back = { currentPassword: 'another long password', newPassword: goodPassword };
    expect((await here.post('/api/auth/change-password', back)).status).toBe(200);
  });
});

describe('a request of a page that is not ours', () => {
  const foreign = [
    'https://evil.example',
    'null',
    'http://127.0.0.1:1',
    'http://localhost.evil.example:3000',
  ];

  it.each(foreign)('from %s is refused where a cookie would carry it', async (origin) => {
    const browser = await signedIn(house, email);
    browser.origin = origin;
    for (const [method, path] of [
      ['POST', '/api/admin/cycles'],
      ['PATCH', '/api/admin/payees/x'],
      ['DELETE', '/api/admin/api-keys/x'],
      ['POST', '/api/me/step-up'],
      ['POST', '/api/auth/sign-out'],
    ] as const) {
      const got = await browser.ask(method, path, method === 'DELETE' ? undefined : {});
      expect(got, path).toMatchObject({ status: 403, body: { code: 'cross_site' } });
    }
  });

  it('signs nobody in: not as themselves and not as somebody else', async () => {
    const browser = new Browser(house.url);
    browser.origin = 'https://evil.example';
    expect((await browser.signIn(email, goodPassword)).body['code']).toBe('cross_site');
  });

  it('says so by Sec-Fetch-Site too, and without any word it is refused with a cookie', async () => {
    const browser = await signedIn(house, email);
    browser.origin = null;
    const path = '/api/admin/cycles';
    expect((await browser.post(path, { id: 'a' })).body['code']).toBe('cross_site');
    const told = (site: string) => browser.ask('POST', path, { id: 'a' }, { 'sec-fetch-site': site });
    expect((await told('cross-site')).body['code']).toBe('cross_site');
    expect((await told('same-site')).body['code']).toBe('cross_site');
    expect((await told('same-origin')).status).toBe(201);
  });

  it('with a key is nobody’s page: keys come along by nobody’s accident', async () => {
    const got = await house.ask(
      'POST',
      '/api/admin/cycles',
      { id: 'b' },
      {
        headers: { origin: 'https://evil.example' },
      },
    );
    expect(got.status).toBe(201);
  });

  it('from the public address is ours', async () => {
    const browser = await signedIn(house, email);
    browser.origin = 'http://localhost:3000';
    expect((await browser.post('/api/admin/cycles', { id: 'c' })).status).toBe(201);
  });
});

describe('what the library can do besides', () => {
  it.each([
    ['POST', '/api/auth/sign-up/email'],
    ['POST', '/api/auth/update-user'],
    ['POST', '/api/auth/delete-user'],
    ['POST', '/api/auth/change-email'],
    ['POST', '/api/auth/request-password-reset'],
    ['POST', '/api/auth/reset-password'],
    ['GET', '/api/auth/list-sessions'],
    ['POST', '/api/auth/revoke-sessions'],
    ['POST', '/api/auth/two-factor/get-totp-uri'],
    ['POST', '/api/auth/two-factor/send-otp'],
    ['GET', '/api/auth/ok'],
    ['GET', '/api/auth/error'],
    ['GET', '/api/auth/sign-in/email'],
    ['POST', '/api/auth/%2e%2e/auth/sign-up/email'],
    ['POST', '/api/auth//sign-up/email'],
  ])('%s %s is not there', async (method, path) => {
    const browser = await signedIn(house, email);
    const got = await browser.ask(
      method,
      path,
      method === 'GET' ? undefined : { email, password: goodPassword },
    );
    expect(got).toMatchObject({ status: 404, body: { code: 'not_found' } });
  });

  it('cannot be asked for by more fields: no trusted device, no redirect, no role', async () => {
    const browser = new Browser(house.url);
    for (const more of [
      { callbackURL: 'https://evil.example' },
      { rememberMe: false },
      { trustDevice: true },
    ]) {
      const got = await browser.post('/api/auth/sign-in/email', { email, password: goodPassword, ...more });
      expect(got).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    }
  });

  it('takes no body beyond its limit, and none that is no JSON', async () => {
    const browser = new Browser(house.url);
    const path = '/api/auth/sign-in/email';
    expect((await browser.post(path, { email: 'x'.repeat(20_000) })).status).toBe(413);
    expect((await browser.ask('POST', path, '{')).status).toBe(400);
  });
});

async function latestSession(): Promise<{ id: string; token: string; expiresAt: Date }> {
  const row = await one(
    house.db,
    sql<{
      id: string;
      token: string;
      expiresAt: Date;
    }>`select id, token, expires_at as "expiresAt" from person_session
      where person_id = ${id} order by created_at desc limit 1`,
  );
  if (!row) throw new Error('nobody is signed in');
  return row;
}
