import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';

interface Said {
  readonly id: string;
  readonly result: 'accepted' | 'not_sent' | 'contradicted' | 'unconfirmed' | null;
  readonly detail: string | null;
}

/** How long the command waits for the provider to be asked. */
const waitMs = 60_000;
const lookEveryMs = 250;

const usage = 'SUBMISSION --not-sent --evidence "…" | --sent PROVIDER_BATCH';

/** `purser resolve`: a person says what became of a submission that nobody else can find out about. */
export const resolve: Command = {
  name: 'resolve',
  usage,
  summary:
    'Says what became of a submission whose outcome is unknown; the provider is compared before it counts.',
  options: { sent: { type: 'string' }, 'not-sent': { type: 'boolean' }, evidence: { type: 'string' } },
  help: [
    'SUBMISSION        its id (su_…) or provider key, as its alert and GET /api/admin/status name it',
    '--sent BATCH      the provider holds it under this batch id; every item and amount is compared',
    '--not-sent        the provider does not have it: its payouts fail and can be retried',
    '--evidence TEXT   where you looked and what you found, at least 20 characters; with --not-sent required',
  ],
  positionals: { min: 1, max: 1 },
  run: (io, values, [id = '']) => {
    const body = bodyOf(values);
    if (body !== null) return withApi(io, (api) => say(io, api, values, id, body));
    io.err(`Usage: purser resolve ${usage}`);
    return Promise.resolve(exitCodes.usage);
  },
};

function bodyOf(values: Values): Record<string, unknown> | null {
  const sent = text(values, 'sent');
  const evidence = text(values, 'evidence');
  const notSent = values['not-sent'] === true;
  if ((sent !== null) === notSent || (notSent && evidence === null)) return null;
  return sent === null
    ? { outcome: 'not_sent', evidence }
    : { outcome: 'sent', providerBatchId: sent, evidence };
}

async function say(
  io: Io,
  api: ApiClient,
  values: Values,
  id: string,
  body: Record<string, unknown>,
): Promise<number> {
  const path = `/api/admin/submissions/${encodeURIComponent(id)}`;
  const asked = await call<{ resolution: Said }>(api, 'POST', `${path}/resolve`, body);
  const { batchId } = await call<{ batchId: string }>(api, 'GET', path);
  const stop = new AbortController();
  const working = api.work(batchId, AbortSignal.any([io.signal, stop.signal]));
  try {
    const said = await decided(io, api, path, asked.resolution);
    if (values['json']) io.out(JSON.stringify(said));
    else io.out(wordsFor(said));
    return said.result === 'accepted' || said.result === 'not_sent' ? exitCodes.ok : exitCodes.decision;
  } finally {
    stop.abort();
    await working;
  }
}

async function decided(io: Io, api: ApiClient, path: string, asked: Said): Promise<Said> {
  const deadline = io.nowMs() + waitMs;
  let said = asked;
  while (said.result === null && io.nowMs() < deadline && !io.signal.aborted) {
    await new Promise((done) => setTimeout(done, lookEveryMs));
    const { resolutions } = await call<{ resolutions: Said[] }>(api, 'GET', path);
    said = resolutions.find((one) => one.id === asked.id) ?? said;
  }
  return said;
}

function wordsFor({ result, detail }: Said): string {
  const why = detail === null ? '' : ` (${detail})`;
  switch (result) {
    case 'accepted':
      return `It was sent: every item and amount is the same${why}. Purser follows it from now on.`;
    case 'not_sent':
      return `It counts as not sent${why}. Retry its payouts to pay them under a new key.`;
    case 'contradicted':
      return `The provider says otherwise${why}. Nobody is paid again by this.`;
    case 'unconfirmed':
      return `The provider could not be asked${why}. Nothing was changed; say it again later.`;
    case null:
      return `It is still being checked${why}. Nothing was changed yet; the submission says when it is decided.`;
  }
}
