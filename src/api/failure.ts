import { telling } from '../core/told.ts';
import { errorCode } from '../store/db.ts';
import { BalanceError } from '../store/ledger.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';

/** Seconds a caller is asked to wait while the database is away. */
const retryAfterSeconds = 2;
/** How often an action that lost a race on a unique index is asked again: the winner is visible then. */
const racesMax = 3;

const notUrl = {
  en: { detail: 'The address is not a valid URL.' },
  fr: { detail: 'L’adresse n’est pas une URL valable.' },
};
const unfit = {
  en: { detail: 'A value does not fit. Nothing was changed.' },
  fr: { detail: 'Une valeur n’entre pas. Rien n’a été changé.' },
};

const unfitTime = {
  en: { detail: 'A date or time is outside of the years 1 to 9999, in UTC. Nothing was changed.' },
  fr: { detail: 'Une date ou une heure est hors des années 1 à 9999, en UTC. Rien n’a été changé.' },
};

const uniqueViolation = '23505';
/** Connection exceptions, shutdown, too many connections, lock and statement timeouts, lost races. */
const awayStates = /^(08|57|53|55P03|40001|40P01)/;
const awayErrors = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EHOSTUNREACH']);
/** What the drivers say without a code. */
const awayWords =
  /^(timeout exceeded when trying to connect|connection terminated|driver has already been destroyed|pglite is clos|client has encountered a connection error|cannot use a pool after)/i;

/** Runs the work again when it lost a race on a unique index, so that the caller hears the clean refusal. */
export async function afterRaces<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      // An earning that was taken back meanwhile: the next try sees it.
      const raced = errorCode(error) === uniqueViolation || error instanceof BalanceError;
      if (tries >= racesMax || !raced) throw error;
    }
  }
}

/** The answer to an error that was thrown, or null when it is a bug. */
export function failureOf(error: unknown): No | null {
  return readFailure(error) ?? databaseFailure(error);
}

/** What Fastify refuses before a route runs. */
function readFailure(error: unknown): No | null {
  const code = errorCode(error) ?? '';
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return no('too_large');
  if (code === 'FST_ERR_CTP_INVALID_MEDIA_TYPE') return no('unsupported_media_type');
  if (error instanceof UnreadableError || code.startsWith('FST_ERR_CTP_')) return no('unreadable');
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_INVALID_URL') return telling(no('unreadable'), notUrl);
  if (code === 'FST_ERR_MAX_PARAM_LENGTH') return no('not_found');
  return null;
}

function databaseFailure(error: unknown): No | null {
  const code = errorCode(error) ?? '';
  const message = error instanceof Error ? error.message : '';
  if (awayErrors.has(code) || (code.length === 5 && awayStates.test(code)) || awayWords.test(message)) {
    return no('unavailable', { retryAfter: retryAfterSeconds });
  }
  if (code === uniqueViolation) return no('conflict');
  // A day or time that cannot be read, or that is beyond what is kept.
  if (/^2200[78]$/.test(code)) return telling(no('invalid_request'), unfitTime);
  // Class 22, data exception: a value that the schemas let through does not fit, e.g. a sum beyond 64 bits.
  if (/^22...$/.test(code)) return telling(no('invalid_request'), unfit);
  return null;
}

/** The bytes of a body are not what its content type says. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}
