import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/store/db.ts';
import { asPayee, cookieOf, mailed, makeLink, signIn, tokenOf, verify } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse, sha256 } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const minuteMs = 60_000;
const payee = async (externalId: string, email: string | null, name = `Name ${externalId}`) => {
  await house.ask('POST', '/api/admin/payees', { externalId, name, ...(email === null ? {} : { email }) });
};
const everything = async (table: string) => {
  const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t`.execute(
    house.db,
  );
  return rows.map(({ row }) => row).join('\n');
};

describe('asking for a link', () => {
  it('mails one that signs in, once', async () => {
    await payee('ana', 'Ana@Example.com');
    const { got, mails } = await mailed(house, 'aNA@example.COM');
    expect(got.status).toBe(202);
    expect(mails).toMatchObject([{ kind: 'portal_link', to: 'Ana@Example.com', status: 'waiting' }]);
    const token = tokenOf(mails[0]?.['text']);
    const opened = await verify(house, token);
    expect(opened).toMatchObject({ status: 200, body: { payee: { name: 'Name ana' } } });
    expect((await asPayee(house, cookieOf(opened.headers))('GET', '/profile')).body).toMatchObject({
      email: 'Ana@Example.com',
    });
    expect(await verify(house, token)).toMatchObject({ status: 401, body: { code: 'link_not_valid' } });
  });

  it('answers in the same words, after the same time at least, when nobody has the address', async () => {
    const known = await mailed(house, 'ana@example.com');
    const began = performance.now();
    const stranger = await mailed(house, 'nobody@example.com');
    expect(performance.now() - began).toBeGreaterThan(290);
    expect(stranger.mails).toEqual([]);
    expect(known.mails).toHaveLength(1);
    expect({ status: stranger.got.status, text: stranger.got.text }).toEqual({
      status: known.got.status,
      text: known.got.text,
    });
    const headers = (got: typeof known.got) =>
      [...got.headers.keys()].filter((name) => !['date', 'x-request-id'].includes(name));
    expect(headers(stranger.got)).toEqual(headers(known.got));
  });

  it('mails one link per payee of an address, five at most', async () => {
    for (const number of [1, 2, 3, 4, 5, 6, 7]) await payee(`shared${number}`, 'shared@example.com');
    const { mails } = await mailed(house, 'shared@example.com');
    expect(mails).toHaveLength(5);
    const names = [];
    for (const mail of mails) names.push((await verify(house, tokenOf(mail['text']))).body['payee']);
    expect(new Set(names.map((found) => (found as { name: string }).name)).size).toBe(5);
  });

  it('mails an address five links an hour, whatever its capitals, and goes on after it', async () => {
    await payee('often', 'often@example.com');
    const counts = [];
    for (const email of [
      'often@example.com',
      'OFTEN@example.com',
      ...Array<string>(5).fill('often@example.com'),
    ])
      counts.push((await mailed(house, email)).mails.length);
    expect(counts).toEqual([1, 1, 1, 1, 1, 0, 0]);
    house.clock.ms += 61 * minuteMs;
    expect((await mailed(house, 'often@example.com')).mails).toHaveLength(1);
  });

  it('sends nothing to an address that is more than one', async () => {
    await payee('two', 'two@example.com, thief@example.com');
    const { got, mails } = await mailed(house, 'two@example.com, thief@example.com');
    expect(got.status).toBe(202);
    expect(mails).toEqual([]);
  });

  it('escapes names in mails, and lets none begin a header', async () => {
    await payee('evil', 'evil@example.com', '<a href="//evil.example">x</a>');
    // As it could be recorded before names that break lines were refused.
    await run(
      house.db,
      sql`update payee set name = name || ${'\r\nBcc: all@example.com'} where external_id = 'evil'`,
    );
    const [mail] = (await mailed(house, 'evil@example.com')).mails;
    expect(mail?.['html']).not.toContain('<a href="//evil');
    expect(mail?.['html']).toContain('&lt;a href=&quot;//evil.example&quot;&gt;');
    expect(mail?.['subject']).not.toMatch(/[\r\n]/);
  });

  it.each([[{}], [{ email: 7 }], [{ email: '' }], [{ email: 'a'.repeat(400) }], [undefined], [[]]])(
    'refuses %o with 422',
    async (body) => {
      const got = await house.ask('POST', '/api/payee/sign-in', body, { key: null });
      expect(got).toMatchObject({ status: 422, body: { code: 'invalid_request' } });
    },
  );
});

describe('a link', () => {
  it('ends with its time: 15 minutes by mail, 10 when the platform made it', async () => {
    await payee('late', 'late@example.com');
    const [mail] = (await mailed(house, 'late@example.com')).mails;
    const made = await makeLink(house, 'late');
    house.clock.ms += 10 * minuteMs;
    expect((await verify(house, made)).status).toBe(401);
    house.clock.ms += 5 * minuteMs;
    expect((await verify(house, tokenOf(mail?.['text']))).status).toBe(401);
    const again = await makeLink(house, 'late');
    house.clock.ms += 10 * minuteMs - 1;
    expect((await verify(house, again)).status).toBe(200);
  });

  it('dies when its payee gets another address, and takes its sessions with it', async () => {
    await payee('moved', 'old@example.com');
    const [mail] = (await mailed(house, 'old@example.com')).mails;
    const made = await makeLink(house, 'moved');
    const { ask } = await signIn(house, 'moved');
    expect((await ask('GET', '/profile')).status).toBe(200);
    await house.ask('PATCH', '/api/admin/payees/moved', { email: 'new@example.com' });
    expect((await verify(house, tokenOf(mail?.['text']))).status).toBe(401);
    expect((await verify(house, made)).status).toBe(401);
    expect((await ask('GET', '/profile')).status).toBe(401);
    expect((await mailed(house, 'old@example.com')).mails).toEqual([]);
    expect((await mailed(house, 'new@example.com')).mails).toHaveLength(1);
  });

  it('of one payee opens nothing of another, whoever brings it', async () => {
    await payee('one', 'one@example.com');
    await payee('other', 'other@example.com');
    const first = await signIn(house, 'one');
    const token = await makeLink(house, 'other');
    const got = await house.ask(
      'POST',
      '/api/payee/sign-in/verify',
      { token },
      {
        key: null,
        headers: { cookie: first.cookie },
      },
    );
    const second = asPayee(house, cookieOf(got.headers));
    expect((await second('GET', '/profile')).body).toMatchObject({ email: 'other@example.com' });
    expect((await first.ask('GET', '/profile')).body).toMatchObject({ email: 'one@example.com' });
  });

  it('signs nobody in for a page of another site, which uses nothing up', async () => {
    await payee('visited', null);
    const token = await makeLink(house, 'visited');
    const from = (headers: Record<string, string>) =>
      house.ask('POST', '/api/payee/sign-in/verify', { token }, { key: null, headers });
    for (const headers of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'cross-site' }]) {
      const got = await from(headers);
      expect(got).toMatchObject({ status: 403, body: { code: 'cross_site' } });
      expect(got.headers.getSetCookie()).toEqual([]);
    }
    expect((await from({ origin: house.url, 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  it('and its session are kept as hashes only', async () => {
    await payee('kept', null);
    const token = await makeLink(house, 'kept');
    const opened = await verify(house, token);
    const secret = cookieOf(opened.headers).split('=')[1] ?? '';
    const rows = `${await everything('portal_link')}\n${await everything('portal_session')}`;
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(rows).toContain(sha256(token));
    expect(rows).toContain(sha256(secret));
    for (const plain of [token, secret]) {
      expect(rows).not.toContain(plain);
      expect(await everything('audit_event')).not.toContain(plain);
      expect(JSON.stringify(house.logged)).not.toContain(plain);
      expect(opened.text).not.toContain(plain);
    }
  });

  it.each(['', 'made-up', 'A'.repeat(43), 'x'.repeat(201), "' or 1=1 --"])(
    'that is made up (%j) opens nothing',
    async (token) => {
      const got = await verify(house, token);
      expect([401, 422]).toContain(got.status);
      expect(got.headers.getSetCookie()).toEqual([]);
    },
  );
});

describe('POST /payees/:id/portal-link', () => {
  it('makes a link with a key that may operate, and puts it on record', async () => {
    await payee('linked', 'linked@example.com');
    const path = '/api/admin/payees/linked/portal-link';
    const made = await house.ask('POST', path, undefined, { key: house.keys.operator });
    expect(made).toMatchObject({
      status: 201,
      body: {
        url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:3000\/portal\/sign-in\?token=[A-Za-z0-9_-]{43}$/),
        expiresAt: new Date(house.clock.ms + 10 * minuteMs).toISOString(),
      },
    });
    const { rows } = await sql<{
      actor: string;
      subject: string;
    }>`select actor_kind as actor, subject_id as subject
      from audit_event where event = 'payee.portal_link_made' order by id desc limit 1`.execute(house.db);
    expect(rows).toEqual([{ actor: 'key', subject: expect.stringMatching(/^py_/) }]);
  });

  it('knows no payee that does not exist', async () => {
    const got = await house.ask('POST', '/api/admin/payees/none/portal-link');
    expect(got).toMatchObject({ status: 404, body: { code: 'payee_not_found' } });
  });
});

describe('the cookie', () => {
  it('is read by no script, sent by no other site, and bound to the host over HTTPS', async () => {
    const got = await verify(house, await makeLink(house, 'kept'));
    expect(got.headers.getSetCookie()).toEqual([
      expect.stringMatching(
        /^purser-portal\.session=\S{43}; Path=\/; Max-Age=86400; HttpOnly; SameSite=Lax$/,
      ),
    ]);
    const safe = await openHouse({ publicUrl: 'https://pay.example.com' });
    await safe.ask('POST', '/api/admin/payees', { externalId: 'safe' });
    const { headers } = await verify(safe, await makeLink(safe, 'safe'));
    expect(headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-purser-portal\.session=.*; Secure$/),
    ]);
    expect((await asPayee(safe, cookieOf(headers))('GET', '/profile')).status).toBe(200);
    const tossed = cookieOf(headers).replace('__Host-', '');
    expect((await asPayee(safe, tossed)('GET', '/profile')).status).toBe(401);
    await safe.close();
  });
});

describe('a session', () => {
  it('lasts 24 hours', async () => {
    const { ask } = await signIn(house, 'one');
    house.clock.ms += 24 * 60 * minuteMs - 1;
    expect((await ask('GET', '/profile')).status).toBe(200);
    house.clock.ms += 1;
    expect((await ask('GET', '/profile')).status).toBe(401);
  });

  it('ends with signing out, which takes the cookie back', async () => {
    const { ask } = await signIn(house, 'one');
    const left = await ask('POST', '/sign-out');
    expect(left.status).toBe(204);
    expect(left.headers.getSetCookie()).toEqual([expect.stringContaining('Max-Age=0')]);
    expect((await ask('GET', '/profile')).status).toBe(401);
  });

  it('is listed for its payee, who ends any of their own and none of another', async () => {
    await payee('busy', 'busy@example.com');
    const here = await signIn(house, 'busy');
    const there = await signIn(house, 'busy');
    const other = await signIn(house, 'other');
    const { body } = await here.ask('GET', '/sessions');
    expect(body.data.map((session) => session['current'])).toEqual([false, true]);
    const id = String(body.data[0]?.['id']);
    expect((await other.ask('GET', '/sessions')).text).not.toContain(id);
    const foreign = await other.ask('DELETE', `/sessions/${id}`);
    const none = await other.ask('DELETE', '/sessions/ps_none');
    const said = ({ requestId: _requestId, ...rest }: Record<string, unknown>) => rest;
    expect(foreign.status).toBe(404);
    expect(said(foreign.body)).toEqual(said(none.body));
    expect((await there.ask('GET', '/profile')).status).toBe(200);
    expect((await here.ask('DELETE', `/sessions/${id}`)).status).toBe(204);
    expect((await there.ask('GET', '/profile')).status).toBe(401);
    expect((await here.ask('GET', '/profile')).status).toBe(200);
  });

  it('is on record, from its link to its end', async () => {
    await payee('seen', 'seen@example.com');
    await mailed(house, 'seen@example.com');
    const { ask } = await signIn(house, 'seen');
    await ask('PATCH', '/profile', { name: 'Seen Again' });
    await ask('POST', '/sign-out');
    const { rows } = await sql<{ event: string; kind: string; name: string }>`
      select event, actor_kind as kind, actor_name as name from audit_event where subject_type = 'payee'
        and subject_id = (select public_id from payee where external_id = 'seen') order by id`.execute(
      house.db,
    );
    expect(rows.map(({ event, kind }) => `${kind} ${event}`)).toEqual([
      'person payee.created',
      'system payee.portal_link_mailed',
      'key payee.portal_link_made',
      'payee payee.signed_in',
      'payee payee.changed',
      'payee payee.session_ended',
    ]);
  });
});
