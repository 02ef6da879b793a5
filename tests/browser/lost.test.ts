import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember, asPayee } from './people.ts';
import { openStage } from './stage.ts';

// A server that does not answer: every page says so, none is lost, and all goes on when it is back.

const phone = { width: 390, height: 844 };

let story: Story;
let browser: Browser;
let olga: Member;
let payeeId: string;
openStage({ olga: ['operator', 'Olga Operator'] }, async (stage) => {
  ({ story, browser, olga } = stage);
  await story.ask('POST', '/api/admin/cycles', { id: 'lost', name: 'Lost contest' });
  const earned = await story.ask('POST', '/api/admin/earnings', {
    earnings: ['Ana', 'Bea', 'Cai'].map((name) => ({
      sourceType: 'winner',
      externalId: name,
      payeeExternalId: name,
      cycleId: 'lost',
      amount: 1000,
      currency: 'USD',
      payee: { name, payoutMethod: { type: 'paypal', destination: `${name}@example.com` } },
    })),
  });
  expect(earned.status).toBeLessThan(300);
  const { body } = await story.ask('GET', '/api/admin/payees');
  payeeId = String(body.data[0]?.['id']);
});

const noConnection = (page: Page) =>
  page.getByRole('status').getByText(/^No connection to the server since \d\d:\d\d/);

describe('somebody whose network is gone', () => {
  it('is told on the page and by the mark, keeps the console, and gets the page once the network is back', async () => {
    const { page } = await asMember(browser, olga);
    await page.goto(`${story.url}/cycles`);
    await page.getByText('Up to date').waitFor();
    await page.context().setOffline(true);
    await noConnection(page).waitFor();
    await page.getByText('No connection', { exact: true }).waitFor();
    expect(await page.getByText(/^(Up to date|Every 10 s)$/).count()).toBe(0);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
    expect(await lookAt(page, 'lost')).toEqual([]);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    await noConnection(page).waitFor({ state: 'detached' });
    await page.getByText('Up to date').waitFor();
  });

  it('is told in the portal, too, which stays', async () => {
    const { page } = await asPayee(browser, story, payeeId);
    await page.getByRole('link', { name: 'Methods' }).waitFor();
    await page.context().setOffline(true);
    await noConnection(page).waitFor();
    await page.getByRole('link', { name: 'Methods' }).click();
    await page.getByRole('heading', { name: 'This page could not be loaded' }).waitFor();
    await page.context().setOffline(false);
    await page.getByRole('heading', { level: 1, name: /^(?!This page)/ }).waitFor();
  });
});

describe('somebody who has a page of before a deployment', () => {
  it('gets the new pages by one reload, as the scripts of the old ones are gone', async () => {
    const { page } = await asMember(browser, olga);
    await page.goto(`${story.url}/cycles`);
    await page.getByRole('heading', { level: 1, name: 'Cycles' }).waitFor();
    await page.route('**/web/float-page*.js', (route) => route.fulfill({ status: 404 }), { times: 1 });
    await page.getByRole('link', { name: 'Float' }).click();
    await page.getByRole('heading', { level: 1, name: 'Float' }).waitFor();
  });
});

describe('an operator whose server dies in the middle of a run', () => {
  it('reads in the dialog, on a phone, that it does not answer and that the run goes on by itself', async () => {
    const { page } = await asMember(browser, olga, { viewport: phone });
    await page.goto(`${story.url}/cycles/lost`);
    const fault = {
      fault: 'rate_limit',
      retryAfterSeconds: 1,
      times: null,
      method: 'POST',
      path: '/v1/payments',
    };
    await story.ask('POST', '/api/sandbox/faults', fault);
    await page.getByRole('button', { name: 'Pay 3 payees' }).click();
    await page.getByRole('button', { name: 'Pay 3 payees 30.00 USD' }).click();
    const progress = page.getByRole('dialog', { name: 'Paying' });
    await progress.getByText('0 of 3 done').waitFor();
    await story.killAndStart(async () => {
      await progress.getByText(/^The server has not answered since \d\d:\d\d/).waitFor();
      await progress.getByText('Nothing needs to be pressed again.').waitFor();
      await noConnection(page).waitFor();
      await page.screenshot({ path: 'tmp/screens/lost-run-phone.png' });
    });
    await noConnection(page).waitFor({ state: 'detached' });
    await progress.getByText('The server has not answered').waitFor({ state: 'detached' });
    await progress.getByText('0 of 3 done').waitFor();
  });

  it('reads a sentence, a bar and figures that are of one answer, also when another one is younger', async () => {
    const { page } = await asMember(browser, olga);
    await page.route('**/payout-batches/*/summary', async (route) => {
      const answer = await route.fetch();
      const counts = (await answer.json()) as Record<string, unknown>;
      await route.fulfill({ response: answer, json: { ...counts, success: 2, pending: 1 } });
    });
    await page.goto(`${story.url}/cycles/lost`);
    const progress = page.getByRole('dialog', { name: 'Paying' });
    await progress.getByText('2 of 3 done').waitFor();
    expect(await progress.getByText('0 of 3 done').count()).toBe(0);
    await progress.getByRole('link', { name: 'Open the batch' }).click();
    await page.getByText('2 of 3 done').waitFor();
    // The page goes on asking; what is under way then has nobody to answer to.
    await page.unrouteAll({ behavior: 'wait' });
  });
});

describe('somebody with a slow network', () => {
  it('sees the name and where things will be before any script or style has come', async () => {
    const { page, wrong } = await asMember(browser, olga);
    const held = Promise.withResolvers<void>();
    await page.route(/\/web\/.*\.(js|css)$/, async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.goto(`${story.url}/cycles`, { waitUntil: 'commit' });
    await page.getByText('Purser', { exact: true }).waitFor();
    await page.screenshot({ path: 'tmp/screens/opening.png' });
    const painted = await page.evaluate<number>(
      'performance.getEntriesByName("first-contentful-paint").length',
    );
    expect(painted).toBe(1);
    held.resolve();
    await page.getByRole('heading', { level: 1, name: 'Cycles' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('sees at once that the page they went to is on its way', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/cycles`);
    await page.getByRole('heading', { level: 1, name: 'Cycles' }).waitFor();
    const held = Promise.withResolvers<void>();
    await page.route('**/web/settings-page*.js', async (route) => {
      await held.promise;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('status').getByText('The page is being loaded').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Cycles' }).waitFor({ state: 'detached' });
    held.resolve();
    await page.getByRole('heading', { level: 1, name: 'Settings' }).waitFor();
    expect(wrong).toEqual([]);
  });
});
