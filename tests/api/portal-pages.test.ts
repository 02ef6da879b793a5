import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import { cookieOf, mailed, makeLink, signIn, verify } from './portal-support.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, sha256, start, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  const payee = {
    name: '<b>Ana</b> & "co"',
    email: 'ana@example.com',
    payoutMethod: { type: 'paypal', destination: 'user1@example.com' },
  };
  await seed(house, '18', [winner('18', 1, { payeeExternalId: 'ana', payee }), winner('18', 2)]);
  await start(house, '18');
  await settle(house, () => 'failed');
});
afterAll(() => house.close());

const open = (path: string, headers: Record<string, string> = {}) =>
  fetch(house.url + path, { redirect: 'manual', headers });
const press = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(house.url + path, { method: 'POST', redirect: 'manual', headers, body: new URLSearchParams(fields) });

describe('a mail with a link', () => {
  it('is in the language of the page it was asked from, elsewhere in what the payee chose, and so is its page', async () => {
    const email = 'lea@example.com';
    await house.ask('POST', '/api/admin/payees', { externalId: 'lea', name: 'Léa', email });
    const { ask } = await signIn(house, 'lea');
    const plain = (await mailed(house, email)).mails[0];
    expect(plain).toMatchObject({ subject: 'Your sign-in link, Léa' });
    expect(plain?.['text']).not.toContain('lang=');
    await ask('PATCH', '/profile', { language: 'fr' });
    const french = (await mailed(house, email)).mails[0];
    expect(french).toMatchObject({ subject: 'Votre lien de connexion, Léa' });
    expect(french?.['text']).toContain('Il marche pendant 15 minutes.');
    expect(french?.['html']).toContain('<html lang="fr">');
    const [path = ''] = /\/portal\/\S+&lang=fr$/m.exec(String(french?.['text'])) ?? [];
    expect(await (await open(path)).text()).toContain('Ce lien vous connecte à vos versements.');
    await press('/portal/sign-in', { email, lang: 'ht' });
    const { data } = (await house.ask('GET', '/api/admin/outbox')).body;
    expect(data[0]).toMatchObject({ subject: 'Lyen pou w konekte, Léa' });
  });
});

