import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { daySeconds } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember } from './people.ts';
import { openStage, scheduleLater } from './stage.ts';

// Can we pay them? And what a person does when the answer is no.

let story: Story;
let browser: Browser;
let operator: Member;
let approver: Member;
let viewer: Member;

/** A ticket seller with money that is available. */
async function seller(name: string, destination: string): Promise<void> {
  const eventEndsAt = new Date((await story.now()).getTime() - 8 * daySeconds * 1000).toISOString();
  const payee = { name, email: 'seller@example.com', payoutMethod: { type: 'paypal', destination } };
  const earnings = [1, 2, 3].map((at) => ({
    sourceType: 'ticket',
    externalId: `${name}-${at}`,
    payeeExternalId: name.toLowerCase(),
    amount: 2500,
    currency: 'USD',
    eventEndsAt,
    payee,
  }));
  expect((await story.ask('POST', '/api/admin/earnings', { earnings })).status).toBe(200);
}

const statusOf = async (id: string) => (await story.ask('GET', `/api/admin/payouts/${id}`)).body['status'];
const until = async (id: string, status: string) =>
  story.until(
    () => statusOf(id),
    (seen) => seen === status,
  );

openStage(
  {
    operator: ['operator', 'Otto Operator'],
    approver: ['approver', 'Anna Approver'],
    viewer: ['viewer', 'Vera Viewer'],
  },
  async (stage) => {
    ({ story, browser, operator, approver, viewer } = stage);
    await scheduleLater(story);
    await seller('Fay', 'fay+failed@example.com');
    await seller('Gil', 'gil@example.com');
  },
);

