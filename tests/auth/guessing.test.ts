import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { House } from '../api/support.ts';
import {
  addPerson,
  Browser,
  codeOf,
  enrolTotp,
  eventsOf,
  goodPassword,
  signedIn,
  withSessions,
} from './browser.ts';

let house: House;
/** Another person for each test: what is counted for one is nothing to the next. */
let email = '';
let people = 0;
beforeAll(async () => {
  house = await withSessions();
});
afterAll(() => house.close());
beforeEach(async () => {
  await sql`delete from person_rate_limit`.execute(house.db);
  house.clock.ms = Date.now();
  email = `person${(people += 1)}@example.com`;
  await addPerson(house, email);
});

/** Guesses until the account is locked, waiting as it is told to; answers the statuses. */
async function guessUntilLocked(account: string): Promise<string[]> {
  const browser = new Browser(house.url);
  const seen = [];
  for (let tries = 0; tries < 5; tries += 1) {
    const got = await browser.signIn(account, 'wrong password of mine');
    seen.push(`${got.status} ${String(got.body['code'])}`);
    house.clock.ms += 5_000;
  }
  return seen;
}

describe('a password', () => {
  it('can be guessed five times, then not even the right one is looked at, for 15 minutes', async () => {
    expect(await guessUntilLocked(email)).toEqual(Array.from({ length: 5 }, () => '401 sign_in_failed'));
    const locked = await new Browser(house.url).signIn(email, goodPassword);
    expect(locked).toMatchObject({ status: 429, body: { code: 'too_many_attempts', retryable: true } });
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(await eventsOf(house)).toContain('person.locked');
    house.clock.ms += 15 * 60_000;
    expect((await new Browser(house.url).signIn(email, goodPassword)).status).toBe(200);
  });

  it('is guessed more slowly from the third time on', async () => {
    const browser = new Browser(house.url);
    for (let tries = 0; tries < 3; tries += 1) await browser.signIn(email, 'wrong password of mine');
    const soon = await browser.signIn(email, goodPassword);
    expect(soon).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(soon.headers.get('retry-after')).toBe('2');
    house.clock.ms += 2_000;
    expect((await browser.signIn(email, goodPassword)).status).toBe(200);
  });

  it('tells nothing of which accounts exist, locked or not', async () => {
    const known = await guessUntilLocked(email);
    const unknown = await guessUntilLocked('nobody@example.com');
    expect(unknown).toEqual(known);
    const strip = ({ status, body }: { status: number; body: Record<string, unknown> }) => {
      return { status, ...body, requestId: '' };
    };
    const [a, b] = [new Browser(house.url), new Browser(house.url)];
    expect(strip(await a.signIn('nobody@example.com', goodPassword))).toEqual(
      strip(await b.signIn(email, goodPassword)),
    );
  });

  it('guessed by many at once is guessed no more often', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => new Browser(house.url).signIn(email, 'wrong password of mine')),
    );
    const looked = answers.filter((got) => got.status === 401);
    expect(looked.length).toBeLessThanOrEqual(3);
    expect(answers.every((got) => [401, 429].includes(got.status))).toBe(true);
  });

  it('that is right forgets the wrong ones before', async () => {
    for (let round = 0; round < 3; round += 1) {
      await new Browser(house.url).signIn(email, 'wrong password of mine');
      await new Browser(house.url).signIn(email, 'wrong password of mine');
      expect((await new Browser(house.url).signIn(email, goodPassword)).status).toBe(200);
    }
  });

  it('guessed by an outsider leaves those who are in where they are, and a reset lets them in again', async () => {
    const inside = await signedIn(house, email);
    await guessUntilLocked(email);
    expect((await inside.get('/api/me')).status).toBe(200);
    const path = `/api/admin/people/${encodeURIComponent(email)}/reset-password`;
    const reset = await house.ask('POST', path, {});
    const password = reset.body['oneTimePassword'] as string;
    expect(password).toMatch(/^[a-z2-9]{5}(-[a-z2-9]{5}){3}$/);
    expect((await inside.get('/api/me')).status).toBe(401);
    expect((await new Browser(house.url).signIn(email, password)).status).toBe(200);
  });

  it('that was made for one time is over after 24 hours', async () => {
    const path = `/api/admin/people/${encodeURIComponent(email)}/reset-password`;
    const password = (await house.ask('POST', path, {})).body['oneTimePassword'] as string;
    house.clock.ms += 24 * 60 * 60_000;
    const late = await new Browser(house.url).signIn(email, password);
    expect(late).toMatchObject({ status: 403, body: { code: 'password_expired' } });
    expect(late.setCookies.join()).not.toContain('session_token=ey');
  });

  it('is guessed from inside a session five times too, which locks nobody’s sign-in', async () => {
    const browser = await signedIn(house, email);
    for (let tries = 0; tries < 5; tries += 1) {
      const body = { currentPassword: 'wrong password', newPassword: 'a new long password' };
      const got = await browser.post('/api/auth/change-password', body);
      expect(got).toMatchObject({ status: 403, body: { code: 'wrong_password' } });
      house.clock.ms += 5_000;
    }
    const got = await browser.post('/api/auth/two-factor/enable', { password: goodPassword });
    expect(got.body['code']).toBe('too_many_attempts');
    expect((await new Browser(house.url).signIn(email, goodPassword)).status).toBe(200);
  });
});

