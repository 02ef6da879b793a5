import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Story } from '../e2e/story.ts';
import { openStory } from '../e2e/story.ts';
import { openChromium } from './chromium.ts';
import type { Member } from './people.ts';
import { addMember, asMember } from './people.ts';

// A server that dies, a network that fails, a network that is slow: what a person sees, and how often somebody is paid.

const winners = 8;
/** One way, in milliseconds: a phone in a train. */
const latencyMs = 1500;

let story: Story;
let browser: Browser;
let olga: Member;
beforeAll(async () => {
  [story, browser] = await Promise.all([openStory(), openChromium()]);
  olga = await addMember(story, 'operator', 'Olga Operator');
});
afterAll(async () => {
  await browser?.close();
  await story?.close();
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
    await story.killAndStart();
    await story.ask('DELETE', '/api/sandbox/faults');
    await over(page);
    expect(await paid('killed')).toBe(winners);
    expect(await batchesOf('killed')).toBe(1);
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
    await pay.click();
    await page.getByRole('alert').getByText('No answer came').waitFor();
    if (await pay.isVisible()) await pay.click();
    await over(page);
    expect(await paid('offline')).toBe(winners);
    expect(await batchesOf('offline')).toBe(1);
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
