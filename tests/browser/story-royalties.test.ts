import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Json, Story } from '../e2e/story.ts';
import type { Watched } from './chromium.ts';
import { lookAt } from './chromium.ts';
import { addMember, asMember, asPayee } from './people.ts';
import { openStage } from './stage.ts';

// Royalties of creators through Stripe, as people do it: the team at a desk, a creator on a phone, both looking all the time.

/** Two statements of 120.00 and 200.00 USD, and 130.00 USD to pay them from. */
const heldMinor = 13_000;
const fundedMinor = 1_000_000;

let story: Story;
let browser: Browser;
/** Runs what the month pays. */
let olga: Watched;
/** Says yes to what somebody else asked for. */
let anna: Watched;
/** Pia's phone. */
let phone: Watched;

const payoutOf = async (id: string) => (await story.ask('GET', `/api/admin/payouts/${id}`)).body;

async function statement(id: string, payee: string, amount: number, cycleId: string | null): Promise<void> {
  const earning = {
    sourceType: 'statement',
    externalId: id,
    payeeExternalId: payee,
    amount,
    currency: 'USD',
  };
  const recorded = await story.ask('POST', '/api/admin/earnings', {
    earnings: [cycleId === null ? earning : { ...earning, cycleId }],
  });
  expect(recorded.body['counts'], recorded.text).toMatchObject({ created: 1 });
}

async function holdsNow(amount: number): Promise<void> {
  const balance = { provider: 'stripe', currency: 'USD', amount };
  expect((await story.ask('POST', '/api/sandbox/balance', balance)).status).toBe(200);
}

openStage(
  { olga: ['operator', 'Olga Operator'], anna: ['approver', 'Anna Approver'] },
  async (stage) => {
    ({ story, browser } = stage);
    await story.ask('PATCH', '/api/admin/settings', { payoutFrequency: 'manual', methodCoolOffHours: 1 });
    // Stripe says nothing of accounts yet: only a transfer shows who cannot be paid.
    const silent = { provider: 'stripe', fault: 'error_500_before', times: null, path: '/v1/accounts' };
    await story.ask('POST', '/api/sandbox/faults', silent);
    for (const [externalId, name, account] of [
      ['ada', 'Ada Alto', 'acct_1Ada'],
      ['tim', 'Tim Tenor', 'acct_1Tim'],
      ['pia', 'Pia Piano', 'acct_1Pia_disabled'],
    ])
      await story.ask('POST', '/api/admin/payees', {
        externalId,
        name,
        email: `${externalId}@example.com`,
        payoutMethod: { type: 'stripe', destination: account },
      });
    olga = await asMember(browser, stage.olga);
    anna = await asMember(browser, stage.anna);
    phone = await asPayee(browser, story, 'pia');
  },
  { POLL_INTERVAL_MS: '200' },
);

