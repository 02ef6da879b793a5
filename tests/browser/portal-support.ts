import type { Browser, Page } from 'playwright-core';
import { BoxOffice } from '../e2e/box-office.ts';
import type { Ask, Story } from '../e2e/story.ts';
import { lookAt } from './chromium.ts';
import type { Cast, Stage } from './stage.ts';
import { openStage, scheduleLater } from './stage.ts';

export const zone = 'America/Port-au-Prince';

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
}

/** As `openStage`, on days on which the schedule asks for nobody. */
export function openPortalStage<Name extends string = never>(
  setUp: (told: PortalStory & Stage<Name>) => Promise<void>,
  cast: Cast<Name> = {} as Cast<Name>,
): void {
  openStage(cast, async (stage) => setUp({ ...stage, ...(await portalOf(stage)) }), {
    PURSER_TIMEZONE: zone,
  });
}

async function portalOf({ story, browser }: Stage): Promise<PortalStory> {
  const office = new BoxOffice(story);
  await scheduleLater(story);
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
