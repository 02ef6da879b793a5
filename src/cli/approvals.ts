import { counted } from '../core/words.ts';
import type { Approvable } from './approval-view.ts';
import { approvableText, sumText } from './approval-view.ts';
import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { ApiProblem, call } from './client.ts';
import type { Command, Io, Values } from './command.ts';
import { exitCodes, text } from './command.ts';
import { momentText } from './moment.ts';

/** Payouts one command may name. */
const payoutsMax = 500;

interface Deeds {
  readonly done: number;
  readonly refused: number;
  readonly results: readonly {
    readonly payoutId: string;
    readonly result: 'done' | 'refused' | 'repeated';
    readonly status: string | null;
    readonly message: string | null;
    readonly actionRequired: string | null;
    readonly doneBy: string | null;
    readonly doneAt: string | null;
  }[];
}

/** `purser approve PAYOUT…`: each by itself; what is shown and confirmed is exactly what is approved. */
export const approve: Command = {
  name: 'approve',
  usage: 'PAYOUT [PAYOUT …] [--hash HASH] [--yes]',
  summary:
    'Shows payouts that were asked for with what speaks against them, asks, and approves them. Nobody approves what they asked for themselves.',
  options: { hash: { type: 'string' }, yes: { type: 'boolean', short: 'y' } },
  help: [
    '--hash HASH       with one payout: the approvalHash that was seen; anything else is refused',
    '--yes             do not show and ask',
  ],
  positionals: { min: 1, max: payoutsMax },
  run: (io, values, payoutIds) => {
    const hash = text(values, 'hash');
    if (hash !== null && payoutIds.length > 1) {
      io.err('--hash is of one payout: name one. Nothing was approved.');
      return Promise.resolve(exitCodes.usage);
    }
    return withApi(io, async (api) => {
      if (values['yes'] || hash !== null) {
        const body = { payoutIds, ...(hash === null ? {} : { approvalHash: hash }) };
        return decide(io, api, values, 'approve', body);
      }
      const seen = await look(api, payoutIds);
      if (!(await confirmed(io, seen))) return exitCodes.decision;
      return tell(io, values, await approveSeen(api, seen), 'approved');
    });
  },
};

async function look(api: ApiClient, payoutIds: readonly string[]): Promise<Approvable[]> {
  const seen: Approvable[] = [];
  for (const id of new Set(payoutIds))
    seen.push(await call<Approvable>(api, 'GET', `/api/admin/payouts/${encodeURIComponent(id)}`));
  return seen;
}

/** Shows what is about to be approved and asks whoever sits there. */
async function confirmed(io: Io, seen: readonly Approvable[]): Promise<boolean> {
  for (const payout of seen) for (const line of approvableText(payout)) io.err(line);
  const warnings = seen.reduce((sum, { approval }) => sum + (approval?.warnings.length ?? 0), 0);
  const beware =
    warnings === 0 ? '' : ` There ${warnings === 1 ? 'is 1 warning' : `are ${warnings} warnings`}.`;
  if (!io.interactive) {
    io.err(
      `Nothing was approved: nobody is there to confirm ${sumText(seen)}.${beware} Add --yes to approve.`,
    );
    return false;
  }
  const answer = await io.ask(`Approve ${sumText(seen)}?${beware} Type yes: `);
  if (answer.trim().toLowerCase() === 'yes') return true;
  io.err('Nothing was approved.');
  return false;
}

/** One call each, with the hash of what was shown: what changed meanwhile is refused. */
async function approveSeen(api: ApiClient, seen: readonly Approvable[]): Promise<Deeds> {
  const all: Deeds[] = [];
  for (const { id, approval } of seen) {
    const body = { payoutIds: [id], ...(approval && { approvalHash: approval.approvalHash }) };
    try {
      all.push(await call<Deeds>(api, 'POST', '/api/admin/payouts/approve', body));
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 409) throw error;
      all.push({ done: 0, refused: 1, results: [refusedOf(id, error)] });
    }
  }
  return {
    done: all.reduce((sum, { done }) => sum + done, 0),
    refused: all.reduce((sum, { refused }) => sum + refused, 0),
    results: all.flatMap(({ results }) => results),
  };
}

function refusedOf(payoutId: string, { message, problem }: ApiProblem): Deeds['results'][number] {
  const { actionRequired, payoutStatus, doneBy, doneAt } = problem;
  const textOf = (value: unknown) => (typeof value === 'string' ? value : null);
  return {
    payoutId,
    result: 'refused',
    status: textOf(payoutStatus),
    message,
    actionRequired: textOf(actionRequired),
    doneBy: textOf(doneBy),
    doneAt: textOf(doneAt),
  };
}

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
  return tell(io, values, deeds, what === 'approve' ? 'approved' : 'declined');
}

function tell(io: Io, values: Values, deeds: Deeds, word: string): number {
  if (values['json']) io.out(JSON.stringify(deeds));
  else printDeeds(io, deeds, word);
  return deeds.refused === 0 ? exitCodes.ok : exitCodes.failed;
}

function printDeeds(io: Io, { done, refused, results }: Deeds, word: string): void {
  for (const { payoutId, result, status, message, actionRequired, doneBy, doneAt } of results) {
    if (result === 'done') {
      io.out(`${payoutId}  ${status === 'pending_approval' ? 'needs a second approver' : word}`);
      continue;
    }
    if (result === 'repeated') {
      io.err(`${payoutId}  ${message ?? ''}`);
      continue;
    }
    const isSaid = doneBy === null || message?.includes(doneBy) === true;
    const who = isSaid ? '' : ` (${[doneBy, ...(doneAt === null ? [] : [momentText(doneAt)])].join(', ')})`;
    io.out(`${payoutId}  not ${word}: ${message ?? ''}${who}`);
    if (actionRequired !== null) io.err(`  ${actionRequired}`);
  }
  if (results.length > 1) io.out(`${counted(done, 'payout', 'payouts')} ${word}, ${refused} not.`);
}
