import { formatMoney } from '../core/money.ts';
import { withApi } from './batches.ts';
import { call } from './client.ts';
import type { Command, Io } from './command.ts';
import { exitCodes } from './command.ts';

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

/** `purser why PAYOUT`: the same words as everywhere else. */
export const why: Command = {
  name: 'why',
  usage: 'PAYOUT',
  summary:
    'Explains one payout (by its id, a reference of the file, or an item reference): where it is and what happens next.',
  options: {},
  help: [],
  positionals: { min: 1, max: 1 },
  run: (io, values, [id = '']) =>
    withApi(io, async (api) => {
      const payout = await call<PayoutView>(api, 'GET', `/api/admin/payouts/${encodeURIComponent(id)}`);
      if (values['json']) io.out(JSON.stringify(payout));
      else print(io, payout);
      return exitCodes.ok;
    }),
};

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
