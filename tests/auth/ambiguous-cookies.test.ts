import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeIsTaken } from '../../src/api/sign-in-attempt.ts';
import { all } from '../../src/store/db.ts';
import type { House } from '../api/support.ts';
import { addPerson, Browser, codeOf, enrolTotp, goodPassword, signedIn, withSessions } from './browser.ts';

// Two cookies of one name, or a header too long to read: whoever is checked must be who acts.

const email = 'ana@example.com';
let house: House;
let uri: string;

beforeAll(async () => {
  house = await withSessions();
  await addPerson(house, email);
  const browser = await signedIn(house, email);
  ({ uri } = await enrolTotp(browser));
});
afterAll(() => house.close());

/** A browser whose password was right and whose code is awaited, with the Cookie header it would send. */
async function halfWay(): Promise<{ browser: Browser; cookie: string }> {
  await sql`delete from person_rate_limit`.execute(house.db);
  await sql`delete from person_guess`.execute(house.db);
  const browser = new Browser(house.url);
  expect((await browser.signIn(email, goodPassword)).body['secondFactorNeeded']).toBe(true);
  return { browser, cookie: browser.cookieHeader };
}

const verify = async (cookie: string, code: string) => {
  const fresh = new Browser(house.url);
  return fresh.ask('POST', '/api/auth/two-factor/verify-totp', { code }, { cookie });
};

it('takes no used code again behind a second cookie of the same name, or behind a long header', async () => {
  house.clock.ms = Date.now();
  const code = codeOf(uri, Date.now());
  const first = await halfWay();
  expect((await verify(first.cookie, code)).status).toBe(200);
  const { cookie } = await halfWay();
  const tricks = [
    cookie,
    `${cookie}; purser.two_factor=junk`,
    `purser.two_factor=junk; ${cookie}`,
    `${cookie}; pad=${'A'.repeat(8_300)}`,
  ];
  for (const header of tricks) {
    expect(await verify(header, code)).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } });
  }
});

it('believes no session of two, whichever stands first', async () => {
  house.clock.ms = Date.now();
  const session =
    (await verify((await halfWay()).cookie, codeOf(uri, Date.now() + 30_000))).setCookies[0] ?? '';
  const [pair = ''] = session.split(';');
  const browser = new Browser(house.url);
  expect((await browser.ask('GET', '/api/me', undefined, { cookie: pair })).status).toBe(200);
  for (const cookie of [`${pair}; purser.session_token=junk`, `purser.session_token=junk; ${pair}`]) {
    expect((await browser.ask('GET', '/api/me', undefined, { cookie })).status).toBe(401);
    const options = '/api/auth/passkey/generate-register-options';
    expect((await browser.ask('GET', options, undefined, { cookie })).status).toBe(401);
  }
  expect(
    (await browser.ask('GET', '/api/me', undefined, { cookie: `theme=dark; theme=light; ${pair}` })).status,
  ).toBe(200);
});

it('counts every wrong code against the account', async () => {
  const { cookie } = await halfWay();
  await verify(cookie, '000000');
  const [guesses] = await all(house.db, sql<{ n: bigint }>`select count(*) as n from person_guess`);
  expect(guesses?.n).toBeGreaterThan(0n);
});

it('takes no code of nobody, whatever brought it there', async () => {
  const nobody = { key: null, failures: 0, signsIn: true, account: { id: 'unknown', what: 'second factor' } };
  const attempt = { ...nobody, personId: null, sessionId: null };
  expect(await codeIsTaken(house.deps, attempt, { code: codeOf(uri, Date.now()) })).toBe(false);
});
