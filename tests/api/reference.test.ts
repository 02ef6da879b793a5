import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** An answer read to its end, so that its connection does not keep the server open. */
async function open(path: string) {
  const answer = await fetch(house.url + path, { redirect: 'manual' });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

describe('GET /docs', () => {
  it('is a page without inline scripts that loads from this server only', async () => {
    const got = await house.ask('GET', '/docs', undefined, { key: null });
    expect(got.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const policy = got.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(got.text).not.toMatch(/<script(?![^>]* src=)|\son\w+=|https?:/);
  });

  it('finds every file that it names', async () => {
    const { text } = await house.ask('GET', '/docs', undefined, { key: null });
    const files = [...text.matchAll(/(?:src|href)="(docs\/[^"]+)"/g)].map(([, file]) => file);
    expect(files).toHaveLength(4);
    for (const file of files) expect((await open(`/${file}`)).status, file).toBe(200);
  });

  it('starts the reader on the document of this server, and asks nobody else', async () => {
    const start = (await open('/docs/start.js')).text;
    expect(start).toContain("url: 'api/openapi.json'");
    expect(start).toContain('validatorUrl: null');
    expect(start).not.toMatch(/https?:/);
  });

  it.each([
    'index.html',
    'package.json',
    'swagger-initializer.js',
    '..%2fpackage.json',
    '%2e%2e',
    'swagger-ui.css%00',
  ])('serves nothing else: %s', async (file) => {
    const got = await open(`/docs/${file}`);
    expect([400, 404]).toContain(got.status);
    expect(got.headers.get('content-type')).toContain('application/problem+json');
  });

  it('is found with a slash behind it too', async () => {
    const got = await open('/docs/');
    expect([got.status, got.headers.get('location')]).toEqual([302, '../docs']);
  });
});

describe('the headers of every answer', () => {
  it('ask for nothing by HTTPS on plain HTTP', async () => {
    const { headers } = await house.ask('GET', '/healthz');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('upgrade-insecure-requests');
    expect(policy).not.toContain('unsafe');
    expect(headers.get('strict-transport-security')).toBeNull();
    expect(headers.get('x-frame-options')).toBe('DENY');
  });

  it('keep browsers on HTTPS where people reach it by HTTPS', async () => {
    const secure = await openHouse({ publicUrl: 'https://pay.example.com' });
    const { headers } = await secure.ask('GET', '/healthz');
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000');
    await secure.close();
  });
});
