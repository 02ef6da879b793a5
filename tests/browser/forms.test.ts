import type { Browser, Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import type { Found } from './console-forms.ts';
import {
  chooseFrom,
  dialogsOfConsole,
  formsOfConsole,
  missing,
  passwordCharsMin,
  press,
} from './console-forms.ts';
import { lookAt, newContext, openPage, takePicture } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember, asPayee } from './people.ts';
import { openStage } from './stage.ts';

// Every form, sent empty: what is missing stands at its field in our words, all of it at once, and the focus is at the first.

/** No form has more to go through. */
const fieldsMax = 20;
/** More than a word of what was done stays when nobody looks at it. */
const tooLongMs = 20_000;

const contest = 'forms';

/** Parts of the console, the last of them the rest. */
const areas = ['/payouts', '/payees', '/'] as const;

let story: Story;
let browser: Browser;
let olga: Member;
let ids: Readonly<Record<'waiting' | 'approved' | 'paid', string>>;

/** A payout that somebody else asked for; answers its id. */
async function ask(payeeId: string, method: Readonly<Record<string, string>>): Promise<string> {
  await story.ask('POST', '/api/admin/payees', { externalId: payeeId, name: payeeId, payoutMethod: method });
  const body = { payeeId, amount: 5000, currency: 'USD', reason: 'Prize of the jury' };
  const { status, text, body: made } = await story.ask('POST', '/api/admin/payouts', body);
  expect(status, text).toBe(201);
  return String(made['id']);
}

openStage({ olga: ['owner', 'Olga Owner'] }, async (stage) => {
  ({ story, browser, olga } = stage);
  const byPhone = { type: 'natcash', destination: '+50937654321' };
  const waiting = await ask('ana', { type: 'paypal', destination: 'ana@example.com' });
  const [approved, paid] = [await ask('bea', byPhone), await ask('cleo', byPhone)];
  const ready = await ask('dov', { type: 'paypal', destination: 'dov@example.com' });
  // Nobody approves what they asked for, so it is hers to approve.
  const yes = await fetch(`${story.url}/api/admin/payouts/approve`, {
    method: 'POST',
    headers: {
      origin: story.url,
      'content-type': 'application/json',
      'idempotency-key': 'approve-three',
      cookie: olga.cookies.map(({ name, value }) => `${name}=${value}`).join('; '),
    },
    body: JSON.stringify({ payoutIds: [approved, paid, ready] }),
  });
  expect(await yes.json()).toMatchObject({ done: 3 });
  await story.ask('POST', '/api/admin/payouts/mark-paid', { payoutId: paid, paymentReferenceId: 'MC-1' });
  ids = { waiting, approved, paid };
  await story.ask('POST', '/api/admin/cycles', { id: contest, name: 'Forms' });
  const winner = { sourceType: 'winner', externalId: 'eva', payeeExternalId: 'eva', cycleId: contest };
  const payee = { name: 'eva', payoutMethod: { type: 'paypal', destination: 'eva@example.com' } };
  const earned = { earnings: [{ ...winner, amount: 1000, currency: 'USD', payee }] };
  expect((await story.ask('POST', '/api/admin/earnings', earned)).status).toBeLessThan(300);
});

/** What stands at a field for whoever hears it: all that describes it. */
async function heardAt(page: Page, field: Locator): Promise<string> {
  const said = (await field.getAttribute('aria-describedby')) ?? '';
  const parts = said.split(/\s+/).filter((id) => id !== '');
  return (await Promise.all(parts.map((id) => page.locator(`[id="${id}"]`).innerText()))).join(' ');
}

/** The form that has this button, so that fields of others on the page are not meant. */
function formOf(page: Page, button: string | RegExp): Locator {
  return page
    .locator('form')
    .filter({ has: page.getByRole('button', { name: button }) })
    .last();
}

