import { showBatch, waitMs, withApi } from './batches.ts';
import { call } from './client.ts';
import type { Command } from './command.ts';
import { exitCodes, text } from './command.ts';
import { followBatch } from './follow.ts';

/** `purser pay-approved`: one batch of everything that is approved and that a provider can pay. */
export const payApproved: Command = {
  name: 'pay-approved',
  usage: '[--provider paypal|stripe] --yes [--no-wait] [--accept-shortfall]',
  summary: 'Pays what is approved and not on hold through a provider, as one batch without a cycle.',
  options: {
    provider: { type: 'string' },
    yes: { type: 'boolean', short: 'y' },
    'no-wait': { type: 'boolean' },
    'accept-shortfall': { type: 'boolean' },
  },
  help: [
    '--provider NAME   who pays: paypal (default) or stripe',
    '--yes             do not ask',
    '--no-wait         prepare, and let a server or worker send',
    '--accept-shortfall  also when the account of the provider does not hold enough now',
  ],
  positionals: { min: 0, max: 0 },
  run: (io, values) => {
    if (!values['yes']) {
      io.err('Add --yes to pay what is approved. Nothing was paid.');
      return Promise.resolve(exitCodes.decision);
    }
    const body = {
      provider: text(values, 'provider') ?? 'paypal',
      acceptShortfall: values['accept-shortfall'] === true,
    };
    return withApi(
      io,
      async (api) => {
        const path = '/api/admin/payout-batches/process-approved';
        const { batchId } = await call<{ batchId: string }>(api, 'POST', path, body);
        if (!values['no-wait']) await followBatch(io, api, batchId, waitMs);
        return showBatch(io, api, batchId, values['json'] === true);
      },
      true,
    );
  },
};
