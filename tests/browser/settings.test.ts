import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import type { Watched } from './chromium.ts';
import { lookAt } from './chromium.ts';
import { addMember, asMember } from './people.ts';
import { openStage } from './stage.ts';

// What the team decides once, and that the audit log tells of it.

let story: Story;
let browser: Browser;
let olga: Watched;
openStage(
  { olga: ['owner', 'Olga Owner'] },
  async (stage) => {
    ({ story, browser } = stage);
    await story.ask('PATCH', '/api/admin/settings', { minimumPayout: { USD: 2500 } });
    olga = await asMember(browser, stage.olga);
  },
  { PURSER_TIMEZONE: 'Europe/Paris' },
);

describe('an owner', () => {
  it('changes a fee, sees first what that changes, and finds it in the audit log', async () => {
    const { page, wrong } = olga;
    await page.goto(`${story.url}/settings`);
    const fees = page.getByRole('region', { name: 'Fees' });
    await fees.getByText('Every other kind: no fee').waitFor();
    await fees.getByRole('button', { name: 'Add a kind' }).click();
    await fees.getByLabel('Kind of earning').fill('ticket');
    await fees.getByLabel('Fee of ticket').fill('120');
    await fees.getByText('0 to 100, such as 12.5').waitFor();
    await fees.getByRole('button', { name: 'Save' }).press('Enter');
    await fees.getByLabel('Fee of ticket').fill('12.5');
    await fees.getByText('What changes').waitFor();
    expect(await fees.getByRole('definition').last().innerText()).toContain('12.5\u00A0%');
    expect(await lookAt(page, 'settings')).toEqual([]);
    await fees.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved. It holds from now on.').waitFor();
    expect((await story.ask('GET', '/api/admin/settings')).body).toMatchObject({
      feeBpsBySource: { ticket: 1250 },
    });

    await page.getByRole('link', { name: 'Audit log' }).click();
    const event = page.getByRole('listitem').filter({ hasText: 'Fee of ticket' }).first();
    await event.getByText('Settings changed').waitFor();
    expect((await event.getByRole('definition').first().innerText()).replaceAll(/\s+/g, ' ')).toMatch(
      /no fee.*12\.5 %/,
    );
    await event.getByText('by Olga Owner').waitFor();
    await event.getByRole('button', { name: 'Details' }).click();
    await event.getByText('127.0.0.1').waitFor();
    expect(await lookAt(page, 'audit')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('types amounts as people do, and takes one away again', async () => {
    const { page } = olga;
    await page.goto(`${story.url}/settings`);
    const smallest = page.getByRole('region', { name: 'Smallest payout' });
    expect(await smallest.getByLabel('Smallest payout in USD').inputValue()).toBe('25.00');
    for (const none of ['much', '1,234']) {
      await smallest.getByLabel('Smallest payout in USD').fill(none);
      await smallest.getByText('Such as 25.00', { exact: true }).waitFor();
    }
    // A comma before one digit parts no thousands: it is the mark of somebody who writes French.
    await smallest.getByLabel('Smallest payout in USD').fill('12,5');
    await smallest.getByRole('button', { name: 'Add a currency' }).click();
    await smallest.getByLabel('Currency').last().fill('JPY');
    await smallest.getByLabel('Smallest payout in JPY').fill('1000');
    await smallest.getByRole('button', { name: 'Save' }).click();
    await smallest.getByText('What changes').waitFor({ state: 'hidden' });
    const read = async () => (await story.ask('GET', '/api/admin/settings')).body['minimumPayout'];
    expect(await read()).toEqual({ USD: 1250, JPY: 1000 });
    await smallest.getByRole('button', { name: 'Remove USD' }).click();
    await smallest.getByRole('button', { name: 'Save' }).click();
    await smallest.getByText('What changes').waitFor({ state: 'hidden' });
    expect(await read()).toEqual({ JPY: 1000 });
  });

  it('keeps what was typed where a number stands, says what is wrong with it, and saves nothing until it is one', async () => {
    const { page } = olga;
    const wait = page.getByRole('region', { name: 'When earnings become available' });
    const field = wait.getByLabel('Wait after the end of an event');
    expect(await field.inputValue()).toBe('7');
    await field.fill('xyz');
    await field.press('Tab');
    await wait.getByText('A whole number, 0 to 3,650').waitFor();
    expect(await field.inputValue()).toBe('xyz');
    expect(await wait.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true');
    await field.fill('9');
    await wait.getByRole('button', { name: 'Save' }).click();
    await wait.getByText('What changes').waitFor({ state: 'hidden' });
    const rates = page.getByRole('region', { name: 'Payouts in another currency' });
    await rates.getByLabel('Kept of a converted amount').fill('21');
    await rates.getByText('0 to 20, such as 12.5').waitFor();
    await rates.getByLabel('Kept of a converted amount').fill('1,5');
    await rates.getByRole('button', { name: 'Save' }).click();
    await rates.getByText('What changes').waitFor({ state: 'hidden' });
    const { body } = await story.ask('GET', '/api/admin/settings');
    expect(body).toMatchObject({ settlementHoldDays: 9, fxSpreadBps: 150 });
  });

  it('moves the schedule and sees the next dates in the zone of the platform', async () => {
    const { page } = olga;
    const schedule = page.getByRole('region', { name: 'Schedule' });
    await schedule.getByText('The next three times, in Europe/Paris:').waitFor();
    await schedule.getByText('Days of the month').click();
    await schedule.getByText('15.', { exact: true }).click();
    await schedule.getByLabel('Time').fill('08:30');
    const next = schedule.getByRole('list', { name: 'Next runs' }).getByRole('listitem');
    await next
      .first()
      .getByText(/, 08:30 CES?T$/)
      .waitFor();
    expect(await next.count()).toBe(3);
    await schedule.getByRole('button', { name: 'Save' }).click();
    await schedule.getByText('What changes').waitFor({ state: 'hidden' });
    expect((await story.ask('GET', '/api/admin/settings')).body['payoutSchedule']).toBe('30 8 1,15 * *');
  });

  it('enters a rate', async () => {
    const { page } = olga;
    const rates = page.getByRole('region', { name: 'Exchange rates' });
    await rates.getByLabel('From').fill('HTG');
    await rates.getByLabel(/^To/).fill('USD');
    await rates.getByLabel(/^Rate( \*)?$/).fill('0.0075');
    await rates.getByLabel('Source').fill('BRH');
    await rates.getByRole('button', { name: 'Enter the rate' }).click();
    await rates.getByRole('cell', { name: 'HTG → USD' }).waitFor();
    // A slip of the decimal point is asked about before it converts anything.
    await rates.getByLabel('From').fill('HTG');
    await rates.getByLabel(/^To/).fill('USD');
    await rates.getByLabel(/^Rate( \*)?$/).fill('0.075');
    await rates.getByLabel('Source').fill('BRH');
    await rates.getByRole('button', { name: 'Enter the rate' }).click();
    await rates.getByText('HTG → USD: 0.075 is 900 % above 0.0075 of').waitFor();
    expect(await lookAt(page, 'settings-rate-jump')).toEqual([]);
    await rates.getByRole('button', { name: 'Enter 0.075 all the same' }).click();
    await rates.getByRole('row', { name: /HTG → USD 0\.075 / }).waitFor();
    expect(olga.wrong).toEqual([]);
  });

  it('looks for one kind of event, shares the address, and has the chain checked', async () => {
    const { page, wrong } = olga;
    await page.goto(`${story.url}/audit`);
    await page.getByLabel('What happened').selectOption({ label: 'Person added' });
    await page.getByRole('listitem').filter({ hasText: 'Person added' }).first().waitFor();
    await page.reload();
    const events = page.getByRole('list', { name: 'Events' }).getByText(/^(Person added|Settings changed)$/);
    await events.first().waitFor();
    expect([...new Set(await events.allInnerTexts())]).toEqual(['Person added']);
    await page.getByRole('button', { name: 'Only this: Person' }).first().click();
    await page.getByRole('button', { name: 'Show everything again' }).waitFor();
    const file = page.getByRole('link', { name: 'Export as CSV' });
    expect(await file.getAttribute('href')).toMatch(/event=person.created&subject=person&subjectId=pe_/);
    await page.getByRole('button', { name: 'Check the chain' }).click();
    expect(await page.getByRole('alert').innerText()).toMatch(
      /Clean: all \d+ events are as they were written/,
    );
    expect(await lookAt(page, 'audit-filtered')).toEqual([]);
    expect(wrong).toEqual([]);
  });
});

describe('a viewer', () => {
  it('reads everything in words and is told why nothing can be changed', async () => {
    const { page, wrong } = await asMember(browser, await addMember(story, 'viewer', 'Vera Viewer'));
    await page.goto(`${story.url}/settings`);
    await page.getByText('Only an owner changes them').waitFor();
    await page.getByText('Fee of ticket').waitFor();
    await page.getByText('1. and 15. of the month at 08:30').waitFor();
    expect(await page.getByRole('button', { name: 'Save' }).count()).toBe(0);
    const enter = page.getByRole('button', { name: 'Enter the rate' });
    expect(await enter.getAttribute('aria-disabled')).toBe('true');
    await enter.focus();
    await page.getByRole('tooltip', { name: 'Operators and owners enter rates' }).waitFor();
    expect(await lookAt(page, 'settings-viewer')).toEqual([]);
    await page.goto(`${story.url}/audit`);
    await page.getByRole('button', { name: 'Check the chain' }).focus();
    await page.getByRole('tooltip', { name: 'Only an owner checks the chain.' }).waitFor();
    await page.goto(`${story.url}/people`);
    await page.getByText('Owners look after the team').waitFor();
    expect(wrong).toEqual([]);
  });
});
