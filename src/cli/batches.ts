import { counted } from '../core/words.ts';
import type { SummaryView } from './batch-view.ts';
import {
  bucketTotals,
  bucketWords,
  getBatch,
  getSince,
  getSummary,
  printSummary,
  sinceText,
  summaryJson,
  summaryText,
} from './batch-view.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';
import { followBatch } from './follow.ts';
import { momentColumn } from './moment.ts';

/** How long a command follows a batch. */
export const waitMs = 60 * 60_000;
/** Batches listed; counting them reads each of their items. */
const listedMax = 20;

interface ListedBatch {
  readonly id: string;
  readonly cycleId: string | null;
  readonly status: string;
  readonly totalItems: number;
  readonly startedBy: string;
  readonly createdAt: string;
  readonly retryOf: string | null;
  /** Absent when an older server answers. */
  readonly summary?: Omit<SummaryView, 'id' | 'totalItems' | 'reasons'>;
}

/** Runs `work` with a connection that is closed whatever happens. */
export async function withApi(
  io: Io,
  work: (api: ApiClient) => Promise<number>,
  patient = false,
): Promise<number> {
  const api = await io.connect({ patient });
  try {
    return await work(api);
  } finally {
    await api.close();
  }
}

/** `purser batches`: what was paid, newest first. */
export const batches: Command = {
  name: 'batches',
  usage: '[--cycle ID]',
  summary: `Lists the last ${listedMax} batches, newest first, with what became of them.`,
  options: { cycle: { type: 'string' } },
  help: ['--cycle ID        only batches of this cycle'],
  positionals: { min: 0, max: 0 },
  run: (io, values) => withApi(io, (api) => listBatches(io, api, values)),
};

async function listBatches(io: Io, api: ApiClient, values: Values): Promise<number> {
  const cycle = text(values, 'cycle');
  const ofCycle = cycle === null ? '' : `&cycleId=${encodeURIComponent(cycle)}`;
  const path = `/api/admin/payout-batches?summary=true&limit=${listedMax}${ofCycle}`;
  const list = await call<ListedBatch[]>(api, 'GET', path);
  if (values['json']) io.out(JSON.stringify(list));
  else if (list.length === 0) io.out('No batches yet. purser pay FILE --cycle ID makes one.');
  else for (const batch of list) printListed(io, batch);
  return exitCodes.ok;
}

/** Buckets that are named even when they are empty: whoever reads a list looks for them. */
const alwaysNamed: ReadonlySet<string> = new Set(['success', 'failed', 'unclaimed', 'pending']);

function printListed(io: Io, batch: ListedBatch): void {
  const retry = batch.retryOf === null ? '' : `, retry of ${batch.retryOf}`;
  const items = counted(batch.totalItems, 'item', 'items').padStart(13);
  io.out(
    `${batch.id}  ${batch.status.padEnd(10)} ${items}  cycle ${batch.cycleId ?? '-'}  ${momentColumn(batch.createdAt)}  by ${batch.startedBy}${retry}`,
  );
  const { summary } = batch;
  if (!summary) return;
  const parts = bucketWords
    .filter(([key]) => summary[key] > 0 || alwaysNamed.has(key))
    .map(([key, label]) => {
      const totals = summary[key] === 0 ? '' : ` (${bucketTotals(summary, key)})`;
      return `${summary[key]} ${label.toLowerCase()}${totals}`;
    });
  if (summary.cancelled) parts.push(`${summary.cancelled} cancelled`);
  io.out(`    ${parts.join(', ')}`);
}

/** `purser batch ID`: its summary; `--watch` follows it. */
export const batch: Command = {
  name: 'batch',
  usage: 'BATCH [--watch]',
  summary: 'Shows one batch: counts, totals, reasons and where to look further.',
  options: { watch: { type: 'boolean' } },
  help: ['--watch           follow it to the end with a progress bar'],
  positionals: { min: 1, max: 1 },
  run: (io, values, [id = '']) =>
    withApi(io, async (api) => {
      await getBatch(api, id);
      if (values['watch']) await followBatch(io, api, id, waitMs);
      return showBatch(io, api, id, values['json'] === true);
    }),
};

export async function showBatch(io: Io, api: ApiClient, id: string, json: boolean): Promise<number> {
  const found = await getBatch(api, id);
  const summary = await getSummary(api, id);
  if (json) io.out(JSON.stringify(summaryJson(found, summary)));
  else printSummary(io, found, summary, await getSince(api, id));
  return exitCodes.ok;
}

const shortfallHelp = '--accept-shortfall  also when the account of the provider does not hold enough now';

/** `purser retry-failed BATCH`: what failed, as a new batch. */
export const retryFailed: Command = {
  name: 'retry-failed',
  usage: 'BATCH [--yes] [--no-wait] [--accept-shortfall]',
  summary: 'Pays again what failed in a batch, as a new batch. Asked twice it is the same batch.',
  options: {
    yes: { type: 'boolean', short: 'y' },
    'no-wait': { type: 'boolean' },
    'accept-shortfall': { type: 'boolean' },
  },
  help: [
    '--yes             do not ask before paying',
    '--no-wait         prepare, and let a server or worker send',
    shortfallHelp,
  ],
  positionals: { min: 1, max: 1 },
  run: (io, values, [id = '']) => withApi(io, (api) => retry(io, api, id, values), true),
};

