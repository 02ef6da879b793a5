import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from '../api/support.ts';
import { Authenticator } from './authenticator.ts';
import { addPerson, Browser, eventsOf, signedIn, withSessions } from './browser.ts';

let house: House;
let device: Authenticator;
let ana: Browser;
const email = 'ana@example.com';
const base = '/api/auth/passkey';
beforeAll(async () => {
  house = await withSessions();
  await addPerson(house, email);
  await addPerson(house, 'ben@example.com', 'operator');
  device = new Authenticator(house.deps.people.publicOrigin);
  ana = await signedIn(house, email);
});
afterAll(() => house.close());

async function register(browser: Browser, authenticator: Authenticator) {
  const options = await browser.get(`${base}/generate-register-options`);
  if (options.status !== 200) return options;
  return browser.post(`${base}/verify-registration`, {
    response: authenticator.register(options.body),
    name: 'laptop',
  });
}

async function answerWith(browser: Browser, authenticator: Authenticator) {
  return authenticator.authenticate((await browser.get(`${base}/generate-authenticate-options`)).body);
}

it('a passkey is added within ten minutes of signing in when it is the first factor', async () => {
  house.clock.ms += 11 * 60_000;
  expect(await register(ana, device)).toMatchObject({ status: 403, body: { code: 'sign_in_again' } });
  house.clock.ms -= 11 * 60_000;
  const careless = new Authenticator(house.deps.people.publicOrigin);
  careless.verifies = false;
  expect(await register(ana, careless)).toMatchObject({ status: 422, body: { code: 'passkey_refused' } });
  expect(await register(ana, device)).toMatchObject({ status: 200, body: { id: expect.any(String) } });
  expect(await eventsOf(house)).toContain('second_factor.added');
  const list = await ana.get(`${base}/list-user-passkeys`);
  expect(list.body['data']).toEqual([expect.objectContaining({ name: 'laptop' })]);
  expect(list.text).not.toContain(device.id);
});

it('signs in alone, and counts as a second factor', async () => {
  const browser = new Browser(house.url);
  const response = await answerWith(browser, device);
  const got = await browser.post(`${base}/verify-authentication`, { response });
  expect(got).toMatchObject({ status: 200, body: { success: true } });
  expect((await browser.get('/api/me')).body['stepUpUntil']).not.toBeNull();
  const again = await browser.post(`${base}/verify-authentication`, { response });
  expect(again, 'the same answer twice').toMatchObject({ status: 401, body: { code: 'sign_in_failed' } });
});

it('signs nobody in without checking who holds it', async () => {
  const browser = new Browser(house.url);
  device.verifies = false;
  const response = await answerWith(browser, device);
  device.verifies = true;
  const got = await browser.post(`${base}/verify-authentication`, { response });
  expect(got).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } });
  expect((await browser.get('/api/me')).status).toBe(401);
});

it.each([
  ['of another origin', () => new Authenticator('https://evil.example')],
  ['that nobody has', () => new Authenticator(house.deps.people.publicOrigin)],
])('does not take an answer %s', async (_what, make) => {
  const browser = new Browser(house.url);
  const response = await answerWith(browser, make());
  expect((await browser.post(`${base}/verify-authentication`, { response })).status).toBe(401);
  expect((await browser.post(`${base}/verify-authentication`, { response: { id: 'x' } })).status).toBe(401);
});

it('proves the second factor of the session that asked, and of no other person', async () => {
  house.clock.ms = Date.now() + 11 * 60_000;
  const process = () => ana.post('/api/admin/api-keys', { name: 'x', role: 'viewer' });
  expect(await process()).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
  const before = (await ana.get('/api/me/sessions')).body['data'] as unknown[];
  const passkey = await answerWith(ana, device);
  expect(await ana.post('/api/me/step-up', { passkey })).toMatchObject({ status: 200 });
  expect((await process()).status).toBe(201);
  expect((await ana.get('/api/me/sessions')).body['data']).toHaveLength(before.length);
  expect((await ana.post('/api/me/step-up', { passkey })).body['code']).toBe('wrong_second_factor');

  const ben = await signedIn(house, 'ben@example.com');
  const own = new Authenticator(house.deps.people.publicOrigin);
  house.clock.ms = Date.now();
  expect((await register(ben, own)).status).toBe(200);
  const foreign = await answerWith(ben, device);
  expect(await ben.post('/api/me/step-up', { passkey: foreign })).toMatchObject({
    status: 403,
    body: { code: 'wrong_second_factor' },
  });
});

it('does not step up with a challenge that was made for nobody', async () => {
  const nobody = new Browser(house.url);
  const passkey = await answerWith(nobody, device);
  for (const [name, value] of nobody.cookies) ana.cookies.set(name, value);
  expect((await ana.post('/api/me/step-up', { passkey })).status).toBe(403);
});

it('is removed by its person, with a fresh second factor, and then opens nothing', async () => {
  const [{ id } = { id: '' }] = (await ana.get(`${base}/list-user-passkeys`)).body['data'] as {
    id: string;
  }[];
  const ben = await signedIn(house, 'ben@example.com');
  expect((await ben.post(`${base}/delete-passkey`, { id })).status).toBe(403);
  house.clock.ms = Date.now();
  await ana.post('/api/me/step-up', { passkey: await answerWith(ana, device) });
  expect((await ana.post(`${base}/delete-passkey`, { id })).status).toBe(200);
  const browser = new Browser(house.url);
  const response = await answerWith(browser, device);
  expect((await browser.post(`${base}/verify-authentication`, { response })).status).toBe(401);
});
