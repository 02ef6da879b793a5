import { jsonAmount } from '../core/money.ts';
import type { PayFileSummary } from '../wire/pay-file.ts';
import { readPayFile } from '../wire/pay-file.ts';
import type { PayRow } from '../wire/pay-row.ts';
import type { ApiClient } from './client.ts';
import { ApiProblem, call } from './client.ts';
import type { Io } from './command.ts';
import type { FloatByCurrency } from './pay-float.ts';
import { acceptFloat, sayFloatAfter } from './pay-float.ts';
import { readingOf } from './reading.ts';
import type { PayOptions } from './pay.ts';
import { totalsText } from './progress.ts';

interface Preview {
  readonly eligibleCount: number;
  readonly recordedCount: number;
  readonly notEligible: readonly { reason: string; count: number }[];
  readonly refusedItems: {
    readonly count: number;
    readonly examples: readonly { reference: string; message: string }[];
  } | null;
  /** Absent when an older server answers. */
  readonly float?: FloatByCurrency;
}

/** What a run of this file may take: its own earnings, those that were never paid. */
export function scopeOf(options: PayOptions, references: readonly string[]) {
  const { cycle: cycleId, provider, source: sourceType } = options;
  return { cycleId, provider, newOnly: true, only: { sourceType, references } };
}

/**
 * Shows what would be paid, through what, and asks. False when it needs a decision. With `--yes` the look at what is
 * recorded already is left to the run itself.
 */
export async function outlook(
  io: Io,
  api: ApiClient,
  options: PayOptions,
  summary: PayFileSummary,
): Promise<boolean> {
  await sayWhere(io, api, options.provider);
  io.err(
    `${options.file}: ${summary.goodRows} people, ${totalsText(summary.totals)}, for cycle ${options.cycle}`,
  );
  for (const [currency, rows] of Object.entries(summary.largest)) {
    io.err(
      `  largest in ${currency}: ${rows.map((row) => totalsText({ [currency]: row.amount })).join(', ')}`,
    );
  }
  if (options.yes && !options.dryRun) return true;
  const { wouldPay, changedMethods } = await countUnpaid(api, options, summary);
  io.err(`  ${wouldPay} of them would be paid now; ${summary.goodRows - wouldPay} have a payout already.`);
  const changed = changedMethods === null ? 'It is not known how many' : `${changedMethods}`;
  if (changedMethods !== 0)
    io.err(`  ${changed} of them are paid at another address than the one on record.`);
  const float =
    wouldPay === summary.goodRows ? await sayFloatAfter(io, api, options.provider, summary.totals) : null;
  if (options.dryRun) {
    io.err('This was a dry run: nothing was written and nobody was paid.');
    if (options.json)
      io.out(JSON.stringify({ ...dryRunJson(options, summary, wouldPay), changedMethods, float }));
    return true;
  }
  const answer = await io.ask(`Pay ${wouldPay} of ${summary.goodRows} people? Type yes: `);
  if (answer.trim().toLowerCase() === 'yes') return true;
  io.err('Nothing was paid.');
  return false;
}

const providerNames: Readonly<Record<string, string>> = { paypal: 'PayPal', stripe: 'Stripe' };

async function sayWhere(io: Io, api: ApiClient, provider: string): Promise<void> {
  const { providers } = await call<{ providers: { name: string; sandbox: boolean }[] }>(
    api,
    'GET',
    '/api/admin/status',
  );
  const name = providerNames[provider] ?? provider;
  const found = providers.find((one) => one.name === provider);
  if (!found) io.err(`${name} is not set up here.`);
  else if (found.sandbox) io.err(`Through the ${name} sandbox: no real money moves.`);
  else io.err(`Through ${name}, with your credentials.`);
}

function dryRunJson(options: PayOptions, summary: PayFileSummary, wouldPay: number): Record<string, unknown> {
  const totals = Object.fromEntries(
    Object.entries(summary.totals).map(([currency, sum]) => [currency, jsonAmount(sum)]),
  );
  const { goodRows: rows, badRows } = summary;
  return { status: 'dry_run', cycleId: options.cycle, rows, badRows, wouldPay, totals };
}

