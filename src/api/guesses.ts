import { audit } from '../actions/audit.ts';
import { accountRule, lockedAt } from '../core/guesses.ts';
import type { GuessRule } from '../core/guesses.ts';
import { forgetGuesses, giveBackGuess, sweepGuesses, takeGuess } from '../store/people-guesses.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';

/** How long a count of failures is kept that counts no more. */
const keepMs = 24 * 60 * 60_000;

type Taken = { readonly refused: No } | { readonly refused: null; readonly failures: number };

/** Takes a guess at an account, or answers when the next one is heard. */
export async function takeAccountGuess(
  deps: ApiDeps,
  key: string,
  rule: GuessRule = accountRule,
): Promise<Taken> {
  const now = deps.now();
  const taken = await takeGuess(deps.db, key, rule, now);
  if ('failures' in taken) return { refused: null, failures: taken.failures };
  const seconds = Math.max(1, Math.ceil((taken.waitUntil.getTime() - now.getTime()) / 1000));
  return { refused: no('too_many_attempts', { retryAfter: seconds }) };
}

/** Whose account it is, as far as is known: an id, or an e-mail that is masked. */
interface Account {
  readonly id: string;
  readonly what: string;
}

/**
 * What became of the guess. `half`: it was right and more is asked for (password, then code), so it does not count and
 * those before it still do. `unseen`: it was not looked at.
 */
export async function settleGuess(
  deps: ApiDeps,
  key: string,
  result: 'proven' | 'half' | 'unseen' | 'failed',
  failures: number,
  account: Account,
): Promise<void> {
  if (result === 'proven') return forgetGuesses(deps.db, key);
  if (result !== 'failed') return giveBackGuess(deps.db, key);
  if (failures === lockedAt) {
    const after = { failures, what: account.what };
    await audit(deps.db, deps, 'person.locked', { type: 'person', id: account.id }, { after });
  }
  await sweepGuesses(deps.db, new Date(deps.now().getTime() - keepMs));
}
