import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { allThere, newContext, openPage, type Watched } from './chromium.ts';
import { asMember, asPayee, type Member } from './people.ts';
import { openStage } from './stage.ts';

// What a browser that has nothing yet takes over the wire until a page is complete: all of it, also what comes after the first paint.

/** Scripts of one page, compressed, in whichever form the browser takes. */
const scriptBytesMax = 300_000;
const pages = [
  '/',
  '/status',
  '/cycles',
  '/cycles/may',
  '/payouts',
  '/approvals',
  '/approvals/by-hand',
  '/payees',
  '/payees/ana',
  '/import',
  '/float',
  '/numbers',
  '/audit',
  '/developers',
  '/settings',
  '/people',
  '/account',
];
const portalPages = ['/portal', '/portal/payouts', '/portal/methods', '/portal/profile'];

let story: Story;
let browser: Browser;
let olga: Member;
let payouts: string[];
openStage({ olga: ['owner', 'Olga Owner'] }, async (stage) => {
  ({ story, browser, olga } = stage);
  await story.ask('POST', '/api/admin/cycles', { id: 'may', name: 'May' });
  const earning = { sourceType: 'winner', externalId: 'may-ana', payeeExternalId: 'ana', cycleId: 'may' };
  const payoutMethod = { type: 'paypal', destination: 'ana+failed@example.com' };
  const money = { amount: 2500, currency: 'USD', payee: { name: 'Ana', payoutMethod } };
  await story.ask('POST', '/api/admin/earnings', { earnings: [{ ...earning, ...money }] });
  await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'may' });
  const { body } = await story.until(
    () => story.ask('GET', '/api/admin/payouts?status=failed'),
    ({ body }) => body.data.length === 1,
  );
  payouts = body.data.map(({ id }) => `/payouts/${String(id)}`);
});

interface Script {
  readonly name: string;
  /** As it came over the wire to this browser. */
  readonly encodedBodySize: number;
}

/** Opens a page with an empty cache and answers the scripts it took until nothing more came. */
async function scriptsOf({ page }: Watched, path: string): Promise<readonly Script[]> {
  await page.goto(story.url + path);
  await allThere(page);
  await page.waitForLoadState('networkidle');
  return page.evaluate<Script[]>(
    `performance.getEntriesByType('resource').filter(({ name }) => name.includes('/web/') && name.endsWith('.js'))
      .map(({ name, encodedBodySize }) => ({ name, encodedBodySize }))`,
  );
}

/** What the same script weighs for a browser without Brotli, or behind a proxy that takes it away. */
async function gzipBytes({ name }: Script): Promise<number> {
  const answer = await fetch(name, { headers: { 'accept-encoding': 'gzip' } });
  await answer.body?.cancel();
  expect(answer.headers.get('content-encoding'), name).toBe('gzip');
  return Number(answer.headers.get('content-length'));
}

/** Pages that are too heavy, with their weight. */
async function tooHeavy(open: () => Promise<Watched>, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths) {
    const watched = await open();
    const scripts = await scriptsOf(watched, path);
    const inGzip = await Promise.all(scripts.map(gzipBytes));
    const taken = scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    const bytes = Math.max(
      taken,
      inGzip.reduce((sum, size) => sum + size, 0),
    );
    // Less than the library that draws pages: nothing was measured.
    expect(taken, path).toBeGreaterThan(100_000);
    if (bytes > scriptBytesMax) found.push(`${path}: ${bytes}`);
    expect(watched.wrong).toEqual([]);
    await watched.page.context().close();
  }
  return found;
}

describe('the first page that somebody opens', () => {
  it('is light, whichever page of the console it is', async () => {
    expect(await tooHeavy(() => asMember(browser, olga), [...pages, ...payouts])).toEqual([]);
  });

  it('is as light in French, where the same words are longer', async () => {
    const inFrench = () => asMember(browser, olga, { locale: 'fr-FR' });
    expect(
      await tooHeavy(inFrench, ['/', '/payouts', '/import', '/settings', '/payees/ana', ...payouts]),
    ).toEqual([]);
  });

  it('is light in the portal', async () => {
    const signedIn = await asPayee(browser, story, 'ana');
    await signedIn.page.getByRole('heading', { level: 1 }).waitFor();
    const storageState = await signedIn.page.context().storageState();
    const again = async () => openPage(await newContext(browser, { storageState }));
    expect(await tooHeavy(again, portalPages)).toEqual([]);
  });
});