async function retry(io: Io, api: ApiClient, id: string, values: Values): Promise<number> {
  const summary = await getSummary(api, id);
  const source = await getBatch(api, id);
  if (!values['yes']) {
    const since = sinceText(await getSince(api, id));
    for (const line of [...summaryText(source, summary), ...since]) io.err(line);
    if (!io.interactive) {
      io.err('Nothing was paid: nobody is there to confirm. Add --yes to retry.');
      return exitCodes.decision;
    }
    const answer = await io.ask(
      `Retry ${counted(summary.failed, 'failed payout', 'failed payouts')}? Type yes: `,
    );
    if (answer.trim().toLowerCase() !== 'yes') {
      io.err('Nothing was paid.');
      return exitCodes.decision;
    }
  }
  const path = `/api/admin/payout-batches/${encodeURIComponent(id)}/retry-failed`;
  const body = { acceptShortfall: values['accept-shortfall'] === true };
  const { batchId } = await call<{ batchId: string }>(api, 'POST', path, body);
  if (!values['no-wait']) await followBatch(io, api, batchId, waitMs);
  return showBatch(io, api, batchId, values['json'] === true);
}

/** `purser retry PAYOUT…`: single payouts that failed or came back. */
export const retryPayouts: Command = {
  name: 'retry',
  usage: 'PAYOUT [PAYOUT …] --yes [--no-wait] [--accept-shortfall]',
  summary:
    'Pays single payouts again that failed or came back (ids or references), as a new batch of their cycle.',
  options: {
    yes: { type: 'boolean', short: 'y' },
    'no-wait': { type: 'boolean' },
    'accept-shortfall': { type: 'boolean' },
  },
  help: [
    '--yes             do not ask',
    '--no-wait         prepare, and let a server or worker send',
    shortfallHelp,
  ],
  positionals: { min: 1, max: 500 },
  run: (io, values, payoutIds) => {
    if (!values['yes']) {
      io.err('Add --yes to pay them again. Nothing was paid.');
      return Promise.resolve(exitCodes.decision);
    }
    return withApi(
      io,
      async (api) => {
        const path = '/api/admin/payouts/retry';
        const body = { payoutIds, acceptShortfall: values['accept-shortfall'] === true };
        const { batchId } = await call<{ batchId: string }>(api, 'POST', path, body);
        if (!values['no-wait']) await followBatch(io, api, batchId, waitMs);
        return showBatch(io, api, batchId, values['json'] === true);
      },
      true,
    );
  },
};

const exportStates = ['all', 'success', 'failed', 'unclaimed', 'pending', 'returned', 'cancelled'];

/** `purser export BATCH`: its items as CSV. */
export const exportBatch: Command = {
  name: 'export',
  usage: 'BATCH [--status failed]',
  summary: 'Writes the items of a batch as CSV to stdout.',
  options: { status: { type: 'string' } },
  help: [`--status STATUS   ${exportStates.join(', ')}; default all`],
  positionals: { min: 1, max: 1 },
  run: (io, values, [id = '']) => {
    const status = text(values, 'status') ?? 'all';
    if (!exportStates.includes(status)) {
      io.err(`--status must be one of ${exportStates.join(', ')}.`);
      return Promise.resolve(exitCodes.usage);
    }
    return withApi(io, async (api) => {
      await getBatch(api, id);
      const { text: csv } = await api.request(
        'GET',
        `/api/admin/payout-batches/${encodeURIComponent(id)}/export.csv?status=${status}`,
      );
      io.out(csv.replace(/\r?\n$/, ''));
      for (const line of sinceText(await getSince(api, id))) io.err(line);
      return exitCodes.ok;
    });
  },
};

interface Reconciled {
  readonly checked: number;
  readonly corrected: number;
  readonly differences: number;
}

/** `purser reconcile BATCH`: ask the provider for every item and correct what differs. */
export const reconcile: Command = {
  name: 'reconcile',
  usage: 'BATCH',
  summary: 'Asks the provider for every item of a batch and corrects what differs.',
  options: {},
  help: [],
  positionals: { min: 1, max: 1 },
  run: (io, values, [id = '']) =>
    withApi(io, async (api) => {
      await call(api, 'POST', `/api/admin/payout-batches/${encodeURIComponent(id)}/reconcile`);
      await followBatch(io, api, id, waitMs);
      const { data } = await call<{ data: Reconciled[] }>(
        api,
        'GET',
        `/api/admin/reconciliations?batchId=${encodeURIComponent(id)}&limit=1`,
      );
      const [run] = data;
      if (values['json']) io.out(JSON.stringify(run ?? null));
      else if (run) {
        const checked = counted(run.checked, 'item', 'items');
        const left = counted(run.differences, 'difference', 'differences');
        io.out(`Checked ${checked}, corrected ${run.corrected}, ${left} left.`);
      } else io.out('The provider did not answer; Purser tries again.');
      return exitCodes.ok;
    }),
};

/** `purser cancel BATCH`: what is proven unsent. */
export const cancel: Command = {
  name: 'cancel',
  usage: 'BATCH --yes',
  summary: 'Cancels what is proven unsent of a batch.',
  options: { yes: { type: 'boolean', short: 'y' } },
  help: ['--yes             do not ask'],
  positionals: { min: 1, max: 1 },
  run: (io, values, [id = '']) => {
    if (!values['yes']) {
      io.err('Add --yes to cancel. Nothing was changed.');
      return Promise.resolve(exitCodes.decision);
    }
    return withApi(io, async (api) => {
      const done = await call<{ cancelled: number; stillOnTheWay: number }>(
        api,
        'POST',
        `/api/admin/payout-batches/${encodeURIComponent(id)}/cancel`,
      );
      if (values['json']) io.out(JSON.stringify(done));
      else
        io.out(
          `Cancelled ${counted(done.cancelled, 'payout', 'payouts')}, no money moved. ${counted(done.stillOnTheWay, 'other is', 'others are')} paid, failed or on the way.`,
        );
      return exitCodes.ok;
    });
  },
};
