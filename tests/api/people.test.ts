import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pagePolicy, pageStyle } from '../../src/api/invitation-html.ts';
import { addPerson, Browser, goodPassword, signedIn, withSessions } from '../auth/browser.ts';
import { english } from '../support/english.ts';
import type { House } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await withSessions();
  await addPerson(house, 'owner@example.com');
});
afterAll(() => house.close());

const path = '/api/admin/people';
const invite = async (email: string, role = 'viewer') => {
  const got = await house.ask('POST', `${path}/invitations`, { email, role, name: '<b>Eve</b>' });
  const token = new URL(got.body['link'] as string).searchParams.get('token') ?? '';
  return { id: got.body['id'] as string, token };
};
const accept = (token: string, password = goodPassword) =>
  house.ask('POST', '/api/people/accept-invitation', { token, name: 'Eve', password }, { key: null });
const form = (token: string, password: string) =>
  fetch(`${house.url}/invitation`, {
    method: 'POST',
    body: new URLSearchParams({ token, name: 'Eve', password }),
  });

describe('people', () => {
  it('are added with a password for one time, and listed without it', async () => {
    const made = await house.ask('POST', path, { email: 'New@Example.com', role: 'approver' });
    expect(made).toMatchObject({
      status: 201,
      body: { email: 'new@example.com', role: 'approver', status: 'active', mustChangePassword: true },
    });
    const password = made.body['oneTimePassword'] as string;
    const list = await house.ask('GET', path);
    expect(list.body.data.map((person) => person['email'])).toContain('new@example.com');
    expect(list.text).not.toContain(password);
    const again = await house.ask('POST', path, { email: 'NEW@example.com' });
    expect(again).toMatchObject({ status: 409, body: { code: 'person_exists' } });
    const { rows } = await sql<{ row: string }>`select a::text as row from person_account a`.execute(
      house.db,
    );
    expect(rows.map((row) => row.row).join()).not.toContain(password);
  });

  it('change their e-mail and role, and are told what cannot be', async () => {
    const renamed = await house.ask('PATCH', `${path}/new@example.com`, {
      email: 'newer@example.com',
      role: 'viewer',
    });
    expect(renamed).toMatchObject({ status: 200, body: { email: 'newer@example.com', role: 'viewer' } });
    const taken = await house.ask('PATCH', `${path}/newer@example.com`, { email: 'owner@example.com' });
    expect(taken).toMatchObject({ status: 409, body: { code: 'person_exists' } });
    expect((await house.ask('PATCH', `${path}/nobody`, { role: 'owner' })).body['code']).toBe(
      'person_not_found',
    );
    for (const body of [{}, { role: 'payee' }, { email: 'no address' }, { id: 'x' }])
      expect((await house.ask('PATCH', `${path}/newer@example.com`, body)).status).toBe(422);
  });

  it('lose nothing as the last owner', async () => {
    for (const body of [{ role: 'viewer' }, { status: 'removed' }])
      expect(await house.ask('PATCH', `${path}/owner@example.com`, body)).toMatchObject({
        status: 409,
        body: { code: 'last_owner' },
      });
  });

  it('who were removed and come back prove nothing with what they had', async () => {
    await addPerson(house, 'back@example.com', 'viewer');
    const id = (await (await signedIn(house, 'back@example.com')).get('/api/me')).body['id'];
    await house.ask('PATCH', `${path}/back@example.com`, { status: 'removed' });
    const { token } = await invite('back@example.com');
    const joined = await accept(token, 'quite another password');
    expect(joined).toMatchObject({ status: 201, body: { id } });
    expect((await new Browser(house.url).signIn('back@example.com', goodPassword)).status).toBe(401);
    expect((await new Browser(house.url).signIn('back@example.com', 'quite another password')).status).toBe(
      200,
    );
  });
});

