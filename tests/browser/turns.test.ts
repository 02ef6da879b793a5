import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Json, Story } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { addMember, asMember, asPayee } from './people.ts';
import { openStage } from './stage.ts';

// Whose turn it is, and what a button would really do, before somebody presses it for nothing.

let story: Story;
let browser: Browser;
let operator: Member;

const payoutsOf = async (cycleId: string): Promise<Json[]> =>
  (await story.ask('GET', `/api/admin/payouts?cycleId=${cycleId}`)).body.data;

/** A second method that is the default and still serves its cool-off. */
async function changeMethod(payeeId: string, destination: string): Promise<void> {
  const added = await story.ask('POST', `/api/admin/payees/${payeeId}/payout-methods`, {
    type: 'paypal',
    destination,
    use: 'default',
  });
  expect(added.status, added.text).toBe(201);
  expect(added.body).toMatchObject({ isDefault: true, status: 'cooling_off' });
}

openStage({ operator: ['operator', 'Otto Operator'] }, async (stage) => {
  ({ story, browser, operator } = stage);
  await story.ask('POST', '/api/admin/cycles', { id: 'may', name: 'May' });
  const earnings = ['Ana', 'Ben'].map((name) => ({
    sourceType: 'winner',
    externalId: `may-${name}`,
    payeeExternalId: name.toLowerCase(),
    cycleId: 'may',
    amount: 2500,
    currency: 'USD',
    payee: {
      name,
      payoutMethod: { type: 'paypal', destination: `${name.toLowerCase()}+failed@example.com` },
    },
  }));
  await story.ask('POST', '/api/admin/earnings', { earnings });
  await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'may' });
  await story.until(
    () => payoutsOf('may'),
    (payouts) => payouts.length === 2 && payouts.every(({ status }) => status === 'failed'),
  );
});

