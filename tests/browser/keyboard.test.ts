import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import type { Member } from './people.ts';
import { lookAt } from './chromium.ts';
import { asMember } from './people.ts';
import { openStage } from './stage.ts';

// Through the shell without a mouse.

let story: Story;
let browser: Browser;
let olga: Member;
openStage({ olga: ['owner', 'Olga Owner'] }, async (stage) => {
  ({ story, browser, olga } = stage);
  await story.ask('POST', '/api/admin/cycles', { id: 'keys', name: 'Keys' });
  await story.ask('POST', '/api/admin/earnings', {
    earnings: ['ana', 'bea+failed'].map((name) => ({
      sourceType: 'winner',
      externalId: name,
      payeeExternalId: name,
      cycleId: 'keys',
      amount: 1000,
      currency: 'USD',
      payee: { name, payoutMethod: { type: 'paypal', destination: `${name}@example.com` } },
    })),
  });
});

/** Where a dialog is opened, by which button, and what it is called. */
const dialogs = [
  ['/cycles/keys', 'View history', 'History'],
  ['/cycles', 'New cycle…', 'New cycle'],
  ['/cycles/keys', 'Pay 2 payees', 'Pay Keys?'],
  ['/people', 'Invite somebody', 'Invite somebody'],
  ['/developers', 'Make a key', 'Make an API key'],
] as const;

/** What the next key would reach. */
const focused = (page: Page) => page.locator(':focus');
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name });

describe('with the keyboard alone', () => {
  it('one skips to the content, goes anywhere with two keys, and finds help', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/audit`);
    await heading(page, 'Audit log').waitFor();
    await page.getByRole('link', { name: 'Export as CSV' }).waitFor();
    await page.locator('body').press('Tab');
    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    expect(await focused(page).innerText()).toBe('Export as CSV');
    for (const [key, name] of [
      ['p', 'Payouts'],
      ['c', 'Cycles'],
      ['a', 'Approvals'],
      ['i', 'Inbox'],
    ] as const) {
      // In one go: the second key counts for a moment only.
      await Promise.all([page.keyboard.press('g'), page.keyboard.press(key)]);
      await heading(page, name).waitFor();
    }
    await page.keyboard.press('?');
    const help = page.getByRole('dialog', { name: 'Keyboard' });
    await help.getByText('Go to Payouts').waitFor();
    expect(await lookAt(page, 'keys')).toEqual([]);
    await help.getByLabel('Shortcuts of single keys').press('Space');
    await page.keyboard.press('Escape');
    await help.waitFor({ state: 'hidden' });
    await page.keyboard.press('g');
    await page.keyboard.press('p');
    await heading(page, 'Inbox').waitFor();
    expect(new URL(page.url()).pathname).toBe('/');
    expect(wrong).toEqual([]);
  });

  it('one types letters without being carried away, and works the menu and the palette', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/developers?make=1`);
    const name = page.getByRole('dialog').getByLabel('Name');
    await name.pressSequentially('g p?/');
    expect(await name.inputValue()).toBe('g p?/');
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.getByRole('button', { name: 'Olga Owner' }).press('Enter');
    // A menu takes the focus when it stands open.
    await page.locator('[role=menu]:focus-within').waitFor();
    await page.getByRole('menuitem', { name: 'Your account' }).press('Enter');
    await heading(page, 'Your account').waitFor();
    await page.keyboard.press('/');
    await page.getByPlaceholder('Go to a page, or search').pressSequentially('invite');
    await page.getByRole('button', { name: 'Invite somebody' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Invite somebody' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('one comes back to what opened a dialog, and never to nowhere', async () => {
    const { page, wrong } = await asMember(browser, olga);
    const comesBack = async (button: string, dialog?: string) => {
      const opener = page.getByRole('button', { name: button, exact: true }).first();
      await opener.press('Enter');
      const opened = page.getByRole('dialog', dialog === undefined ? {} : { name: dialog });
      await opened.waitFor();
      await page.keyboard.press('Escape');
      await opened.waitFor({ state: 'hidden' });
      await expect.poll(() => focused(page).innerText()).toBe(button);
    };
    for (const [path, button, dialog] of dialogs) {
      await page.goto(story.url + path);
      await comesBack(button, dialog);
    }
    await page.goto(`${story.url}/people`);
    const menu = page.getByRole('button', { name: 'Actions for Olga Owner' });
    await menu.click();
    await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await menu.and(focused(page)).waitFor();
    expect(wrong).toEqual([]);
  });

  it('one opens the pages of a phone', async () => {
    const { page, wrong } = await asMember(browser, olga, { viewport: { width: 390, height: 844 } });
    await page.goto(`${story.url}/settings`);
    await heading(page, 'Settings').waitFor();
    await page.getByRole('button', { name: 'Open the menu' }).press('Enter');
    await page.getByRole('link', { name: 'People' }).press('Enter');
    await heading(page, 'People').waitFor();
    await page.getByRole('button', { name: 'Open the menu' }).waitFor();
    expect(wrong).toEqual([]);
  });
});
