import type { PayFileSummary } from '../wire/pay-file.ts';
import { getBatch, getSince, getSummary, printSummary, summaryJson } from './batch-view.ts';
import type { ApiClient } from './client.ts';
import { ApiProblem, call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';
import { followBatch, sayAlerts } from './follow.ts';
import { ensureCycle, importEarnings } from './import-earnings.ts';
import { checkFile } from './pay-check.ts';
import { sayUnfunded } from './pay-float.ts';
import { acceptLeftOut, outlook, scopeOf, waitingPeople } from './pay-outlook.ts';
import { whenUnlocked } from './unlocked.ts';

/** Providers that pay files. */
const providers = ['paypal', 'stripe'] as const;
const waitMinutesDefault = 60;
const waitMinutesMax = 7 * 24 * 60;
/** A run follows the active batch first, then pays what is new; more rounds than this mean somebody else keeps paying. */
const roundsMax = 5;

export interface PayOptions {
  readonly file: string;
  readonly cycle: string;
  /** Who pays: those whose payout method is of it. */
  readonly provider: string;
  readonly source: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly skipInvalid: boolean;
  /** Pay also when the provider account is known not to hold enough. */
  readonly acceptShortfall: boolean;
  readonly noWait: boolean;
  readonly waitMs: number;
}

/** `purser pay FILE --cycle ID`: from a file to paid. Run again it goes on, or says that nothing is left. */
export const pay: Command = {
  name: 'pay',
  usage:
    'FILE --cycle ID [--source winner] [--provider NAME] [--dry-run] [--yes] [--skip-invalid] [--accept-shortfall] [--no-wait]',
  summary: 'Pays everybody in a CSV file once, follows it to the end, and prints a summary.',
  options: {
    cycle: { type: 'string' },
    source: { type: 'string' },
    provider: { type: 'string' },
    'dry-run': { type: 'boolean' },
    yes: { type: 'boolean', short: 'y' },
    'skip-invalid': { type: 'boolean' },
    'accept-shortfall': { type: 'boolean' },
    'no-wait': { type: 'boolean' },
    wait: { type: 'string' },
  },
  help: [
    '--cycle ID        the cycle these people are paid for, e.g. 18',
    '--source TYPE     what the references name, default winner',
    `--provider NAME   who pays, ${providers.join(' or ')}; default ${providers[0]}. Others of the file are left out`,
    '--dry-run         show what would be paid; writes nothing',
    '--yes             do not ask before paying',
    '--skip-invalid    leave bad rows out and pay the others',
    '--accept-shortfall  pay although the provider account does not hold enough yet',
    '--no-wait         prepare, and let a server or worker send',
    `--wait MINUTES    how long to follow, default ${waitMinutesDefault}`,
  ],
  positionals: { min: 1, max: 1 },
  run: async (io, values, [file = '']) => {
    const options = readOptions(io, values, file);
    return options === null ? exitCodes.usage : payFile(io, options);
  },
};

function readOptions(io: Io, values: Values, file: string): PayOptions | null {
  const cycle = text(values, 'cycle');
  if (cycle === null) {
    io.err('Say which cycle these people are paid for: --cycle ID. Nothing was paid.');
    return null;
  }
  const provider = text(values, 'provider') ?? 'paypal';
  if (!providers.some((known) => known === provider)) {
    io.err(`--provider ${provider} cannot pay files; use ${providers.join(' or ')}. Nothing was paid.`);
    return null;
  }
  const wait = text(values, 'wait') ?? String(waitMinutesDefault);
  if (!/^\d{1,5}$/.test(wait) || Number(wait) > waitMinutesMax) {
    io.err(`--wait takes minutes from 0 to ${waitMinutesMax}. Nothing was paid.`);
    return null;
  }
  return {
    file,
    cycle,
    provider,
    source: text(values, 'source') ?? 'winner',
    json: values['json'] === true,
    yes: values['yes'] === true,
    dryRun: values['dry-run'] === true,
    skipInvalid: values['skip-invalid'] === true,
    acceptShortfall: values['accept-shortfall'] === true,
    noWait: values['no-wait'] === true,
    waitMs: Number(wait) * 60_000,
  };
}

async function payFile(io: Io, options: PayOptions): Promise<number> {
  const summary = await checkFile(io, options);
  if (summary === null) return exitCodes.decision;
  if (summary.goodRows === 0) {
    io.err('No row can be paid. Nothing was paid.');
    return exitCodes.decision;
  }
  if (!options.yes && !options.dryRun && !io.interactive) {
    io.err('Nothing was paid: nobody is there to confirm. Add --yes to pay, or --dry-run to look.');
    if (options.json) io.out(JSON.stringify({ status: 'needs_confirmation', rows: summary.goodRows }));
    return exitCodes.decision;
  }
  const api = await io.connect({ patient: true });
  try {
    if (!(await outlook(io, api, options, summary))) return exitCodes.decision;
    if (options.dryRun) return exitCodes.ok;
    return await payThrough(io, api, options, summary);
  } finally {
    await api.close();
  }
}

async function payThrough(
  io: Io,
  api: ApiClient,
  options: PayOptions,
  summary: PayFileSummary,
): Promise<number> {
  await ensureCycle(api, options.cycle);
  const imported = await importEarnings(io, api, options, summary);
  if (imported === null) return exitCodes.decision;
  const { references } = imported;
  await api.readFloat();
  if (!(await acceptLeftOut(io, api, options, references))) return exitCodes.decision;
  let followed: string | null = null;
  for (let round = 1; round <= roundsMax; round += 1) {
    const started = await whenUnlocked(io, options.waitMs, () => start(api, options, references));
    if (started.kind === 'nothing') break;
    if (started.kind === 'short') {
      io.err(started.message);
      sayUnfunded(io, options, { shortfall: started.shortfall });
      return exitCodes.decision;
    }
    if (started.kind === 'active')
      io.err(`Batch ${started.batchId} of this cycle is being paid; following it.`);
    else io.err(`Batch ${started.batchId}: ${started.items} people.`);
    followed = started.batchId;
    if (options.noWait) break;
    const batch = await followBatch(io, api, started.batchId, options.waitMs);
    if (batch.status !== 'completed' || started.kind === 'started') break;
  }
  if (followed === null) {
    io.err(
      'Nothing is left to pay: everybody in this file has a payout already. The last batch of the cycle:',
    );
  }
  const waiting = await waitingPeople(api, options, references);
  const code = await conclude(io, api, options, followed ?? (await lastBatch(api, options.cycle)));
  if (waiting === 0) return code;
  io.err(
    `${waiting} of this file were NOT paid: batch ${followed ?? ''} of cycle ${options.cycle} is not finished, and a cycle pays one batch at a time. Run the same command again when it is.`,
  );
  return exitCodes.decision;
}

type Started =
  | { kind: 'started'; batchId: string; items: number }
  | { kind: 'active'; batchId: string }
  | { kind: 'nothing' }
  | { kind: 'short'; message: string; shortfall: unknown };

/** Starts a batch of the file's own earnings; failed payouts of earlier runs are left to `retry-failed`. */
async function start(api: ApiClient, options: PayOptions, references: readonly string[]): Promise<Started> {
  try {
    const { batchId, totalItems } = await call<{ batchId: string; totalItems: number }>(
      api,
      'POST',
      '/api/admin/payout-batches/process',
      { ...scopeOf(options, references), ...(options.acceptShortfall ? { acceptShortfall: true } : {}) },
    );
    return { kind: 'started', batchId, items: totalItems };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code === 'nothing_to_pay') return { kind: 'nothing' };
    const { batchId, shortfall } = error.problem;
    if (error.code === 'insufficient_float') return { kind: 'short', message: error.message, shortfall };
    if (error.code === 'batch_already_active' && typeof batchId === 'string')
      return { kind: 'active', batchId };
    throw error;
  }
}

async function conclude(
  io: Io,
  api: ApiClient,
  options: PayOptions,
  batchId: string | null,
): Promise<number> {
  if (batchId === null) {
    io.err('Nobody in this file can be paid now. See purser cycles for the reasons.');
    return exitCodes.decision;
  }
  const batch = await getBatch(api, batchId);
  const summary = await getSummary(api, batchId);
  if (!options.json) printSummary(io, batch, summary, await getSince(api, batchId));
  if (batch.status === 'processing') sayOpen(io, api, options);
  await sayAlerts(io, api);
  if (options.json) io.out(JSON.stringify(summaryJson(batch, summary)));
  return exitCodes.ok;
}

function sayOpen(io: Io, api: ApiClient, options: PayOptions): void {
  io.err('Not everything is settled yet. Nothing is lost: every payout says itself what happens next.');
  if (api.local)
    io.err(`Run the same command again to go on, or keep purser serve running (cycle ${options.cycle}).`);
}

async function lastBatch(api: ApiClient, cycle: string): Promise<string | null> {
  const [batch] = await call<{ id: string }[]>(
    api,
    'GET',
    `/api/admin/payout-batches?cycleId=${encodeURIComponent(cycle)}&limit=1`,
  );
  return batch?.id ?? null;
}