describe('an invitation', () => {
  it('lets one in, once, and keeps only the hash of its link', async () => {
    const { token } = await invite('one@example.com');
    const { rows } = await sql<{ row: string }>`select i::text as row from person_invitation i`.execute(
      house.db,
    );
    expect(rows.map((row) => row.row).join()).not.toContain(token);
    const answers = await Promise.all([accept(token), accept(token), accept(token)]);
    expect(answers.map((got) => got.status).toSorted((a, b) => a - b)).toEqual([201, 404, 404]);
  });

  it('is over after 72 hours, when it is ended, and when the same person is invited again', async () => {
    const late = await invite('late@example.com');
    house.clock.ms += 72 * 60 * 60_000;
    expect((await accept(late.token)).body['code']).toBe('invitation_not_found');
    house.clock.ms -= 72 * 60 * 60_000;
    const first = await invite('again@example.com');
    const second = await invite('again@example.com');
    expect((await accept(first.token)).status).toBe(404);
    expect((await house.ask('DELETE', `${path}/invitations/${second.id}`)).status).toBe(204);
    expect((await house.ask('DELETE', `${path}/invitations/${second.id}`)).status).toBe(404);
    expect((await accept(second.token)).status).toBe(404);
  });

  it('ends with the ownership of whoever made it', async () => {
    const id = await addPerson(house, 'leaving@example.com');
    const { token } = await invite('friend@example.com', 'owner');
    await sql`update person_invitation set invited_by = ${id} where email = 'friend@example.com'`.execute(
      house.db,
    );
    await house.ask('PATCH', `${path}/${id}`, { role: 'viewer' });
    expect((await accept(token)).status).toBe(404);
  });

  it('wants a password of twelve characters, and is not used up by a shorter one', async () => {
    const { token } = await invite('short@example.com');
    expect((await accept(token, 'elevenchars')).body).toMatchObject({ code: 'invalid_request' });
    expect((await accept(token)).status).toBe(201);
  });

  it('cannot be found by trying: one address is heard ten times', async () => {
    const answers = [];
    for (let tries = 0; tries < 11; tries += 1) answers.push((await accept(`made-up-${tries}`)).status);
    expect(answers.slice(0, 2)).toEqual([404, 404]);
    expect(answers.at(-1)).toBe(429);
    await sql`delete from person_guess`.execute(house.db);
  });

  it('is listed for owners while it is open', async () => {
    const { id, token } = await invite('open@example.com');
    const list = await house.ask('GET', `${path}/invitations`);
    expect(list.body.data.map((row) => row['id'])).toContain(id);
    expect(list.text).not.toContain(token);
  });
});

describe('the page of an invitation', () => {
  it('can be opened any number of times, by people and by scanners of mail', async () => {
    const { token } = await invite('page@example.com');
    for (let times = 0; times < 3; times += 1) {
      const got = await fetch(`${house.url}/invitation?token=${token}`);
      expect(got.status).toBe(200);
      expect(got.headers.get('content-type')).toBe('text/html; charset=utf-8');
      const html = await got.text();
      expect(html).toContain('page@example.com');
      expect(html).toContain('&lt;b&gt;Eve&lt;/b&gt;');
      expect(html).not.toMatch(/<script|<b>| on\w+=/);
    }
    await fetch(`${house.url}/invitation?token=${token}`, { method: 'HEAD' });
    const short = await form(token, 'short');
    expect(short.status).toBe(422);
    expect(await short.text()).toContain('role="alert"');
    const joined = await form(token, goodPassword);
    expect(joined.status).toBe(201);
    expect(await joined.text()).toContain('Welcome');
    expect((await form(token, goodPassword)).status).toBe(404);
    expect((await fetch(`${house.url}/invitation?token=${token}`)).status).toBe(404);
  });

  it('speaks French to whoever reads it, and says at its field what is wrong', async () => {
    const { token } = await invite('fr@example.com', 'approver');
    const headers = { 'accept-language': 'fr' };
    const words = (html: string) => html.replace(/<style>.*<\/style>/, '').replaceAll(/<[^>]*>/g, ' ');
    const first = await (await fetch(`${house.url}/invitation?token=${token}`, { headers })).text();
    expect(first).toContain('<html lang="fr">');
    expect(first).toContain('approbateur');
    const send = (password: string) =>
      fetch(`${house.url}/invitation`, {
        method: 'POST',
        headers,
        body: new URLSearchParams({ token, name: '\u200B', password }),
      });
    const refused = await (await send('short')).text();
    expect(refused).toContain('aria-describedby="password-fault"');
    expect(refused).toContain('<p id="password-fault">doit avoir au moins 12 caractères</p>');
    expect(refused).toContain('<p id="name-fault">ne contient rien de visible');
    expect(words(refused)).not.toMatch(/\bpassword\b|\bname\b/);
    const over = await (await fetch(`${house.url}/invitation?token=none`, { headers })).text();
    for (const html of [first, refused, over]) expect(english(words(html))).toEqual([]);
  });

  it('runs no script, loads nothing, sends its form nowhere else and lies in no frame', async () => {
    const got = await fetch(`${house.url}/invitation?token=none`);
    expect(got.status).toBe(404);
    expect(got.headers.get('content-security-policy')).toBe(pagePolicy);
    expect(got.headers.get('referrer-policy')).toBe('no-referrer');
    const hash = createHash('sha256').update(pageStyle).digest('base64');
    expect(pagePolicy).toContain(`style-src 'sha256-${hash}'`);
    expect(pagePolicy).toContain("default-src 'none'");
  });

  it.each(['', '?token=', '?token[]=a', `?token=${'x'.repeat(3000)}`, '?token=%00', '?token=<script>'])(
    'answers %j with words, and repeats nothing of it',
    async (query) => {
      const got = await fetch(`${house.url}/invitation${query}`);
      expect(got.status).toBe(404);
      expect(await got.text()).not.toContain('<script>');
    },
  );
});
