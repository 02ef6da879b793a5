import type { Browser, Page, Route } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { no, problemOf } from '../../src/wire/problem.ts';
import type { Story } from '../e2e/story.ts';
import type { Member } from './people.ts';
import { lookAt } from './chromium.ts';
import { addMember, asMember } from './people.ts';
import { openStage } from './stage.ts';

// A server that dies, a network that fails, a network that is slow: what a person sees, and how often somebody is paid.

const winners = 8;
/** Of src/core/retry.ts. */
const resendWaitMaxSeconds = 5 * 60;
/** One way, in milliseconds: a phone in a train. */
const latencyMs = 1500;

const tooManyWords = 'Too many requests came in the last minute. Nothing was changed by this one.';
/** As the server says it. */
const tooMany = {
  status: 429,
  contentType: 'application/problem+json; charset=utf-8',
  headers: { 'retry-after': '1' },
  body: JSON.stringify(problemOf(no('too_many_requests'), 'rq_1')),
};

let story: Story;
let browser: Browser;
let olga: Member;
openStage({ olga: ['operator', 'Olga Operator'] }, (stage) => {
  ({ story, browser, olga } = stage);
});

async function earn(cycleId: string): Promise<void> {
  await story.ask('POST', '/api/admin/cycles', { id: cycleId, name: `Contest ${cycleId}` });
  await story.ask('POST', '/api/admin/earnings', {
    earnings: Array.from({ length: winners }, (_, at) => ({
      sourceType: 'winner',
      externalId: `${cycleId}-${at}`,
      payeeExternalId: `${cycleId}-p${at}`,
      cycleId,
      amount: 1000,
      currency: 'USD',
      payee: {
        name: `Winner ${at}`,
        payoutMethod: { type: 'paypal', destination: `${cycleId}.${at}@example.com` },
      },
    })),
  });
}

/** What the provider really paid for this cycle, by its own list. */
async function paid(cycleId: string): Promise<number> {
  const { body } = await story.ask('GET', '/api/sandbox/effects?limit=500');
  return body.data.filter((effect) => String(effect['reference']).includes(`-${cycleId}-`)).length;
}

async function batchesOf(cycleId: string): Promise<number> {
  const { text } = await story.ask('GET', `/api/admin/payout-batches?cycleId=${cycleId}`);
  return (JSON.parse(text) as unknown[]).length;
}

/** To the dialog that pays, with its button. */
async function payDialog(page: Page, cycleId: string) {
  await page.goto(`${story.url}/cycles/${cycleId}`);
  await page.getByText(`${winners} payees are eligible`).waitFor();
  await page
    .getByRole('button', { name: `Pay ${winners} payees` })
    .first()
    .click();
  return page.getByRole('button', { name: `Pay ${winners} payees 80.00 USD` });
}

/** Somebody of the same name is not told that the run is theirs, nor shown it unasked. */
async function seesAnotherOperator(cycleId: string): Promise<void> {
  const namesake = await addMember(story, 'operator', 'Olga Operator', 'other.olga@team.example');
  const { page } = await asMember(browser, namesake);
  await page.goto(`${story.url}/cycles/${cycleId}`);
  await page.getByText('Another operator (Olga Operator) started batch').waitFor();
  expect(await page.getByRole('dialog', { name: 'Paying' }).count()).toBe(0);
  await page.close();
}

/** The ribbon that stands when everything is over. */
const over = (page: Page) => page.getByRole('region', { name: 'Last run' }).getByText('Completed').waitFor();