/** With the keyboard alone, from the first field on. */
async function reach(page: Page, form: Locator, button: Locator): Promise<void> {
  await form.locator('input, textarea, select, button').first().focus();
  for (let pressed = 0; pressed < fieldsMax; pressed += 1) {
    if (await button.evaluate((element) => element.matches(':focus'))) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the keyboard does not reach the button of the form');
}

/** Sends the form as it stands; expects what `says` says at each field, and the focus at the first of them. */
async function sendEmpty(page: Page, { button, says }: Pick<Found, 'button' | 'says'>): Promise<Locator> {
  const form = formOf(page, button);
  await reach(page, form, form.getByRole('button', { name: button }));
  await page.keyboard.press('Enter');
  const fields = Object.keys(says).map((label) =>
    form.getByLabel(label).and(page.locator('[data-field]')).first(),
  );
  for (const [at, words] of Object.values(says).entries()) {
    const field = fields[at] ?? form;
    await field.and(page.locator('[aria-invalid=true]')).waitFor();
    expect(await heardAt(page, field)).toContain(words);
    if (words === missing) expect(await field.getAttribute('required')).not.toBeNull();
  }
  expect(await form.locator('[aria-invalid=true]').count()).toBe(fields.length);
  expect(await fields[0]?.evaluate((element) => element.matches(':focus'))).toBe(true);
  return form;
}

/** The first fault is gone as soon as something stands there, and the others stay. */
async function mendFirst(
  form: Locator,
  { says, mended = '12' }: Pick<Found, 'says' | 'mended'>,
): Promise<void> {
  const first = form.locator('[aria-invalid=true]').first();
  const count = Object.keys(says).length;
  if ((await first.evaluate((element) => element.tagName)) === 'BUTTON') return;
  await first.fill(mended);
  await form
    .locator('[aria-invalid=true]')
    .nth(count - 1)
    .waitFor({ state: 'detached' });
  expect(await form.locator('[aria-invalid=true]').count()).toBe(count - 1);
}

describe('a form of the console', () => {
  it.each(areas)(
    'below %s says at each field what is missing, and nothing once it is there',
    async (area) => {
      const { page, wrong } = await asMember(browser, olga);
      const here = formsOfConsole(ids).filter(({ at }) => areas.find((one) => at.startsWith(one)) === area);
      expect(here.length).toBeGreaterThan(2);
      for (const one of here) {
        await page.goto(`${story.url}${one.at}`);
        await one.open?.(page);
        const form = await sendEmpty(page, one);
        if (one.picture) expect(await lookAt(page, `forms-${one.name}`), one.name).toEqual([]);
        await mendFirst(form, one);
      }
      expect(wrong).toEqual([]);
    },
  );

  it('gives the focus back to what opened it', async () => {
    const { page } = await asMember(browser, olga);
    await page.goto(`${story.url}/payees/ana`);
    const add = page.getByRole('button', { name: 'Add…' });
    await add.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await add.and(page.locator(':focus')).waitFor();
    await chooseFrom('More…', 'Rename…')(page);
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'More…' }).and(page.locator(':focus')).waitFor();
    await page.goto(`${story.url}/payouts`);
    await page.getByRole('checkbox', { name: 'Choose the payout of ana' }).click();
    await press('Approve…')(page);
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    // Nothing was done: what was chosen still is.
    await page.getByRole('button', { name: 'Approve…' }).and(page.locator(':focus')).waitFor();
  });

  it('says what is wrong with what stands there in the same way, before anything is sent', async () => {
    const { page, wrong } = await asMember(browser, olga);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    await page.goto(`${story.url}/people`);
    await press('Invite somebody')(page);
    await page.getByLabel('E-mail').fill('ben');
    await sendEmpty(page, {
      button: 'Make the link',
      says: { 'E-mail': 'Must be an e-mail address, such as ana@example.com' },
    });
    await page.goto(`${story.url}/account`);
    await page.getByRole('textbox', { name: 'New password' }).fill('short');
    await sendEmpty(page, {
      button: 'Change the password',
      says: {
        'Present password': missing,
        'New password': `Must have at least ${passwordCharsMin} characters`,
      },
    });
    await page.goto(`${story.url}/payouts/${ids.waiting}`);
    await press('Hold')(page);
    // Half a date has no value: without a word it would be taken for no end at all.
    await page.getByLabel('Reason').fill('Looking into it');
    await page.getByLabel('Until').press('1');
    await sendEmpty(page, { button: /^Hold 50/, says: { Until: 'This is not a whole date' } });
    expect(sent).toEqual([]);
    expect(wrong).toEqual([]);
  });
});