describe('an operator', () => {
  it('is led to what waits for payees by a button that invites nobody to try again, with as many as it says', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(story.url);
    const failed = page.getByRole('listitem').filter({ hasText: '2 failed payouts need attention' });
    const see = failed.getByRole('link', { name: 'See 2 that wait for the payee' });
    await see.waitFor();
    expect(await failed.getByRole('link', { name: /retry/i }).count()).toBe(0);
    expect(await failed.getByText('Your turn').count()).toBe(0);
    // In payments, live is the opposite of a sandbox.
    await page.getByText('Up to date', { exact: true }).waitFor();
    expect(await page.getByText('Live', { exact: true }).count()).toBe(0);
    expect(await lookAt(page, 'turns-inbox')).toEqual([]);
    await see.click();
    await page.getByText('2 payouts, 50.00 USD').waitFor();
    expect(new URL(page.url()).searchParams.get('waitingOn')).toBe('payee');
    expect(wrong).toEqual([]);
  });

  it('reads of a cycle and of its dry run how many failed before', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/cycles`);
    await page.getByRole('cell', { name: 'All 2 failed before' }).waitFor();
    await page.getByRole('link', { name: 'May' }).click();
    const note = page.getByRole('note').filter({ hasText: '2 payouts of this cycle failed before' });
    await note.getByText('2 would go to the same method again and fail there:').waitFor();
    await note.getByText("2 × The payee's account is locked or limited at the provider.").waitFor();
    // They are left out, so that there is nobody to pay, unless somebody wants it all the same.
    await note.getByText(/^Nobody is left to pay\./).waitFor();
    const pay = page.getByRole('button', { name: 'Pay 2 payees' });
    expect(await pay.count()).toBe(0);
    expect(await lookAt(page, 'turns-cycle')).toEqual([]);
    await note.getByRole('checkbox', { name: /^Leave these 2 out/ }).click();
    await pay.click();
    const dialog = page.getByRole('dialog', { name: 'Pay May?' });
    await dialog.getByText('2 of them go to the same method as before').waitFor();
    await dialog.getByRole('button', { name: 'Do not pay' }).click();
    expect(wrong).toEqual([]);
  });

  it('is warned before several are paid again where they failed, and passes them over', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts?cycle=may`);
    await page.getByRole('link', { name: 'Ben' }).waitFor();
    await page.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
    await page.getByRole('button', { name: 'Retry…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pay several again' });
    await dialog.getByText('2 of them failed or came back for a reason that lasts').waitFor();
    await dialog.getByText("2 × The payee's account is locked or limited at the provider.").waitFor();
    const none = dialog.getByRole('button', { name: 'Pay nobody' });
    expect(await none.isDisabled()).toBe(true);
    expect(await lookAt(page, 'turns-several')).toEqual([]);
    await dialog.getByRole('checkbox', { name: /^Leave these 2 out/ }).click();
    await dialog.getByRole('button', { name: 'Pay 2 again, 50.00 USD' }).waitFor();
    await dialog.getByRole('button', { name: 'Back' }).click();
    await page.goto(`${story.url}/cycles/may`);
    await page.getByRole('button', { name: 'Retry failed' }).click();
    const failed = page.getByRole('dialog', { name: 'Pay again what failed?' });
    await failed.getByText('2 would go to the same method again and fail there:').waitFor();
    expect(await failed.getByRole('button', { name: 'Retry nobody' }).isDisabled()).toBe(true);
    await failed.getByRole('checkbox', { name: /^Leave these 2 out/ }).click();
    await failed.getByRole('button', { name: 'Retry 2 payouts 50.00 USD' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('sees in the dry run who was paid as much elsewhere a moment ago, and can pay all the same', async () => {
    for (const cycle of ['june', 'june-again']) {
      await story.ask('POST', '/api/admin/cycles', { id: cycle });
      const payoutMethod = { type: 'paypal', destination: 'cleo@example.com' };
      const payee = { name: 'Cleo', payoutMethod };
      const earning = { sourceType: 'winner', externalId: `${cycle}-1`, payeeExternalId: 'cleo', payee };
      const earnings = [{ ...earning, cycleId: cycle, amount: 700, currency: 'USD' }];
      await story.ask('POST', '/api/admin/earnings', { earnings });
      if (cycle === 'june') await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: cycle });
    }
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/cycles/june-again`);
    const note = page.getByRole('note').filter({ hasText: '1 suspected duplicate, 7.00 USD' });
    await note.getByText(/in cycle june, /).waitFor();
    expect(await lookAt(page, 'turns-duplicates')).toEqual([]);
    await note.getByRole('link', { name: 'Cleo, 7.00 USD' }).waitFor();
    await page.getByRole('button', { name: 'Pay 1 payee' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('reads before a retry where it goes, and that it is where it failed', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts/may-Ana`);
    await page.getByRole('button', { name: 'Retry' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pay it again' });
    await dialog.getByText(/^It goes to PayPal a\S*@example\.com, added /).waitFor();
    await dialog.getByText(/The last attempt went there, too/).waitFor();
    expect(await lookAt(page, 'turns-retry')).toEqual([]);
    // Meanwhile the method is changed, and serves its cool-off: the refusal says why, until when and what to do.
    await changeMethod('ana', 'ana.new@example.com');
    await dialog.getByRole('button', { name: 'Pay 25.00 USD to Ana again' }).click();
    await dialog.getByText(/on hold until .*: the payout method changed\./).waitFor();
    await dialog.getByText(/^It can be sent from .*2\d{3}.* on\. Press the button again then\.$/).waitFor();
    expect(await lookAt(page, 'turns-refused')).toEqual([]);
    expect(wrong.filter((line) => !line.includes('409'))).toEqual([]);
  });

  it('is not offered a retry that would be refused', async () => {
    await changeMethod('ben', 'ben.new@example.com');
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts/may-Ben`);
    await page
      .getByText(/^The payout method was changed; it is used from .* on\. Retry then\.$/)
      .last()
      .waitFor();
    const retry = page.getByRole('button', { name: 'Retry' });
    expect(await retry.getAttribute('aria-disabled')).toBe('true');
    // Nothing invites meanwhile: least of all to say that it was paid elsewhere.
    const deeds = page.getByRole('region', { name: 'What you can do' }).getByRole('button');
    const looks = await deeds.evaluateAll((buttons) => buttons.map((one) => one.dataset['variant']));
    expect(looks.length).toBeGreaterThan(1);
    expect(looks).not.toContain('filled');
    expect(wrong).toEqual([]);
  });

  it('reads on the payout and before the next run who moves next, as its payee does in the portal', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts/may-Ben`);
    const turn = page.getByText(
      /Until .* it is the clock's turn: .* Then it is yours: retry it, or pay its cycle/,
    );
    await turn.first().waitFor();
    await page.goto(`${story.url}/cycles/may`);
    const dryRun = page.getByRole('region', { name: 'Dry run' });
    await dryRun
      .getByText(/^Until .* it is the clock's turn\. Then it is yours: pay this cycle again/)
      .waitFor();
    await dryRun.getByText('Waits for its time').waitFor();
    expect(await lookAt(page, 'turns-left-out')).toEqual([]);
    const id = String((await payoutsOf('may')).find(({ payeeId }) => payeeId === 'ben')?.['id']);
    const own = await asPayee(browser, story, 'ben');
    await own.page.getByRole('heading', { level: 1 }).waitFor();
    await own.page.goto(`${story.url}/portal/payouts/${id}`);
    await own.page
      .getByText(
        /Until .* it is the clock’s turn: .* Then it is the turn of the platform, which pays this again/,
      )
      .waitFor();
    await own.page.getByText('It only takes time: you need do nothing.').waitFor();
    expect(await lookAt(own.page, 'turns-portal')).toEqual([]);
    // Until then it stands among what needs somebody: nothing sends it by itself.
    await page.goto(story.url);
    await page.getByRole('link', { name: /^See \d that waits? for (its|their) time$/ }).click();
    await page.getByRole('link', { name: 'Ben' }).first().waitFor();
    expect([...wrong, ...own.wrong]).toEqual([]);
  });

  it('sends an approved payout with the first button, and marks it paid only if it went elsewhere', async () => {
    await story.ask('POST', '/api/admin/payees', {
      externalId: 'cleo',
      name: 'Cleo',
      payoutMethod: { type: 'paypal', destination: 'cleo@example.com' },
    });
    const single = { payeeId: 'cleo', amount: 700, currency: 'USD', reason: 'Expenses' };
    const made = await story.ask('POST', '/api/admin/payouts', single);
    expect(made.status, made.text).toBe(201);
    const id = String(made.body['id']);
    // Whoever asked for it does not approve it.
    const { cookies } = await addMember(story, 'approver', 'Abe Approver');
    const approved = await fetch(`${story.url}/api/admin/payouts/approve`, {
      method: 'POST',
      headers: {
        origin: story.url,
        'content-type': 'application/json',
        'idempotency-key': 'approve-cleo',
        cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
      },
      body: JSON.stringify({ payoutIds: [id] }),
    });
    expect(approved.status).toBe(200);
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/payouts/${id}`);
    const deeds = page.getByRole('region', { name: 'What you can do' });
    await deeds.getByRole('button', { name: 'Mark paid (sent elsewhere)' }).waitFor();
    expect(await deeds.getByRole('button').first().textContent()).toBe('Pay what is approved…');
    expect(await lookAt(page, 'turns-approved')).toEqual([]);
    await deeds.getByRole('button', { name: 'Pay what is approved…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Pay what is approved' });
    await dialog.getByRole('button', { name: 'Pay 1 payout, 7.00 USD' }).click();
    await dialog.getByText('1 payout is on its way').waitFor();
    expect(wrong).toEqual([]);
  });

  it('drops a file and names the cycle, and it is looked at without another key', async () => {
    const { page, wrong } = await asMember(browser, operator);
    await page.goto(`${story.url}/import`);
    await page.getByRole('button', { name: 'Or paste rows' }).click();
    const rows = 'payee_id,name,email,amount,currency,reference\nu1,Uma,uma@example.com,10.00,USD,r1\n';
    await page.getByRole('textbox', { name: 'Rows' }).fill(rows);
    await page.getByRole('button', { name: 'Look at these rows' }).click();
    await page.getByRole('combobox', { name: 'Cycle' }).fill('june');
    await page.getByText('1 row, and it is good').waitFor();
    expect(wrong).toEqual([]);
  });
});
