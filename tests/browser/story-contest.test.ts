import path from 'node:path';
import { sql } from 'kysely';
import type { Browser, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { openEmbedded } from '../../src/store/db.ts';
import type { Story } from '../e2e/story.ts';
import type { Watched } from './chromium.ts';
import { lookAt } from './chromium.ts';
import type { Member } from './people.ts';
import { asMember } from './people.ts';
import { openStage } from './stage.ts';

// Contest winners through PayPal, where two operators are in each other's way: nobody is paid twice, and each reads why.

let story: Story;
let browser: Browser;
let olga: Member;
let otto: Member;
openStage({ olga: ['operator', 'Olga Operator'], otto: ['operator', 'Otto Other'] }, async (stage) => {
  ({ story, browser, olga, otto } = stage);
  await story.killAndStart(async (data) => {
    const db = await openEmbedded(path.join(data, 'db'));
    await lockOnSign(db);
    await db.destroy();
  });
});
afterEach(async () => {
  await story.ask('DELETE', '/api/sandbox/faults');
  await Promise.all(browser.contexts().map((context) => context.close()));
});

/**
 * Preparing takes moments, and the only process of this database is the server: its own data lock the cycle `locked` for Olga,
 * like a process that prepares and takes long, when a cycle `sign` is opened.
 */
async function lockOnSign(db: Db): Promise<void> {
  await sql`create function take_lock() returns trigger language plpgsql as $$ begin
    insert into cycle_lock (cycle_id, owner_id, owner_name, token, purpose, acquired_at, expires_at)
      select id, 'olga', 'Olga Operator', 'held', 'process', clock_timestamp(), clock_timestamp() + interval '15 minutes'
      from cycle where public_id = 'locked';
    return null;
  end $$`.execute(db);
  await sql`create trigger take_lock after insert on cycle for each row when (new.public_id = 'sign')
    execute function take_lock()`.execute(db);
}

/** Winners of a cycle, 10.00 USD each. */
async function earn(cycleId: string, winners: readonly string[]): Promise<void> {
  await story.ask('POST', '/api/admin/cycles', { id: cycleId, name: `Contest ${cycleId}` });
  const earnings = winners.map((name) => ({
    sourceType: 'winner',
    externalId: `${cycleId}-${name}`,
    payeeExternalId: `${cycleId}-${name}`,
    cycleId,
    amount: 1000,
    currency: 'USD',
    payee: { name, payoutMethod: { type: 'paypal', destination: `${cycleId}.${name}@example.com` } },
  }));
  const { body, text } = await story.ask('POST', '/api/admin/earnings', { earnings });
  expect(body['counts'], text).toMatchObject({ created: winners.length });
}

/** The provider says that it is asked too often, and takes nothing. */
async function holdProvider(retryAfterSeconds = 1): Promise<void> {
  const limit = {
    fault: 'rate_limit',
    retryAfterSeconds,
    times: null,
    method: 'POST',
    path: '/v1/payments',
  };
  await story.ask('POST', '/api/sandbox/faults', limit);
}

async function batchesOf(cycleId: string): Promise<number> {
  const { text } = await story.ask('GET', `/api/admin/payout-batches?cycleId=${cycleId}`);
  return (JSON.parse(text) as unknown[]).length;
}

/** The dialog that pays so many of a cycle, opened; where no news come, on a page that asks for itself every ten seconds. */
async function payDialog(member: Member, cycleId: string, many: number, { hasNews = true } = {}) {
  const { page, wrong }: Watched = await asMember(browser, member);
  if (!hasNews) await page.route('**/api/admin/events', (route) => route.abort());
  await page.goto(`${story.url}/cycles/${cycleId}`);
  await page.getByRole('button', { name: new RegExp(`^Pay ${many} `) }).click();
  const dialog = page.getByRole('dialog', { name: `Pay Contest ${cycleId}?` });
  const pay = dialog.getByRole('button', { name: new RegExp(`^Pay ${many} .*USD$`) });
  await pay.waitFor();
  return { page, wrong, dialog, pay };
}

const asked = /\/api\/admin\/(cycles|payout-batches\/preview)/;

/** As on a page that is a moment old and has no news: what the others do does not show on it. */
async function cutOff(page: Page): Promise<void> {
  await page.route(asked, (route) => route.abort());
}

const over = (page: Page) => page.getByRole('region', { name: 'Last run' }).getByText('Completed').waitFor();

describe('an operator opens the cycle, sees N eligible, total per currency', () => {
  it('and when a winner comes in after that look nobody is paid: the new total stands there, to be looked at', async () => {
    await earn('changed', ['ana', 'ben']);
    const { page, wrong, dialog, pay } = await payDialog(olga, 'changed', 2);
    await earn('changed', ['cai']);
    await pay.click();
    await dialog.getByText('Now it would be 3 payouts, 30.00 USD.').waitFor();
    expect(await lookAt(page, 'story-changed')).toEqual([]);
    expect(await batchesOf('changed')).toBe(0);
    await dialog.getByRole('button', { name: 'Look at the new dry run' }).click();
    await dialog.getByRole('button', { name: /^Pay 3 .* 30\.00.USD$/ }).click();
    await over(page);
    expect(await batchesOf('changed')).toBe(1);
    expect(wrong).toEqual([]);
  });
});

describe('a cycle has at most one active batch', () => {
  it('the same request again, by somebody else, returns the same batch, and says that it was started before', async () => {
    await earn('same', ['ana', 'ben']);
    const ottos = await payDialog(otto, 'same', 2, { hasNews: false });
    await cutOff(ottos.page);
    await holdProvider();
    const olgas = await payDialog(olga, 'same', 2);
    await olgas.pay.click();
    await olgas.page.getByRole('dialog', { name: 'Paying' }).waitFor();
    await ottos.pay.click();
    await ottos.page.getByText('This run was started before').waitFor();
    await ottos.page.getByRole('dialog', { name: 'Paying' }).getByText('0 of 2 done').waitFor();
    expect(await batchesOf('same')).toBe(1);
    expect(olgas.wrong).toEqual([]);
  });

  it('who would pay something else meanwhile reads who started one, and finds it', async () => {
    await story.advance(61);
    await earn('busy', ['ana', 'ben']);
    const ottos = await payDialog(otto, 'busy', 2, { hasNews: false });
    await cutOff(ottos.page);
    await holdProvider();
    await earn('busy', ['cai']);
    const olgas = await payDialog(olga, 'busy', 3);
    await olgas.pay.click();
    await olgas.page.getByRole('dialog', { name: 'Paying' }).waitFor();
    await ottos.pay.click();
    await ottos.dialog.getByText('Started by Olga Operator.').waitFor();
    expect(await lookAt(ottos.page, 'story-busy')).toEqual([]);
    await ottos.dialog.getByRole('link', { name: 'Open the batch' }).click();
    await ottos.page.getByRole('heading', { level: 1, name: 'Batch of cycle busy' }).waitFor();
    expect(await batchesOf('busy')).toBe(1);
    expect(olgas.wrong).toEqual([]);
  });

  it('what is unsent is cancelled from the page of the batch, and those people can be paid again', async () => {
    await earn('cancelled', ['ana', 'ben']);
    // So long that no call is on its way while the test decides.
    await holdProvider(600);
    const { page, wrong, pay } = await payDialog(olga, 'cancelled', 2);
    const ottos = await asMember(browser, otto);
    await ottos.page.goto(`${story.url}/cycles/cancelled`);
    await pay.click();
    const progress = page.getByRole('dialog', { name: 'Paying' });
    await progress.getByRole('link', { name: 'Open the batch' }).click();
    await page.getByText('The provider asks for a pause. It took nothing.').waitFor();
    await page.getByText(/^It is tried again on .*UTC\.$/).waitFor();
    await page.getByRole('button', { name: 'Cancel what is unsent' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel what has not been sent?' });
    await dialog.getByText(/Only payouts that are proven unsent are cancelled/).waitFor();
    await dialog.getByRole('button', { name: 'Cancel what is unsent' }).dblclick();
    await page.getByText('2 cancelled, no money moved for them; 0 still on the way.').waitFor();
    // The other operator, who only looks, can pay them now.
    const again = ottos.page.getByRole('button', { name: /^Pay 2 / });
    await again.and(ottos.page.locator(':not([aria-disabled=true])')).waitFor();
    const { body } = await story.ask('GET', '/api/sandbox/effects?limit=500');
    expect(body.data.filter(({ reference }) => String(reference).includes('-cancelled-'))).toEqual([]);
    expect([...wrong, ...ottos.wrong]).toEqual([]);
  });
});

describe('preparing takes a lock on the cycle (visible, owner shown)', () => {
  it('whose it is and until when stands on the page, and in the dialog of who pressed all the same', async () => {
    await earn('locked', ['ana', 'ben']);
    const { page, wrong, dialog, pay } = await payDialog(otto, 'locked', 2, { hasNews: false });
    await cutOff(page);
    await story.ask('POST', '/api/admin/cycles', { id: 'sign', name: 'Sign' });
    await pay.click();
    const words = /^Olga Operator is preparing a batch of this cycle right now\. The lock ends by itself on /;
    await dialog.getByText(words).waitFor();
    await page.unrouteAll();
    await page.reload();
    await page
      .getByRole('button', { name: /^Pay 2 / })
      .and(page.locator('[aria-disabled=true]'))
      .waitFor();
    await page.getByText(words).first().waitFor();
    expect(await batchesOf('locked')).toBe(0);
    expect(wrong).toEqual([]);
  });
});
