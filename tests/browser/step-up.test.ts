import path from 'node:path';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../src/store/db.ts';
import type { Story } from '../e2e/story.ts';
import type { Watched } from './chromium.ts';
import { lookAt, newContext, openPage } from './chromium.ts';
import type { Member } from './people.ts';
import { openStage } from './stage.ts';

// A dialog whose deed needs a second factor: it is asked for above that dialog, and the deed goes on.

let story: Story;
let browser: Browser;
let owner: Member;
let olga: Watched;

openStage({ owner: ['owner', 'Olga Owner'] }, async (stage) => {
  ({ story, browser, owner } = stage);
  await story.ask('POST', '/api/admin/payees', { externalId: 'fay', name: 'Fay' });
  olga = await openPage(await newContext(browser));
  const { page } = olga;
  await page.goto(`${story.url}/payees/fay`);
  await page.getByLabel('E-mail').fill(owner.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(owner.password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByLabel('Code').fill(owner.recoveryCodes[0] ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { level: 1, name: 'Fay' }).waitFor();
  // People are known by the real clock, which no test can turn.
  await story.killAndStart(async (data) => {
    const db = await openEmbedded(path.join(data, 'db'));
    await sql`update person_session set stepped_up_at = stepped_up_at - interval '11 minutes'`.execute(db);
    await db.destroy();
  });
});

const addDialog = (page: Page) => page.getByRole('dialog', { name: 'Add a payout method' });
const stepUp = (page: Page) => page.getByRole('dialog', { name: 'Confirm that it is you' });

describe('somebody whose second factor was proven long ago', () => {
  it('is asked again above the dialog, and only that closes when they turn away', async () => {
    const { page } = olga;
    await page.getByRole('button', { name: 'Add…' }).click();
    const dialog = addDialog(page);
    await dialog
      .getByRole('textbox', { name: 'E-mail address of the PayPal account' })
      .fill('fay@example.com');
    await dialog.getByRole('button', { name: 'Add the method' }).click();
    await stepUp(page).waitFor();
    expect(await lookAt(page, 'step-up')).toEqual([]);
    await stepUp(page).getByRole('textbox', { name: 'Code' }).click();
    for (let pressed = 0; pressed < 8; pressed += 1) {
      await page.keyboard.press('Tab');
      expect(await stepUp(page).locator(':focus').count()).toBe(1);
    }
    await page.keyboard.press('Escape');
    await stepUp(page).waitFor({ state: 'detached' });
    expect(
      await dialog.getByRole('textbox', { name: 'E-mail address of the PayPal account' }).inputValue(),
    ).toBe('fay@example.com');
  });

  it('reads why a code was refused, and with a right one the deed is done', async () => {
    const { page, wrong } = olga;
    await addDialog(page).getByRole('button', { name: 'Add the method' }).click();
    const field = stepUp(page).getByRole('textbox', { name: 'Code' });
    await stepUp(page).getByRole('button', { name: 'Confirm', exact: true }).click();
    await stepUp(page).getByText('Please fill this in').waitFor();
    expect(await field.evaluate((element) => element.matches(':focus'))).toBe(true);
    await page.keyboard.type('000000');
    await stepUp(page).getByText('Please fill this in').waitFor({ state: 'detached' });
    await stepUp(page).getByRole('button', { name: 'Confirm', exact: true }).click();
    const alert = stepUp(page).getByRole('alert');
    await alert.click({ position: { x: 4, y: 4 } });
    await field.click({ clickCount: 3 });
    await page.keyboard.type(owner.recoveryCodes[1] ?? '');
    await stepUp(page).getByRole('button', { name: 'Confirm', exact: true }).click();
    await stepUp(page).waitFor({ state: 'detached' });
    await addDialog(page).waitFor({ state: 'detached' });
    await page
      .getByText(/f\*+@example\.com/)
      .first()
      .waitFor();
    expect(wrong).toEqual([]);
  });
});
