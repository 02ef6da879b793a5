import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestProcess } from '../support/processes.ts';
import { startProcess } from '../support/processes.ts';
import { seedDataDirectory } from '../support/templates.ts';
import { lookAt, newContext, openChromium, openPage } from './chromium.ts';

// Somebody who has just run `npm run demo` and opens what it printed.

const demoMs = 180_000;
/** Compressed, all that is loaded until the first page stands. */
const scriptBytesMax = 300_000;
/** Bar of the product: what was paid, what failed, what is next, ten seconds each; a machine that tests has less to read. */
const answerMs = 10_000;

let directory: string;
let demo: TestProcess;
let browser: Browser;
let page: Page;
let wrong: string[];
beforeAll(async () => {
  directory = mkdtempSync(path.join(tmpdir(), 'purser-look-'));
  seedDataDirectory(directory);
  demo = startProcess(['src/main/purser.ts', 'demo'], { env: { PURSER_DATA_DIR: directory, PORT: '0' } });
  browser = await openChromium();
  ({ page, wrong } = await openPage(await newContext(browser)));
  await demo.line(/API at http/, demoMs);
}, demoMs + 60_000);
afterAll(async () => {
  await browser?.close();
  await demo?.stop();
  rmSync(directory, { recursive: true, force: true });
});

const printed = (pattern: RegExp) => pattern.exec(demo.stdout + demo.stderr)?.[1] ?? '';

/** The time it took to see it. */
async function within(look: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await look();
  return performance.now() - start;
}

describe('whoever tries the demo', () => {
  it('signs in with what was printed, without a phone', async () => {
    const url = printed(/API at (http:\S+?)\/api/);
    const scripts: Promise<number>[] = [];
    page.on('requestfinished', (request) => {
      if (request.resourceType() === 'script')
        scripts.push(request.sizes().then(({ responseBodySize }) => responseBodySize));
    });
    await page.goto(url);
    await page.getByLabel('E-mail').fill('demo@purser.localhost');
    await page.getByRole('textbox', { name: 'Password' }).fill(printed(/password (\S+)\n {2}Code/));
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Code').fill(printed(/each once: (\S+)/));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    const bytes = (await Promise.all(scripts)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(50_000);
    expect(bytes).toBeLessThan(scriptBytesMax);
    expect(await lookAt(page, 'demo-inbox')).toEqual([]);
  });

  it('sees what was paid in ten seconds', async () => {
    const took = await within(async () => {
      await page.getByRole('link', { name: 'Cycles' }).click();
      await page.getByRole('link', { name: /demo/ }).first().click();
      await page.getByRole('region', { name: 'Last run' }).waitFor();
    });
    expect(took).toBeLessThan(answerMs);
    expect(await lookAt(page, 'demo-cycle')).toEqual([]);
  });

  it('sees nothing that broke', () => {
    expect(wrong).toEqual([]);
  });
});
