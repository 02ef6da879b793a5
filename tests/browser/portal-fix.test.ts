import { describe, expect, it } from 'vitest';
import { daySeconds } from '../e2e/story.ts';
import { lookAt, newContext, openPage } from './chromium.ts';
import { asPayee } from './people.ts';
import type { PortalStory } from './portal-support.ts';
import { look, openPortalStage, processApproved, zone } from './portal-support.ts';

// A payee on a phone: where the money goes, and mending a payment that did not arrive.

const coolOffDays = 3;
let told: PortalStory;
openPortalStage(async (stage) => {
  told = stage;
  // Time goes on here, and nobody is asked for by the clock meanwhile.
  await told.story.ask('PATCH', '/api/admin/settings', { payoutFrequency: 'manual' });
  await told.sell('solo', { count: 4 });
  await told.sell('lakay', { count: 4, method: { type: 'paypal', destination: 'lakay+failed@example.com' } });
  await told.sell('blocked', {
    count: 4,
    method: { type: 'paypal', destination: 'blocked+blocked@example.com' },
  });
  await told.sell('kompa', { count: 4, amount: 500_000, currency: 'HTG' });
});

/** Of the zone on the day on which the cool-off ends, in winter or in summer: "GMT-5", in one piece. */
async function offsetThen(): Promise<string> {
  const then = (await told.story.now()).getTime() + coolOffDays * daySeconds * 1000;
  const words = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' }).formatToParts(
    then,
  );
  return (words.find(({ type }) => type === 'timeZoneName')?.value ?? '').replace('-', '\u2011');
}

const phoneOf = (payee: string, more = {}) => asPayee(told.browser, told.story, payee, more);