describe('a second factor', () => {
  it('is guessed with the password: knowing one buys no more guesses at the other', async () => {
    const inside = await signedIn(house, email);
    const { uri } = await enrolTotp(inside);
    const thief = new Browser(house.url);
    for (let tries = 0; tries < 5; tries += 1) {
      expect((await thief.signIn(email, goodPassword)).body['secondFactorNeeded']).toBe(true);
      const got = await thief.post('/api/auth/two-factor/verify-totp', { code: '000000' });
      expect(got).toMatchObject({ status: 401, body: { code: 'sign_in_failed' } });
      house.clock.ms += 5_000;
    }
    const code = codeOf(uri, house.clock.ms);
    expect((await thief.post('/api/auth/two-factor/verify-totp', { code })).status).not.toBe(200);
    expect((await thief.signIn(email, goodPassword)).status).toBe(429);
    expect((await inside.get('/api/me')).status).toBe(200);
  });

  it('of one moment is taken once, however many send it at once', async () => {
    const { uri } = await enrolTotp(await signedIn(house, email));
    const browsers = [new Browser(house.url), new Browser(house.url), new Browser(house.url)];
    for (const browser of browsers) await browser.signIn(email, goodPassword);
    const code = codeOf(uri, Date.now());
    const answers = await Promise.all(
      browsers.map((browser) => browser.post('/api/auth/two-factor/verify-totp', { code })),
    );
    expect(answers.filter((got) => got.status === 200)).toHaveLength(1);
  });

  it('is no more once it is removed, which asks for it', async () => {
    const browser = await signedIn(house, email);
    await enrolTotp(browser);
    house.clock.ms += 11 * 60_000;
    const body = { password: goodPassword };
    const stale = await browser.post('/api/auth/two-factor/disable', body);
    expect(stale).toMatchObject({ status: 403, body: { code: 'step_up_required' } });
    house.clock.ms -= 11 * 60_000;
    expect((await browser.post('/api/auth/two-factor/disable', body)).status).toBe(200);
    expect((await new Browser(house.url).signIn(email, goodPassword)).body).toMatchObject({ success: true });
    expect(await eventsOf(house)).toContain('second_factor.removed');
  });

  it('that was lost is taken away by a reset that says so', async () => {
    await enrolTotp(await signedIn(house, email));
    const path = `/api/admin/people/${encodeURIComponent(email)}/reset-password`;
    const { body } = await house.ask('POST', path, { secondFactors: true });
    expect(body).toMatchObject({ secondFactors: { totp: false, passkeys: 0 }, mustChangePassword: true });
    const got = await new Browser(house.url).signIn(email, body['oneTimePassword'] as string);
    expect(got.body).toMatchObject({ success: true });
  });

  it('keeps its secret encrypted', async () => {
    const { uri, codes } = await enrolTotp(await signedIn(house, email));
    const { rows } = await sql<{ row: string }>`select t::text as row from person_two_factor t
      join person p on p.id = t.person_id where p.email = ${email}`.execute(house.db);
    for (const code of codes) expect(rows[0]?.row).not.toContain(code);
    expect(rows[0]?.row).not.toContain(new URL(uri).searchParams.get('secret'));
  });
});

describe('one address', () => {
  it('that tries account after account is slowed by the address', async () => {
    const browser = new Browser(house.url);
    const answers = [];
    for (let tries = 0; tries < 35; tries += 1)
      answers.push(await browser.signIn(`nobody${tries}@example.com`, 'wrong password of mine'));
    expect(answers.at(-1)).toMatchObject({ status: 429, body: { code: 'too_many_attempts' } });
    expect(answers.filter((got) => got.status === 401)).toHaveLength(30);
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('cannot say that it is another one', async () => {
    const browser = new Browser(house.url);
    const answers = [];
    for (let tries = 0; tries < 35; tries += 1) {
      const headers = { 'x-forwarded-for': `10.0.0.${tries}`, 'x-purser-ip': `10.0.1.${tries}` };
      const body = { email: `nobody${tries}@example.com`, password: 'wrong password of mine' };
      answers.push(await browser.ask('POST', '/api/auth/sign-in/email', body, headers));
    }
    expect(answers.filter((got) => got.status === 401)).toHaveLength(30);
  });
});
