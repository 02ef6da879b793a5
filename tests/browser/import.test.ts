import { readFileSync } from 'node:fs';
import type { Browser, Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { tableLimits } from '../../src/wire/table-limits.ts';
import type { Story } from '../e2e/story.ts';
import { isTooWide, lookAt, waitMs } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember } from './people.ts';
import { openStage } from './stage.ts';

// A file with five bad rows: two are mended in place, three are left out, the rest is paid.

const header = 'payee_id,name,email,amount,currency,reference';
const good = Array.from(
  { length: 8 },
  (_, n) => `u${n},Winner ${n},u${n}@example.com,${10 + n}.00,USD,r${n}`,
);
const bad = [
  'u20,Comma Winner,u20@example.com,"1,250",USD,r20',
  'u21,Nowhere Winner,u21 at example.com,25.00,USD,r21',
  'u22,Negative Winner,u22@example.com,-5.00,USD,r22',
  'u23,Unknown Coin,u23@example.com,12.00,XXD,r23',
  'u24,No Amount,u24@example.com,,USD,r24',
];
const csv = `${[header, ...good, ...bad].join('\n')}\n`;

let story: Story;
let browser: Browser;
let olga: Member;
openStage({ olga: ['operator', 'Olga Operator'] }, (stage) => {
  ({ story, browser, olga } = stage);
});

async function choose(page: Page, name: string, text: string) {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });
}

/** The file with its addresses, as it lies in this tab. */
const keptInTab = (page: Page) => page.evaluate<string | null>('sessionStorage.getItem("purser.import")');

