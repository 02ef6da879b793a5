import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { chromium } from 'playwright-core';
import { projectRoot } from '../support/processes.ts';
import { chromiumPath } from './unpack.ts';

const desktop = { width: 1280, height: 900 };
const phone = { width: 390, height: 844 };
/** How long a page may take to show what a test looks for. */
export const waitMs = 20_000;
/** Pictures of every page; kept by whoever runs the tests, committed by nobody. */
const pictures = path.join(projectRoot, 'tmp', 'screens');
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A real browser, from npm like everything else. */
export async function openChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    headless: true,
    // Not the package's own list: its single process lets contexts share cookies.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--no-first-run',
      '--disable-component-update',
    ],
  });
}

/** A page with everything that went wrong in it: exceptions, errors of the console, what the policy kept from running. */
export interface Watched {
  readonly page: Page;
  readonly wrong: string[];
}

export async function openPage(context: BrowserContext): Promise<Watched> {
  const page = await context.newPage();
  page.setDefaultTimeout(waitMs);
  const wrong: string[] = [];
  page.on('pageerror', (error) => wrong.push(`exception: ${error.message}`));
  page.on('console', (message) => {
    // What the server refused is shown to the person; the browser notes it here too.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource'))
      wrong.push(message.text());
  });
  return { page, wrong };
}

export function newContext(
  browser: Browser,
  more: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  return browser.newContext({
    viewport: desktop,
    locale: 'en-GB',
    timezoneId: 'UTC',
    reducedMotion: 'reduce',
    ...more,
  });
}

const everyRule = {
  type: 'tag',
  values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
};
/** Of these, what depends on the colours of a scheme; the rest is the same in both. */
const rulesOfColour = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
interface Found {
  violations: { id: string; help: string; nodes: { target: string[]; failureSummary?: string }[] }[];
}

/** What axe finds against WCAG 2.2 A and AA on the page as it stands, one line each; empty is good. */
async function axeProblems(page: Page, runOnly: object): Promise<string[]> {
  // Once for each document: it is half a megabyte.
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(axe);
  const found = await page.evaluate<Found>(
    `axe.run(document, ${JSON.stringify({ runOnly, resultTypes: ['violations'] })})`,
  );
  return found.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map((node) => `${node.target.join(' ')} (${node.failureSummary ?? ''})`).join(' | ')}`,
  );
}

/** The same of the page as it stands now, with every rule; for a size or scheme that `lookAt` does not take. */
export function axeNow(page: Page): Promise<string[]> {
  return axeProblems(page, everyRule);
}

/** Presses a button that copies; that it did stands on it for one second. */
export async function copyBy(button: Locator, said: string): Promise<void> {
  const copied = button.page().getByRole('button', { name: said, exact: true }).waitFor();
  await Promise.all([copied, button.click()]);
}

/** Nothing may be wider than the screen, down to 320 px. */
export async function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate<boolean>(
    'document.documentElement.scrollWidth > document.documentElement.clientWidth',
  );
}

/** Nothing is waited for any more: the page is there, and so is what stands in its place until then. Both at once: a page that one leaves has its heading still. */
export async function allThere(page: Page): Promise<void> {
  await page.locator('body:has(h1):not(:has(.mantine-Skeleton-root))').waitFor({ state: 'attached' });
}

/** From the top, as painted, with what moves in its place; what turns for ever is not waited for. */
const atRest = `(async () => {
  scrollTo(0, 0);
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  const moving = document.getAnimations().filter(({ effect, playState }) =>
    playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
  await Promise.allSettled(moving.map(({ finished }) => finished));
})()`;

/** One after the other differs in one thing: each change lays the page out anew. */
const looks = [
  { size: 'desktop', viewport: desktop, colorScheme: 'light', rules: everyRule },
  { size: 'desktop', viewport: desktop, colorScheme: 'dark', rules: rulesOfColour },
  { size: 'phone', viewport: phone, colorScheme: 'dark', rules: rulesOfColour },
  { size: 'phone', viewport: phone, colorScheme: 'light', rules: everyRule },
] as const;

/**
 * Looks at a page at both sizes and in both schemes: what axe finds, what does not fit; keeps the four pictures.
 * `atEnd`: axe looks at the end of the page, where nothing lies below a bar that stays at the edge of the screen.
 */
export async function lookAt(page: Page, name: string, { atEnd = false } = {}): Promise<string[]> {
  const found: string[] = [];
  for (const { size, viewport, colorScheme, rules } of looks) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize(viewport);
    await allThere(page);
    await page.evaluate(atRest);
    await takePicture(page, `${name}-${size}-${colorScheme}`);
    if (atEnd) await page.evaluate('window.scrollTo(0, document.body.scrollHeight)');
    found.push(...(await axeProblems(page, rules)).map((problem) => `${size} ${colorScheme}: ${problem}`));
  }
  await page.setViewportSize({ width: 320, height: 700 });
  await page.evaluate(atRest);
  if (await isTooWide(page))
    found.push(
      'wider than 320 px: ' +
        (await page.evaluate<string>(
          "[...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > 321).map((e) => e.tagName + '.' + e.className + ' ' + Math.round(e.getBoundingClientRect().right)).slice(0, 8).join(' | ')",
        )),
    );
  await page.setViewportSize(desktop);
  return found;
}

/** Keeps a picture of the whole page. */
export async function takePicture(page: Page, name: string, fullPage = true): Promise<void> {
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: path.join(pictures, `${name}.png`), fullPage, animations: 'disabled' });
}