describe('admins create and retry', () => {
  it('an operator opens the month, and sees statements come in, creator by creator, with their balances', async () => {
    const { page } = olga;
    await page.goto(`${story.url}/cycles`);
    await page.getByRole('button', { name: 'New cycle…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New cycle' });
    await dialog.getByLabel('Name').fill('Royalties of October');
    await dialog.getByLabel('Id (optional)').fill('10/2026');
    await dialog.getByRole('button', { name: 'Open the cycle' }).click();
    await dialog.getByText('must be letters, digits, _ . -; at most 100').first().waitFor();
    await dialog.getByLabel('Id (optional)').fill('oct');
    expect(await lookAt(page, 'story-cycle-new')).toEqual([]);
    await dialog.getByRole('button', { name: 'Open the cycle' }).dblclick();
    // What is told at the foot stays for some seconds only.
    await Promise.all([
      page.getByRole('heading', { level: 1, name: 'Royalties of October' }).waitFor(),
      page.getByText('Royalties of October is open.').waitFor(),
    ]);

    const home = phone.page.getByRole('region', { name: 'Balances' });
    await phone.page.getByRole('heading', { level: 1, name: 'Hello, Pia Piano' }).waitFor();
    await statement('ST-ada', 'ada', 12_000, 'oct');
    await statement('ST-tim', 'tim', 20_000, 'oct');
    await statement('ST-pia', 'pia', 4550, 'oct');
    // Both see it come, without asking.
    await page.getByRole('heading', { level: 2, name: /^3 \w+ are eligible$/ }).waitFor();
    await home.getByText('45.50 USD').first().waitFor();

    await page.getByRole('link', { name: 'Payees', exact: true }).click();
    for (const name of ['Ada Alto', 'Tim Tenor', 'Pia Piano'])
      await page.getByRole('link', { name }).waitFor();
    await page.getByRole('link', { name: 'Pia Piano' }).click();
    await page.getByRole('region', { name: 'Balances' }).getByText('45.50 USD', { exact: true }).waitFor();
  });

  it('the same id again opens nothing, and says which cycle it is', async () => {
    const { page } = olga;
    await page.goto(`${story.url}/cycles`);
    await page.getByRole('button', { name: 'New cycle…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New cycle' });
    const known = dialog.getByText(
      /^There is a cycle oct already: Royalties of October, opened by Olga Operator on .*UTC\. Nothing was opened or changed\./,
    );
    await dialog.getByLabel('Id (optional)').fill('oct');
    // Under its own name it leads nowhere unasked, either.
    await dialog.getByLabel('Name').fill('Royalties of October');
    await dialog.getByRole('button', { name: 'Open the cycle' }).click();
    await known.waitFor();
    await dialog.getByLabel('Name').fill('October once more');
    await known.waitFor({ state: 'hidden' });
    await dialog.getByRole('button', { name: 'Open the cycle' }).click();
    await known.waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('October once more');
    expect(await page.getByText('October once more').count()).toBe(0);
    await dialog.getByRole('link', { name: 'Open Royalties of October' }).click();
    await page.getByRole('heading', { level: 1, name: 'Royalties of October' }).waitFor();
    await dialog.waitFor({ state: 'detached' });
  });

  it('the operator pays the month from the console, although the account at Stripe is short', async () => {
    await holdsNow(heldMinor);
    await story.advance(6 * 60);
    await story.until(
      async () => (await story.ask('GET', '/api/admin/float')).text,
      (text) => text.includes(`"available":${heldMinor}`),
    );
    const { page } = olga;
    await page.goto(`${story.url}/cycles/oct`);
    await page.getByRole('button', { name: /^Pay 3 / }).click();
    const dialog = page.getByRole('dialog', { name: 'Pay Royalties of October?' });
    await dialog.getByText('Through Stripe.').waitFor();
    await dialog.getByRole('checkbox', { name: /^Start although/ }).check();
    await dialog.getByRole('button', { name: /^Pay 3 \w+ 365\.50.USD$/ }).dblclick();
    const ribbon = page.getByRole('region', { name: 'Last run' });
    await ribbon.locator('dl > div', { hasText: /^Arrived1\d+\.\d\d\sUSD$/ }).waitFor();
    await ribbon.locator('dl > div', { hasText: /^Failed2\d+\.\d\d\sUSD$/ }).waitFor();
    expect(await payoutOf('ST-ada')).toMatchObject({ status: 'completed', attemptCount: 1 });
  });
});

describe('failed for a temporary reason', () => {
  it('is retried by itself after 5 min: nobody presses anything, and the page says so before and after', async () => {
    const { page } = olga;
    await page.goto(`${story.url}/payouts/ST-tim`);
    await page.getByRole('heading', { level: 2, name: /^Retries at / }).waitFor();
    await page.getByText('Waits for its time', { exact: true }).first().waitFor();
    await holdsNow(fundedMinor);
    await story.advance(5 * 60 + 1);
    await page.getByRole('heading', { level: 2, name: 'Arrived' }).waitFor();
    expect(await payoutOf('ST-tim')).toMatchObject({ status: 'completed', retryCount: 1 });
  });
});

describe('failed for good (account not enabled)', () => {
  it('is not retried until something is fixed, and says the same to both', async () => {
    const { page } = olga;
    await page.goto(`${story.url}/payouts/ST-pia`);
    await page.getByRole('heading', { level: 2, name: /^Needs attention: / }).waitFor();
    await page.getByText('Payee’s turn').waitFor();
    await phone.page.getByRole('heading', { level: 2, name: '45.50 USD did not reach you' }).waitFor();
    expect(await payoutOf('ST-pia')).toMatchObject({ retryCount: 0, nextRetryAt: null, waitingOn: 'payee' });
  });

  it('the creator mends it on the phone, and the operator, who looks at it, reads from when it can be paid', async () => {
    await story.ask('DELETE', '/api/sandbox/faults');
    const { page } = phone;
    await page.getByRole('link', { name: 'Fix it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Fix your payout of 45.50 USD' }).waitFor();
    await page
      .getByRole('radio', { name: 'Another way' })
      .or(page.getByRole('radio').first())
      .first()
      .check();
    await page
      .getByLabel(/^Stripe account|acct_/)
      .last()
      .fill('acct_1PiaMended');
    await page.getByRole('button', { name: 'Save and pay me again' }).dblclick();
    await page.getByRole('heading', { level: 1, name: 'Payout of 45.50 USD' }).waitFor();
    // It stands where the pointer is, and stays for as long as that.
    await page.getByRole('button', { name: 'Close' }).click();
    await olga.page
      .getByText(/^The payout method was changed; it is used from .* on\. Retry then\.$/)
      .last()
      .waitFor();
    const retry = olga.page.getByRole('button', { name: 'Retry' });
    expect(await retry.getAttribute('aria-disabled')).toBe('true');
  });

  it('an hour later the operator pays it again, and the creator sees it arrive on the phone', async () => {
    await story.advance(3600 + 60);
    const { page } = olga;
    await page.reload();
    await page.getByRole('button', { name: 'Retry' }).and(page.locator(':not([aria-disabled=true])')).click();
    const dialog = page.getByRole('dialog', { name: 'Pay it again' });
    await dialog.getByText(/^It goes to Stripe \S+, added /).waitFor();
    await dialog.getByRole('button', { name: 'Pay 45.50 USD to Pia Piano again' }).dblclick();
    await page.getByRole('heading', { level: 2, name: 'Arrived' }).waitFor();
    await phone.page.getByText('Done. The money has arrived at your payout method.').waitFor();
  });
});