describe('an operator with a file', () => {
  it('mends two of five bad rows in place, leaves three out, and pays the rest', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/import`);
    await page.getByRole('heading', { level: 1, name: 'Import' }).waitFor();
    expect(await lookAt(page, 'import-empty')).toEqual([]);
    await choose(page, 'winners.csv', csv);
    await page.getByText('winners.csv is here.').waitFor();
    await page.getByRole('combobox', { name: 'Cycle' }).fill('2026-11');
    await page.getByRole('combobox', { name: 'Cycle' }).press('Enter');
    await page.getByText('5 rows to mend, 8 good').waitFor();
    await page.getByText('Recognised: own columns').waitFor();
    expect(await lookAt(page, 'import-judged')).toEqual([]);

    // The bad rows as a file, with what is wrong and how to mend it behind them.
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download the 5 bad rows' }).click();
    const errors = readFileSync(await (await download).path(), 'utf8')
      .trim()
      .split('\n');
    expect(errors[0]).toBe(`${header},line,error,how_to_fix`);
    expect(errors).toHaveLength(1 + bad.length);

    await page.getByRole('textbox', { name: 'amount, line 10' }).fill('1250.00');
    await page.getByRole('textbox', { name: 'amount, line 10' }).press('Enter');
    await page.getByText('4 rows to mend, 9 good').waitFor();
    await page.getByRole('textbox', { name: 'email, line 11' }).fill('u21@example.com');
    await page.getByRole('textbox', { name: 'email, line 11' }).press('Tab');
    await page.getByText('3 rows to mend, 10 good').waitFor();

    // Going away loses none of it, nor does loading the page anew.
    await page.getByRole('link', { name: 'Cycles' }).click();
    await page.getByRole('heading', { level: 1, name: 'Cycles' }).waitFor();
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await page.getByText('3 rows to mend, 10 good').waitFor();
    await page.reload();
    await page.getByText('3 rows to mend, 10 good').waitFor();
    const largest = page.getByRole('table', { name: 'The largest' });
    await largest.getByRole('row', { name: 'Comma Winner u20' }).waitFor();
    expect(await keptInTab(page)).toContain('u21@example.com');

    const go = page.getByRole('button', { name: 'Record 10 rows and pay' });
    expect(await go.getAttribute('aria-disabled')).toBe('true');
    await page.getByText('Mend the bad rows, or proceed without them.').waitFor();
    await page.getByRole('checkbox', { name: 'Proceed without the 3 bad rows' }).check();
    await go.click();
    const dialog = page.getByRole('dialog', { name: 'Pay 2026-11?' });
    // 10 to 17 for the good ones, 1,250 and 25 for the mended ones.
    await dialog.getByRole('button', { name: 'Pay 10 payees 1,383.00 USD' }).dblclick();
    const ribbon = page.getByRole('region', { name: 'Last run' });
    await ribbon.locator('dl > div', { hasText: /^Arrived10[\d,]+\.\d\d\sUSD$/ }).waitFor();
    expect(await keptInTab(page)).toBeNull();
    const { body } = await story.ask('GET', '/api/admin/payouts?cycleId=2026-11&status=completed');
    expect(body.data).toHaveLength(10);
    expect(wrong).toEqual([]);
  });

  it('finds what was left out when the rest is paid: which rows, why, by whom, and as a file to mend', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/cycles/2026-11`);
    const left = page.getByRole('region', { name: 'Left out of files' });
    await left.getByText('3 of 13 rows of winners.csv were left out').waitFor();
    await left.getByText(/^Olga Operator, /).waitFor();
    await left.getByRole('button', { name: 'Show rows left out of winners.csv' }).click();
    const rows = left.getByRole('list', { name: 'Rows left out of winners.csv' });
    const negative = rows.getByRole('listitem').filter({ hasText: 'Line 12' });
    await negative.getByText('amount: "-5.00" is negative.').waitFor();
    await negative.getByText('u***@example.com').waitFor();
    await negative.getByText('Not recorded').waitFor();
    expect(await lookAt(page, 'import-left-out')).toEqual([]);
    const csvFile = page.waitForEvent('download');
    await left.getByRole('link', { name: 'CSV of the rows left out of winners.csv' }).click();
    const kept = readFileSync(await (await csvFile).path(), 'utf8')
      .trim()
      .split('\n');
    expect(kept.map((line) => line.split(',')[0])).toEqual(['payee_id', 'u22', 'u23', 'u24']);
    await page.goto(`${story.url}/import?cycle=2026-11`);
    await page.getByText('3 of 13 rows of winners.csv were left out').waitFor();
    expect(wrong).toEqual([]);
  });

  it('sees at 1280 px what is wrong in five rows of 200, and beside it what paying the others would do', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/import?cycle=2026-12`);
    const many = Array.from(
      { length: 195 },
      (_, n) => `m${n},Winner Number ${n},winner.number.${n}@example.com,${10 + n}.00,USD,m${n}`,
    );
    await choose(page, 'two-hundred.csv', `${[header, ...many, ...bad].join('\n')}\n`);
    await page.getByText('5 rows to mend, 195 good').waitFor();
    const wrongCell = page.getByRole('textbox', { name: 'amount, line 197' });
    const dryRun = page.getByRole('region', { name: 'Dry run' });
    const inSight = async () => {
      const [cell, beside] = await Promise.all([wrongCell.boundingBox(), dryRun.boundingBox()]);
      expect(cell?.y).toBeLessThan(900);
      expect(beside?.y).toBeLessThan(900);
      expect(beside?.x).toBeGreaterThan((cell?.x ?? 0) + (cell?.width ?? 0));
      expect((beside?.x ?? 0) + (beside?.width ?? 0)).toBeLessThanOrEqual(1280);
    };
    await inSight();
    expect(await lookAt(page, 'import-five-of-200')).toEqual([]);
    // It stays beside the rows when they are scrolled.
    await page.getByRole('textbox', { name: 'amount, line 201' }).scrollIntoViewIfNeeded();
    await page.mouse.wheel(0, 400);
    expect((await dryRun.boundingBox())?.y).toBeGreaterThanOrEqual(0);

    await page.getByText('All (200)', { exact: true }).click();
    const table = page.getByRole('region', { name: 'Rows of the file' });
    await table.focus();
    await page.keyboard.press('ArrowRight');
    const scrolled = () => page.evaluate<number>('document.activeElement.scrollLeft');
    await expect.poll(scrolled, { timeout: waitMs }).toBeGreaterThan(0);
    expect(await isTooWide(page)).toBe(false);
    expect(wrong).toEqual([]);
  });

  it('is told that the rest is recorded when what was left out could not be remembered, and tries again', async () => {
    const { page } = await asMember(browser, olga);
    const asked = '**/imports/left-out';
    const answers = [
      async (route: Route) => route.abort('connectionreset'),
      async (route: Route) => route.fulfill({ json: { leftOut: null, reason: 'cycle_full' } }),
    ];
    await page.goto(`${story.url}/import?cycle=2027-01`);
    await choose(page, 'forgotten.csv', `${header}\nf1,Fay,f1@example.com,5.00,USD,f1\n${bad[4]}\n`);
    await page.getByRole('checkbox', { name: 'Proceed without the bad row' }).check();
    const go = page.getByRole('button', { name: 'Record 1 row only' });
    const note = page.getByRole('note');
    for (const [at, words] of ['could not be remembered here', 'are not remembered'].entries()) {
      const answer = answers[at];
      if (answer === undefined) throw new Error('there is an answer for each try');
      await page.route(asked, async (route) =>
        route.request().method() === 'POST' ? answer(route) : route.continue(),
      );
      await go.click();
      await note.getByText(words).waitFor();
      await note.getByRole('link', { name: 'Open cycle 2027-01' }).waitFor();
      expect(await page.getByRole('alert').getByText('No answer came').count()).toBe(0);
      await page.unroute(asked);
    }
    await go.click();
    await page.getByText('1 of 2 rows of forgotten.csv was left out').waitFor();
    await expect.poll(() => note.getByText('remembered').count(), { timeout: waitMs }).toBe(0);
    const run = { cycleId: '2027-01', provider: 'paypal' };
    const { body } = await story.ask('POST', '/api/admin/payout-batches/preview', run);
    expect(body).toMatchObject({ eligibleCount: 1 });
  });

  it('takes the file of PayPal as it is, pays nobody twice, and reads why a file cannot be used', async () => {
    const { page, wrong } = await asMember(browser, olga);
    await page.goto(`${story.url}/import?cycle=2026-11`);
    await choose(page, 'again.csv', `${[header, ...good].join('\n')}\n`);
    await page.getByText('8 rows, all of them good').waitFor();
    await page.getByText('In a payout already, left alone').waitFor();
    await page.getByRole('button', { name: 'Take another file' }).click();
    await page.getByRole('button', { name: 'Or paste rows' }).click();
    await page
      .getByRole('textbox', { name: 'Rows' })
      .fill('pp1@example.com,5.00,USD,c1,thanks\npp2@example.com,6.00,USD,c2,\n');
    await page.getByRole('button', { name: 'Look at these rows' }).click();
    await page.getByText('Recognised: PayPal mass payment, without a header').waitFor();
    await page.getByRole('button', { name: 'Record 2 rows only' }).click();
    await page.getByRole('link', { name: 'Open cycle 2026-11' }).click();
    await page.getByText('2 payees are eligible').waitFor();
    await page.goto(`${story.url}/import?cycle=2026-11`);
    await choose(page, 'letter.csv', 'hello\nworld\n');
    await page.getByRole('alert').waitFor();
    expect(wrong).toEqual([]);
  });

  it('is told at once that a file is too large for the page, which is sent nowhere, and takes a smaller one after it', async () => {
    const { page, wrong } = await asMember(browser, olga);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST') sent.push(request.url());
    });
    await page.goto(`${story.url}/import?cycle=2026-12`);
    const alert = page.getByRole('alert').getByText('The file is too large for this page');
    const row = `${good[0]}\n`;
    const small = `${header}\nw1,Small,w1@example.com,5.00,USD,w1\n`;
    const larger = {
      bytes: `${header}\n${row.repeat(Math.ceil((3 * tableLimits.chars) / row.length))}`,
      cells: `${header}\n${row.repeat(tableLimits.cells / header.split(',').length)}`,
    };
    for (const [what, text] of Object.entries(larger)) {
      await choose(page, `${what}.csv`, text);
      await alert.waitFor();
      await page.getByText('Nothing was sent.').waitFor();
      expect(await page.getByText(`${what}.csv is here.`).count()).toBe(0);
    }
    expect(sent.filter((address) => address.includes('/import'))).toEqual([]);
    expect(await lookAt(page, 'import-too-large')).toEqual([]);
    await choose(page, 'small.csv', small);
    await page.getByText('1 row, and it is good').waitFor();
    expect(await alert.count()).toBe(0);
    expect(sent.filter((address) => address.includes('/import'))).not.toEqual([]);
    expect(wrong).toEqual([]);
  });
});
