import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Json, Story } from '../e2e/story.ts';
import { copyBy, lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember } from './people.ts';
import { openStage } from './stage.ts';

// Finding one payout among many, reading what became of it, and doing something about it.

let story: Story;
let browser: Browser;
let operator: Member;
let viewer: Member;

/** Winners of one cycle, each with 25.00 USD; the word in an address decides what the sandbox does with it. */
async function run(cycleId: string, winners: Readonly<Record<string, string>>): Promise<void> {
  await story.ask('POST', '/api/admin/cycles', { id: cycleId, name: cycleId });
  const earnings = Object.entries(winners).map(([name, destination]) => ({
    sourceType: 'winner',
    externalId: `${cycleId}-${name}`,
    payeeExternalId: name.toLowerCase().replaceAll(' ', '-'),
    cycleId,
    amount: 2500,
    currency: 'USD',
    payee: { name, payoutMethod: { type: 'paypal', destination } },
  }));
  await story.ask('POST', '/api/admin/earnings', { earnings });
  const started = await story.ask('POST', '/api/admin/payout-batches/process', { cycleId });
  expect(started.status, started.text).toBe(202);
}

const payoutsOf = async (cycleId: string): Promise<Json[]> =>
  (await story.ask('GET', `/api/admin/payouts?cycleId=${cycleId}`)).body.data;
const settled = async (cycleId: string, states: readonly string[]) =>
  story.until(
    () => payoutsOf(cycleId),
    (payouts) => payouts.length > 0 && payouts.every(({ status }) => states.includes(String(status))),
  );

openStage(
  { operator: ['operator', 'Otto Operator'], viewer: ['viewer', 'Vera Viewer'] },
  async (stage) => {
    ({ story, browser, operator, viewer } = stage);
    await run('november', {
      'Ana Alba': 'ana@example.com',
      'Ben Brook': 'ben+failed@example.com',
      'Carla Cruz': 'carla+failed@example.com',
      'Dan Dale': 'dan+unclaimed@example.com',
    });
    await settled('november', ['completed', 'failed', 'unclaimed']);
  },
  { PROVIDER_TIMEOUT_MS: '2000' },
);