describe('creators see only their own', () => {
  it('a receipt is the same on the phone and at the desk, to its fingerprint', async () => {
    await phone.page.getByRole('link', { name: 'Receipt' }).click();
    await phone.page.getByRole('heading', { level: 1, name: 'Receipt of a payout' }).waitFor();
    const said = await phone.page.getByText(/^Fingerprint \(SHA-256\)/).textContent();
    const { page } = olga;
    await page.getByRole('link', { name: 'Receipt' }).click();
    await page.getByRole('heading', { level: 1, name: 'Receipt of a payout' }).waitFor();
    await page.getByText(said?.split(': ').at(-1) ?? 'no fingerprint', { exact: true }).waitFor();
    expect(await lookAt(page, 'story-receipt')).toEqual([]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    await page.emulateMedia({ media: 'screen' });
  });

  it('what somebody else was paid is not there for them', async () => {
    const other = String((await payoutOf('ST-ada'))['id']);
    await phone.page.goto(`${story.url}/portal/payouts/${other}`);
    await phone.page.getByRole('alert').waitFor();
    expect(await phone.page.getByText('120.00').count()).toBe(0);
  });
});

describe('a payout belongs to a creator, by a schedule of their own', () => {
  it('the operator sets the schedule, and no amount below the least one of the platform', async () => {
    await story.ask('PATCH', '/api/admin/settings', { minimumPayout: { USD: 5000 } });
    const { page } = olga;
    await page.goto(`${story.url}/payees/ada`);
    await page.getByRole('button', { name: 'Change…: schedule' }).click();
    const dialog = page.getByRole('dialog', { name: 'Schedule of Ada Alto' });
    await dialog.getByRole('radio', { name: 'Every month' }).check();
    await dialog.getByLabel('Least amount, USD').fill('4,50,0');
    await dialog.getByLabel('Least amount, USD').press('Enter');
    await dialog.getByText('This is not an amount, such as 120.00').waitFor();
    await dialog.getByLabel('Least amount, USD').fill('45');
    await dialog.getByRole('button', { name: 'Save the schedule' }).click();
    await dialog.getByText('The least amount of the platform: 50.00 USD').waitFor();
    await dialog.getByLabel('Least amount, USD').fill('75,50');
    await dialog.getByLabel('At once from, USD').fill('80');
    expect(await lookAt(page, 'story-schedule')).toEqual([]);
    await dialog.getByRole('button', { name: 'Save the schedule' }).click();
    await dialog.waitFor({ state: 'detached' });
    const box = page.getByRole('region', { name: 'Schedule' });
    await box.getByText('Every month, for them alone: Olga Operator set it.').waitFor();
    await box.getByText('75.50 USD').waitFor();
  });

  it('the clock asks when there is enough, an approver who was looking says yes, and the operator sends it', async () => {
    await anna.page.goto(story.url);
    await anna.page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor();
    await statement('ST-ada-2', 'ada', 9000, null);
    await story.advance(120);
    await anna.page.getByRole('heading', { level: 3, name: '1 payout waits for approval' }).waitFor();
    await anna.page.getByRole('link', { name: 'Approve or decline' }).first().click();
    await anna.page.getByRole('heading', { level: 2, name: '90.00 USD to Ada Alto' }).waitFor();
    await anna.page.getByRole('button', { name: 'Approve and next' }).click();
    await anna.page.getByText('Approved: 90.00 USD to Ada Alto.').waitFor();
    const { page } = olga;
    await page.goto(`${story.url}/payouts?status=approved&need=approved_to_pay`);
    await page.getByRole('button', { name: 'Pay what is approved…' }).click();
    await page.getByRole('button', { name: /^Pay 1 payout, 90\.00.USD$/ }).click();
    await page.getByText('1 payout is on its way').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const chip = page.getByRole('button', { name: 'Only approved and ready to be sent ×' });
    await chip.click();
    await chip.waitFor({ state: 'detached' });
    expect(new URL(page.url()).searchParams.has('need')).toBe(false);
    await story.until(
      async () => (await story.ask('GET', '/api/admin/payouts?payeeId=ada')).body.data,
      (data: Json[]) => data.every(({ status }) => status === 'completed'),
    );
  });

  it('a name is changed for both, and whoever is blocked reads it on the phone, until they are freed', async () => {
    const { page } = olga;
    const ada = await asPayee(browser, story, 'ada');
    await ada.page.getByRole('heading', { level: 1, name: 'Hello, Ada Alto' }).waitFor();
    await page.goto(`${story.url}/payees/ada`);
    await page.getByRole('button', { name: 'More…' }).click();
    await page.getByRole('menuitem', { name: 'Rename…' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Ada Alto-Bass');
    await page.getByRole('button', { name: 'Save the name' }).click();
    await page.getByRole('heading', { level: 1, name: 'Ada Alto-Bass' }).waitFor();
    await page.getByRole('button', { name: 'More…' }).click();
    await page.getByRole('menuitem', { name: 'Block…' }).click();
    expect(await lookAt(page, 'story-block')).toEqual([]);
    await page.getByRole('button', { name: 'Block Ada Alto-Bass' }).click();
    await page.getByRole('heading', { level: 2, name: /blocked/i }).waitFor();
    await ada.page.getByRole('heading', { level: 2, name: 'Your payouts are paused' }).waitFor();
    await ada.page.getByRole('heading', { level: 1, name: 'Hello, Ada Alto-Bass' }).waitFor();
    await page.getByRole('button', { name: 'More…' }).click();
    await page.getByRole('menuitem', { name: 'Free…' }).click();
    await page.getByRole('button', { name: 'Free Ada Alto-Bass' }).click();
    await ada.page
      .getByRole('heading', { level: 2, name: 'Your payouts are paused' })
      .waitFor({ state: 'detached' });
    expect(ada.wrong).toEqual([]);
  });
});

describe('a part that came back', () => {
  it('stands in the field already when somebody decides about it, and can be decided once', async () => {
    const payoutMethod = { type: 'stripe', destination: 'acct_1Paul_partly' };
    await story.ask('POST', '/api/admin/payees', { externalId: 'paul', name: 'Paul Piccolo', payoutMethod });
    await story.ask('POST', '/api/admin/cycles', { id: 'late', name: 'Late statements' });
    await statement('ST-paul', 'paul', 3000, 'late');
    await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'late', provider: 'stripe' });
    // The sandbox takes half of it back when somebody looks, and tells of it.
    await story.until(
      async () => {
        await story.ask('GET', '/api/sandbox/effects?provider=stripe');
        return payoutOf('ST-paul');
      },
      ({ reason }) => JSON.stringify(reason).includes('partly_reversed'),
    );
    const owner = await asMember(browser, await addMember(story, 'owner', 'Oda Owner'));
    await owner.page.goto(`${story.url}/payouts/ST-paul`);
    await owner.page.getByRole('button', { name: 'Decide about the part that came back' }).click();
    const dialog = owner.page.getByRole('dialog', { name: 'Part of it came back' });
    const field = dialog.getByLabel('Amount that came back (USD)');
    expect(await field.inputValue()).toBe('15.00');
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('Reversed by mistake');
    await dialog.getByRole('radio', { name: /^The payee is owed it/ }).check();
    await dialog.getByRole('button', { name: 'Decide about the part of Paul Piccolo' }).click();
    await dialog.waitFor({ state: 'detached' });
    const again = owner.page.getByRole('button', { name: 'Decide about the part that came back' });
    await owner.page.getByText('Everything that came back has been decided about.').last().waitFor();
    expect(await again.getAttribute('aria-disabled')).toBe('true');
    expect(owner.wrong).toEqual([]);
  });
});

describe('numbers', () => {
  it('show payouts per day, success and failure rate, time to arrive and retries of the month', async () => {
    const { page } = olga;
    await page.goto(`${story.url}/numbers`);
    await page
      .getByRole('region', { name: 'Success rate' })
      .getByText(/\s% of the \d+ payouts/)
      .waitFor();
    await page
      .getByRole('region', { name: 'Time to arrive' })
      .getByText(/Stripe: half within/)
      .waitFor();
    await page.getByRole('region', { name: 'Top payees' }).getByRole('link', { name: 'Tim Tenor' }).waitFor();
  });

  it('nothing broke in any of the pages meanwhile', () => {
    expect([...olga.wrong, ...anna.wrong, ...phone.wrong]).toEqual([]);
  });
});