describe('the page of a link', () => {
  it('uses nothing up when it is opened, as often as it is; its button signs in', async () => {
    const token = await makeLink(house, 'ana');
    for (let times = 0; times < 3; times += 1) {
      const page = await open(`/portal/sign-in?token=${token}`);
      expect(page.status).toBe(200);
      expect(page.headers.getSetCookie()).toEqual([]);
      expect((await page.text()).match(/<button/g)).toHaveLength(1);
    }
    const done = await press('/portal/sign-in', { token });
    expect(done.status).toBe(303);
    expect(done.headers.get('location')).toBe('/portal');
    const home = await open('/portal', { cookie: cookieOf(done.headers) });
    expect(home.status).toBe(200);
    const again = await press('/portal/sign-in', { token });
    expect(again.status).toBe(401);
    expect(await again.text()).toContain('This link was used already');
  });

  it('says in its language that nothing in it is real money, where that is so', async () => {
    const token = await makeLink(house, 'ana');
    for (const [path, words] of [
      [`/portal/sign-in?token=${token}`, 'Sandbox: no real money moves'],
      ['/portal/sign-in?lang=fr', 'Bac à sable : aucun argent réel ne bouge'],
      ['/portal/not-me?lang=ht', 'Esè: okenn lajan vre pa deplase'],
    ] as const)
      expect(await (await open(path)).text()).toContain(`<aside class="sandbox">${words}</aside>`);
    const real = new Providers(house.deps.providers.all.map((one) => ({ ...one, sandbox: false })));
    const other = await openHouse({ providers: real });
    try {
      expect(await (await fetch(`${other.url}/portal/sign-in`)).text()).not.toContain('<aside');
    } finally {
      await other.close();
    }
  });

  it('runs no script and can be framed by nobody', async () => {
    const page = await open('/portal/sign-in?token="><script>alert(1)</script>');
    const html = await page.text();
    expect(html).not.toMatch(/<script|\son[a-z]+=|javascript:/i);
    const policy = page.headers.get('content-security-policy') ?? '';
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? '';
    const hash = Buffer.from(sha256(style), 'hex').toString('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
    );
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it.each([
    [{ 'sec-fetch-site': 'cross-site' }, 403],
    [{ 'sec-fetch-site': 'same-site' }, 403],
    [{ origin: 'https://evil.example' }, 403],
    [{ origin: 'null' }, 403],
    [{ origin: 'http://127.0.0.1:3000' }, 303],
    [{ 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000' }, 303],
  ])('signs nobody in for another site: %o is %i', async (headers, status) => {
    const token = await makeLink(house, 'ana');
    const got = await press('/portal/sign-in', { token }, headers);
    expect(got.status).toBe(status);
    expect((await verify(house, token)).status).toBe(status === 303 ? 401 : 200);
  });

  it('asks for the address when there is no link, and says the same whoever asks', async () => {
    expect(await (await open('/portal/sign-in')).text()).toContain('Your e-mail address');
    const known = await press('/portal/sign-in', { email: 'ana@example.com' });
    const stranger = await press('/portal/sign-in', { email: 'nobody@example.com' });
    expect([known.status, stranger.status]).toEqual([202, 202]);
    expect(await known.text()).toBe(await stranger.text());
    expect((await press('/portal/sign-in', {})).status).toBe(422);
    expect((await mailed(house, 'ana@example.com')).mails).toHaveLength(1);
  });

  it('takes forms only, and small ones', async () => {
    const headers = { 'content-type': 'application/json' };
    const json = await fetch(`${house.url}/portal/sign-in`, { method: 'POST', headers, body: '{}' });
    expect(json.status).toBe(415);
    expect((await press('/portal/sign-in', { token: 'x'.repeat(10_000) })).status).toBe(413);
  });
});

describe('the portal', () => {
  it('sends whoever is not signed in to the sign-in page', async () => {
    for (const cookie of ['', 'purser-portal.session=made-up', `purser-portal.session=${'A'.repeat(43)}`]) {
      const page = await open('/portal', { cookie });
      expect([page.status, page.headers.get('location')]).toEqual([303, '/portal/sign-in']);
    }
  });

  it('draws itself for whoever is signed in, at every address below it, under a policy with a nonce', async () => {
    const { cookie } = await signIn(house, 'ana');
    for (const path of ['/portal', '/portal/payouts/po_1', '/portal/no-such-page']) {
      const page = await open(path, { cookie });
      expect(page.status).toBe(200);
      expect(page.headers.get('content-security-policy')).toMatch(
        /script-src 'self'; style-src 'self' 'nonce-/,
      );
      const strange = await open(path);
      expect([strange.status, strange.headers.get('location')]).toEqual([303, '/portal/sign-in']);
    }
  });

  it.each([
    ['fr-HT,fr;q=0.9', 'fr', 'Se connecter'],
    ['ht, en;q=0.5', 'ht', 'Konekte'],
    ['de-DE', 'en', 'Sign in'],
  ])('greets a browser that wants %s in %s', async (wanted, lang, words) => {
    const html = await (await open('/portal/sign-in', { 'accept-language': wanted })).text();
    expect(html).toContain(`<html lang="${lang}">`);
    expect(html).toContain(`<h1>${words}</h1>`);
  });

  it('keeps a language that was chosen at the door, and the link one came by', async () => {
    const token = await makeLink(house, 'ana');
    const html = await (await open(`/portal/sign-in?token=${token}&lang=ht`)).text();
    expect(html).toContain(`/portal/sign-in?token=${token}&amp;lang=fr`);
    const done = await press('/portal/sign-in', { token, lang: 'ht' });
    expect(done.headers.get('location')).toBe('/portal?lang=ht');
    const again = await press('/portal/sign-in', { token, lang: 'ht' });
    expect(await again.text()).toContain('Lyen sa a deja sèvi');
  });

  it('speaks the language chosen in the portal at its door, whatever the browser asks for', async () => {
    const cookie = 'purser-portal.language=fr';
    const french = await open('/portal/sign-in', { cookie, 'accept-language': 'en-US' });
    expect(await french.text()).toContain('<html lang="fr">');
    const chosenNow = await open('/portal/sign-in?lang=ht', { cookie, 'accept-language': 'en-US' });
    expect(await chosenNow.text()).toContain('<html lang="ht">');
    const strange = await open('/portal/sign-in', { cookie: 'purser-portal.language="><b>' });
    expect(await strange.text()).toContain('<html lang="en">');
    // The portal knows it already: nothing has to be carried over.
    const done = await press(
      '/portal/sign-in',
      { token: await makeLink(house, 'ana'), lang: 'fr' },
      { cookie },
    );
    expect(done.headers.get('location')).toBe('/portal');
  });

  it('leads to the page somebody wanted before they were asked to sign in, once', async () => {
    for (const path of ['/portal/payouts/po_1/fix', '/portal/payouts?view=history&page=2']) {
      const turned = await open(path);
      expect([turned.status, turned.headers.get('location')]).toEqual([303, '/portal/sign-in']);
      const cookie = cookieOf(turned.headers);
      const token = await makeLink(house, 'ana');
      const done = await press('/portal/sign-in', { token }, { cookie });
      expect(done.headers.get('location')).toBe(path);
      expect(done.headers.getSetCookie()[1]).toMatch(/^purser-portal\.wanted=; Path=\/portal; Max-Age=0/);
    }
    const asked = await open('/portal/sign-in?lang=fr&to=%2Fportal%2Fmethods');
    const cookie = cookieOf(asked.headers);
    const done = await press(
      '/portal/sign-in',
      { token: await makeLink(house, 'ana'), lang: 'fr' },
      { cookie },
    );
    expect(done.headers.get('location')).toBe('/portal/methods?lang=fr');
  });

  it.each([
    'https://evil.example/portal/payouts',
    '//evil.example/portal',
    '/portal//evil.example',
    '/portal/../../evil',
    '/portal/..%2f..%2fevil',
    '/portal\\evil.example',
    '/portal/x\r\nset-cookie: a=b',
    '/portal/payouts@evil.example',
    '/portal/sign-out',
    '/portal/sign-in?token=somebody-elses',
    '/portal/not-me?token=x',
    '/api/admin/payees',
    'javascript:alert(1)',
    `/portal/${'a'.repeat(400)}`,
  ])('leads nowhere else after the sign-in: %j', async (to) => {
    const asked = await open(`/portal/sign-in?to=${encodeURIComponent(to)}`);
    expect(asked.headers.getSetCookie()).toEqual([]);
    const cookie = `purser-portal.wanted=${encodeURIComponent(to)}`;
    const done = await press('/portal/sign-in', { token: await makeLink(house, 'ana') }, { cookie });
    expect(done.headers.get('location')).toBe('/portal');
  });

  it('signs out', async () => {
    const { cookie, ask } = await signIn(house, 'ana');
    const foreign = await press('/portal/sign-out', {}, { cookie, 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
    expect((await ask('GET', '/profile')).status).toBe(200);
    const left = await press('/portal/sign-out', {}, { cookie });
    expect([left.status, left.headers.get('location')]).toEqual([303, '/portal/sign-in']);
    expect((await ask('GET', '/profile')).status).toBe(401);
  });
});
