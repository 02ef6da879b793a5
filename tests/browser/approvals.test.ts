import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember } from './people.ts';
import { openStage } from './stage.ts';

// Saying yes and no to payouts, quickly and without harm; and paying by hand.

let story: Story;
let browser: Browser;
let first: Member;
let second: Member;
let owner: Member;

/** A payout of an adjustment, which waits for approval; answers its id. */
async function ask(name: string, amount: number, method = 'paypal'): Promise<string> {
  const externalId = name.toLowerCase().replaceAll(' ', '-');
  const destination = method === 'paypal' ? `${externalId}@example.com` : '+50937654321';
  await story.ask('POST', '/api/admin/payees', {
    externalId,
    name,
    payoutMethod: { type: method, destination },
  });
  const body = { payeeId: externalId, amount, currency: 'USD', reason: 'Prize of the jury' };
  const { status, text, body: made } = await story.ask('POST', '/api/admin/payouts', body);
  expect(status, text).toBe(201);
  return String(made['id']);
}

const statusOf = async (id: string) => (await story.ask('GET', `/api/admin/payouts/${id}`)).body['status'];
const names = Array.from({ length: 10 }, (_, at) => `Winner ${String.fromCodePoint(65 + at)}`);
let ids: string[] = [];

openStage(
  {
    owner: ['owner', 'Olga Owner'],
    first: ['approver', 'Anna Approver'],
    second: ['approver', 'Boris Second'],
  },
  async (stage) => {
    ({ story, browser, owner, first, second } = stage);
    for (const [at, name] of names.entries()) ids.push(await ask(name, 5000 + at * 100));
  },
);

describe('an approver', () => {
  it('approves ten by keyboard alone, one after the other', async () => {
    const { page, wrong } = await asMember(browser, first);
    await page.goto(`${story.url}/approvals`);
    await page.getByRole('heading', { level: 2, name: '50.00 USD to Winner A' }).waitFor();
    expect(await lookAt(page, 'approvals')).toEqual([]);
    await page.keyboard.press('Shift+?');
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    for (const [at, name] of names.entries()) {
      await page.getByRole('heading', { level: 2, name: `5${at}.00 USD to ${name}` }).waitFor();
      await page.getByRole('button', { name: 'Approve and next', disabled: false }).waitFor();
      await page.keyboard.press('a');
      await page.getByText(`Approved: 5${at}.00 USD to ${name}.`).waitFor();
    }
    await page.getByText('Nothing waits for approval').waitFor();
    for (const id of ids) expect(await statusOf(id)).toBe('approved');
    expect(wrong).toEqual([]);
  });

  it('declines by keyboard with a reason', async () => {
    const id = await ask('Doubtful Dora', 7000);
    const { page } = await asMember(browser, first);
    await page.goto(`${story.url}/approvals?payout=${id}`);
    await page.getByRole('heading', { level: 2, name: '70.00 USD to Doubtful Dora' }).waitFor();
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: 'Decline this payout' });
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Not a winner of this contest');
    expect(await lookAt(page, 'approvals-decline')).toEqual([]);
    await dialog.getByRole('button', { name: 'Decline 70.00 USD to Doubtful Dora' }).click();
    await page.getByText('Declined: 70.00 USD to Doubtful Dora. No money moved.').first().waitFor();
    expect(await statusOf(id)).toBe('declined');
  });

  it('approves many at once after a preview', async () => {
    ids = [await ask('Many One', 6100), await ask('Many Two', 6200)];
    const { page } = await asMember(browser, first);
    await page.goto(`${story.url}/approvals`);
    await page.getByRole('checkbox', { name: 'Choose the payout of Many One' }).click();
    await page.getByRole('checkbox', { name: 'Choose the payout of Many Two' }).click();
    await page.getByRole('button', { name: 'Approve…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Approve several payouts' });
    await dialog.getByRole('button', { name: 'Approve 2 payouts, 123.00 USD' }).click();
    await dialog.getByText('2 payouts approved').waitFor();
    for (const id of ids) expect(await statusOf(id)).toBe('approved');
  });

  it('who is slower than another reads who was faster, and when', async () => {
    const id = await ask('Wanted Wanda', 8000);
    const [one, other] = await Promise.all([asMember(browser, first), asMember(browser, second)]);
    for (const { page } of [one, other]) {
      await page.goto(`${story.url}/approvals?payout=${id}`);
      await page.getByRole('heading', { level: 2, name: '80.00 USD to Wanted Wanda' }).waitFor();
      await page.getByRole('button', { name: 'Approve and next', disabled: false }).waitFor();
    }
    // Cut off from news, as somebody is whose page is a moment old.
    await other.page.context().setOffline(true);
    await one.page.keyboard.press('a');
    await one.page.getByText('Approved: 80.00 USD to Wanted Wanda.').waitFor();
    await other.page.route('**/approvals/waiting*', (route) => route.abort());
    await other.page.context().setOffline(false);
    await other.page.keyboard.press('a');
    await other.page.getByText('Not done: 80.00 USD to Wanted Wanda').waitFor();
    await other.page.getByText(/Approved by Anna Approver, /).waitFor();
  });
});

