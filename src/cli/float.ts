import { firstShortWords } from '../core/float-plan-words.ts';
import { formatMoney } from '../core/money.ts';
import { withApi } from './batches.ts';
import { call } from './client.ts';
import type { Command, Io } from './command.ts';
import { exitCodes } from './command.ts';

/** A sum, as text beyond what a JSON number holds. */
type Sum = number | string;

interface Account {
  readonly provider: string;
  readonly currency: string;
  readonly available: Sum | null;
  readonly pending: Sum | null;
  readonly ageSeconds: number | null;
  readonly shortfall: Sum | null;
  readonly words: string;
  readonly needed: Sum;
  readonly fees: { readonly words: string } | null;
  readonly runs: readonly { readonly words: string; readonly shortfall: Sum | null }[];
  readonly projection: { readonly firstShort: { readonly day: string; readonly shortfall: Sum } | null };
  readonly paidByBooks: Sum | null;
}

interface Float {
  readonly providers: readonly { readonly provider: string; readonly error: string | null }[];
  readonly accounts: readonly Account[];
}

/** `purser float`: what the provider accounts hold, and what the next runs need. */
export const float: Command = {
  name: 'float',
  usage: '[--books]',
  summary:
    'Says what each provider account holds, what is queued and approved, on which day it falls short, and which runs are short.',
  options: { books: { type: 'boolean' } },
  help: ['--books           also what left through each account by the books; reads all of them'],
  positionals: { min: 0, max: 0 },
  run: (io, values) =>
    withApi(io, async (api) => {
      await api.readFloat();
      const found = await call<Float>(api, 'GET', `/api/admin/float?books=${values['books'] === true}`);
      if (values['json']) io.out(JSON.stringify(found));
      else show(io, found);
      return exitCodes.ok;
    }),
};

function show(io: Io, { providers, accounts }: Float): void {
  for (const { provider, error } of providers) {
    if (error !== null) io.out(`${provider}: its balance could not be read. ${error}`);
  }
  if (accounts.length === 0)
    io.out('Nothing is known of any account yet, and nothing is queued or approved.');
  for (const account of accounts) showAccount(io, account);
}

function showAccount(io: Io, account: Account): void {
  const { provider, currency, available, pending, ageSeconds } = account;
  const money = (amount: Sum) => formatMoney(BigInt(amount), currency);
  const held =
    available === null
      ? 'not known'
      : `${money(available)} available, ${money(pending ?? 0)} pending, read ${ageText(ageSeconds ?? 0)} ago`;
  io.out(`${provider} ${currency}: ${held}`);
  if (available !== null) io.out(`  ${account.words}`);
  if (account.fees !== null && BigInt(account.needed) > 0n) io.out(`  ${account.fees.words}`);
  const { firstShort } = account.projection;
  if (firstShort !== null) {
    const missing = money(firstShort.shortfall);
    io.out(`  ${firstShortWords(firstShort.day, missing, account.fees !== null)}`);
  }
  for (const { words } of account.runs) io.out(`  ${words}`);
  if (account.paidByBooks !== null) io.out(`  ${money(account.paidByBooks)} left through it by the books`);
}

const minuteSeconds = 60;

function ageText(seconds: number): string {
  return seconds < 2 * minuteSeconds ? `${seconds} s` : `${Math.floor(seconds / minuteSeconds)} min`;
}
