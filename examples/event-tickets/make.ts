/**
 * Makes the files of this recipe, the same ones every time: `node examples/event-tickets/make.ts`. The story happens on
 * one day, as money of tickets becomes available by the calendar: `make.ts 2027-03-05 FOLDER` tells it of another day.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { numbersFrom } from '../numbers.ts';
import { organizers } from './organizers.ts';

const seed = 7;
/** A Friday, when payouts are due. */
const storyDay = '2026-11-20';
/** When an event is over, and the rate is of the morning. */
const endOfEvent = 'T23:30:00.000Z';
const morning = 'T00:00:00.000Z';
const dayMs = 24 * 60 * 60_000;

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}${morning}`) + days * dayMs).toISOString().slice(0, 10);
}

function ticketsOf(day: string): Record<string, unknown>[] {
  const next = numbersFrom(seed);
  return organizers.flatMap(({ id, events }) =>
    events.flatMap(({ name, code, endsInDays, tickets, prices, currency }) =>
      Array.from({ length: tickets }, (_, index) => ({
        sourceType: 'ticket',
        externalId: `${code}-${String(index + 1).padStart(3, '0')}`,
        payeeExternalId: id,
        amount: prices[Math.floor(next() * prices.length)],
        currency,
        eventEndsAt: `${dayAfter(day, endsInDays)}${endOfEvent}`,
        note: name,
      })),
    ),
  );
}

/** The bodies of the calls of the story, by the name of their file. */
export function ticketStory(day = storyDay): Readonly<Record<string, unknown>> {
  return {
    // 10 % of every ticket; nobody asks for less than 5,000.00 HTG or 50.00 USD.
    'settings.json': { feeBpsBySource: { ticket: 1000 }, minimumPayout: { HTG: 500_000 } },
    'organizers.json': {
      payees: organizers.map(({ id, name, method }) => ({
        externalId: id,
        name,
        email: `${id}@example.com`,
        payoutMethod: method,
      })),
    },
    'tickets.json': { earnings: ticketsOf(day) },
    'refund.json': { sourceType: 'ticket', externalId: 'JZ-005', reason: 'Refunded to the buyer' },
    'rates.json': {
      rates: [{ from: 'HTG', to: 'USD', rate: '0.00757', at: `${day}${morning}`, source: 'Central bank' }],
    },
  };
}

async function main(day?: string, folder = import.meta.dirname): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [file, body] of Object.entries(ticketStory(day)))
    await writeFile(join(folder, file), `${JSON.stringify(body, null, 2)}\n`);
}

if (import.meta.main) await main(...process.argv.slice(2));