describe('whoever asked for a payout', () => {
  it('cannot approve it, and reads why', async () => {
    const { page } = await asMember(browser, owner);
    await page.goto(story.url);
    await story.ask('POST', '/api/admin/payees', { externalId: 'own', name: 'Own Olive' });
    const id = await page.evaluate<string>(`(async () => {
      const ask = (path, body) => fetch('/api/admin' + path, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
      await ask('/payees/own/payout-methods', { type: 'paypal', destination: 'own@example.com' });
      return (await ask('/payouts', { payeeId: 'own', amount: 9000, currency: 'USD', reason: 'Mine' })).json().then(({ id }) => id);
    })()`);
    await page.goto(`${story.url}/approvals?payout=${id}`);
    await page.getByRole('heading', { level: 2, name: '90.00 USD to Own Olive' }).waitFor();
    await page.getByText('You requested this payout; somebody else must approve it.').last().waitFor();
    const approve = page.getByRole('button', { name: 'Approve and next' });
    expect(await approve.getAttribute('aria-disabled')).toBe('true');
  });
});

describe('payments by hand', () => {
  it('are exported, then marked paid with reference, one by one and by file', async () => {
    ids = [await ask('Mona Cash', 5500, 'moncash'), await ask('Nat Cash', 6500, 'moncash')];
    // The key that asked is not the person who approves.
    const { page, wrong } = await asMember(browser, owner);
    await page.goto(story.url);
    await page.evaluate(`fetch('/api/admin/payouts/approve', { method: 'POST',
      headers: { 'content-type': 'application/json' }, body: JSON.stringify({ payoutIds: ${JSON.stringify(ids)} }) })`);
    await page.goto(`${story.url}/approvals/by-hand`);
    await page.getByRole('link', { name: 'Mona Cash' }).waitFor();
    expect(await lookAt(page, 'by-hand')).toEqual([]);
    await page.getByRole('button', { name: 'Export for the bank…' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export MonCash, USD: 2 transfers, 120.00 USD' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('transfers_moncash_USD.csv');
    await page
      .getByText(/^Handed over .* by Olga Owner$/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: 'Mark paid…: Mona Cash' }).click();
    const dialog = page.getByRole('dialog', { name: 'Mark as paid by hand' });
    await dialog.getByRole('textbox', { name: 'Reference of the payment' }).fill('MC-778');
    await dialog.getByRole('textbox', { name: 'Notes' }).fill('Paid at the counter');
    await dialog.getByRole('button', { name: 'Mark 55.00 USD to Mona Cash as paid' }).click();
    await page.getByRole('link', { name: 'Mona Cash' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Mark paid by file…' }).click();
    const csv = `payout_id,amount,currency,payment_reference\n${ids[1]},65.00,USD,MC-778\npo_nowhere,1.00,USD,MC-780\n`;
    await page.locator('input[type=file]').setInputFiles({
      name: 'paid.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(csv),
    });
    await page.getByRole('button', { name: 'Mark paid what the file says' }).click();
    await page.getByText('1 row was marked as paid').waitFor();
    await page.getByText('Not found', { exact: true }).waitFor();
    expect(await lookAt(page, 'by-hand-file')).toEqual([]);
    expect(await Promise.all(ids.map((id) => statusOf(id)))).toEqual(['completed', 'completed']);
    // Both carry the reference of one transfer.
    await page.goto(`${story.url}/payouts/${ids[1]}`);
    const doubt = page.getByRole('note').filter({ hasText: 'make certain that the transfer paid both' });
    await doubt.waitFor();
    expect(await lookAt(page, 'payout-shared-reference')).toEqual([]);
    await doubt.getByRole('link', { name: `Look at ${ids[0]}` }).click();
    await page.getByRole('heading', { level: 1, name: '55.00 USD to Mona Cash' }).waitFor();
    expect(wrong).toEqual([]);
  });
});