describe('an operator', () => {
  it('sees the run go on when the server was killed in the middle of it', async () => {
    await earn('killed');
    const fault = {
      fault: 'rate_limit',
      retryAfterSeconds: 1,
      times: null,
      method: 'POST',
      path: '/v1/payments',
    };
    const { page } = await asMember(browser, olga);
    const pay = await payDialog(page, 'killed');
    await story.ask('POST', '/api/sandbox/faults', fault);
    await pay.click();
    await page.getByRole('dialog', { name: 'Paying' }).getByText(`0 of ${winners} done`).waitFor();
    await seesAnotherOperator('killed');
    await story.killAndStart();
    await story.ask('DELETE', '/api/sandbox/faults');
    // However long it was held, the wait before the next try, which doubles with each, is over.
    await story.advance(resendWaitMaxSeconds);
    await over(page);
    expect(await paid('killed')).toBe(winners);
    expect(await batchesOf('killed')).toBe(1);
  });

  it('cannot take back what they pressed, and is told what happens while its answer is on the way', async () => {
    await earn('pressed');
    const { page, wrong } = await asMember(browser, olga);
    const pay = await payDialog(page, 'pressed');
    const held = Promise.withResolvers<void>();
    const answers = [
      async (route: Route) => route.fulfill(tooMany),
      async (route: Route) => route.continue(),
    ];
    let pressed = 0;
    await page.route('**/payout-batches/process', async (route) => {
      pressed += 1;
      await held.promise;
      await answers[pressed - 1]?.(route);
    });
    await pay.click();
    const dialog = page.getByRole('dialog', { name: 'Pay Contest pressed?' });
    await dialog.getByText(`Preparing to pay ${winners} payees, 80.00 USD`).waitFor();
    await page.keyboard.press('Escape');
    await page.mouse.click(5, 5);
    expect(await dialog.getByRole('button').count()).toBe(0);
    expect(await lookAt(page, 'cycle-preparing')).toEqual([]);
    held.resolve();
    // What came of it is shown, and one can turn away again.
    await dialog.getByRole('alert').getByText(tooManyWords).waitFor();
    await dialog.getByRole('button', { name: 'Do not pay' }).waitFor();
    await pay.click();
    await over(page);
    expect(await paid('pressed')).toBe(winners);
    expect(wrong).toEqual([]);
  });

  it('is told that no answer came, and pays once however often they press after that', async () => {
    await earn('offline');
    const { page } = await asMember(browser, olga);
    const pay = await payDialog(page, 'offline');
    // The request arrives and is done; its answer is lost.
    let lose = true;
    await page.route('**/payout-batches/process', async (route) => {
      if (!lose) return route.continue();
      lose = false;
      await route.fetch();
      return route.abort('connectionreset');
    });
    // Nor does the page hear of the run in another way, of which there would be nothing more to say.
    const news = /\/api\/admin\/(events|cycles|payout-batches\/preview)/;
    await page.route(news, (route) => route.abort());
    await pay.click();
    await page.getByRole('alert').getByText('No answer came').waitFor();
    await page.unroute(news);
    await pay.click();
    await over(page);
    expect(await paid('offline')).toBe(winners);
    expect(await batchesOf('offline')).toBe(1);
  });

  it('presses again under the same key after no answer and after being told to wait', async () => {
    await earn('keys');
    const { page } = await asMember(browser, olga);
    const keys: (string | undefined)[] = [];
    const answers = [
      async (route: Route) => route.abort('connectionreset'),
      async (route: Route) => route.fulfill(tooMany),
      async (route: Route) => route.continue(),
    ];
    await page.route('**/payout-batches/process', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      await answers[keys.length - 1]?.(route);
    });
    const pay = await payDialog(page, 'keys');
    await pay.click();
    await page.getByRole('alert').getByText('No answer came').waitFor();
    await pay.click();
    await page.getByRole('alert').getByText(tooManyWords).waitFor();
    await pay.click();
    await over(page);
    expect(keys).toHaveLength(3);
    expect(keys[0]).toMatch(/^[0-9a-f-]{36}$/);
    expect(new Set(keys).size).toBe(1);
    expect(await paid('keys')).toBe(winners);
    expect(await batchesOf('keys')).toBe(1);
  });

  it('works on a slow network, where pressing twice pays once', async () => {
    await earn('slow');
    const { page } = await asMember(browser, olga);
    const pay = await payDialog(page, 'slow');
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    await network.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: latencyMs,
      downloadThroughput: 50_000,
      uploadThroughput: 20_000,
    });
    await pay.dblclick();
    await over(page);
    expect(await paid('slow')).toBe(winners);
    expect(await batchesOf('slow')).toBe(1);
  });
});
