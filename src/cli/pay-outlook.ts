import { jsonAmount } from '../core/money.ts';
import type { PayFileSummary } from '../wire/pay-file.ts';
import { readPayFile } from '../wire/pay-file.ts';
import type { ApiClient } from './client.ts';
import { ApiProblem, call } from './client.ts';
import type { Io } from './command.ts';
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
  const wouldPay = await countUnpaid(api, options, summary);
  io.err(`  ${wouldPay} of them would be paid now; ${summary.goodRows - wouldPay} have a payout already.`);
  if (options.dryRun) {
    io.err('This was a dry run: nothing was written and nobody was paid.');
    if (options.json) io.out(JSON.stringify(dryRunJson(options, summary, wouldPay)));
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

/** How many rows of the file are not recorded yet, or recorded and never paid. */
async function countUnpaid(api: ApiClient, options: PayOptions, summary: PayFileSummary): Promise<number> {
  const references: string[] = [];
  await readPayFile(options.file, {
    ...readingOf(options.cycle),
    onBatch: ({ rows }) => void references.push(...rows.map((row) => row.reference)),
  });
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
  payee_owes: 'a payee who owes: their next request recovers it',
};

/** People of the file who cannot be paid now are said before anybody is paid, and need a decision. */
export async function acceptLeftOut(
  io: Io,
  api: ApiClient,
  options: PayOptions,
  references: readonly string[],
): Promise<boolean> {
  const { notEligible, refusedItems } = await look(api, options, references, true);
  for (const { reason, count } of notEligible) {
    io.err(`${count} of the file cannot be paid: ${leftOutReasons[reason] ?? reason}.`);
  }
  const refused = refusedItems?.count ?? 0;
  if (refused > 0) io.err(`${refused} of the file break the provider's rules:`);
  for (const { reference, message } of refusedItems?.examples ?? []) io.err(`  ${reference}: ${message}`);
  if ((notEligible.length === 0 && refused === 0) || options.skipInvalid) return true;
  io.err('Nothing was paid. Mend it, or add --skip-invalid to pay the others.');
  if (options.json) io.out(JSON.stringify({ status: 'not_paid', notEligible, refusedItems }));
  return false;
}