describe('a dialog whose deed is on its way', () => {
  it('stays until there is an answer, whatever is pressed, and can be left then', async () => {
    const { page, wrong } = await asMember(browser, olga);
    for (const one of dialogsOfConsole(ids, contest)) {
      const sent = Promise.withResolvers<void>();
      const answered = Promise.withResolvers<void>();
      await page.goto(`${story.url}${one.at}`);
      await one.open(page);
      const dialog = page.getByRole('dialog');
      for (const [label, words] of Object.entries(one.fill ?? {})) await dialog.getByLabel(label).fill(words);
      await page.route('**/api/admin/**', async (route) => {
        if (route.request().method() === 'GET' || route.request().url().endsWith('/preview'))
          return route.fallback();
        sent.resolve();
        await answered.promise;
        return route.abort();
      });
      await dialog.getByRole('button', { name: one.button }).click();
      await sent.promise;
      await page.keyboard.press('Escape');
      await page.mouse.click(5, 5);
      const back = dialog.getByRole('button', { name: /^(Back|Cancel|Close|Not now)$/, disabled: false });
      await expect.poll(() => back.count()).toBe(0);
      if (one.name === 'mark-paid') await takePicture(page, 'forms-sent', false);
      answered.resolve();
      await dialog.getByRole('alert').waitFor();
      await page.unroute('**/api/admin/**');
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
    expect(wrong).toEqual([]);
  });
});

describe('a word of what was done', () => {
  it('is read at once however quickly one goes on, and for as long as one looks at it', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.clock.install();
    await page.goto(`${story.url}/payees/cleo`);
    const toasts = page.locator('[aria-live=polite]').getByRole('group');
    const said = (name: string) => toasts.filter({ hasText: `They are called ${name} now.` });
    const rename = async (name: string) => {
      await chooseFrom('More…', 'Rename…')(page);
      await page.getByRole('dialog').getByLabel('Name').fill(name);
      await press('Save the name')(page);
      await said(name).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    for (const name of ['One', 'Two', 'Three', 'Four']) await rename(name);
    // The oldest made room, and none waits behind the others.
    await said('One').waitFor({ state: 'detached' });
    expect(await toasts.count()).toBe(3);
    expect(await page.getByRole('alert').count()).toBe(0);
    await takePicture(page, 'forms-toasts', false);
    await said('Four').getByRole('button', { name: 'Close' }).focus();
    await page.clock.fastForward(tooLongMs);
    for (const name of ['Two', 'Three']) await said(name).waitFor({ state: 'detached' });
    expect(await said('Four').count()).toBe(1);
    await page.getByRole('button', { name: 'More…' }).focus();
    await page.clock.fastForward(tooLongMs);
    await said('Four').waitFor({ state: 'detached' });
    await rename('cleo');
    await said('cleo').hover();
    await page.clock.fastForward(tooLongMs);
    expect(await said('cleo').count()).toBe(1);
    await page.getByRole('heading', { level: 1 }).hover();
    await page.clock.fastForward(tooLongMs);
    await said('cleo').waitFor({ state: 'detached' });
    expect(wrong).toEqual([]);
  });
});

describe('whoever signs in', () => {
  it('reads it at the door, at the second factor, and where the factor is set up', async () => {
    const { page, wrong } = await openPage(await newContext(browser));
    await page.goto(`${story.url}/account`);
    await page.getByLabel('E-mail').waitFor();
    const door = { button: 'Sign in', says: { 'E-mail': missing, Password: missing } };
    await mendFirst(await sendEmpty(page, door), { ...door, mended: olga.email });
    expect(await lookAt(page, 'forms-sign-in')).toEqual([]);
    await page.getByRole('textbox', { name: 'Password' }).fill(olga.password);
    await page.getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.getByRole('heading', { name: 'One more step' }).waitFor();
    await sendEmpty(page, { button: 'Sign in', says: { Code: missing } });
    await page.getByLabel('Code').fill(olga.recoveryCodes[0] ?? '');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await press('Remove the app')(page);
    await page.getByLabel('Your password').fill(olga.password);
    await press('Remove the app')(page);
    await press('Set up an app')(page);
    await sendEmpty(page, { button: 'Next', says: { 'Your password': missing } });
    await page.getByLabel('Your password').fill(olga.password);
    await press('Next')(page);
    await sendEmpty(page, { button: 'Check the code', says: { 'Six digits of the app': missing } });
    expect(await lookAt(page, 'forms-first-code')).toEqual([]);
    expect(wrong).toEqual([]);
  });
});

describe('a form of the portal', () => {
  it('says it in the same way, in the language of its reader', async () => {
    const { page, wrong } = await asPayee(browser, story, 'ana', { locale: 'fr-FR' });
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(`${story.url}/portal/profile`);
    await page.getByLabel('Nom').fill('');
    const name = { button: 'Enregistrer le nom', says: { Nom: 'Saisissez votre nom' } };
    await mendFirst(await sendEmpty(page, name), name);
    await page.goto(`${story.url}/portal/methods/add`);
    await page.getByRole('radio', { name: 'Compte bancaire' }).check();
    await sendEmpty(page, {
      button: 'Enregistrer le moyen',
      says: {
        'Nom du titulaire du compte': 'Doit être le nom du titulaire du compte',
        IBAN: 'Doit être l’IBAN',
      },
    });
    expect(await lookAt(page, 'forms-portal-method', { atEnd: true })).toEqual([]);
    expect(wrong).toEqual([]);
  });
});