describe('an operator', () => {
  it('mends a payout that failed: another method, asked for again, approved, paid', async () => {
    const asked = await (await story.asPayee('fay'))('POST', '/api/payee/request-payout', {});
    const id = String(asked.body['id']);
    expect((await story.ask('POST', '/api/admin/payouts/approve', { payoutIds: [id] })).status).toBe(200);
    await story.ask('POST', '/api/admin/payout-batches/process-approved', {});
    await until(id, 'failed');

    const { page, wrong } = await asMember(browser, operator);
    // The list says what the page of the payee says, and finds them by it.
    await page.goto(`${story.url}/payees`);
    await page.getByRole('row', { name: /Gil/ }).getByText('Ready').waitFor();
    const fay = page.getByRole('row', { name: /Fay/ });
    await fay.getByText('Account not ready').waitFor();
    const why = /^The last payout to this payout method failed\./;
    await fay.getByText(why).waitFor();
    await page
      .getByRole('combobox', { name: 'Can they be paid?' })
      .selectOption('No, something is in the way');
    await page.getByRole('row', { name: /Gil/ }).waitFor({ state: 'detached' });
    await fay.waitFor();
    expect(await lookAt(page, 'payees-in-the-way')).toEqual([]);
    await page.goto(`${story.url}/payouts/${id}`);
    await page.getByRole('link', { name: 'Fay', exact: true }).click();
    await page.getByText(why).waitFor();
    await page.getByRole('heading', { level: 1, name: 'Fay' }).waitFor();
    await page.getByRole('button', { name: 'Add…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add a payout method' });
    await dialog
      .getByRole('textbox', { name: 'E-mail address of the PayPal account' })
      .fill('not an address');
    await dialog.getByRole('button', { name: 'Add the method' }).click();
    await dialog
      .getByText(/must be the e-mail address of a PayPal account/i)
      .first()
      .waitFor();
    await dialog
      .getByRole('textbox', { name: 'E-mail address of the PayPal account' })
      .fill('fay@example.net');
    expect(await lookAt(page, 'payee-add-method')).toEqual([]);
    await dialog.getByRole('button', { name: 'Add the method' }).click();
    await page.getByText(/Cools off until/).waitFor();
    expect(await lookAt(page, 'payee-cooling-off')).toEqual([]);

    await page.goto(`${story.url}/payouts/${id}`);
    await page.getByRole('button', { name: 'Request approval again' }).click();
    await page.getByRole('button', { name: 'Put 75.00 USD to Fay back for approval' }).click();
    await page.getByRole('heading', { level: 2, name: 'Needs approval' }).waitFor();
    expect(wrong).toEqual([]);

    const second = await asMember(browser, approver);
    await second.page.goto(`${story.url}/approvals?payout=${id}`);
    await second.page.getByText('f***@example.net').waitFor();
    await second.page.getByRole('button', { name: 'Approve and next' }).click();
    await second.page.getByText('Approved: 75.00 USD to Fay.').waitFor();
    expect(second.wrong).toEqual([]);

    await story.advance(3 * daySeconds + 60);
    await page.goto(`${story.url}/payouts?view=scheduled`);
    await page.getByText('1 approved payout is ready to be sent through PayPal: 75.00 USD').waitFor();
    await page.getByRole('button', { name: 'Pay what is approved…' }).click();
    await page.getByRole('button', { name: 'Pay 1 payout, 75.00 USD' }).click();
    await page.getByText('1 payout is on its way').waitFor();
    await until(id, 'completed');
    await page.goto(`${story.url}/payouts/${id}`);
    await page.getByRole('heading', { level: 2, name: 'Arrived' }).waitFor();
    expect(await lookAt(page, 'payout-arrived')).toEqual([]);
  });

  it('finds a payee, asks for a payout on their behalf after a quote, and puts them on hold', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payees`);
    await page.getByRole('link', { name: 'Fay' }).waitFor();
    await page.getByRole('searchbox', { name: 'Search' }).fill('gil');
    await page.getByRole('link', { name: 'Fay' }).waitFor({ state: 'detached' });
    expect(await lookAt(page, 'payees')).toEqual([]);
    await page.getByRole('link', { name: 'Gil' }).click();
    await page.getByRole('heading', { level: 2, name: /Gil can be paid: 75.00 USD/ }).waitFor();
    expect(await lookAt(page, 'payee')).toEqual([]);
    await page.getByRole('button', { name: 'Request a payout in USD…' }).click();
    await page.getByText('3 earnings').waitFor();
    await page.getByText('Fees').waitFor();
    expect(await lookAt(page, 'payee-request')).toEqual([]);
    await page.getByRole('button', { name: 'Request 75.00 USD' }).click();
    await page.getByText('Needs approval').first().waitFor();

    await page.getByRole('button', { name: 'Put on hold…' }).click();
    await page.getByRole('textbox', { name: 'Reason' }).fill('We check the address');
    await page.getByRole('button', { name: 'Hold everything of Gil' }).click();
    await page.getByText('On hold: We check the address', { exact: false }).first().waitFor();
    await page.getByRole('button', { name: 'End the hold…' }).click();
    await page.getByRole('button', { name: 'End the hold of Gil' }).click();
    await page.getByRole('button', { name: 'Put on hold…' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('sees a whole address only when asked for, and hands over a link to the portal', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payees/gil`);
    await page.getByText('PayPal g***@example.com').waitFor();
    await page.getByRole('button', { name: 'Show the whole address' }).click();
    await page.getByText('gil@example.com', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Portal link…' }).click();
    await page.getByRole('button', { name: 'Make a link' }).click();
    expect(await page.getByRole('textbox', { name: 'Link' }).inputValue()).toContain(
      '/portal/sign-in?token=',
    );
    expect(wrong).toEqual([]);
  });
});

describe('a viewer', () => {
  it('may look, and reads why no more', async () => {
    const { page, wrong } = await asMember(browser, viewer);
    await page.goto(`${story.url}/payees/gil`);
    const add = page.getByRole('button', { name: 'Add…' });
    await add.waitFor();
    expect(await add.getAttribute('aria-disabled')).toBe('true');
    await add.hover();
    await page.getByRole('tooltip').getByText('Your role may look only here').waitFor();
    expect(wrong).toEqual([]);
  });
});
