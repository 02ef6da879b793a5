import type { Browser, Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember } from './people.ts';
import { openStage } from './stage.ts';

// The first page of the morning: what needs somebody, and the way to it.

/** Of the screen that pages are made for; what ends above it is seen without scrolling. */
const desktopHeight = 900;

let story: Story;
let browser: Browser;
let operator: Member;

openStage({ operator: ['operator', 'Otto Operator'] }, (stage) => {
  ({ story, browser, operator } = stage);
});

/** Where it ends, from the top of the screen, in px. */
async function bottomOf(place: Locator): Promise<number> {
  const box = await place.boundingBox();
  return box === null ? Number.POSITIVE_INFINITY : box.y + box.height;
}

/** Fails for a reason that passes, so that it is tried again by itself and needs nobody. */
async function failsForNow(name: string): Promise<void> {
  await story.ask('POST', '/api/admin/cycles', { id: 'june', name: 'June' });
  const payoutMethod = { type: 'stripe', destination: `acct_1${name}_insufficient` };
  const earning = { sourceType: 'winner', externalId: name, payeeExternalId: name, cycleId: 'june' };
  const money = { amount: 900, currency: 'USD', payee: { name, payoutMethod } };
  await story.ask('POST', '/api/admin/earnings', { earnings: [{ ...earning, ...money }] });
  await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'june', provider: 'stripe' });
  await story.until(
    () => story.ask('GET', '/api/admin/payouts?cycleId=june&waitingOn=clock&status=failed'),
    ({ body }) => body.data.length === 1,
  );
}

describe('the inbox', () => {
  it('says that all is clear when nothing needs anybody', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(story.url);
    await page.getByRole('heading', { level: 2, name: 'All clear' }).waitFor();
    const glance = page.getByRole('region', { name: 'At a glance' });
    for (const fact of [
      /^Arrived in the last 30 days.*Nothing/,
      /^Failed, and needs somebody.*Nothing/,
      /^Next run.*\d{4}/,
    ])
      await glance.locator('dl > div', { hasText: fact }).waitFor();
    expect(await lookAt(page, 'inbox-clear')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('fills by itself with what needs somebody, how much, how old, and the one thing to do', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(story.url);
    await page.getByRole('heading', { level: 2, name: 'All clear' }).waitFor();
    await story.ask('POST', '/api/admin/cycles', { id: 'may', name: 'May' });
    const earnings = ['Ana', 'Ben'].map((name) => ({
      sourceType: 'winner',
      externalId: `may-${name}`,
      payeeExternalId: name,
      cycleId: 'may',
      amount: 2500,
      currency: 'USD',
      payee: { name, payoutMethod: { type: 'paypal', destination: `${name}+failed@example.com` } },
    }));
    await story.ask('POST', '/api/admin/earnings', { earnings });
    await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'may' });
    const single = { payeeId: 'Ana', amount: 700, currency: 'EUR', reason: 'Expenses' };
    expect((await story.ask('POST', '/api/admin/payouts', single)).status).toBe(201);
    await page.getByRole('heading', { level: 3, name: '2 failed payouts need attention' }).waitFor();
    await page.getByRole('heading', { level: 3, name: '1 payout waits for approval' }).waitFor();
    const failedFact = page.locator('dl > div', {
      hasText: /^Failed, and needs somebody50\.00\sUSD2 payouts$/,
    });
    await failedFact.waitFor();
    // What was paid, what failed and what is next stand on the first screen.
    for (const name of ['Arrived in the last 30 days', 'Failed, and needs somebody', 'Next run'])
      expect(await bottomOf(page.locator('dl > div', { hasText: name }))).toBeLessThan(desktopHeight);
    expect(await lookAt(page, 'inbox')).toEqual([]);
    await failsForNow('Tim');
    await page.reload();
    const failed = page.getByRole('listitem').filter({ hasText: '2 failed payouts need attention' });
    await failed.getByRole('link', { name: 'See 2 that wait for the payee' }).waitFor();
    expect(await failed.getByRole('link').count()).toBe(1);
    await page.getByRole('link', { name: 'See 2 that wait for the payee' }).click();
    await page.getByText('2 payouts, 50.00 USD').waitFor();
    await page.getByRole('heading', { level: 1, name: 'Payouts' }).waitFor();
    await page.getByRole('link', { name: 'Ben' }).waitFor();
    await page.getByRole('button', { name: 'Whose turn: Payee’s turn ×' }).click();
    await page.waitForURL((url) => url.search === '?status=failed&need=failed');
    await page.getByRole('button', { name: 'Only failed, as the inbox counts them ×' }).click();
    await page.waitForURL((url) => url.search === '?status=failed');
    await page.getByRole('button', { name: 'Only failed ×' }).click();
    await page.getByRole('radio', { name: 'All', exact: true, checked: true }).waitFor({ state: 'attached' });
    expect(wrong).toEqual([]);
  });

  it('speaks French, too', async () => {
    const { page } = await asMember(browser, operator, { locale: 'fr-FR' });
    await page.goto(story.url);
    await page.getByRole('heading', { level: 1, name: 'À traiter' }).waitFor();
    await page.getByRole('link', { name: 'En voir 2 qui attendent le bénéficiaire' }).waitFor();
    expect(await lookAt(page, 'inbox-fr')).toEqual([]);
  });
});