describe('a payee', () => {
  it('adds a method with the keyboard alone, is told at the field what is wrong, and reads its clock', async () => {
    const { page, wrong } = await phoneOf('solo', { viewport: { width: 1280, height: 900 } });
    await page.getByRole('heading', { level: 1, name: 'Hello, solo' }).waitFor();
    const press = async (key: string, times = 1) => {
      for (let done = 0; done < times; done += 1) await page.keyboard.press(key);
    };
    const focusOn = async (name: string | RegExp, role: 'link' | 'button' | 'radio' | 'textbox') => {
      const wanted = page.getByRole(role, { name }).first();
      await wanted.waitFor();
      for (let tries = 0; tries < 60; tries += 1) {
        if (await wanted.evaluate((element) => element.matches(':focus'))) return;
        await press('Tab');
      }
      throw new Error(`the keyboard does not reach ${String(name)}`);
    };
    await focusOn('Methods', 'link');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Methods' }).waitFor();
    await focusOn('Add a payout method', 'link');
    await press('Enter');
    await focusOn('PayPal', 'radio');
    await press('ArrowDown', 2);
    await focusOn('Phone number', 'textbox');
    await page.keyboard.type('3700');
    await press('Enter');
    await page.getByText(/^Must be a phone number: eight digits/).waitFor();
    expect(await look(page, 'method-add')).toEqual([]);
    await focusOn('Phone number', 'textbox');
    await page.keyboard.type('1234');
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Methods' }).waitFor();
    const added = page.getByRole('region', { name: 'MonCash' });
    await added
      .getByText(
        new RegExp(`^Cooling off until \\w{3} \\d+ \\w{3} \\d{4}, \\d\\d:\\d\\d ${await offsetThen()}$`),
      )
      .waitFor();
    await added.getByText(/^(3 d 0 h|2 d 23 h) left$/).waitFor();
    await added.getByText('Backup').waitFor();
    expect(await look(page, 'methods')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('uses the new method when its time is over, and removes the old one after being asked', async () => {
    await told.story.advance(daySeconds * coolOffDays + 60);
    const { page, wrong } = await phoneOf('solo');
    await page.getByRole('link', { name: 'Methods' }).click();
    const added = page.getByRole('region', { name: 'MonCash' });
    await added.getByText('Ready').waitFor();
    await added.getByRole('button', { name: 'Use this one' }).click();
    await added.getByText('Default').waitFor();
    const old = page.getByRole('region', { name: 'PayPal' });
    await old.getByRole('button', { name: 'Remove' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove this payout method?' });
    await dialog.getByText(/PayPal s\*+@example\.com/).waitFor();
    await dialog.getByRole('button', { name: 'Remove it' }).click();
    await old.waitFor({ state: 'detached' });
    expect(wrong).toEqual([]);
  });

  it('fixes a payment that failed and is paid again, while the team approves and pays', async () => {
    await told.pay(await told.office.request('lakay'));
    const { page, wrong } = await phoneOf('lakay');
    await page.getByRole('heading', { level: 2, name: '90.00 USD did not reach you' }).waitFor();
    const balance = page.getByRole('region', { name: 'Balance in USD' });
    await balance.getByText('90.00 USD of it belongs to a payout that did not reach you').waitFor();
    // What stands there was asked for as it is: no refusal is its source.
    const refused: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() >= 400) refused.push(answer.url());
    });
    await page.reload();
    await page.getByRole('button', { name: 'Request a payout in USD' }).waitFor();
    expect(await look(page, 'needs-you')).toEqual([]);
    expect(refused).toEqual([]);
    await page.getByRole('link', { name: 'Fix it' }).click();
    await page.getByRole('heading', { level: 1, name: 'Fix your payout of 90.00 USD' }).waitFor();
    await page.getByText(/Then ask to be paid again, or say where else the money shall go\./).waitFor();
    const same = page.getByRole('radio', { name: /^PayPal l\*+@example\.com/ });
    // Nobody is made to say that something is settled: nothing is chosen before they choose.
    expect(await same.isChecked()).toBe(false);
    await page.getByText('It is settled: pay me there again').waitFor();
    await page.getByRole('button', { name: 'Save and pay me again' }).click();
    await page.getByText('Choose where it shall go').waitFor();
    await page.getByLabel('To a new payout method').check();
    const address = page.getByLabel('E-mail of your PayPal account');
    expect(await address.inputValue()).toBe('');
    await address.fill('lakay@example.com');
    await page
      .getByText(
        /^The platform approves it once more\..* A new method waits 72 hours first\..* This one can be paid from /,
      )
      .waitFor();
    expect(await look(page, 'fix')).toEqual([]);
    await page.getByRole('button', { name: 'Save and pay me again' }).dblclick();
    // Its own page: the form, with nothing to fix any more, has the same heading until that is there.
    await page
      .getByRole('region', { name: 'What happens next' })
      .getByText(/It waits until .*, because you changed where money goes, and for approval\./)
      .waitFor();
    await page.getByRole('heading', { level: 1, name: 'Payout of 90.00 USD' }).waitFor();
    expect(await look(page, 'fixed')).toEqual([]);

    const { data } = (await told.story.ask('GET', '/api/admin/payouts?payeeId=lakay')).body;
    expect(data).toHaveLength(1);
    const id = String(data[0]?.['id']);
    expect((await told.office.approve(id, told.approver)).status).toBe(200);
    await page.getByText(/^On hold until /).waitFor();
    await told.story.advance(daySeconds * coolOffDays + 60);
    // Sessions end after a day: nothing of the payee stays on the screen once the stream's next beat has told, every 15 s.
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor({ timeout: 45_000 });
    const later = await phoneOf('lakay');
    await later.page.getByRole('link', { name: 'Follow this payout' }).click();
    await processApproved(told.story);
    await later.page.getByText('Done. The money has arrived at your payout method.').waitFor();
    expect([...wrong, ...later.wrong]).toEqual([]);
  });

  it('of a run tells the platform that what stopped it is settled, and reads at the door that nothing is real', async () => {
    const email = 'rara+failed@example.com';
    await told.story.ask('POST', '/api/admin/cycles', { id: 'rara', name: 'Rara contest' });
    const winner = { sourceType: 'winner', externalId: 'rara', payeeExternalId: 'rara', cycleId: 'rara' };
    const payee = { name: 'rara', payoutMethod: { type: 'paypal', destination: email } };
    const earned = { earnings: [{ ...winner, amount: 9000, currency: 'USD', payee }] };
    expect((await told.story.ask('POST', '/api/admin/earnings', earned)).status).toBeLessThan(300);
    await told.story.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'rara' });
    const payout = async () => (await told.story.ask('GET', '/api/admin/payouts?payeeId=rara')).body.data[0];
    await told.story.until(payout, (one) => one?.['status'] === 'failed');

    const { page, wrong } = await openPage(
      await newContext(told.browser, { viewport: { width: 390, height: 844 } }),
    );
    const link = await told.story.ask('POST', '/api/admin/payees/rara/portal-link');
    await page.goto(String(link.body['url']).replace(/^https?:\/\/[^/]+/, told.story.url));
    await page.getByRole('complementary').getByText('Sandbox: no real money moves').waitFor();
    expect(await lookAt(page, 'portal-door')).toEqual([]);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('link', { name: 'Fix it' }).click();
    await page.getByRole('radio', { name: /^PayPal r\*+@example\.com/ }).check();
    expect(await look(page, 'fix-settled')).toEqual([]);
    await page.getByRole('button', { name: 'Tell the platform it is settled' }).click();
    // On its own page, not in the word of what was done, nor on the form that has nothing to fix any more.
    await page
      .getByRole('region', { name: 'What happens next' })
      .getByText(/^You told the platform that it is settled\. It is their turn now/)
      .waitFor();
    await page.getByRole('heading', { level: 1, name: 'Payout of 90.00 USD' }).waitFor();
    expect(await page.getByRole('link', { name: 'Fix it' }).count()).toBe(0);
    expect(await payout()).toMatchObject({ status: 'failed', waitingOn: 'you' });
    expect(wrong).toEqual([]);
  });

  it('reads that the provider refused this way to pay, takes another, or is released by an operator', async () => {
    const id = await told.office.request('blocked');
    await told.pay(id);
    const { page, wrong } = await phoneOf('blocked');
    await page.getByRole('link', { name: 'Fix it' }).click();
    await page.getByText(/^The provider is not able to pay you this way\. Choose another/).waitFor();
    expect(await page.getByRole('radio', { name: /^PayPal b\*+@example\.com/ }).isDisabled()).toBe(true);
    await page.getByText('The provider refuses to pay there; only the platform can send it there').waitFor();
    const address = page.getByLabel('E-mail of your PayPal account');
    await address.fill('blocked+blocked@example.com');
    await page.getByRole('button', { name: 'Save and pay me again' }).click();
    await page.getByText(/This is where the payment just failed/).waitFor();
    expect(await look(page, 'fix-other-way')).toEqual([]);
    await page.getByRole('link', { name: 'Payout', exact: true }).click();
    const next = page.getByRole('region', { name: 'What happens next' });
    await next.getByText('It is your turn.').waitFor();
    expect(await look(page, 'other-way')).toEqual([]);
    const released = await told.story.ask('POST', '/api/admin/payouts/retry', { payoutIds: [id] });
    expect(released.status, released.text).toBe(202);
    // It was sent there once more, and is refused once more; it waits on the payee again, and on nobody else.
    const happened = page.getByRole('region', { name: 'What happened' });
    await happened.getByText('Needs attention').nth(1).waitFor();
    await next.getByText('It is your turn.').waitFor();
    expect(await told.office.payoutOf(id)).toMatchObject({ waitingOn: 'payee', attempts: [{}, {}] });
    expect(wrong).toEqual([]);
  });

  it('is quoted a conversion with rate and spread, and gets exactly that', async () => {
    const at = (await told.story.now()).toISOString();
    await told.story.ask('PATCH', '/api/admin/settings', { fxSpreadBps: 150 });
    const made = await told.story.ask('POST', '/api/admin/fx-rates', {
      rates: [{ from: 'HTG', to: 'USD', rate: '0.00757', source: 'BRH', at }],
    });
    expect(made.body['counts'], made.text).toMatchObject({ created: 1 });
    const { page, wrong } = await phoneOf('kompa');
    await page.getByRole('link', { name: /^Request [\d,.]+.HTG$/ }).click();
    await page.getByRole('combobox', { name: 'Paid in' }).fill('USD');
    await page.getByRole('option', { name: 'USD' }).click();
    await page.getByText('1 HTG = 0.00757 USD').waitFor();
    await page.getByText('Kept by the platform (1.5 %)').waitFor();
    await page.getByText('4 earnings').waitFor();
    await page.getByText(/^Rate by BRH of .*\. It holds until .* at most\.$/).waitFor();
    expect(await look(page, 'quote')).toEqual([]);
    await page.getByRole('button', { name: /^Request \d+\.\d\d.USD$/ }).click();
    await page.getByRole('heading', { level: 1, name: /^Payout of \d+\.\d\d.USD$/ }).waitFor();
    await page.getByText('Before conversion').waitFor();
    await page.getByText('Kept by the platform (1.5 %)').waitFor();
    await page.getByRole('link', { name: 'Methods' }).click();
    await page.getByRole('link', { name: 'Add a payout method' }).click();
    await page.getByLabel('Use it for my payouts').check();
    await page.getByText(/^Your payout of .*, requested on .*, goes there too$/).waitFor();
    await page.getByText(/^It is approved anew and not paid before \w{3} \d+ \w{3} \d{4}, /).waitFor();
    expect(await look(page, 'method-holds-up')).toEqual([]);
    expect(wrong).toEqual([]);
  });

  it('chooses how often they are paid, and from which amount', async () => {
    const { page, wrong } = await phoneOf('kompa', { viewport: { width: 320, height: 640 } });
    await page.getByRole('link', { name: 'Change' }).click();
    await page.getByLabel('Every month').check();
    await page.getByLabel('Least amount in HTG').fill('12,50,0');
    await page.getByLabel('Least amount in HTG').press('Enter');
    await page.getByText('This is not an amount, such as 120.00').waitFor();
    await page.getByLabel('Least amount in HTG').fill('20');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('The platform pays 50.00 HTG or more').waitFor();
    await page.getByLabel('Least amount in HTG').fill('20000,50');
    await page.getByText('The platform pays').waitFor({ state: 'detached' });
    expect(await look(page, 'schedule')).toEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 2, name: 'Paid every month' }).waitFor();
    await page.getByText('From 20,000.50 HTG on.').waitFor();
    expect(wrong).toEqual([]);
  });
});
