import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { openStory } from '../e2e/story.ts';
import { lookAt, openChromium } from './chromium.ts';
import type { Member } from './people.ts';
import { addMember, asMember } from './people.ts';

// A contest is paid as operators do it: look, pay, watch, see what failed, pay it again.

/** Of the twelve winners two are refused by their provider, one has not claimed the money. */
const words = ['', '', '', '+failed', '', '', '+unclaimed', '', '+failed', '', '', ''];
const names = 'Ana Bea Cai Dov Eva Fin Gus Hal Ida Jon Kim Lea'.split(' ');

let story: Story;
let browser: Browser;
let olga: Member;
let otto: Member;
beforeAll(async () => {
  [story, browser] = await Promise.all([openStory(), openChromium()]);
  olga = await addMember(story, 'operator', 'Olga Operator');
  otto = await addMember(story, 'operator', 'Otto Other');
  await story.ask('POST', '/api/admin/cycles', { id: '18', name: 'November contest' });
  await earn('18', 'paypal');
});
afterAll(async () => {
  await browser?.close();
  await story?.close();
});

/** Twelve winners of a cycle, 25.00 USD and more each. */
async function earn(cycleId: string, type: 'paypal' | 'stripe', prefix = 'sel') {
  const recorded = await story.ask('POST', '/api/admin/earnings', {
    earnings: names.map((name, at) => ({
      sourceType: 'winner',
      externalId: `${prefix}-${at}`,
      payeeExternalId: `${prefix}-${name.toLowerCase()}`,
      cycleId,
      amount: 2500 + 100 * at,
      currency: 'USD',
      payee: {
        name: `${name} Winner`,
        payoutMethod: {
          type,
          destination:
            type === 'stripe'
              ? `acct_1${prefix}${name}`
              : `${prefix}.${name.toLowerCase()}${words[at]}@example.com`,
        },
      },
    })),
  });
  expect(recorded.body['counts']).toMatchObject({ created: names.length });
}

const payButton = (page: Page, n: number) => page.getByRole('button', { name: `Pay ${n} winner` }).first();

describe('an operator', () => {
  it('finds the cycle, looks at the dry run, pays, and sees what failed', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/cycles`);
    await page.getByRole('cell', { name: 'Ready to be paid' }).waitFor();
    expect(await lookAt(page, 'cycles')).toEqual([]);
    await page.getByRole('link', { name: 'November contest' }).click();
    await page.getByText('12 winners are eligible').waitFor();
    await page.getByText('366.00 USD').first().waitFor();
    await page.getByRole('heading', { name: 'The five largest' }).waitFor();
    expect(await lookAt(page, 'cycle-before')).toEqual([]);
    await payButton(page, 12).click();
    const dialog = page.getByRole('dialog', { name: 'Pay November contest?' });
    await dialog.getByText('12 winners are paid:').waitFor();
    await dialog.getByLabel('Note').fill('Asked for by the jury');
    expect(await lookAt(page, 'cycle-pay')).toEqual([]);
    // Slow enough to be seen on its way.
    await story.ask('POST', '/api/sandbox/faults', {
      fault: 'slow',
      delayMs: 5000,
      path: '/v1/payments/payouts',
    });
    await dialog.getByRole('button', { name: 'Pay 12 winners 366.00 USD' }).dblclick();
    const progress = page.getByRole('dialog', { name: 'Paying' });
    await progress.getByText('0 of 12 done').waitFor();
    expect(await lookAt(page, 'cycle-progress')).toEqual([]);
    await page.reload();
    await progress.getByText('of 12 done').waitFor();
    // At the end it is gone by itself, and nothing says that it is still paying.
    await progress.waitFor({ state: 'hidden' });
    const ribbon = page.getByRole('region', { name: 'Last run' });
    await ribbon.getByText('Completed').waitFor();
    for (const [outcome, n] of [
      ['Success', 9],
      ['Failed', 2],
      ['Unclaimed', 1],
      ['Pending', 0],
    ])
      expect(await ribbon.locator('dl > div', { hasText: String(outcome) }).textContent()).toBe(
        `${outcome}${n}`,
      );
    await payButton(page, 2).waitFor();
    expect(await lookAt(page, 'cycle-after')).toEqual([]);
    expect(wrong).toEqual([]);
  });
});
