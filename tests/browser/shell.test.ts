import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { lookAt, newContext, openPage } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember } from './people.ts';
import { openStage } from './stage.ts';

// Getting in, and what stands around every page.

let story: Story;
let browser: Browser;
let owner: Member;
openStage({ owner: ['owner', 'Olga Owner'] }, (stage) => {
  ({ story, browser, owner } = stage);
});

describe('a person', () => {
  it('signs in with password and recovery code, and arrives where they wanted to go', async () => {
    const { page, wrong } = await openPage(await newContext(browser));
    await page.goto(`${story.url}/float`);
    expect(await lookAt(page, 'sign-in')).toEqual([]);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(owner.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByLabel('Code').fill(owner.recoveryCodes[0] ?? '');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { level: 1, name: 'Float' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('is told of a wrong password, and what to do', async () => {
    const { page } = await openPage(await newContext(browser));
    await page.goto(story.url);
    await page.getByLabel('E-mail').fill(owner.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('not this one at all');
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    expect(await page.getByRole('alert').textContent()).toContain('did not sign you in');
  });

  it('sees a frame that says sandbox, moves by the navigation and by the palette', async () => {
    const { page, wrong } = await asMember(browser, owner);
    await page.goto(story.url);
    await page.getByText('Sandbox: no real money moves').waitFor();
    await page.getByRole('link', { name: 'Payees' }).click();
    await page.getByRole('heading', { level: 1, name: 'Payees' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to a page, or search').fill('float');
    await page.getByRole('button', { name: 'Payees' }).waitFor({ state: 'detached' });
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Float' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('works in eight tabs at once, each of which is told of what changes', async () => {
    const first = await asMember(browser, owner);
    const context = first.page.context();
    const tabs = [first.page];
    for (let more = 0; more < 7; more += 1) tabs.push((await openPage(context)).page);
    for (const page of tabs) {
      await page.goto(`${story.url}/cycles`);
      await page.getByRole('heading', { level: 1, name: 'Cycles' }).waitFor();
    }
    await story.ask('POST', '/api/admin/cycles', { id: 'tabs', name: 'Many tabs' });
    for (const page of tabs) await page.getByText('Many tabs').first().waitFor();
    await context.close();
  });

  it('is led back to a page of this console only', async () => {
    const { page } = await asMember(browser, owner);
    for (const back of [
      '/\\evil.example/x',
      '/\t/evil.example/x',
      '//evil.example',
      'https://evil.example/',
    ]) {
      await page.goto(`${story.url}/account?back=${encodeURIComponent(back)}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      const origins = await page.evaluate<string[]>('Array.from(document.links, ({ origin }) => origin)');
      expect(new Set(origins)).toEqual(new Set([story.url]));
    }
  });
});
