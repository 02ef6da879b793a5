import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Json, Story } from '../e2e/story.ts';
import type { Watched } from './chromium.ts';
import { lookAt } from './chromium.ts';
import { asMember } from './people.ts';
import { openStage } from './stage.ts';

// How paying goes, for eyes, for ears and for the keyboard; and finding what was paid.

let story: Story;
let browser: Browser;
let vera: Watched;
openStage({ vera: ['viewer', 'Vera Viewer'] }, async (stage) => {
  ({ story, browser } = stage);
  await pay('18', 'USD', { ana: 'ana@example.com', ben: 'ben+failed@example.com', cleo: 'cleo@example.com' });
  await pay('19', 'EUR', { dan: 'dan@example.com' });
  vera = await asMember(browser, stage.vera);
});

/** Pays 25.00 to each, and waits until nothing is on its way. */
async function pay(
  cycleId: string,
  currency: string,
  payees: Readonly<Record<string, string>>,
): Promise<void> {
  await story.ask('POST', '/api/admin/cycles', { id: cycleId, name: `Contest ${cycleId}` });
  const earnings = Object.entries(payees).map(([name, destination]) => ({
    sourceType: 'winner',
    externalId: `${cycleId}-${name}`,
    payeeExternalId: name,
    cycleId,
    amount: 2500,
    currency,
    payee: { name: `${name} Winner`, payoutMethod: { type: 'paypal', destination } },
  }));
  await story.ask('POST', '/api/admin/earnings', { earnings });
  const { body } = await story.ask('POST', '/api/admin/payout-batches/process', { cycleId });
  await story.until(
    async () => (await story.ask('GET', `/api/admin/payout-batches/${String(body['batchId'])}`)).body,
    (batch: Json) => batch['status'] === 'completed',
  );
}

describe('whoever looks at the numbers', () => {
  it('reads each chart as a sentence', async () => {
    const { page, wrong } = vera;
    await page.goto(`${story.url}/numbers`);
    const sent = page.getByRole('region', { name: 'Sent value' });
    await sent.getByText(/75\.00.USD was sent in 3 payouts: 50\.00.USD arrived.*25\.00.USD failed/).waitFor();
    await page
      .getByRole('region', { name: 'Success rate' })
      .getByText(/75\s% of the 4 payouts/)
      .waitFor();
    await page.getByRole('region', { name: 'Why payouts fail' }).getByText('one payout failed').waitFor();
    await page
      .getByRole('region', { name: 'Time to arrive' })
      .getByText(/PayPal: half within/)
      .waitFor();
    await page.locator('.plot-bars').first().waitFor();
    expect(await lookAt(page, 'numbers')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('reads them as tables by the keyboard alone, and changes currency and span', async () => {
    const { page, wrong } = vera;
    const sent = page.getByRole('region', { name: 'Sent value' });
    await sent.getByRole('button', { name: 'Show as table' }).press('Enter');
    const row = sent.getByRole('table', { name: 'Sent value' }).getByRole('row').nth(1);
    expect(await row.innerText()).toMatch(/3\s+50\.00.USD\s+0\.00.USD\s+0\.00.USD\s+25\.00.USD/);
    await sent.getByLabel('Currency').selectOption('EUR');
    await sent.getByText(/25\.00.EUR was sent in one payout/).waitFor();
    const reasons = page.getByRole('region', { name: 'Why payouts fail' });
    await reasons.getByRole('button', { name: 'Show as table' }).press('Enter');
    await reasons.getByRole('link', { name: '1', exact: true }).waitFor();
    await page.getByText('A year').click();
    await page.getByText('Month', { exact: true }).click();
    await page.waitForURL((url) => url.search === '?days=365&by=month');
    await sent.getByText(/In the last 365 days/).waitFor();
    const top = page.getByRole('region', { name: 'Top payees' });
    await top.getByRole('link', { name: 'dan Winner' }).waitFor();
    expect(await lookAt(page, 'numbers-tables')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('finds a payee, a payout and a cycle from anywhere', async () => {
    const { page, wrong } = vera;
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Go to a page, or search').fill('cleo');
    await page.getByRole('button', { name: 'cleo Winner' }).first().waitFor();
    expect(await lookAt(page, 'palette')).toEqual([]);
    // The first hit is chosen: no arrow is needed.
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/payees\//);
    expect(wrong).toEqual([]);
  });
});
