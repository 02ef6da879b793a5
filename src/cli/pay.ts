import { jsonAmount } from '../core/money.ts';
import type { PayFileSummary } from '../wire/pay-file.ts';
import { readPayFile } from '../wire/pay-file.ts';
import { writeErrorFile } from '../wire/error-file.ts';
import { getBatch, getSummary, printSummary, summaryJson } from './batch-view.ts';
import type { ApiClient } from './client.ts';
import { ApiProblem, call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';
import { followBatch } from './follow.ts';
import { ensureCycle, importEarnings } from './import-earnings.ts';
import { totalsText } from './progress.ts';

const waitMinutesDefault = 60;
const waitMinutesMax = 7 * 24 * 60;
/** A run follows the active batch first, then pays what is new; more rounds than this mean somebody else keeps paying. */
const roundsMax = 5;

interface PayOptions {
  readonly file: string;
  readonly cycle: string;
  readonly source: string;
  readonly json: boolean;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly skipInvalid: boolean;
  readonly noWait: boolean;
  readonly waitMs: number;
}

/** `purser pay FILE --cycle ID`: from a file to paid. Run again it goes on, or says that nothing is left. */
export const pay: Command = {
  name: 'pay',
  usage:
    'FILE --cycle ID [--source winner] [--provider paypal] [--dry-run] [--yes] [--skip-invalid] [--no-wait]',
  summary: 'Pays everybody in a CSV file once, follows it to the end, and prints a summary.',
  options: {
    cycle: { type: 'string' },
    source: { type: 'string' },
    provider: { type: 'string' },
    'dry-run': { type: 'boolean' },
    yes: { type: 'boolean', short: 'y' },
    'skip-invalid': { type: 'boolean' },
    'no-wait': { type: 'boolean' },
    wait: { type: 'string' },
  },
  help: [
    '--cycle ID        the cycle these people are paid for, e.g. 18',
    '--source TYPE     what the references name, default winner',
    '--provider NAME   paypal (the only one yet)',
    '--dry-run         show what would be paid; writes nothing',
    '--yes             do not ask before paying',
    '--skip-invalid    leave bad rows out and pay the others',
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
  if (provider !== 'paypal') {
    io.err(`--provider ${provider} cannot pay files yet; use paypal. Nothing was paid.`);
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
    source: text(values, 'source') ?? 'winner',
    json: values['json'] === true,
    yes: values['yes'] === true,
    dryRun: values['dry-run'] === true,
    skipInvalid: values['skip-invalid'] === true,
    noWait: values['no-wait'] === true,
    waitMs: Number(wait) * 60_000,
  };
}

async function payFile(io: Io, options: PayOptions): Promise<number> {
  const summary = await checkFile(io, options);
  if (summary === null) return exitCodes.decision;
  preview(io, options, summary);
  if (options.dryRun) {
    if (options.json) io.out(JSON.stringify(dryRunJson(options, summary)));
    return exitCodes.ok;
  }
  if (summary.goodRows === 0) {
    io.err('No row can be paid. Nothing was paid.');
    return exitCodes.decision;
  }
  if (!(await confirmed(io, options, summary))) return exitCodes.decision;
  const api = await io.connect({ patient: true });
  try {
    return await payThrough(io, api, options, summary);
  } finally {
    await api.close();
  }
}

/** Reads the whole file before anything is written. Null when something in it needs a decision. */
async function checkFile(io: Io, options: PayOptions): Promise<PayFileSummary | null> {
  const result = await readPayFile(options.file);
  if (!result.ok) {
    const { line, message, howToFix } = result.issue;
    io.err(`${options.file}${line === null ? '' : `, line ${line}`}: ${message}`);
    io.err(`${howToFix} Nothing was paid.`);
    if (options.json) io.out(JSON.stringify({ status: 'not_paid', file: result.issue }));
    return null;
  }
  if (result.summary.badRows === 0) return result.summary;
  const errors = `${options.file}.errors.csv`;
  await writeErrorFile(options.file, errors);
  const { badRows, rowCount } = result.summary;
  io.err(
    `${badRows} of ${rowCount} rows cannot be paid; each is in ${errors} with its line, the error and how to fix it.`,
  );
  await firstIssues(io, options.file);
  if (options.skipInvalid) return result.summary;
  io.err('Nothing was paid. Correct the file, or add --skip-invalid to pay the other rows.');
  if (options.json)
    io.out(JSON.stringify({ status: 'not_paid', rows: rowCount, badRows, errorFile: errors }));
  return null;
}

const issuesShown = 5;

async function firstIssues(io: Io, file: string): Promise<void> {
  let shown = 0;
  await readPayFile(file, {
    onBatch: ({ bad }) => {
      for (const row of bad) {
        const [issue] = row.issues;
        if (!issue || shown >= issuesShown) continue;
        shown += 1;
        io.err(`  line ${row.line}, ${issue.column}: ${issue.message} ${issue.howToFix}`);
      }
    },
  });
}

function preview(io: Io, options: PayOptions, summary: PayFileSummary): void {
  io.err(
    `${options.file}: ${summary.goodRows} people, ${totalsText(summary.totals)}, for cycle ${options.cycle}`,
  );
  for (const [currency, rows] of Object.entries(summary.largest)) {
    const largest = rows.map((row) => totalsText({ [currency]: row.amount })).join(', ');
    io.err(`  largest in ${currency}: ${largest}`);
  }
}

function dryRunJson(options: PayOptions, summary: PayFileSummary): Record<string, unknown> {
  const totals = Object.fromEntries(
    Object.entries(summary.totals).map(([currency, sum]) => [currency, jsonAmount(sum)]),
  );
  return {
    status: 'dry_run',
    cycleId: options.cycle,
    rows: summary.goodRows,
    badRows: summary.badRows,
    totals,
  };
}

async function confirmed(io: Io, options: PayOptions, summary: PayFileSummary): Promise<boolean> {
  if (options.yes) return true;
  if (!io.interactive) {
    io.err('Nothing was paid: nobody is there to confirm. Add --yes to pay.');
    if (options.json)
      io.out(JSON.stringify({ ...dryRunJson(options, summary), status: 'needs_confirmation' }));
    return false;
  }
  const answer = await io.ask(`Pay ${summary.goodRows} people ${totalsText(summary.totals)}? Type yes: `);
  if (answer.trim().toLowerCase() === 'yes') return true;
  io.err('Nothing was paid.');
  return false;
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
  if (!(await acceptLeftOut(io, api, options, imported.references))) return exitCodes.decision;
  let followed: string | null = null;
  for (let round = 1; round <= roundsMax; round += 1) {
    const started = await start(api, options, imported.references);
    if (started.kind === 'nothing') break;
    if (started.kind === 'active')
      io.err(`Batch ${started.batchId} of this cycle is being paid; following it.`);
    else io.err(`Batch ${started.batchId}: ${started.items} people.`);
    followed = started.batchId;
    if (options.noWait) break;
    const batch = await followBatch(io, api, started.batchId, options.waitMs);
    if (batch.status !== 'completed' || started.kind === 'started') break;
  }
  return conclude(io, api, options, followed);
}

const leftOutReasons: Readonly<Record<string, string>> = {
  no_method: 'no payout method: give a destination in the file, or add one to the payee',
  payee_blocked: 'a blocked payee',
};

/** People of the file who cannot be paid now are said before anybody is paid, and need a decision. */
async function acceptLeftOut(
  io: Io,
  api: ApiClient,
  options: PayOptions,
  references: readonly string[],
): Promise<boolean> {
  const { notEligible } = await call<{ notEligible: { reason: string; count: number }[] }>(
    api,
    'POST',
    '/api/admin/payout-batches/preview',
    { ...scopeOf(options, references), details: false },
  );
  for (const { reason, count } of notEligible) {
    io.err(`${count} of the file cannot be paid: ${leftOutReasons[reason] ?? reason}.`);
  }
  if (notEligible.length === 0 || options.skipInvalid) return true;
  io.err('Nothing was paid. Mend it, or add --skip-invalid to pay the others.');
  if (options.json) io.out(JSON.stringify({ status: 'not_paid', notEligible }));
  return false;
}

function scopeOf(options: PayOptions, references: readonly string[]) {
  return { cycleId: options.cycle, newOnly: true, only: { sourceType: options.source, references } };
}

type Started =
  | { kind: 'started'; batchId: string; items: number }
  | { kind: 'active'; batchId: string }
  | { kind: 'nothing' };

/** Starts a batch of the file's own earnings; failed payouts of earlier runs are left to `retry-failed`. */
async function start(api: ApiClient, options: PayOptions, references: readonly string[]): Promise<Started> {
  try {
    const { batchId, totalItems } = await call<{ batchId: string; totalItems: number }>(
      api,
      'POST',
      '/api/admin/payout-batches/process',
      scopeOf(options, references),
    );
    return { kind: 'started', batchId, items: totalItems };
  } catch (error) {
    if (!(error instanceof ApiProblem)) throw error;
    if (error.code === 'nothing_to_pay') return { kind: 'nothing' };
    const { batchId } = error.problem;
    if (error.code === 'batch_already_active' && typeof batchId === 'string')
      return { kind: 'active', batchId };
    throw error;
  }
}

async function conclude(
  io: Io,
  api: ApiClient,
  options: PayOptions,
  followed: string | null,
): Promise<number> {
  const batchId = followed ?? (await lastBatch(api, options.cycle));
  if (followed === null) io.err('Nothing is left to pay: everybody in this file has a payout already.');
  if (batchId === null) {
    io.err('Nobody in this file can be paid now. See purser cycles for the reasons.');
    return exitCodes.decision;
  }
  const batch = await getBatch(api, batchId);
  const summary = await getSummary(api, batchId);
  if (!options.json) printSummary(io, batch, summary);
  if (batch.status === 'processing') sayOpen(io, api, options);
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