describe('an operator', () => {
  it('finds out why one payee was not paid: search, payout, sentence', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts`);
    await page.getByRole('link', { name: 'Carla Cruz' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('Ben');
    await page.getByRole('link', { name: 'Carla Cruz' }).waitFor({ state: 'detached' });
    expect(await lookAt(page, 'payouts-searched')).toEqual([]);
    await page.getByRole('link', { name: 'Ben Brook' }).click();
    await page.getByRole('heading', { level: 1, name: '25.00 USD to Ben Brook' }).waitFor();
    await page
      .getByRole('heading', { level: 2, name: /Needs attention: The payee's account is locked or limited/ })
      .waitFor();
    await page.getByText('Payee’s turn').waitFor();
    await page.getByText('The payee must resolve it with the provider').first().waitFor();
    expect(await lookAt(page, 'payout-failed')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('copies an answer for the payee that blames nobody', async () => {
    const { page } = await asMember(browser, operator, {
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    await page.goto(`${story.url}/payouts/november-Ben Brook`);
    await copyBy(page.getByRole('button', { name: 'Copy reply for the payee' }), 'Copied');
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied.replaceAll('\u00A0', ' ')).toContain(
      'Hello Ben Brook, your payout of 25.00 USD could not be paid.',
    );
    expect(copied).toContain('Your account is limited.');
  });

  it('asks the payee, whose turn it is, with a link to the page where they put it right', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts/november-Ben Brook`);
    await page.getByRole('button', { name: 'Ask the payee' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask Ben Brook to put it right' });
    await dialog.getByRole('button', { name: 'Make a link' }).click();
    const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue();
    expect(await lookAt(page, 'payout-ask-payee')).toEqual([]);
    const own = await (await browser.newContext()).newPage();
    await own.goto(link.replace(/^https?:\/\/[^/]+/, story.url));
    await own.getByRole('button').last().click();
    await own.waitForURL(/\/portal\/payouts\/po_\w+\/fix$/);
    expect(wrong).toEqual([]);
  });

  it('pays several again after a preview that says who is passed over', async () => {
    for (const name of ['ben-brook', 'carla-cruz'])
      await story.ask('PATCH', `/api/admin/payees/${name}`, {
        payoutMethod: { type: 'paypal', destination: `${name}@example.com` },
      });
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts?cycle=november`);
    await page.getByRole('link', { name: 'Dan Dale' }).waitFor();
    await page.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
    await page.getByText('4 payouts chosen: 100.00 USD').waitFor();
    expect(await lookAt(page, 'payouts-chosen')).toEqual([]);
    await page.getByRole('button', { name: 'Retry 2 of 4…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pay several again' });
    await dialog.getByText('2 payouts, 50.00 USD').first().waitFor();
    await dialog.getByText('2 are passed over').waitFor();
    await dialog.getByText('Ana Alba: has not failed or come back').waitFor();
    expect(await lookAt(page, 'payouts-retry-preview')).toEqual([]);
    await dialog.getByRole('button', { name: 'Pay 2 again, 50.00 USD' }).click();
    await dialog.getByText('2 payouts are on their way again').waitFor();
    await dialog.getByRole('button', { name: 'Close', exact: true }).last().click();
    await settled('november', ['completed', 'unclaimed']);
    expect(wrong).toEqual([]);
  });

  it('keeps filters under a name, and finds them in the address', async () => {
    const { page } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts`);
    await page.getByText('On its way', { exact: true }).click();
    await page.waitForURL(/view=way/);
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('menuitem', { name: 'Save these filters…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('My open ones');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.goto(`${story.url}/payouts`);
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('menuitem', { name: 'My open ones', exact: true }).click();
    await page.waitForURL(/view=way/);
    await page.getByRole('link', { name: 'Dan Dale' }).waitFor();
  });
});

describe('a viewer', () => {
  it('sees the buttons switched off, each with its reason', async () => {
    const { page, wrong } = await asMember(browser, viewer);
    await page.goto(`${story.url}/payouts/november-Dan Dale`);
    const retry = page.getByRole('button', { name: 'Retry' });
    await retry.waitFor();
    expect(await retry.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('It is on its way; sending it again could pay twice.').last().waitFor();
    await page.goto(`${story.url}/payouts?cycle=november`);
    await page.getByRole('checkbox', { name: 'Choose the payout of Dan Dale' }).click();
    await page.getByRole('button', { name: 'Hold…' }).focus();
    await page.keyboard.press('Tab');
    await page.getByRole('tooltip').getByText('Your role may look only here').waitFor();
    expect(wrong).toEqual([]);
  });
});

describe('a payout whose outcome is unknown', () => {
  it('cannot be sent again, and says why', async () => {
    const order = { fault: 'drop_after', times: null, method: 'POST', path: '/v1/payments/payouts' };
    await story.ask('POST', '/api/sandbox/faults', order);
    await run('december', { 'Emma Elm': 'emma@example.com' });
    await story.until(
      () => payoutsOf('december'),
      ([payout]) => String(payout?.['label']).startsWith('Outcome unknown'),
    );
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts/december-Emma Elm`);
    await page.getByRole('heading', { level: 2, name: /Outcome unknown, checking; do not resend/ }).waitFor();
    const retry = page.getByRole('button', { name: 'Retry' });
    expect(await retry.getAttribute('aria-disabled')).toBe('true');
    await retry.click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);
    await page.getByText('Nobody knows yet whether this money moved.').waitFor();
    expect(await lookAt(page, 'payout-unknown')).toEqual([]);
    await story.ask('DELETE', '/api/sandbox/faults');
    expect(wrong).toEqual([]);
  });
});
