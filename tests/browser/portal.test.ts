import { describe, expect, it } from 'vitest';
import { allThere, axeNow, isTooWide, takePicture } from './chromium.ts';
import { asPayee } from './people.ts';
import type { PortalStory } from './portal-support.ts';
import { look, openPortalStage, processApproved } from './portal-support.ts';

// A payee on a phone: what I have, when I get it, asking for it, and following it until it is there.

let told: PortalStory;
openPortalStage(async (stage) => {
  told = stage;
  await told.sell('jazz', { count: 5 });
  await told.sell('jazz', { count: 2, endedDaysAgo: 1, from: 6 });
  await told.sell('teyat', { count: 1 });
  await told.sell('teyat', { count: 4, endedDaysAgo: 3, from: 2 });
});

const phoneOf = (payee: string, more = {}) => asPayee(told.browser, told.story, payee, more);

describe('a payee', () => {
  it('sees what they have and when they get it, asks for it, and follows it to the end without a reload', async () => {
    const { page, wrong } = await phoneOf('jazz');
    await page.getByRole('heading', { level: 1, name: 'Hello, jazz' }).waitFor();
    await allThere(page);
    const balance = page.getByRole('region', { name: 'Balance in USD' });
    expect(await balance.textContent()).toMatch(
      /Available112\.50\u00A0USD.*Pending45\.00\u00A0USDfrom \w{3} \d+ \w{3} \d{4}/,
    );
    const next = page.getByRole('region', { name: 'Next payout' });
    expect(await next.textContent()).toMatch(
      /112\.50\u00A0USDwill be requested on \w{3} \d+ \w+ \d{4}, 17:00/,
    );
    expect(await next.textContent()).toContain('America/Port-au-Prince');
    expect(await look(page, 'home')).toEqual([]);

    await page.getByRole('link', { name: 'Request 112.50 USD' }).click();
    await page.getByText('You get exactly').waitFor();
    await page.getByText('Goes to PayPal j***@example.com').waitFor();
    expect(await look(page, 'request')).toEqual([]);
    await page.getByRole('button', { name: 'Request 112.50 USD' }).dblclick();
    await page.getByRole('heading', { level: 1, name: 'Payout of 112.50 USD' }).waitFor();
    const steps = page.getByRole('list', { name: 'Steps of this payout' });
    expect(await steps.textContent()).toMatch(
      /Requested, now.*Approved, still to come.*On its way, still to come/,
    );
    await page.getByText('It is the turn of the platform.').waitFor();
    await page.getByText(/approves or declines it by \w{3} \d+ \w{3} \d{4}, /).waitFor();
    await page.getByRole('note').getByText('Sandbox: no real money moves').waitFor();
    await page.getByText('It goes to PayPal j***@example.com.').waitFor();
    expect(await look(page, 'payout-requested')).toEqual([]);

    const { data } = (await told.story.ask('GET', '/api/admin/payouts?payeeId=jazz')).body;
    expect(data).toHaveLength(1);
    const id = String(data[0]?.['id']);
    await told.office.approve(id, told.approver);
    expect(await page.getByText('is on hold').count()).toBe(0);
    await page.getByText('Your platform sends it; no day is set for that. You need do nothing.').waitFor();
    await processApproved(told.story);
    await page.getByText('Done. The money has arrived at your payout method.').waitFor();
    expect(await steps.textContent()).toMatch(/Paid, done/);
    expect(await look(page, 'payout-paid')).toEqual([]);

    await page.getByRole('link', { name: 'Receipt' }).click();
    await page.getByRole('heading', { level: 1, name: 'Receipt of a payout' }).waitFor();
    await page.getByText(/^Paid on /).waitFor();
    expect(await page.getByRole('article').textContent()).toMatch(
      /5 earnings125\.00\u00A0USDFees\u221212\.50\u00A0USD/,
    );
    expect(await look(page, 'receipt')).toEqual([]);
    // On paper, too, nobody takes it for real money.
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('article').textContent()).toMatch(/^Sandbox: no real money moves/);
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false);
    expect(wrong).toEqual([]);
  });

  it('with too little reads what is missing and from when there is more, and cannot press anything', async () => {
    const { page, wrong } = await phoneOf('teyat');
    const ask = page.getByRole('region', { name: 'Request a payout' });
    await ask.getByText(/27\.50\u00A0USD is missing: a payout is at least 50\.00\u00A0USD\./).waitFor();
    await ask.getByText(/More becomes available on \w{3} \d+ \w{3} \d{4}\./).waitFor();
    const button = ask.getByRole('button', { name: 'Request a payout in USD' });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('Not enough is available for a payout yet.').waitFor();
    expect(await look(page, 'too-little')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('changes the language, and everything is said in it, by the server too', async () => {
    const { page, wrong } = await phoneOf('jazz', { locale: 'fr-FR' });
    await page.getByRole('heading', { level: 1, name: 'Bonjour, jazz' }).waitFor();
    await page.getByRole('link', { name: 'Profil' }).click();
    await page.getByLabel('Langue').selectOption('Kreyòl ayisyen');
    await page.getByRole('heading', { level: 1, name: 'Pwofil' }).waitFor();
    await page.getByRole('link', { name: 'Akèy' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bonjou, jazz' }).waitFor();
    await page.getByText('Peye', { exact: true }).waitFor();
    expect(await page.getByRole('main').textContent()).toMatch(
      /apati (lendi|madi|mèkredi|jedi|vandredi|samdi|dimanch) \d+/,
    );
    expect(await page.evaluate<string>('document.documentElement.lang')).toBe('ht');
    expect(await look(page, 'home-ht')).toEqual([]);
    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'Bonjou, jazz' }).waitFor();
    expect(wrong).toEqual([]);
  });

  it('reaches everything with a thumb on the smallest phone, in French and in the dark', async () => {
    const small = { width: 320, height: 640 };
    const { page, wrong } = await phoneOf('jazz', { viewport: small, locale: 'fr-FR', colorScheme: 'dark' });
    await page.evaluate<Promise<unknown>>(
      "fetch('/api/payee/profile', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ language: 'fr' }) })",
    );
    const { data } = (await told.story.ask('GET', '/api/admin/payouts?payeeId=jazz')).body;
    for (const place of [`payouts/${String(data[0]?.['id'])}`, 'methods/add']) {
      await page.goto(`${told.story.url}/portal/${place}`);
      await allThere(page);
      await takePicture(page, `portal-small-${place.replace(/\W.*/, '')}`);
      expect(await isTooWide(page)).toBe(false);
      for (const at of ['0', 'document.body.scrollHeight / 2', 'document.body.scrollHeight']) {
        await page.evaluate(`window.scrollTo(0, ${at})`);
        expect(await axeNow(page), `${place} at ${at}`).toEqual([]);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('signs out, and the page shows nothing of theirs any more', async () => {
    const { page, wrong } = await phoneOf('teyat', { viewport: { width: 320, height: 640 } });
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('heading', { level: 2, name: 'Where you are signed in' }).waitFor();
    await page.getByText('This one').waitFor();
    expect(await isTooWide(page)).toBe(false);
    expect(await look(page, 'profile')).toEqual([]);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    expect(await look(page, 'door')).toEqual([]);
    await page.goto(`${told.story.url}/portal/payouts`);
    await page.getByLabel('Your e-mail address').waitFor();
    expect(wrong).toEqual([]);
  });

  it('is asked to sign in in the language they chose, by an English browser, and lands where they wanted to go', async () => {
    const { page, wrong } = await phoneOf('teyat');
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByLabel('Language').selectOption('Français');
    await page.getByRole('heading', { level: 1, name: 'Profil' }).waitFor();

    // What was done is said at the foot, above the places, and covers no title and no button that is in use.
    await page.getByRole('button', { name: 'Enregistrer le nom' }).click();
    const toast = page.getByRole('group').filter({ has: page.getByRole('button', { name: 'Fermer' }) });
    const places = page.getByRole('navigation').last();
    await toast.waitFor();
    const [said, below] = await Promise.all([toast.boundingBox(), places.boundingBox()]);
    expect(said?.y).toBeGreaterThan(422);
    expect((said?.y ?? 0) + (said?.height ?? 0)).toBeLessThanOrEqual(below?.y ?? 0);
    await takePicture(page, 'portal-toast-phone-light', false);

    // The session is over: the page itself leads to the door, and the door back.
    const link = await told.story.portalLink('teyat');
    await page.context().clearCookies({ name: 'purser-portal.session' });
    await page.goto(`${told.story.url}/portal/methods`);
    await page.getByRole('heading', { level: 1, name: 'Se connecter' }).waitFor();
    await page.goto(link.replace(/^https?:\/\/[^/]+/, told.story.url));
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.waitForURL(`${told.story.url}/portal/methods`);
    await page.getByRole('heading', { level: 1, name: 'Moyens' }).waitFor();
    expect(wrong).toEqual([]);
  });
});
