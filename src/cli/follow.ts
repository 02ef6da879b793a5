import type { BatchView } from './batch-view.ts';
import { getBatch } from './batch-view.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Io } from './command.ts';
import { Progress } from './progress.ts';

const lookEveryMs = 250;
const alertsShown = 5;
/** After this long without progress the reason is looked up and said. */
const quietMs = 15_000;

/**
 * Follows a batch with a progress bar until it is completed and reconciled, until only the provider can move it, or until
 * the wait is over. Runs the engine in this process when there is no server that does.
 */
export async function followBatch(io: Io, api: ApiClient, id: string, waitMs: number): Promise<BatchView> {
  const stop = new AbortController();
  const signal = AbortSignal.any([io.signal, stop.signal]);
  const working = api.work(id, signal);
  try {
    return await watch(io, api, id, waitMs);
  } finally {
    stop.abort();
    await working;
  }
}

async function watch(io: Io, api: ApiClient, id: string, waitMs: number): Promise<BatchView> {
  const progress = new Progress(io);
  const deadline = io.nowMs() + waitMs;
  let batch = await getBatch(api, id);
  let changedAt = io.nowMs();
  let version = -1;
  while (!isAtRest(batch) && io.nowMs() < deadline && !io.signal.aborted) {
    progress.show('Paying', batch.processedItems, batch.totalItems, io.nowMs());
    if (batch.pollVersion !== version) {
      version = batch.pollVersion;
      changedAt = io.nowMs();
    } else if (io.nowMs() - changedAt > quietMs) {
      progress.end();
      await sayWhy(io, api);
      changedAt = io.nowMs();
    }
    await pause(lookEveryMs, io.signal);
    batch = await getBatch(api, id);
  }
  progress.show('Paying', batch.processedItems, batch.totalItems, io.nowMs());
  progress.end();
  return batch;
}

function isAtRest(batch: BatchView): boolean {
  if (batch.status === 'completed') return batch.reconciledAt !== null;
  return batch.status === 'cancelled' || batch.status === 'failed' || batch.resting === true;
}

/** Open questions that a person must look at, after everything else was said. */
export async function sayAlerts(io: Io, api: ApiClient): Promise<void> {
  const { data } = await call<{ data: { subject: string; message: string }[] }>(
    api,
    'GET',
    `/api/admin/alerts?limit=${alertsShown}`,
  );
  for (const { subject, message } of data) io.err(`Needs a look, ${subject}: ${message}`);
}

async function sayWhy(io: Io, api: ApiClient): Promise<void> {
  const { data } = await call<{ data: { message: string }[] }>(api, 'GET', '/api/admin/alerts?limit=5');
  if (data.length === 0) io.err('Waiting for the provider. Nothing needs to be done.');
  for (const alert of data) io.err(alert.message);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
}
