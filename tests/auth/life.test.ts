import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFirstOwner, firstOwnerEmail } from '../../src/actions/people.ts';
import type { House } from '../api/support.ts';
import { Browser, codeOf, enrolTotp, eventsOf, goodPassword, withSessions } from './browser.ts';

let house: House;
let owner: Browser;
let uri = '';
let codes: string[] = [];
beforeAll(async () => {
  house = await withSessions();
  owner = new Browser(house.url);
});
afterAll(() => house.close());

const oneTime = 'aaaaa-bbbbb-ccccc-ddddd';

it('makes one owner at the first start, and none at the second', async () => {
  const hash = await house.deps.people.hashPassword(oneTime);
  const made = await Promise.all([createFirstOwner(house.deps, hash), createFirstOwner(house.deps, hash)]);
  expect(made.filter((person) => person !== null)).toHaveLength(1);
  expect(await createFirstOwner(house.deps, hash)).toBeNull();
});

it('lets the one-time password open nothing but its own change', async () => {
  expect(await owner.signIn(firstOwnerEmail, oneTime)).toMatchObject({
    status: 200,
    body: { success: true },
  });
  for (const path of ['/api/me', '/api/admin/status', '/api/auth/passkey/list-user-passkeys'])
    expect(await owner.get(path)).toMatchObject({ status: 403, body: { code: 'password_change_required' } });
  const before = owner.cookieHeader;
  const changed = await owner.post('/api/auth/change-password', {
    currentPassword: oneTime,
    newPassword: goodPassword,
  });
  expect(changed).toMatchObject({ status: 200, body: { success: true } });
  expect(owner.cookieHeader).not.toBe(before);
  expect(await owner.get('/api/me')).toMatchObject({
    status: 200,
    body: { role: 'owner', email: firstOwnerEmail, secondFactors: { totp: false, passkeys: 0 } },
  });
});

it('asks whoever has no second factor to set one up, and says how', async () => {
  const got = await owner.post('/api/admin/api-keys', { name: 'x', role: 'viewer' });
  expect(got).toMatchObject({ status: 403, body: { code: 'second_factor_missing' } });
  expect(got.body['actionRequired']).toContain('Set up an authenticator app or a pass');
});

it('sets up an authenticator app, which counts as proven at once', async () => {
  ({ uri, codes } = await enrolTotp(owner));
  expect(codes).toHaveLength(10);
  expect((await owner.post('/api/admin/api-keys', { name: 'x', role: 'viewer' })).status).toBe(201);
  const again = await owner.post('/api/auth/two-factor/enable', { password: goodPassword });
  expect(again).toMatchObject({ status: 409, body: { code: 'second_factor_exists' } });
});

it('signs out, and the cookie of then opens nothing', async () => {
  const stolen = new Browser(house.url);
  for (const [name, value] of owner.cookies) stolen.cookies.set(name, value);
  expect((await owner.post('/api/auth/sign-out')).status).toBe(200);
  expect((await stolen.get('/api/me')).status).toBe(401);
  expect((await owner.get('/api/me')).status).toBe(401);
});

it('asks for the code after the password, and takes it once', async () => {
  const got = await owner.signIn(firstOwnerEmail, goodPassword);
  expect(got.body).toEqual({ success: false, secondFactorNeeded: true });
  expect((await owner.get('/api/me')).status).toBe(401);
  const code = codeOf(uri, Date.now());
  expect((await owner.post('/api/auth/two-factor/verify-totp', { code })).status).toBe(200);
  const me = await owner.get('/api/me');
  expect(me.status).toBe(200);
  expect(me.body['stepUpUntil']).toMatch(/Z$/);

  const second = new Browser(house.url);
  await second.signIn(firstOwnerEmail, goodPassword);
  const replay = await second.post('/api/auth/two-factor/verify-totp', { code });
  expect(replay).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } });
});

it('wants the second factor again when ten minutes are over', async () => {
  house.clock.ms += 10 * 60_000 + 1;
  const asked = await owner.post('/api/admin/api-keys', { name: 'y', role: 'viewer' });
  expect(asked).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
  const wrong = await owner.post('/api/me/step-up', { code: '000000' });
  expect(wrong).toMatchObject({ status: 403, body: { code: 'wrong_second_factor' } });
  const code = codeOf(uri, house.clock.ms);
  expect((await owner.post('/api/me/step-up', { code })).status).toBe(200);
  expect((await owner.post('/api/admin/api-keys', { name: 'y', role: 'viewer' })).status).toBe(201);
  expect((await owner.post('/api/me/step-up', { code })).status).toBe(403);
});

it('takes a recovery code once, for stepping up and for signing in', async () => {
  const [first = '', second = ''] = codes;
  expect((await owner.post('/api/me/step-up', { code: first })).status).toBe(200);
  expect((await owner.post('/api/me/step-up', { code: first })).status).toBe(403);
  const other = new Browser(house.url);
  await other.signIn(firstOwnerEmail, goodPassword);
  const used = await other.post('/api/auth/two-factor/verify-backup-code', { code: first });
  expect(used.status).toBe(401);
  expect((await other.post('/api/auth/two-factor/verify-backup-code', { code: second })).status).toBe(200);
  expect((await other.get('/api/me')).status).toBe(200);
});

it('invites an operator, who may operate and not own', async () => {
  const invited = await owner.post('/api/admin/people/invitations', {
    email: 'Oda@Example.com',
    role: 'operator',
  });
  expect(invited).toMatchObject({ status: 201, body: { email: 'oda@example.com', role: 'operator' } });
  const token = new URL(invited.body['link'] as string).searchParams.get('token');
  const oda = new Browser(house.url);
  const joined = await oda.post('/api/people/accept-invitation', {
    token,
    name: 'Oda',
    password: goodPassword,
  });
  expect(joined).toMatchObject({ status: 201, body: { role: 'operator' } });
  expect((await oda.signIn('ODA@example.com', goodPassword)).status).toBe(200);
  expect((await oda.get('/api/admin/status')).status).toBe(200);
  expect(await oda.get('/api/admin/people')).toMatchObject({ status: 403, body: { code: 'forbidden' } });

  const id = (await oda.get('/api/me')).body['id'] as string;
  await owner.ask('PATCH', `/api/admin/people/${id}`, { role: 'viewer' });
  const process = await oda.post('/api/admin/payout-batches/process', { cycleId: 'x' });
  expect(process).toMatchObject({ status: 403, body: { code: 'forbidden' } });
  await owner.ask('PATCH', `/api/admin/people/${id}`, { status: 'removed' });
  expect((await oda.get('/api/me')).status).toBe(401);
  expect((await oda.signIn('oda@example.com', goodPassword)).body['code']).toBe('sign_in_failed');
});

it('keeps all of it on record, and no password, code or whole e-mail', async () => {
  const seen = new Set(await eventsOf(house));
  for (const event of [
    'person.created',
    'person.signed_in',
    'person.sign_in_failed',
    'person.password_changed',
    'person.stepped_up',
    'second_factor.added',
    'session.ended',
    'person.invited',
    'person.joined',
    'person.changed',
  ])
    expect(seen).toContain(event);
  const { rows } = await sql<{ row: string }>`select a::text as row from audit_event a`.execute(house.db);
  const text = rows.map((row) => row.row).join('\n');
  for (const secret of [goodPassword, oneTime, ...codes, 'oda@example.com', firstOwnerEmail])
    expect(text).not.toContain(secret);
});
