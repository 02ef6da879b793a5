import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import type { Watched } from './chromium.ts';
import { copyBy, lookAt, newContext, openPage } from './chromium.ts';
import { addMember, asMember } from './people.ts';
import { openStage } from './stage.ts';

// The team comes and goes; programs get their keys.

let story: Story;
let browser: Browser;
let olga: Watched;
openStage({ olga: ['owner', 'Olga Owner'] }, async (stage) => {
  ({ story, browser } = stage);
  olga = await asMember(browser, stage.olga, {
    permissions: ['clipboard-read', 'clipboard-write'],
  });
});

describe('an owner', () => {
  it('invites somebody with a link that is shown once, and the invited one joins', async () => {
    const { page, wrong } = olga;
    await page.goto(`${story.url}/people`);
    await page.getByRole('button', { name: 'Invite somebody' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite somebody' });
    await dialog.getByLabel('E-mail').fill('ben@team.example');
    await dialog.getByLabel('Name').fill('Ben Approver');
    await dialog.getByLabel('Approver').check();
    expect(await lookAt(page, 'people-invite')).toEqual([]);
    await dialog.getByRole('button', { name: 'Make the link' }).click();
    const link = await dialog.getByLabel('Link of the invitation').inputValue();
    await copyBy(dialog.getByRole('button', { name: 'Copy the link' }), 'Copied');
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(link);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('cell', { name: 'ben@team.example', exact: true }).waitFor();

    const ben = await openPage(await newContext(browser));
    await ben.page.goto(link.replace(/^https?:\/\/[^/]+/, story.url));
    await ben.page
      .getByLabel(/password/i)
      .first()
      .fill('a long password for tests');
    await ben.page.getByRole('button').last().click();
    await page.getByRole('cell', { name: /^Ben Approver/ }).waitFor();
    await page.getByText('Nobody is invited at the moment.').waitFor();
    expect(await lookAt(page, 'people')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('changes a role, resets a password, and removes somebody', async () => {
    const { page, wrong } = olga;
    const deed = async (name: string) => {
      await page.getByRole('button', { name: 'Actions for Ben Approver' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await deed('Change the role');
    await page.getByRole('dialog').getByLabel('Operator').check();
    await page.getByRole('button', { name: 'Make Operator' }).click();
    await page.getByRole('cell', { name: 'Operator', exact: true }).waitFor();
    await deed('Reset the password');
    await page.getByRole('button', { name: 'Make a one-time password' }).click();
    expect(await page.getByLabel('One-time password').inputValue()).not.toBe('');
    await page.getByRole('button', { name: 'Done' }).click();
    const ben = page.getByRole('row', { name: /Ben Approver/ });
    await ben.getByText('One-time password').waitFor();
    await deed('Remove from the team');
    await page.getByRole('button', { name: 'Remove Ben Approver' }).click();
    await page.getByRole('cell', { name: 'Removed', exact: true }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('says what becomes of the keys of an owner who is demoted, and then of one who is removed', async () => {
    const { page, wrong } = olga;
    const makers = await asMember(browser, await addMember(story, 'owner', 'Lea Leaver'));
    await makers.page.goto(`${story.url}/developers?make=1`);
    const making = makers.page.getByRole('dialog', { name: 'Make an API key' });
    await making.getByLabel('Name').fill('payroll');
    await making.getByRole('button', { name: 'Make the key' }).click();
    const key = await making.getByLabel('The key').inputValue();
    const call = () =>
      fetch(`${story.url}/api/admin/payouts`, { headers: { authorization: `Bearer ${key}` } }).then(
        ({ status }) => status,
      );
    const deed = async (name: string) => {
      await page.getByRole('button', { name: 'Actions for Lea Leaver' }).click();
      await page.getByRole('menuitem', { name }).click();
    };
    await page.goto(`${story.url}/people`);
    await deed('Change the role');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Operator').check();
    await dialog.getByText(/^payroll \(pk_/).waitFor();
    const demote = dialog.getByRole('button', { name: 'Make Operator' });
    expect(await demote.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByLabel('Keep them').check();
    await demote.click();
    await page.getByText('The role of Lea Leaver was changed.').waitFor();
    expect(await call()).toBe(200);

    await deed('Remove from the team');
    await dialog.getByText(/^payroll \(pk_/).waitFor();
    const remove = dialog.getByRole('button', { name: 'Remove Lea Leaver' });
    expect(await remove.getAttribute('aria-disabled')).toBe('true');
    expect(await lookAt(page, 'people-remove-keys')).toEqual([]);
    // On its way through all widths the table became cards and a table again, which closes what a row had opened.
    await page.goto(`${story.url}/people`);
    await deed('Remove from the team');
    await dialog.getByLabel('Revoke them').check();
    await remove.click();
    await page.getByText('Lea Leaver was removed.').waitFor();
    expect(await call()).toBe(401);
    expect(wrong).toEqual([]);
  });

  it('learns why the last owner stays', async () => {
    const { page } = olga;
    const { data } = (await story.ask('GET', '/api/admin/people')).body;
    for (const person of data)
      if (person['role'] === 'owner' && person['name'] !== 'Olga Owner')
        await story.ask('PATCH', `/api/admin/people/${String(person['id'])}`, { status: 'removed' });
    await page.getByText('There is one owner.').waitFor();
    await page.getByRole('button', { name: 'Actions for Olga Owner' }).click();
    const remove = page.getByRole('menuitem', { name: 'Remove from the team' });
    expect(await remove.getAttribute('aria-disabled')).toBe('true');
    expect(await remove.innerText()).toContain('The last owner stays.');
    await page.keyboard.press('Escape');
  });
});

describe('a program', () => {
  it('gets a key that is shown once, works with it, and is seen in the request log until it is revoked', async () => {
    const { page, wrong } = olga;
    await page.goto(`${story.url}/developers`);
    await page.getByRole('button', { name: 'Make a key' }).click();
    const dialog = page.getByRole('dialog', { name: 'Make an API key' });
    await dialog.getByLabel('Name').fill('shop');
    await dialog.getByLabel('Role').selectOption({ label: 'Viewer' });
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const key = await dialog.getByLabel('The key').inputValue();
    expect(await lookAt(page, 'developers-key')).toEqual([]);
    await dialog.getByRole('button', { name: 'Done' }).click();
    const call = (path: string) =>
      fetch(story.url + path, { headers: { authorization: `Bearer ${key}` } }).then(({ status }) => status);
    expect(await call('/api/admin/payouts')).toBe(200);
    expect(await call('/api/admin/people')).toBe(403);
    const log = page.getByRole('region', { name: 'Request log' });
    const shops = log.getByRole('row').filter({ has: page.getByRole('cell', { name: 'shop' }) });
    await log.getByText('Refused').click();
    await story.until(
      async () => {
        await log.getByRole('button', { name: 'Look again' }).click();
        return shops.count();
      },
      (count) => count > 0,
    );
    await shops.getByText('GET /api/admin/people').waitFor();
    expect(await lookAt(page, 'developers')).toEqual([]);
    await page.getByRole('button', { name: 'Revoke the key “shop”' }).click();
    await page.getByRole('button', { name: 'Revoke the key', exact: true }).click();
    await page.getByText('The key “shop” was revoked.').waitFor();
    expect(await call('/api/admin/payouts')).toBe(401);
    expect(wrong).toEqual([]);
  });
});
