import { counted } from '../core/words.ts';
import { withApi } from './batches.ts';
import { call } from './client.ts';
import type { Command } from './command.ts';
import { exitCodes } from './command.ts';

interface Differences {
  readonly rules?: number;
  readonly differences: readonly { rule: string; subject: string; detail: string }[];
  readonly applied?: boolean;
}

/** `purser ledger verify|rebuild`: re-derive the books. */
export const ledger: Command = {
  name: 'ledger',
  usage: 'verify|rebuild [--apply]',
  summary:
    'verify re-derives every balance, payout and total from the entries; rebuild recomputes the balances.',
  options: { apply: { type: 'boolean' } },
  help: ['--apply           with rebuild: correct the balances, not only compare'],
  positionals: { min: 1, max: 1 },
  run: (io, values, [verb = '']) => {
    if (verb !== 'verify' && verb !== 'rebuild') {
      io.err('Usage: purser ledger verify|rebuild [--apply]');
      return Promise.resolve(exitCodes.usage);
    }
    return withApi(io, async (api) => {
      const apply = values['apply'] === true;
      const found =
        verb === 'verify'
          ? await call<Differences>(api, 'GET', '/api/admin/ledger/verify')
          : await call<Differences>(api, 'POST', '/api/admin/ledger/rebuild', { apply });
      if (values['json']) io.out(JSON.stringify(found));
      else {
        for (const { rule, subject, detail } of found.differences) io.out(`${rule}: ${subject}: ${detail}`);
        io.out(verdict(verb, found, apply));
      }
      return found.differences.length === 0 || (verb === 'rebuild' && apply)
        ? exitCodes.ok
        : exitCodes.failed;
    });
  },
};

function verdict(verb: string, found: Differences, apply: boolean): string {
  const count = found.differences.length;
  if (count === 0)
    return verb === 'verify'
      ? `The books are clean: ${counted(found.rules ?? 0, 'rule', 'rules')}, no difference.`
      : 'Every balance equals its entries.';
  if (verb === 'verify')
    return `${counted(count, 'difference', 'differences')}. No money was moved by looking; ask before anything is paid.`;
  return apply
    ? `${counted(count, 'balance', 'balances')} corrected from the entries.`
    : `${counted(count, 'balance differs', 'balances differ')}; add --apply to correct ${count === 1 ? 'it' : 'them'}.`;
}
