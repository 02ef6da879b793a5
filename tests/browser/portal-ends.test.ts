import { describe, expect, it } from 'vitest';
import { asPayee } from './people.ts';
import type { PortalStory } from './portal-support.ts';
import { look, openPortalStage } from './portal-support.ts';

// What did not simply arrive, as the payee reads it on a phone: what happened, where the money is, whose turn it is.

let told: PortalStory;
openPortalStage(async (stage) => {
  told = stage;
  await told.story.ask('PATCH', '/api/admin/settings', { payoutFrequency: 'manual' });
  await told.sell('waits', { method: { type: 'paypal', destination: 'waits+unclaimed@example.com' } });
  await told.sell('back', { method: { type: 'paypal', destination: 'back+refunded@example.com' } });
  await told.sell('no');
});

describe('a payee', () => {
  it('is told that money waits to be claimed, where, and until when', async () => {
    await told.pay(await told.office.request('waits'));
    const { page, wrong } = await asPayee(told.browser, told.story, 'waits');
    await page.getByRole('heading', { level: 2, name: '90.00 USD waits for you' }).waitFor();
    await page.getByRole('link', { name: 'See this payout' }).click();
    const next = page.getByRole('region', { name: 'What happens next' });
    await next.getByText('It is your turn.').waitFor();
    await next
      .getByText(/Create an account|Open an account|claim/i)
      .first()
      .waitFor();
    expect(await page.getByRole('list', { name: 'Steps of this payout' }).textContent()).not.toMatch(
      /Paid, done/,
    );
    expect(await look(page, 'unclaimed')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('reads why a request was declined while looking at it, and can ask again', async () => {
    const id = await told.office.request('no');
    const { page, wrong } = await asPayee(told.browser, told.story, 'no');
    await page.getByRole('link', { name: 'Follow this payout' }).click();
    await page.getByRole('heading', { level: 1, name: 'Payout of 90.00 USD' }).waitFor();
    const declined = await told.approver('POST', '/api/admin/payouts/decline', {
      payoutIds: [id],
      reason: 'The event was moved to May',
    });
    expect(declined.status).toBe(200);
    await page
      .getByText(/^The platform declined it: The event was moved to May\./)
      .first()
      .waitFor();
    await page.getByText('Nobody has to do anything.').waitFor();
    expect(await page.getByRole('list', { name: 'Steps of this payout' }).textContent()).toMatch(/Declined/);
    expect(await look(page, 'declined')).toEqual([]);
    await page.getByRole('link', { name: 'Home' }).click();
    await page.getByRole('link', { name: 'Request 90.00 USD' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('sees that a payment came back, and what to do about it', async () => {
    const id = await told.office.request('back');
    await told.pay(id);
    await told.story.until(
      async () => (await told.office.payoutOf(id))['status'],
      (status) => status === 'completed' || status === 'returned',
    );
    // What has arrived is looked at again every twelve hours.
    await told.story.advance(13 * 3600);
    await told.story.until(
      async () => (await told.office.payoutOf(id))['status'],
      (status) => status === 'returned',
    );
    const { page, wrong } = await asPayee(told.browser, told.story, 'back');
    await page.getByRole('link', { name: 'Payouts', exact: true }).click();
    await page.getByText('Came back').first().waitFor();
    await page.goto(`${told.story.url}/portal/payouts/${id}`);
    await page.getByRole('heading', { level: 1, name: 'Payout of 90.00 USD' }).waitFor();
    expect(await page.getByRole('list', { name: 'Steps of this payout' }).textContent()).toMatch(/Came back/);
    expect(await look(page, 'returned')).toEqual([]);
    expect(wrong).toEqual([]);
  });
});
