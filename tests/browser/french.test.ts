import type { Browser, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { Json, Story } from '../e2e/story.ts';
import { english } from '../support/english.ts';
import { allThere, lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember } from './people.ts';
import { openStage } from './stage.ts';

// The console of somebody who reads French: not only its own words, also every sentence of the server in it.

let story: Story;
let browser: Browser;
let odile: Member;
let batchId = '';

const earning = (cycleId: string | null, name: string, address: string) => ({
  sourceType: 'winner',
  externalId: `${cycleId ?? 'vente'}-${name}`,
  payeeExternalId: name.toLowerCase(),
  ...(cycleId === null ? {} : { cycleId }),
  amount: 250_000,
  currency: 'USD',
  payee: { name, payoutMethod: { type: 'paypal', destination: `${address}@example.com` } },
});
const payoutsOf = async (filter: string): Promise<Json[]> =>
  (await story.ask('GET', `/api/admin/payouts?${filter}`)).body.data;

async function post(path: string, body: unknown): Promise<Json> {
  const got = await story.ask('POST', `/api/admin/${path}`, body);
  expect(got.status, got.text).toBeLessThan(300);
  return got.body;
}

openStage({ odile: ['owner', 'Odile'] }, async (stage) => {
  ({ story, browser, odile } = stage);
  for (const [id, name] of [
    ['mai', 'Mai'],
    ['juin', 'Juin'],
  ])
    await post('cycles', { id, name });
  const earnings = [
    earning('mai', 'Ana', 'ana'),
    earning('mai', 'Ben', 'ben+failed'),
    earning('mai', 'Dan', 'dan+unclaimed'),
    earning('juin', 'Eva', 'eva'),
    earning('juin', 'Flo', 'flo'),
    earning(null, 'Gil', 'gil'),
    earning(null, 'Lea', 'lea'),
  ];
  await post('earnings', { earnings });
  batchId = String((await post('payout-batches/process', { cycleId: 'mai' }))['batchId']);
  await story.until(
    () => payoutsOf('cycleId=mai'),
    (payouts) => payouts.every(({ status }) => ['failed', 'unclaimed', 'completed'].includes(String(status))),
  );
  await post('payees/eva/hold', { reason: 'facture', until: null });
  await post('payees/gil/request-payout', { currency: 'USD' });
  await post('payees/lea/request-payout', { currency: 'USD' });
  const [held] = await payoutsOf('payeeId=gil');
  await post('payouts/hold', { payoutIds: [String(held?.['id'])], reason: 'facture' });
});

/** English words of what is shown; codes, ids and addresses are nobody's language. */
async function englishOn(page: Page): Promise<string[]> {
  await allThere(page);
  const main = page.locator('main');
  const codes = await main.locator('code, pre').allInnerTexts();
  const text = codes.reduce((left, code) => left.replace(code, ''), await main.innerText());
  // "Un an" is a year.
  return text.split('\n').filter((line) => english(line).some((word) => word !== 'an'));
}

it('is French on every page, down to the sentences of the server', async () => {
  const { page, wrong } = await asMember(browser, odile, { locale: 'fr-FR' });
  const idOf = async (payee: string) => String((await payoutsOf(`payeeId=${payee}`))[0]?.['id']);
  const found: Record<string, string[]> = {};
  for (const [path, says] of [
    ['/', '1 versement échoué est à traiter'],
    ['/payouts', 'À approuver'],
    [`/payouts/${await idOf('ben')}`, 'À traiter : '],
    [`/payouts/${await idOf('gil')}`, 'Un approbateur doit l’approuver ou le refuser.'],
    [`/payouts/${await idOf('dan')}`, 'Non réclamé ; il peut l’être jusqu’au '],
    ['/approvals', 'Rien n’est encore arrivé sur ce moyen de versement.'],
    ['/cycles', 'Juin'],
    ['/cycles/juin', 'Le bénéficiaire est suspendu.'],
    [`/batches/${batchId}`, 'Pourquoi, et que faire'],
    ['/float', 'Rien n’est en préparation ni approuvé ; il y a '],
    ['/status', 'Rien n’est en préparation ni approuvé ; il y a '],
    ['/numbers', 'Taux de succès'],
    ['/payees/eva', 'Suspendu : facture. Levez la suspension du bénéficiaire pour le payer.'],
    ['/payees/flo', 'Flo '],
    ['/settings', 'Paramètres'],
    ['/audit', 'Odile'],
  ] as const) {
    await page.goto(story.url + path);
    await page.locator('main').getByText(says).first().waitFor();
    const lines = await englishOn(page);
    if (lines.length > 0) found[path] = lines;
  }
  expect(found).toEqual({});
  expect(wrong).toEqual([]);
});

it('fits, in French, on a phone and a desk', async () => {
  const { page, wrong } = await asMember(browser, odile, { locale: 'fr-FR' });
  const [ben] = await payoutsOf('payeeId=ben');
  for (const [name, path] of [
    ['french-payout', `/payouts/${String(ben?.['id'])}`],
    ['french-float', '/float'],
  ] as const) {
    await page.goto(story.url + path);
    expect(await lookAt(page, name), name).toEqual([]);
  }
  expect(wrong).toEqual([]);
});

it('changes the sentences of the server with the language, without a reload', async () => {
  const { page, wrong } = await asMember(browser, odile);
  await page.goto(story.url);
  await page.getByText('1 failed payout needs attention').waitFor();
  await page.getByRole('button', { name: /Odile/ }).click();
  await page.getByRole('menuitem', { name: 'Français' }).click();
  await page.getByText('1 versement échoué est à traiter').waitFor();
  expect(await page.getByText('1 failed payout needs attention').count()).toBe(0);
  expect(wrong).toEqual([]);
});
