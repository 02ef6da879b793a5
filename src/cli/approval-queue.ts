import type { Approvable } from './approval-view.ts';
import { approvableText, sumText } from './approval-view.ts';
import { withApi } from './batches.ts';
import { call } from './client.ts';
import type { Command } from './command.ts';
import { exitCodes } from './command.ts';

/** Payouts one page shows. */
const shownMax = 50;

/** `purser approvals`: what waits for somebody to approve it, the oldest first. */
export const approvals: Command = {
  name: 'approvals',
  usage: '',
  summary: `Lists the ${shownMax} oldest payouts that wait for approval: amount, method, warnings and approvalHash.`,
  options: {},
  help: [],
  positionals: { min: 0, max: 0 },
  run: (io, values) =>
    withApi(io, async (api) => {
      const { data, nextCursor } = await call<{ data: Approvable[]; nextCursor: string | null }>(
        api,
        'GET',
        `/api/admin/approvals/waiting?limit=${shownMax}`,
      );
      if (values['json']) io.out(JSON.stringify(data));
      else if (data.length === 0) io.out('Nothing waits for approval.');
      else {
        for (const payout of data) for (const line of approvableText(payout)) io.out(line);
        io.out('');
        io.out(`${sumText(data)}${nextCursor === null ? '' : ', and more after them'}.`);
        io.out('Approve:  purser approve PAYOUT        Decline:  purser decline PAYOUT --reason TEXT');
      }
      return exitCodes.ok;
    }),
};
