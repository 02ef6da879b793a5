import { expect } from 'vitest';
import type { Ask, Got, Json, Story } from './story.ts';
import { daySeconds } from './story.ts';

const byBank = { type: 'bank', destination: '063100277/0004417729 | Teyat Konbit' };
export const byPhone = { type: 'moncash', destination: '+50937654321' };

interface Sale {
  count?: number;
  amount?: number;
  currency?: string;
  endedDaysAgo?: number;
  method?: { type: string; destination: string };
  /** Number of the first ticket. */
  from?: number;
}

/** What the lines of the ticket story do again and again, each for an organizer of its own. */
export class BoxOffice {
  readonly #story: Story;

  constructor(story: Story) {
    this.#story = story;
  }

  /** Sells tickets of 25.00 USD for an event that is over for eight days, unless said otherwise; the first one is `NAME-1`. */
  async sell(organizer: string, sale: Sale = {}): Promise<Json> {
    const { count = 4, amount = 2500, currency = 'USD', endedDaysAgo = 8, method = byBank, from = 1 } = sale;
    const now = await this.#story.now();
    const eventEndsAt = new Date(now.getTime() - endedDaysAgo * daySeconds * 1000);
    const payee = { name: organizer, email: `${organizer}@example.com`, payoutMethod: method };
    const ticket = { sourceType: 'ticket', payeeExternalId: organizer, amount, currency, eventEndsAt, payee };
    const earnings = Array.from({ length: count }, (_, at) => ({
      ...ticket,
      externalId: `${organizer}-${from + at}`,
    }));
    const { body } = await this.#story.ask('POST', '/api/admin/earnings', { earnings });
    return body['counts'] as Json;
  }

  async balanceOf(organizer: string): Promise<Json> {
    return (await this.#story.ask('GET', `/api/admin/payees/${organizer}/balance`)).body;
  }

  async payoutOf(id: string): Promise<Json> {
    return (await this.#story.ask('GET', `/api/admin/payouts/${id}`)).body;
  }

  async refund(externalId: string): Promise<Got> {
    const reason = 'Refunded to the buyer';
    return this.#story.ask('POST', '/api/admin/earnings/reverse', {
      sourceType: 'ticket',
      externalId,
      reason,
    });
  }

  async approve(id: string, by: Ask = this.#story.ask): Promise<Got> {
    return by('POST', '/api/admin/payouts/approve', { payoutIds: [id] });
  }

  async markPaid(id: string, more: Json = { paymentReferenceId: `BNC-${id}` }): Promise<Got> {
    return this.#story.ask('POST', '/api/admin/payouts/mark-paid', { payoutId: id, ...more });
  }

  /** What the organizer asks for; answers the id of the payout. */
  async request(organizer: string, body: Json = {}): Promise<string> {
    const payee = await this.#story.asPayee(organizer);
    const got = await payee('POST', '/api/payee/request-payout', body);
    expect(got.status, got.text).toBe(201);
    return String(got.body['id']);
  }
}

/** `{weekday: 'Fri', time: '17:00'}` in this time zone. */
export function wallClockIn(zone: string, at: unknown): { weekday: string | undefined; time: string } {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(new Date(String(at)));
  const of = (type: string) => parts.find((part) => part.type === type)?.value;
  return { weekday: of('weekday'), time: `${of('hour')}:${of('minute')}` };
}
