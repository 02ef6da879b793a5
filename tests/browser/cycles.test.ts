import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { addMember, asMember } from './people.ts';
import { openStage } from './stage.ts';

// A contest is paid as operators do it: look, pay, watch, see what failed, pay it again.

/** Of the twelve winners two are refused by their provider, one has not claimed the money. */
const words = ['', '', '', '+failed', '', '', '+unclaimed', '', '+failed', '', '', ''];
const names = 'Ana Bea Cai Dov Eva Fin Gus Hal Ida Jon Kim Lea'.split(' ');

/** Of src/core/retry.ts. */
const resendWaitMaxSeconds = 5 * 60;

let story: Story;
let browser: Browser;
let olga: Member;
let otto: Member;
openStage({ olga: ['operator', 'Olga Operator'], otto: ['operator', 'Otto Other'] }, async (stage) => {
  ({ story, browser, olga, otto } = stage);
  await story.ask('POST', '/api/admin/cycles', { id: '18', name: 'November contest' });
  await earn('18', 'paypal');
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

/** From now on the provider answers that it is asked too often, and takes nothing. */
async function holdProvider() {
  const fault = {
    fault: 'rate_limit',
    retryAfterSeconds: 1,
    times: null,
    method: 'POST',
    path: '/v1/payments',
  };
  expect((await story.ask('POST', '/api/sandbox/faults', fault)).status).toBe(201);
}

async function letProvider() {
  await story.ask('DELETE', '/api/sandbox/faults');
}

const payButton = (page: Page, n: number) => page.getByRole('button', { name: `Pay ${n} payee` }).first();

describe('an operator', () => {
  it('finds the cycle, looks at the dry run, pays, and sees what failed', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/cycles`);
    await page.getByRole('cell', { name: 'Ready to be paid' }).waitFor();
    expect(await lookAt(page, 'cycles')).toEqual([]);
    await page.getByRole('link', { name: 'November contest' }).click();
    await page.getByText('12 payees are eligible').waitFor();
    await page.getByText('366.00 USD').first().waitFor();
    await page.getByRole('heading', { name: 'The largest' }).waitFor();
    expect(await lookAt(page, 'cycle-before')).toEqual([]);
    await payButton(page, 12).click();
    const dialog = page.getByRole('dialog', { name: 'Pay November contest?' });
    await dialog.getByText('12 payees are paid:').waitFor();
    await dialog.getByLabel('Note').fill('Asked for by the jury');
    expect(await lookAt(page, 'cycle-pay')).toEqual([]);
    // The provider takes nothing for a while: the run stays on its way for as long as this test looks.
    await holdProvider();
    await dialog.getByRole('button', { name: 'Pay 12 payees 366.00 USD' }).dblclick();
    const progress = page.getByRole('dialog', { name: 'Paying' });
    await progress.getByText('0 of 12 done').waitFor();
    expect(await lookAt(page, 'cycle-progress')).toEqual([]);
    await page.reload();
    await progress.getByText('of 12 done').waitFor();
    await letProvider();
    // However long it was held, the wait before the next try, which doubles with each, is over.
    await story.advance(resendWaitMaxSeconds);
    // At the end it is gone by itself, and nothing says that it is still paying.
    await progress.waitFor({ state: 'hidden' });
    const ribbon = page.getByRole('region', { name: 'Last run' });
    await ribbon.getByText('Completed').waitFor();
    for (const [outcome, said] of [
      ['Arrived', /^Arrived9\d{3}\.\d\d\sUSD$/],
      ['Failed', /^Failed261\.00\sUSD$/],
      ['Unclaimed', /^Unclaimed1\d\d\.\d\d\sUSD$/],
      ['Pending', /^Pending0$/],
    ] as const)
      expect(await ribbon.locator('dl > div', { hasText: outcome }).textContent()).toMatch(said);
    // Their addresses fail again: nobody is left for a run.
    await page.getByText(/^Nobody is left to pay\./).waitFor();
    expect(await lookAt(page, 'cycle-after')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('retries what failed, and finds both batches in the history, with a file of what failed', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/cycles/18`);
    await page.getByRole('button', { name: 'Retry failed' }).click();
    const confirm = page.getByRole('dialog', { name: 'Pay again what failed?' });
    await confirm.getByRole('checkbox', { name: /^Leave these 2 out/ }).click();
    await confirm.getByRole('button', { name: 'Retry 2 payouts 61.00 USD' }).click();
    await confirm.waitFor({ state: 'hidden' });
    const ribbon = page.getByRole('region', { name: 'Last run' });
    await ribbon.locator('dl > div', { hasText: /^Failed261\.00\sUSD$/ }).waitFor();
    await ribbon.locator('dl > div', { hasText: /^Arrived0$/ }).waitFor();
    await page.getByRole('button', { name: 'View history' }).click();
    const history = page.getByRole('dialog', { name: 'History' });
    await history.getByText('Note: Asked for by the jury').waitFor();
    await history.getByText(/^Retry of pb_/).waitFor();
    await expect.poll(() => history.getByText('Started by Olga Operator').count()).toBe(2);
    await history.getByText('12 payouts').waitFor();
    expect(await lookAt(page, 'cycle-history')).toEqual([]);
    await history.getByRole('button', { name: 'CSV' }).last().click();
    const file = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: 'Failed (2)' }).click();
    const lines = readFileSync(await (await file).path(), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(1 + 2);
    await history.getByRole('link', { name: /^pb_/ }).last().click();
    await page.getByRole('heading', { level: 1, name: 'Batch of cycle 18' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('reads on the page of a batch who is in it, why two failed, and what to do', async () => {
    const { page, wrong } = await asMember(browser, olga);
    const batches = (await story.ask('GET', '/api/admin/payout-batches?cycleId=18')).body as unknown as {
      id: string;
    }[];
    await page.goto(`${story.url}/batches/${batches.at(-1)?.id ?? ''}`);
    await page.getByRole('heading', { name: 'Why, and what to do' }).waitFor();
    await page.getByRole('button', { name: 'Failed 2' }).click();
    await page.waitForURL(/items=failed/);
    await page.getByRole('link', { name: 'Ana Winner' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Dov Winner' }).waitFor();
    expect(await page.getByRole('link', { name: /Winner$/ }).count()).toBe(2);
    expect(await lookAt(page, 'batch')).toEqual([]);
    await page.getByRole('button', { name: 'Reconcile' }).click();
    await page.getByText('Last compared with the provider').waitFor();
    expect(wrong).toEqual([]);
  });
});

describe('two operators', () => {
  it('are told of each other; who pays through two providers is told to wait a minute', async () => {
    await story.ask('POST', '/api/admin/cycles', { id: '19', name: 'December contest' });
    await earn('19', 'paypal', 'pp');
    await earn('19', 'stripe', 'st');
    await holdProvider();
    const olgas = await asMember(browser, olga);
    await olgas.page.goto(`${story.url}/cycles/19`);
    await payButton(olgas.page, 12).click();
    await olgas.page.getByRole('button', { name: 'Pay 12 payees 366.00 USD' }).click();
    await olgas.page.getByRole('dialog', { name: 'Paying' }).waitFor();

    const ottos = await asMember(browser, otto);
    await ottos.page.goto(`${story.url}/cycles/19`);
    await ottos.page.getByText(/Another operator \(Olga Operator\) started batch pb_\w+ on /).waitFor();
    const button = payButton(ottos.page, 12);
    await button.waitFor();
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await ottos.page.getByText('Olga Operator started a batch of this cycle.').waitFor();
    expect(await lookAt(ottos.page, 'cycle-other')).toEqual([]);
    await ottos.page.getByRole('button', { name: 'Show progress' }).click();
    await ottos.page.getByRole('dialog', { name: 'Paying' }).getByText('0 of 12 done').waitFor();

    await letProvider();
    for (const { page } of [olgas, ottos])
      await page.getByRole('dialog', { name: 'Paying' }).waitFor({ state: 'hidden' });
    await ottos.page.getByText('Another operator').waitFor({ state: 'hidden' });
    // The same person again within a minute: refused where she looks; a minute later it goes.
    await olgas.page.getByText('Stripe (12)').click();
    await payButton(olgas.page, 12).click();
    const pay = olgas.page.getByRole('button', { name: 'Pay 12 payees 366.00 USD' });
    await pay.click();
    await olgas.page.getByText(/You can start again in/).waitFor();
    await story.advance(61);
    await pay.click();
    await olgas.page
      .getByRole('region', { name: 'Last run' })
      .locator('dl > div', { hasText: /^Arrived12[\d,]+\.\d\d\sUSD$/ })
      .waitFor();
    expect([...olgas.wrong, ...ottos.wrong]).toEqual([]);
  });
});

describe('an operator who looks once more before they pay', () => {
  it('is told in the dialog that somebody else pays already, who it is and since when', async () => {
    await story.ask('POST', '/api/admin/cycles', { id: '20', name: 'January contest' });
    await earn('20', 'paypal', 'jan');
    await holdProvider();
    const { page, wrong } = await asMember(browser, otto);
    let lock: unknown = null;
    await page.route('**/api/admin/cycles/20', async (route) => {
      const answer = await route.fetch();
      const cycle = (await answer.json()) as Record<string, unknown>;
      await route.fulfill({ response: answer, json: { ...cycle, lock } });
    });
    await page.goto(`${story.url}/cycles/20`);
    await payButton(page, 12).click();
    const dialog = page.getByRole('dialog', { name: 'Pay January contest?' });
    const pay = dialog.getByRole('button', { name: 'Pay 12 payees 366.00 USD' });
    await pay.waitFor();
    lock = { lockedBy: 'Olga Operator', expiresAt: new Date(Date.now() + 900_000).toISOString() };
    // Any change of a cycle has it read anew.
    await story.ask('POST', '/api/admin/cycles', { id: '21', name: 'Another' });
    await dialog.getByText('Olga Operator is preparing a batch of this cycle right now.').waitFor();
    expect(await pay.getAttribute('aria-disabled')).toBe('true');
    lock = null;
    const started = await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: '20' });
    expect(started.status, started.text).toBe(202);
    await dialog.getByText(/^Another operator \(first key\) started batch pb_\w+ on /).waitFor();
    await dialog.getByText('first key started a batch of this cycle.').waitFor();
    expect(await pay.getAttribute('aria-disabled')).toBe('true');
    expect(await lookAt(page, 'cycle-taken')).toEqual([]);
    await letProvider();
    await dialog.getByRole('button', { name: 'Do not pay' }).click();
    expect(wrong).toEqual([]);
  });
});

describe('a viewer', () => {
  it('may look, and reads in their own language why nobody can be paid by them', async () => {
    const vera = await addMember(story, 'viewer', 'Vera Viewer');
    const { page, wrong } = await asMember(browser, vera, { locale: 'fr-FR' });
    await page.goto(`${story.url}/cycles/18`);
    // Both failed before and would fail again, so a run leaves them out unless somebody wants it otherwise.
    await page.getByRole('checkbox', { name: /^Laisser ces 2/ }).click();
    const button = page.getByRole('button', { name: 'Payer 2 bénéficiaires' });
    await button.waitFor();
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('Votre rôle permet de regarder, pas de payer.').first().waitFor();
    await page.getByText('Les plus élevés').waitFor();
    expect(wrong).toEqual([]);
  });
});
