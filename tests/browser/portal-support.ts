import type { Browser, Page } from 'playwright-core';
import { BoxOffice } from '../e2e/box-office.ts';
import type { Ask, Story } from '../e2e/story.ts';
import { openStory } from '../e2e/story.ts';
import { lookAt, openChromium } from './chromium.ts';

const zone = 'America/Port-au-Prince';

/** Ticket sellers who look at their phones, and the team that approves and pays over HTTP. */
export interface PortalStory {
  readonly story: Story;
  readonly browser: Browser;
  readonly office: BoxOffice;
  /** Somebody who may approve; what a payee asked for is nobody's own. */
  readonly approver: Ask;
  /** Sells as `office.sell` does, to be paid through PayPal at this address. */
  sell(organizer: string, more?: Parameters<BoxOffice['sell']>[1]): Promise<unknown>;
  /** Approves, and sends what is approved. */
  pay(payoutId: string): Promise<void>;
  close(): Promise<void>;
}

export async function openPortalStory(): Promise<PortalStory> {
  const [story, browser] = await Promise.all([openStory({ PURSER_TIMEZONE: zone }), openChromium()]);
  const office = new BoxOffice(story);
  await story.ask('PATCH', '/api/admin/settings', { feeBpsBySource: { ticket: 1000 } });
  const approver = await story.withKey('approver', 'Ben');
  return {
    story,
    browser,
    office,
    approver,
    sell: (organizer, more = {}) =>
      office.sell(organizer, {
        method: { type: 'paypal', destination: `${organizer}@example.com` },
        ...more,
      }),
    pay: async (payoutId) => {
      const approved = await office.approve(payoutId, approver);
      if (approved.status !== 200) throw new Error(`not approved: ${approved.text}`);
      await processApproved(story);
    },
    close: async () => {
      await browser?.close();
      await story?.close();
    },
  };
}

/** Sends everything that is approved. */
export async function processApproved(story: Story): Promise<void> {
  const sent = await story.ask('POST', '/api/admin/payout-batches/process-approved', { provider: 'paypal' });
  if (sent.status !== 202) throw new Error(`not sent: ${sent.text}`);
}

/** As `lookAt`: the places of the portal stay at the edge of a phone. */
export async function look(page: Page, name: string): Promise<string[]> {
  return lookAt(page, `portal-${name}`, { atEnd: true });
}
