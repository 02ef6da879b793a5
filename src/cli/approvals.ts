import { counted } from '../core/words.ts';
import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';

/** Payouts one command may name. */
const payoutsMax = 500;

interface Deeds {
  readonly done: number;
  readonly refused: number;
  readonly results: readonly {
    readonly payoutId: string;
    readonly result: 'done' | 'refused';
    readonly status: string | null;
    readonly message: string | null;
    readonly actionRequired: string | null;
    readonly doneBy: string | null;
    readonly doneAt: string | null;
  }[];
}

/** `purser approve PAYOUT…`: each by itself; with --hash exactly what was seen. */
export const approve: Command = {
  name: 'approve',
  usage: 'PAYOUT [PAYOUT …] [--hash HASH]',
  summary: 'Approves payouts that were asked for. Nobody approves what they asked for themselves.',
  options: { hash: { type: 'string' } },
  help: ['--hash HASH       with one payout: the approvalHash that was seen; anything else is refused'],
  positionals: { min: 1, max: payoutsMax },
  run: (io, values, payoutIds) => {
    const hash = text(values, 'hash');
    if (hash !== null && payoutIds.length > 1) {
      io.err('--hash is of one payout: name one. Nothing was approved.');
      return Promise.resolve(exitCodes.usage);
    }
    const body = { payoutIds, ...(hash === null ? {} : { approvalHash: hash }) };
    return withApi(io, (api) => decide(io, api, values, 'approve', body));
  },
};

/** `purser decline PAYOUT… --reason R`: the money is available to the payee again. */
export const decline: Command = {
  name: 'decline',
  usage: 'PAYOUT [PAYOUT …] --reason TEXT [--even-if-exported]',
  summary: 'Declines payouts that have not left; what they carried is available to the payee again.',
  options: { reason: { type: 'string' }, 'even-if-exported': { type: 'boolean' } },
  help: [
    '--reason TEXT     why; the payee reads it',
    '--even-if-exported  also what is in an export to be paid by hand: nobody pays it any more',
  ],
  positionals: { min: 1, max: payoutsMax },
  run: (io, values, payoutIds) => {
    const reason = text(values, 'reason');
    if (reason === null) {
      io.err('Say why: --reason TEXT. Nothing was declined.');
      return Promise.resolve(exitCodes.usage);
    }
    const body = { payoutIds, reason, evenIfExported: values['even-if-exported'] === true };
    return withApi(io, (api) => decide(io, api, values, 'decline', body));
  },
};

async function decide(
  io: Io,
  api: ApiClient,
  values: Values,
  what: 'approve' | 'decline',
  body: Record<string, unknown>,
): Promise<number> {
  const deeds = await call<Deeds>(api, 'POST', `/api/admin/payouts/${what}`, body);
  if (values['json']) io.out(JSON.stringify(deeds));
  else printDeeds(io, deeds, what === 'approve' ? 'approved' : 'declined');
  return deeds.refused === 0 ? exitCodes.ok : exitCodes.failed;
}

function printDeeds(io: Io, { done, refused, results }: Deeds, word: string): void {
  for (const { payoutId, result, status, message, actionRequired, doneBy, doneAt } of results) {
    if (result === 'done') {
      io.out(`${payoutId}  ${status === 'pending_approval' ? 'needs a second approver' : word}`);
      continue;
    }
    const who = doneBy === null ? '' : ` (${doneBy}, ${doneAt ?? ''})`;
    io.out(`${payoutId}  not ${word}: ${message ?? ''}${who}`);
    if (actionRequired !== null) io.err(`  ${actionRequired}`);
  }
  if (results.length > 1) io.out(`${counted(done, 'payout', 'payouts')} ${word}, ${refused} not.`);
}
