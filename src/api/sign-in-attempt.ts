import { proofKey, signInKey } from '../core/guesses.ts';
import type { SignedIn } from '../store/people-sessions.ts';
import { findPerson } from '../store/people.ts';
import { maskTyped } from '../wire/people.ts';
import type { No } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import { takeAccountGuess } from './guesses.ts';
import type { Endpoint } from './sign-in-endpoints.ts';

/** One use of an endpoint that proves something. */
export interface Attempt {
  /** Under which its failures are counted; null: there is nothing to guess. */
  readonly key: string | null;
  /** Failures of the account with this one, should it be one. */
  readonly failures: number;
  /** True when a yes signs in; false: somebody who is signed in proves something. */
  readonly signsIn: boolean;
  /** Whose account it is, as far as is known, and what of it goes on record. */
  readonly account: { readonly id: string; readonly what: string };
  /** The person whose code is asked for, or who is signed in. */
  readonly personId: string | null;
  /** The session that asks. */
  readonly sessionId: string | null;
}

interface Given {
  readonly cookie: string | undefined;
  readonly body: Record<string, unknown>;
  readonly signedIn: SignedIn | null;
}

/**
 * Counts the guess before it is looked at. An account that nobody has is counted in the same way, so nothing tells which
 * exist; passkeys cannot be guessed, so nothing counts them and a lock does not keep their owners out.
 */
export async function beginAttempt(
  deps: ApiDeps,
  { guesses, deed }: Endpoint,
  given: Given,
): Promise<Attempt | { readonly refused: No }> {
  const { signedIn } = given;
  if (guesses === 'signIn') return count(deps, await accountOf(deps, String(given.body['email'])));
  const challenged = guesses === 'challenge' ? await deps.people.challenged(given.cookie) : null;
  const person = challenged === null ? undefined : await findPerson(deps.db, challenged);
  if (person) {
    const { id, email } = person;
    return count(deps, { key: signInKey(deps.hash, email), id, what: 'second factor', signedIn: null });
  }
  const what = guesses === 'challenge' ? 'second factor' : guesses === 'password' ? 'password' : 'passkey';
  if (signedIn && guesses !== 'nothing') {
    const { personId: id } = signedIn;
    return count(deps, { key: proofKey(deps.hash, id), id, what, signedIn });
  }
  const personId = signedIn?.personId ?? null;
  const account = { id: personId ?? 'unknown', what };
  const sessionId = signedIn?.sessionId ?? null;
  const signsIn = deed === 'signedIn' || guesses === 'challenge';
  return { key: null, failures: 0, signsIn, account, personId, sessionId };
}

interface Counted {
  readonly key: string;
  readonly id: string;
  readonly what: string;
  readonly signedIn: SignedIn | null;
}

async function accountOf(deps: ApiDeps, email: string): Promise<Counted> {
  const person = await findPerson(deps.db, email);
  const what = `password of ${maskTyped(email)}`;
  return { key: signInKey(deps.hash, email), id: person?.id ?? 'unknown', what, signedIn: null };
}

async function count(
  deps: ApiDeps,
  { key, id, what, signedIn }: Counted,
): Promise<Attempt | { readonly refused: No }> {
  const taken = await takeAccountGuess(deps, key);
  if (taken.refused) return taken;
  return {
    key,
    failures: taken.failures,
    signsIn: signedIn === null,
    account: { id, what },
    personId: id === 'unknown' ? null : id,
    sessionId: signedIn?.sessionId ?? null,
  };
}

/** Takes the code of an authenticator app, once and for all; of nobody known none is taken. */
export async function codeIsTaken(
  deps: ApiDeps,
  { personId }: Attempt,
  body: Record<string, unknown>,
): Promise<boolean> {
  return personId !== null && deps.people.takeCode(personId, String(body['code']));
}