/** How many rows of the file are not recorded yet, or recorded and never paid; and how many name another address than is known. */
async function countUnpaid(
  api: ApiClient,
  options: PayOptions,
  summary: PayFileSummary,
): Promise<{ wouldPay: number; changedMethods: number | null }> {
  const references: string[] = [];
  const addresses: Address[] = [];
  await readPayFile(options.file, {
    ...readingOf(options.cycle),
    onBatch: ({ rows }) => {
      references.push(...rows.map((row) => row.reference));
      addresses.push(...rows.flatMap((row) => addressOf(row)));
    },
  });
  const changedMethods = await countChanged(api, addresses);
  return { wouldPay: await unpaidOf(api, options, summary, references), changedMethods };
}

interface Address {
  readonly externalId: string;
  readonly payoutMethod: { readonly type: string; readonly kind: string; readonly destination: string };
}

function addressOf({ payeeExternalId: externalId, method: type, destination }: PayRow): Address[] {
  if (destination === null) return [];
  const { kind, value } = destination;
  return [{ externalId, payoutMethod: { type, kind, destination: value } }];
}

/** Addresses that one call compares. */
const comparedPerCall = 5000;

/** Null when the key is limited to calls that do not tell. */
async function countChanged(api: ApiClient, addresses: readonly Address[]): Promise<number | null> {
  let count = 0;
  try {
    for (let first = 0; first < addresses.length; first += comparedPerCall) {
      const payees = addresses.slice(first, first + comparedPerCall);
      const path = '/api/admin/payees/compare-methods';
      count += (await call<{ changed: number }>(api, 'POST', path, { payees })).changed;
    }
    return count;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'out_of_scope') return null;
    throw error;
  }
}

async function unpaidOf(
  api: ApiClient,
  options: PayOptions,
  summary: PayFileSummary,
  references: readonly string[],
): Promise<number> {
  try {
    const found = await look(api, options, references);
    const waiting = found.notEligible.reduce((sum, { count }) => sum + count, found.eligibleCount);
    return summary.goodRows - found.recordedCount + waiting;
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'cycle_not_found') return summary.goodRows;
    throw error;
  }
}

async function look(
  api: ApiClient,
  options: PayOptions,
  references: readonly string[],
  checkItems = false,
): Promise<Preview> {
  const body = { ...scopeOf(options, references), details: false, checkItems };
  return call<Preview>(api, 'POST', '/api/admin/payout-batches/preview', body);
}

/** People of the file who could be paid and were not: another batch of the cycle is in the way. */
export async function waitingPeople(
  api: ApiClient,
  options: PayOptions,
  references: readonly string[],
): Promise<number> {
  return (await look(api, options, references)).eligibleCount;
}

const leftOutReasons: Readonly<Record<string, string>> = {
  no_method: 'no payout method: give a destination in the file, or add one to the payee',
  other_provider: 'a payout method of another provider: pay them with --provider and its name',
  payee_blocked: 'a blocked payee',
  method_not_ready: 'an account that the provider says cannot be paid yet',
  payee_on_hold: 'a payee on hold: see the reason on the payee',
  method_frozen: 'a payout method that its payee froze: reach them first',
  method_cooling_off: 'a payout method that was changed lately: pay them after its cool-off',
  payee_owes: 'a payee who owes: their next request recovers it',
};

/** People of the file who cannot be paid now, and an account that cannot pay the others, are said before anybody is paid, and need a decision. */
export async function acceptLeftOut(
  io: Io,
  api: ApiClient,
  options: PayOptions,
  references: readonly string[],
): Promise<boolean> {
  const { notEligible, refusedItems, float = {} } = await look(api, options, references, true);
  for (const { reason, count } of notEligible) {
    io.err(`${count} of the file cannot be paid: ${leftOutReasons[reason] ?? reason}.`);
  }
  const refused = refusedItems?.count ?? 0;
  if (refused > 0) io.err(`${refused} of the file break the provider's rules:`);
  for (const { reference, message } of refusedItems?.examples ?? []) io.err(`  ${reference}: ${message}`);
  if ((notEligible.length === 0 && refused === 0) || options.skipInvalid) {
    return acceptFloat(io, options, float);
  }
  io.err('Nothing was paid. Mend it, or add --skip-invalid to pay the others.');
  if (options.json) io.out(JSON.stringify({ status: 'not_paid', notEligible, refusedItems }));
  return false;
}
