import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Providers } from '../../src/actions/providers.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

// How the pages are handed out; what is in them is looked at in a browser.

const page = (name: string) =>
  `<html lang="en"><head><meta property="csp-nonce" nonce="NONCE-OF-THIS-ANSWER"></head><body>${name}</body></html>`;
const accept = { accept: 'text/html,application/xhtml+xml' };

let root: string;
let house: House;
beforeAll(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'purser-web-'));
  mkdirSync(path.join(root, 'web'));
  writeFileSync(path.join(root, 'web', 'a-123.js'), 'let a;');
  writeFileSync(path.join(root, 'web', 'a-123.js.br'), brotliCompressSync('let small;'));
  writeFileSync(path.join(root, 'console.html'), page('console'));
  house = await openHouse({ web: { root, console: page('console'), portal: page('portal') } });
});
afterAll(async () => {
  await house.close();
  rmSync(root, { recursive: true, force: true });
});

const open = async (address: string, headers: Record<string, string> = accept, at = house) => {
  const answer = await fetch(at.url + address, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
};
const policyOf = (headers: Headers) => headers.get('content-security-policy') ?? '';

describe('a browser', () => {
  it('gets the console at every address that nobody else answers', async () => {
    for (const address of ['/', '/payouts/po_1?status=failed', '/cycles'])
      expect(await open(address)).toMatchObject({ status: 200, text: expect.stringContaining('console') });
  });

  it('gets a policy that runs no inline script, with a nonce for styles that is never the same', async () => {
    const [one, two] = [await open('/'), await open('/')];
    const nonce = /'nonce-([^']{20,})'/.exec(policyOf(one.headers))?.[1] ?? 'none';
    expect(one.text).toContain(`nonce="${nonce}"`);
    expect(two.text).not.toContain(nonce);
    expect(policyOf(one.headers)).toContain("default-src 'none'; script-src 'self';");
    expect(policyOf(one.headers)).not.toMatch(/unsafe|\*/);
    expect(one.headers.get('cache-control')).toBe('no-store');
  });

  it('is told in the page itself that nothing in it is real money', async () => {
    for (const address of ['/', '/payouts/po_1'])
      expect((await open(address)).text).toContain('<html data-sandbox lang="en">');
    const real = new Providers(house.deps.providers.all.map((one) => ({ ...one, sandbox: false })));
    const other = await openHouse({
      web: { root, console: page('console'), portal: page('portal') },
      providers: real,
    });
    try {
      expect((await open('/', accept, other)).text).toContain('<html lang="en">');
    } finally {
      await other.close();
    }
  });

  it('keeps scripts for ever, as their names change with them, and gets them small', async () => {
    const script = await open('/web/a-123.js', { 'accept-encoding': 'br' });
    expect(script.text).toBe('let small;');
    expect(script.headers.get('cache-control')).toMatch(/immutable/);
    expect((await open('/web/a-123.js', { 'accept-encoding': 'identity' })).text).toBe('let a;');
    expect(await open('/web/none.js')).toMatchObject({ status: 404 });
    expect((await open('/console.html')).text).not.toContain('NONCE-OF-THIS-ANSWER');
  });
});

describe('a program', () => {
  it('still reads problems, and never a page', async () => {
    for (const address of ['/nowhere', '/api/nowhere'])
      expect(await open(address, {})).toMatchObject({
        status: 404,
        text: expect.stringContaining('"not_found"'),
      });
    expect(await open('/api/nowhere')).toMatchObject({ status: 404 });
  });
});

it('says how to build the pages when they are not there', async () => {
  const bare = await openHouse();
  const got = await open('/', accept, bare);
  expect(got.text).toContain('npm run prepare');
  await bare.close();
});
