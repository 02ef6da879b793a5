import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember } from './people.ts';
import { openStage, scheduleLater } from './stage.ts';

// What is under way and unknown, and what there is to pay from.

const month = 31 * 86_400;
const evidence = 'Activity report of the last month: no batch under this key.';

let story: Story;
let browser: Browser;
let olga: Member;
let anna: Member;
openStage({ olga: ['operator', 'Olga Operator'], anna: ['approver', 'Anna Approver'] }, (stage) => {
  ({ story, browser, olga, anna } = stage);
});

/** A cycle with one winner. */
async function winner(cycleId: string, amount: number) {
  await story.ask('POST', '/api/admin/cycles', { id: cycleId, name: `Contest ${cycleId}` });
  const payee = {
    name: `Ana ${cycleId}`,
    payoutMethod: { type: 'paypal', destination: `${cycleId}@example.com` },
  };
  const earning = { sourceType: 'winner', externalId: cycleId, payeeExternalId: cycleId, cycleId, amount };
  await story.ask('POST', '/api/admin/earnings', { earnings: [{ ...earning, currency: 'USD', payee }] });
}

async function unknownNow() {
  return (await story.ask('GET', '/api/admin/status')).body['unknownSubmissions'] as { waitingOn: string }[];
}

describe('an answer that was lost', () => {
  it('is told with what to do, and decided by an approver once the provider has forgotten it', async () => {
    await winner('lost', 2500);
    const fault = { fault: 'drop_before', times: null, method: 'POST', path: '/v1/payments/payouts' };
    await story.ask('POST', '/api/sandbox/faults', fault);
    await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'lost' });
    await story.until(unknownNow, (unknown) => unknown.length === 1);

    const olgas = await asMember(browser, olga);
    await olgas.page.goto(`${story.url}/status`);
    await olgas.page.getByText('1 payout, 25.00 USD').waitFor();
    await olgas.page.getByText('Nothing to do: Purser sends the same bytes').waitFor();
    await olgas.page.getByText('0 of 1 done').waitFor();
    expect(await lookAt(olgas.page, 'status-unknown')).toEqual([]);

    await story.advance(month);
    await story.until(unknownNow, ([one]) => one?.waitingOn === 'you');
    await story.ask('DELETE', '/api/sandbox/faults');
    // The page follows by itself; an operator reads who may decide.
    const off = olgas.page.getByRole('button', { name: 'Say what became of it' });
    await off.waitFor();
    expect(await off.getAttribute('aria-disabled')).toBe('true');
    await olgas.page.getByText('An owner or approver can say what became of it.').waitFor();

    const annas = await asMember(browser, anna);
    await annas.page.goto(`${story.url}/status`);
    await annas.page.getByRole('button', { name: 'Say what became of it' }).click();
    const dialog = annas.page.getByRole('dialog', { name: 'What became of it?' });
    await dialog.getByRole('button', { name: 'It was sent' }).click();
    await dialog.getByText('Please fill this in').waitFor();
    expect(
      await dialog.getByLabel('Batch id at the provider').evaluate((field) => field.matches(':focus')),
    ).toBe(true);
    await dialog.getByRole('radio', { name: 'It was not sent' }).check();
    await dialog.getByLabel('What you looked at').fill(evidence);
    expect(await lookAt(annas.page, 'status-resolve')).toEqual([]);
    await dialog.getByRole('button', { name: 'It was not sent' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await annas.page.getByRole('heading', { name: 'Outcome unknown' }).waitFor({ state: 'hidden' });
    await annas.page.getByRole('region', { name: 'Last runs' }).getByText('1 Failed').waitFor();
    expect([...olgas.wrong, ...annas.wrong]).toEqual([]);
  });
});

describe('an account that does not hold enough', () => {
  it('is said on the page of the float, by how much, and a run asks to be told that it is being funded', async () => {
    await winner('large', 500_000);
    // A ticket without a cycle is asked for by the next run of the clock.
    const day = await scheduleLater(story);
    const payoutMethod = { type: 'paypal', destination: 'organizer@example.com' };
    const organizer = { payeeExternalId: 'organizer', payee: { name: 'Olive Organizer', payoutMethod } };
    const ticket = { sourceType: 'ticket', externalId: 'T-1', amount: 400_000, currency: 'USD', feeBps: 0 };
    await story.ask('POST', '/api/admin/earnings', { earnings: [{ ...ticket, ...organizer }] });
    await story.ask('POST', '/api/sandbox/balance', { currency: 'USD', amount: 376_000 });
    await story.advance(6 * 60);
    await story.until(
      async () => (await story.ask('GET', '/api/admin/float')).text,
      (text) => text.includes('"available":376000'),
    );
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/float`);
    await page.getByText('The run of cycle large is 1,240.00 USD short').waitFor();
    const account = page.getByRole('region', { name: 'PayPal, USD' });
    await account
      .getByText(new RegExp(`^On ${day} \\d+ \\w+ the account falls 240\\.00\\sUSD short\\. Fund it`))
      .waitFor();
    await account.locator('.plot svg path').waitFor();
    await account.getByRole('button', { name: 'Show as a table' }).click();
    const table = account.getByRole('table', { name: 'The next 14 days' });
    const row = new RegExp(`^${day} \\d+ \\w+ Run at .* −4,000\\.00\\sUSD −240\\.00\\sUSD$`);
    await table.getByRole('row', { name: row }).waitFor();
    const waiting = account.getByRole('table', { name: 'When you pay it' });
    await waiting.getByRole('link', { name: 'Contest large' }).waitFor();
    expect(await lookAt(page, 'float')).toEqual([]);

    await page.getByRole('link', { name: 'Contest large' }).click();
    await page.getByRole('button', { name: 'Pay 1 payee' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pay Contest large?' });
    await dialog.getByText('The account does not hold enough', { exact: true }).waitFor();
    const pay = dialog.getByRole('button', { name: 'Pay 1 payee 5,000.00 USD' });
    expect(await pay.getAttribute('aria-disabled')).toBe('true');
    await dialog.getByRole('checkbox', { name: 'Start although' }).check();
    expect(await pay.getAttribute('aria-disabled')).not.toBe('true');
    expect(wrong).toEqual([]);
  });
});
