import type { Browser } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember, asPayee } from './people.ts';
import { openStage } from './stage.ts';

// What failed, as the page of the status tells it: what can be retried, why it failed, and what to do.

let story: Story;
let browser: Browser;
let olga: Member;
let vera: Member;
openStage({ olga: ['operator', 'Olga Operator'], vera: ['viewer', 'Vera Viewer'] }, async (stage) => {
  ({ story, browser, olga, vera } = stage);
  await story.ask('POST', '/api/admin/cycles', { id: 'may', name: 'May contest' });
  const earnings = ['Ana+failed', 'Ben+failed', 'Cyd+blocked', 'Dan'].map((to) => ({
    sourceType: 'winner',
    externalId: `may-${to}`,
    payeeExternalId: to.slice(0, 3),
    cycleId: 'may',
    amount: 2500,
    currency: 'USD',
    payee: { name: to.slice(0, 3), payoutMethod: { type: 'paypal', destination: `${to}@example.com` } },
  }));
  await story.ask('POST', '/api/admin/earnings', { earnings });
  await story.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'may' });
  await story.until(failed, (many) => many === 3);
});

const failed = async () =>
  Number((await story.ask('GET', '/api/admin/payouts/counts?status=failed')).body['total']);

/** Until a method that was added counts. */
const coolOff = 4 * 86_400;

describe('the page of the status', () => {
  it('says what failed in a batch and why, and leads to exactly those payouts', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/status`);
    const batches = page.getByRole('region', { name: 'Batches with failures' });
    await batches.getByRole('link', { name: 'May contest' }).waitFor();
    await batches.getByText('3 failed, 75.00 USD').waitFor();
    await batches.getByText('3 would fail again until their payees mend it').waitFor();
    const errors = page.getByRole('region', { name: 'Recent errors' });
    const locked = errors.getByRole('listitem').filter({ hasText: 'account is locked or limited' });
    await locked.getByText('The payee must resolve it with the provider or use another method').waitFor();
    await locked.getByText(/^2 payouts failed, 50\.00\sUSD, PayPal, last on /).waitFor();
    await errors.getByText('The provider blocked it for a legal or compliance reason').waitFor();
    await locked.getByRole('link', { name: 'See all 2' }).click();
    await page.getByText('2 payouts, 50.00 USD').waitFor();
    await page.getByRole('link', { name: 'Ben', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Only this reason ×' }).click();
    await page.getByText('3 payouts, 75.00 USD').waitFor();
    expect(wrong).toEqual([]);
  });

  it('follows by itself when a payee mends it, and retries it as a new batch; who only looks reads why not', async () => {
    const olgas = await asMember(browser, olga);
    await olgas.page.goto(`${story.url}/status`);
    const batches = olgas.page.getByRole('region', { name: 'Batches with failures' });
    await batches.getByText('3 would fail again').waitFor();
    const other = { type: 'paypal', destination: 'ana.new@example.com', use: 'default' };
    await story.ask('POST', '/api/admin/payees/Ana/payout-methods', other);
    await batches.getByText('1 cannot be paid now: its page says why').waitFor();
    await story.advance(coolOff);
    await batches.getByText('1 can be retried now').waitFor();
    await batches.getByText('2 would fail again').waitFor();
    expect(await lookAt(olgas.page, 'status-failures')).toEqual([]);

    const veras = await asMember(browser, vera, { locale: 'fr-FR' });
    await veras.page.goto(`${story.url}/status`);
    const lots = veras.page.getByRole('region', { name: 'Lots avec des échecs' });
    await lots.getByText('1 peut être réessayé maintenant').waitFor();
    expect(await lots.getByRole('button').getAttribute('aria-disabled')).toBe('true');
    expect(await lots.getByText('À l’équipe').count()).toBe(1);
    expect(await lots.getByText('À vous').count()).toBe(0);
    // No work is theirs, and no button says that they do it.
    await veras.page.goto(story.url);
    const needs = veras.page.getByRole('region', { name: 'Demande l’intervention de l’équipe' });
    await needs.getByRole('link', { name: 'En voir 1 qui attend l’équipe' }).waitFor();
    await needs.getByRole('link', { name: 'En voir 2 qui attendent le bénéficiaire' }).waitFor();
    expect(await lookAt(veras.page, 'inbox-viewer-fr')).toEqual([]);

    // What a payee says is told to whoever retries.
    const bens = await asPayee(browser, story, 'Ben');
    await bens.page.getByRole('heading', { level: 1, name: 'Hello, Ben' }).waitFor();
    const { body: ofBen } = await story.ask('GET', '/api/admin/payouts?payeeId=Ben');
    const again = `/api/payee/payouts/${String(ofBen.data[0]?.['id'])}/pay-again`;
    const asked = `{ method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }`;
    const said = bens.page.evaluate<number>(`fetch('${again}', ${asked}).then(({ status }) => status)`);
    expect(await said).toBe(200);
    await batches.getByText('2 can be retried now').waitFor();
    await batches.getByRole('button', { name: 'Retry failed' }).click();
    const dialog = olgas.page.getByRole('dialog', { name: 'Pay again what failed?' });
    const note = dialog.getByRole('note').filter({ hasText: '1 payee says that it is settled' });
    await note.getByRole('link', { name: 'Ben' }).waitFor();
    expect(await lookAt(olgas.page, 'retry-settled')).toEqual([]);
    await dialog.getByRole('button', { name: 'Retry 2 payouts 50.00 USD' }).click();
    await olgas.page.waitForURL('**/batches/*');
    await story.until(failed, (many) => many === 2);
    await olgas.page.goto(`${story.url}/status`);
    // Ana was paid; Ben failed once more, in the new batch.
    await batches.getByText('1 failed, 25.00 USD').nth(1).waitFor();
    await batches.getByText('Retried already as a new batch.').waitFor();
    await batches.getByRole('link', { name: 'Choose from what failed here' }).click();
    await olgas.page.getByText('2 payouts, 50.00 USD').waitFor();

    // Of several that are chosen, each deed says how many it can take.
    await olgas.page.goto(`${story.url}/payouts?cycle=may`);
    await olgas.page.getByRole('link', { name: 'Dan', exact: true }).waitFor();
    await olgas.page.getByRole('checkbox', { name: 'Choose all that are shown' }).click();
    const bar = olgas.page.getByRole('region', { name: 'Chosen payouts' });
    await bar.getByRole('button', { name: 'Retry 2 of 4…' }).waitFor();
    await bar.getByRole('button', { name: 'Cancel 2 of 4…' }).waitFor();
    for (const off of ['Approve…', 'Hold…']) {
      const button = bar.getByRole('button', { name: off });
      expect(await button.getAttribute('aria-disabled')).toBe('true');
      expect(await button.innerText()).not.toContain('of 4');
    }
    expect(await lookAt(olgas.page, 'bulk-some')).toEqual([]);
    expect([...olgas.wrong, ...veras.wrong]).toEqual([]);
  });
});
