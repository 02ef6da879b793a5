import type { Hash } from './ids.ts';

/** How often one secret may be guessed. */
export interface GuessRule {
  /** Failures within this time count together. */
  readonly windowMs: number;
  /** Waiting time after so many failures, in milliseconds; the last one is the lock. */
  readonly waits: readonly { readonly failures: number; readonly ms: number }[];
}

const minuteMs = 60_000;

/** Passwords and second factors of one account: slower from the third failure on, locked at the fifth. */
export const accountRule: GuessRule = {
  windowMs: 15 * minuteMs,
  waits: [
    { failures: 3, ms: 2_000 },
    { failures: 4, ms: 4_000 },
    { failures: 5, ms: 15 * minuteMs },
  ],
};

/** Links tried from one address: they are too long to be guessed, so this only keeps the noise down. */
export const linkRule: GuessRule = { windowMs: 15 * minuteMs, waits: [{ failures: 10, ms: 15 * minuteMs }] };

/** Failures at which an account is locked. */
export const lockedAt = 5;

/** Guesses at the sign-in of an e-mail, whether anybody has it or not. */
export function signInKey(hash: Hash, email: string): string {
  return hash(`sign-in ${email.toLowerCase()}`);
}

/** Guesses at password or second factor from inside a session: they lock neither sign-in nor other people. */
export function proofKey(hash: Hash, personId: string): string {
  return hash(`proof ${personId}`);
}

export function linkKey(hash: Hash, ip: string | null): string {
  return hash(`link ${ip ?? ''}`);
}
