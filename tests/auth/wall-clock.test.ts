import { afterAll, beforeAll, expect, it } from 'vitest';
import { People } from '../../src/auth/people.ts';
import type { House } from '../api/support.ts';
import { openHouse, sha256 } from '../api/support.ts';
import { publicId } from '../../src/core/ids.ts';
import type { Browser } from './browser.ts';
import { addPerson, codeOf, enrolTotp, signedIn } from './browser.ts';
import { openMemory } from '../support/templates.ts';

// People and their devices live in real time, also where the test clock of the sandboxes has been moved.

const dayMs = 24 * 60 * 60_000;
const email = 'ana@example.com';
let house: House;
let browser: Browser;

beforeAll(async () => {
  const db = await openMemory();
  let ids = 0;
  const people = new People({
    db,
    secret: 'a secret of this test and of nothing else',
    publicUrl: 'http://localhost:3000',
    now: () => new Date(),
    newId: (prefix) => publicId(prefix, Date.now(), sha256(`wall ${(ids += 1)}`)),
  });
  const sessions: House['deps']['sessions'] = [(cookie, origin) => people.caller(cookie, origin)];
  house = await openHouse({ db, people, sessions });
  house.clock.ms = Date.now();
  await addPerson(house, email);
});
afterAll(() => house.close());

it('leaves people signed in, and their authenticator and fresh factor good, when the test clock moves 40 days', async () => {
  browser = await signedIn(house, email);
  const { uri } = await enrolTotp(browser);
  house.clock.ms += 40 * dayMs;
  const code = codeOf(uri, Date.now());
  expect(await browser.post('/api/me/step-up', { code })).toMatchObject({ status: 200 });
  const key = { name: 'shop', role: 'viewer' };
  expect(await browser.post('/api/admin/api-keys', key)).toMatchObject({ status: 201 });
  const { body } = await browser.get('/api/me');
  expect(Date.parse(body['stepUpUntil'] as string) - Date.now()).toBeLessThan(11 * 60_000);
});

it('answers a step-up that carries an Idempotency-Key: a proof is never replayed, nor kept waiting', async () => {
  const again = async () =>
    browser.ask('POST', '/api/me/step-up', { code: '000000' }, { 'idempotency-key': 'proof-1' });
  expect(await again()).toMatchObject({ status: 403, body: { code: 'wrong_second_factor' } });
  expect((await again()).body['code']).toBe('wrong_second_factor');
}, 20_000);
