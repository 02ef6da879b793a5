import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiClient } from '../cli/client.ts';
import { call } from '../cli/client.ts';
import type { Io } from '../cli/command.ts';
import { formatMoney } from '../core/money.ts';
import { counted } from '../core/words.ts';
import { asPlatform, requestAsPayee } from './demo-payee.ts';

/** The day the files tell of; the demo tells of today. */
const storyDay = '2026-11-20';
const dayMs = 24 * 60 * 60_000;
const payoutsShown = 5;

/** Who asks; the others have nothing yet, not enough, or have not thought of it. */
const requests: readonly { readonly organizer: string; readonly payoutCurrency?: string }[] = [
  { organizer: 'kreyol-jazz' },
  { organizer: 'festival-lakay' },
  { organizer: 'kompa-dyaspora', payoutCurrency: 'USD' },
  { organizer: 'teyat-konbit' },
];
const approvedOrganizer = 'teyat-konbit';
const sourceType = 'ticket';

interface Balance {
  readonly currency: string;
  readonly available: number;
  readonly pending: number;
  readonly reserved: number;
  readonly paid: number;
}
interface Payout {
  readonly id: string;
  readonly status: string;
  readonly label: string;
  readonly amount: number;
  readonly currency: string;
}
interface Waiting {
  readonly toApprove?: string;
  readonly toPay?: string;
}

/**
 * Records organizers, tickets and a refund as the recipe does, lets some of them ask, and approves one. What is there
 * already stays as it is: who has a payout asks for no other.
 */
export async function tellTickets(io: Io, api: ApiClient, folder: string): Promise<Waiting> {
  const files = (name: string) => readFile(join(folder, name), 'utf8');
  const shown = await call<{ now: string }>(api, 'GET', '/api/sandbox/clock');
  const days = Math.round((Date.parse(shown.now.slice(0, 10)) - Date.parse(storyDay)) / dayMs);
  const created = await record(api, files, days);
  const asked = await askForPayouts(api, async () => moved(await files('rates.json'), days));
  if (created === 0 && asked.length === 0) io.err('All of it was loaded before: nothing was changed.');
  else
    io.err(
      `Recorded ${counted(created, 'ticket', 'tickets')}; ${asked.length} organizers asked for a payout.`,
    );
  return showOrganizers(io, api, await files('organizers.json'));
}

type Read = (name: string) => Promise<string>;

async function record(api: ApiClient, files: Read, days: number): Promise<number> {
  const settings = await call<{ feeBpsBySource: Record<string, number> }>(api, 'GET', '/api/admin/settings');
  // A fee that somebody set since stays.
  if (settings.feeBpsBySource[sourceType] === undefined)
    await call(api, 'PATCH', '/api/admin/settings', JSON.parse(await files('settings.json')));
  const known = await api.request('GET', `/api/admin/payees/${approvedOrganizer}`);
  // A name or method that somebody changed since stays.
  if (known.status === 404)
    await call(api, 'POST', '/api/admin/payees/bulk', JSON.parse(await files('organizers.json')));
  const tickets = moved(await files('tickets.json'), days);
  const { counts } = await call<{ counts: { created: number } }>(api, 'POST', '/api/admin/earnings', tickets);
  await call(api, 'POST', '/api/admin/earnings/reverse', JSON.parse(await files('refund.json')));
  return counts.created;
}

/** The body with every day of it so many days later. */
function moved(text: string, days: number): unknown {
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)
      ? new Date(Date.parse(value) + days * dayMs).toISOString()
      : value,
  );
}

/** Lets those ask who have no payout yet, and approves the one that is to be paid by hand. */
async function askForPayouts(api: ApiClient, readRates: () => Promise<unknown>): Promise<string[]> {
  return asPlatform(api, (platform) => askThrough(platform, api, readRates));
}

async function askThrough(
  platform: ApiClient,
  api: ApiClient,
  readRates: () => Promise<unknown>,
): Promise<string[]> {
  const asked: string[] = [];
  for (const { organizer, payoutCurrency } of requests) {
    const [before] = await payoutsOf(api, organizer);
    if (before !== undefined) continue;
    if (payoutCurrency !== undefined) await call(api, 'POST', '/api/admin/fx-rates', await readRates());
    const id = await requestAsPayee(
      platform,
      organizer,
      payoutCurrency === undefined ? {} : { payoutCurrency },
    );
    if (organizer === approvedOrganizer)
      await call(api, 'POST', '/api/admin/payouts/approve', { payoutIds: [id] });
    asked.push(organizer);
  }
  return asked;
}

async function payoutsOf(api: ApiClient, payeeId: string): Promise<readonly Payout[]> {
  const query = `payeeId=${payeeId}&limit=${payoutsShown}`;
  return (await call<{ data: Payout[] }>(api, 'GET', `/api/admin/payouts?${query}`)).data;
}

async function showOrganizers(io: Io, api: ApiClient, organizers: string): Promise<Waiting> {
  const { payees } = JSON.parse(organizers) as { payees: { externalId: string; name: string }[] };
  const waiting: { toApprove?: string; toPay?: string } = {};
  for (const { externalId, name } of payees) {
    const { balances } = await call<{ balances: Balance[] }>(
      api,
      'GET',
      `/api/admin/payees/${externalId}/balance`,
    );
    for (const balance of balances) io.out(`  ${name.padEnd(16)} ${balanceWords(balance)}`);
    for (const { id, status, label, amount, currency } of await payoutsOf(api, externalId)) {
      io.out(`  ${''.padEnd(16)} ${formatMoney(BigInt(amount), currency)}: ${label}`);
      if (status === 'pending_approval') waiting.toApprove ??= id;
      if (status === 'approved') waiting.toPay ??= id;
    }
  }
  return waiting;
}

function balanceWords({ currency, ...balance }: Balance): string {
  const parts = (['available', 'pending', 'reserved', 'paid'] as const)
    .filter((name) => balance[name] !== 0)
    .map((name) => `${formatMoney(BigInt(balance[name]), currency)} ${name}`);
  return parts.join(', ') || 'nothing';
}
