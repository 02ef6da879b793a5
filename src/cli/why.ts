import { formatMoney } from '../core/money.ts';
import { withApi } from './batches.ts';
import type { ApiClient } from './client.ts';
import { ApiProblem, call } from './client.ts';
import type { Command, Io } from './command.ts';
import { exitCodes } from './command.ts';
import type { PayeeOutlook } from './why-payee.ts';
import { printPayee } from './why-payee.ts';

interface PayoutView {
  readonly id: string;
  readonly payeeId: string;
  readonly payeeName?: string;
  readonly amount: number;
  readonly currency: string;
  readonly status: string;
  readonly label: string;
  readonly nextStep: string;
  readonly waitingOn: string;
  readonly timeline: readonly { at: string; event: string; actor: string; detail: string | null }[];
  readonly attempts: readonly {
    ordinal: number;
    itemReference: string;
    status: string;
    batchId: string;
    providerBatchId: string | null;
    reason?: { code: string } | null;
  }[];
}

/** `purser why PAYOUT|PAYEE`: the same words as everywhere else. */
export const why: Command = {
  name: 'why',
  usage: 'PAYOUT|PAYEE [--payee]',
  summary:
    'Explains one payout (by its id, a reference of the file, or an item reference), or says of a payee (py_… or your id) whether they can be paid, what is there and what is in the way.',
  options: { payee: { type: 'boolean' } },
  help: ['--payee           a payee, also where a payout has the same reference'],
  positionals: { min: 1, max: 1 },
  run: (io, values, [id = '']) =>
    withApi(io, async (api) => {
      const json = values['json'] === true;
      const isPayee = values['payee'] === true || id.startsWith('py_');
      const payout = isPayee ? null : await findOne<PayoutView>(api, `/api/admin/payouts/${encoded(id)}`);
      if (payout) {
        if (json) io.out(JSON.stringify(payout));
        else print(io, payout);
        return exitCodes.ok;
      }
      const payee = await findOne<PayeeOutlook>(api, `/api/admin/payees/${encoded(id)}/outlook`);
      if (!payee) {
        io.err(isPayee ? `There is no payee ${id}.` : `There is no payout and no payee ${id}.`);
        io.err('Check the id; a payout is also found by a reference of its file, a payee by your own id.');
        return exitCodes.failed;
      }
      if (json) io.out(JSON.stringify(payee));
      else printPayee(io, payee);
      return exitCodes.ok;
    }),
};

const encoded = (id: string) => encodeURIComponent(id);

/** What is at this address, or null when there is nothing. */
async function findOne<T>(api: ApiClient, path: string): Promise<T | null> {
  try {
    return await call<T>(api, 'GET', path);
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return null;
    throw error;
  }
}

function print(io: Io, payout: PayoutView): void {
  io.out(payout.label);
  io.out(
    `${formatMoney(BigInt(payout.amount), payout.currency)} to ${payout.payeeName ?? payout.payeeId} (${payout.id})`,
  );
  io.out(`Next: ${payout.nextStep}`);
  io.out(`Waiting on: ${payout.waitingOn}`);
  io.out('');
  for (const entry of payout.timeline) {
    io.out(
      `  ${entry.at}  ${entry.event.padEnd(9)} ${entry.actor}${entry.detail === null ? '' : `: ${entry.detail}`}`,
    );
  }
  io.out('');
  for (const attempt of payout.attempts) {
    const at = attempt.providerBatchId === null ? '' : `, provider batch ${attempt.providerBatchId}`;
    io.out(
      `  attempt ${attempt.ordinal}: ${attempt.status}, item ${attempt.itemReference}, batch ${attempt.batchId}${at}`,
    );
  }
}
