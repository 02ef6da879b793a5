import { describe, expect, it } from 'vitest';
import { byPhone } from '../e2e/box-office.ts';
import type { Watched } from './chromium.ts';
import { lookAt, waitMs } from './chromium.ts';
import { asMember, asPayee } from './people.ts';
import type { PortalStory } from './portal-support.ts';
import { look, openPortalStage } from './portal-support.ts';

// Ticket sales with approval and manual transfer: an organizer on a phone and finance at a desk, both looking all the time.

let told: PortalStory;
/** Finance: approves, and pays by hand. */
let fina: Watched;
let phone: Watched;
let payoutId = '';
openPortalStage(
  async (stage) => {
    told = stage;
    await told.story.ask('PATCH', '/api/admin/settings', { payoutFrequency: 'manual' });
    fina = await asMember(told.browser, stage.finance);
    await told.sell('lakay', { method: byPhone });
    phone = await asPayee(told.browser, told.story, 'lakay');
  },
  { finance: ['owner', 'Fina Finance'] },
);

describe('request payout', () => {
  it('the organizer asks on the phone, and finance, who was looking, sees it come up in the inbox', async () => {
    const { page } = fina;
    await page.goto(told.story.url);
    await page.getByRole('heading', { level: 2, name: 'All clear' }).waitFor();
    await phone.page.getByRole('link', { name: 'Request 90.00 USD' }).click();
    await phone.page.getByText(/^Goes to MonCash /).waitFor();
    await phone.page.getByRole('button', { name: 'Request 90.00 USD' }).dblclick();
    await phone.page.getByRole('heading', { level: 1, name: 'Payout of 90.00 USD' }).waitFor();
    await phone.page.getByText('It is the turn of the platform.').waitFor();
    await page.getByRole('heading', { level: 3, name: '1 payout waits for approval' }).waitFor();
    expect(await lookAt(page, 'story-tickets-inbox')).toEqual([]);
    const { data } = (await told.story.ask('GET', '/api/admin/payouts?payeeId=lakay')).body;
    expect(data).toHaveLength(1);
    payoutId = String(data[0]?.['id']);
  });
});

describe('approver', () => {
  it('approves from the queue with count and total, and the phone says that it is approved', async () => {
    const { page } = fina;
    await page.getByRole('link', { name: 'Approve or decline' }).first().click();
    await page.getByRole('heading', { level: 2, name: '90.00 USD to lakay' }).waitFor();
    await page.getByText('1 waits').first().waitFor();
    await page.getByRole('button', { name: 'Approve and next' }).click();
    await page.getByText('Approved: 90.00 USD to lakay.').waitFor();
    const steps = phone.page.getByRole('list', { name: 'Steps of this payout' });
    await expect
      .poll(async () => steps.textContent(), { timeout: waitMs })
      .toMatch(/Requested, done.*Approved, now/);
  });
});

describe('MonCash, NatCash and bank transfers may be done by hand', () => {
  it('finance exports the transfer and marks it paid (provider reference required, notes); the phone shows paid', async () => {
    const { page } = fina;
    await page.goto(`${told.story.url}/approvals/by-hand`);
    await page.getByRole('button', { name: 'Export for the bank…' }).click();
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export MonCash, USD: 1 transfer, 90.00 USD' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('transfers_moncash_USD.csv');
    await page
      .getByText(/^Handed over .* by Fina Finance$/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Mark paid…: lakay' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mark as paid by hand' });
    const mark = dialog.getByRole('button', { name: 'Mark 90.00 USD to lakay as paid' });
    await mark.click();
    // The reference is required: nothing was marked.
    expect(await dialog.isVisible()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Reference of the payment' }).fill('MC-9001');
    await dialog.getByRole('textbox', { name: 'Notes' }).fill('At the counter of Delmas');
    await mark.dblclick();
    await page.getByRole('link', { name: 'lakay' }).waitFor({ state: 'detached' });
    await phone.page
      .getByText('Done. The money has arrived at your payout method.')
      .or(phone.page.getByText(/^Paid/))
      .first()
      .waitFor();
    await expect
      .poll(async () => phone.page.getByRole('list', { name: 'Steps of this payout' }).textContent(), {
        timeout: waitMs,
      })
      .toMatch(/Paid, done/);
    expect(await look(phone.page, 'story-tickets-paid')).toEqual([]);
  });

  it('the provider gives it back: finance says so with a reason, and both read what happens next', async () => {
    const { page } = fina;
    await page.goto(`${told.story.url}/payouts/${payoutId}`);
    await page.getByRole('heading', { level: 2, name: 'Paid by hand, reference MC-9001' }).waitFor();
    await page.getByRole('button', { name: 'It came back' }).click();
    const dialog = page.getByRole('dialog', { name: 'The payment by hand came back' });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('MonCash gave it back: number not registered');
    await dialog.getByRole('button', { name: '90.00 USD to lakay came back' }).dblclick();
    await page.getByRole('heading', { level: 2, name: /^Came back/ }).waitFor();
    await expect
      .poll(async () => phone.page.getByRole('list', { name: 'Steps of this payout' }).textContent(), {
        timeout: waitMs,
      })
      .toMatch(/Came back/);
    expect(await lookAt(page, 'story-tickets-back')).toEqual([]);
    expect(await look(phone.page, 'story-tickets-back')).toEqual([]);
  });

  it('nothing broke in any of the pages meanwhile', () => {
    expect([...fina.wrong, ...phone.wrong]).toEqual([]);
  });
});
