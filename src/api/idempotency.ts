import type { Caller } from '../auth/caller.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { OutcomeRow } from '../store/idempotency.ts';
import { claimScope, findOutcome, insertOutcome } from '../store/idempotency.ts';
import { canonical, encode } from '../wire/json.ts';
import type { No } from '../wire/problem.ts';
import { no } from '../wire/problem.ts';
import type { ApiDeps } from './deps.ts';
import { UnreadableError } from './failure.ts';
import type { Answer, Route, Work } from './route.ts';

/** Visible ASCII without spaces. */
const keyForm = /^[\x21-\x7e]{1,255}$/;
/** Seconds after which the same request may ask whether the first one is done. */
const inFlightSeconds = 1;

const jsonType = 'application/json; charset=utf-8';

/** A request that came with a key. */
export interface Keyed {
  /** Hash of caller, method, route, parameters and key: whose key it is, and for what. */
  readonly scope: string;
  /** Hash of what was asked. */
  readonly fingerprint: string;
  readonly callerId: string;
  readonly route: string;
  readonly isSecret: boolean;
}

interface Raw {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly caller: Caller;
}

/** The key of a request; null when it has none or its route keeps none. */
export function keyOf(
  deps: ApiDeps,
  route: Route,
  { params, query, body, caller }: Raw,
  header: string | string[] | undefined,
): Keyed | No | null {
  if (header === undefined || route.method !== 'POST' || route.unrepeatable === true) return null;
  if (typeof header !== 'string' || !keyForm.test(header)) return no('invalid_idempotency_key');
  const { kind, id } = caller.actor;
  return {
    scope: deps.hash(canonical([kind, id, route.method, route.path, params, header])),
    fingerprint: deps.hash(canonicalOf([params, query, body])),
    callerId: id,
    route: `${route.method} ${route.path}`,
    isSecret: route.secretAnswer === true,
  };
}

function canonicalOf(asked: readonly unknown[]): string {
  try {
    return canonical(asked);
  } catch (error) {
    throw new UnreadableError('the body is nested too deeply', { cause: error });
  }
}

/** The recorded answer to a key, marked as a replay; null when there is none. */
export async function replayOf(db: Db, keyed: Keyed): Promise<Answer | No | null> {
  const earlier = await findOutcome(db, keyed.scope);
  return earlier ? replay(earlier, keyed) : null;
}

function replay(earlier: OutcomeRow, keyed: Keyed): Answer | No {
  if (earlier.fingerprint !== keyed.fingerprint) return no('idempotency_key_reused');
  if (earlier.isSecret) {
    const { subjectId } = earlier;
    return { ...no('secret_shown_once'), details: subjectId === null ? {} : { id: subjectId } };
  }
  const headers = { 'idempotent-replayed': 'true' };
  if (earlier.contentType === null) return { status: earlier.status, body: undefined, headers };
  return {
    status: earlier.status,
    body: earlier.body ?? '',
    headers: { ...headers, 'content-type': earlier.contentType },
  };
}

/**
 * Carries a keyed request out once. The work and the record of its answer are one transaction, so a crash leaves either
 * both or neither, and no key has to be recovered. While it runs an advisory lock, which ends with the transaction, turns
 * away the same request. A no is not recorded: the key may be used again. A lost race runs the work again.
 */
export async function once(deps: ApiDeps, keyed: Keyed, work: Work): Promise<Answer | No> {
  return transaction(deps.db, async (tx) => {
    if (!(await claimScope(tx, keyed.scope))) {
      return no('request_in_flight', { retryAfter: inFlightSeconds });
    }
    // The one who had the lock before may have finished since the first look.
    const earlier = await replayOf(tx, keyed);
    if (earlier) return earlier;
    const answer = await work({ ...deps, db: tx });
    if ('ok' in answer) return answer;
    const sent = asSent(answer);
    await insertOutcome(tx, { ...keyed, ...recordOf(keyed, answer, sent) }, deps.now());
    return sent;
  });
}

/** The answer with its body as the bytes that go out, so that a replay is the same to the byte. */
function asSent(answer: Answer): Answer {
  const { body, headers = {} } = answer;
  if (body === undefined || body === null) return answer;
  const type = headers['content-type'];
  return { ...answer, body: textOf(body, type), headers: { ...headers, 'content-type': type ?? jsonType } };
}

function textOf(body: unknown, type: string | undefined): string {
  if (type === undefined) return encode(body);
  if (typeof body === 'string') return body;
  throw new Error('an answer of a POST is JSON or a text, so that it can be repeated');
}

function recordOf(keyed: Keyed, answer: Answer, sent: Answer): Omit<OutcomeRow, 'fingerprint'> {
  const { isSecret } = keyed;
  const text = typeof sent.body === 'string' ? sent.body : null;
  return {
    status: sent.status,
    contentType: text === null ? null : (sent.headers?.['content-type'] ?? jsonType),
    body: isSecret ? null : text,
    isSecret,
    subjectId: isSecret ? idIn(answer.body) : null,
  };
}

function idIn(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('id' in body)) return null;
  return typeof body.id === 'string' ? body.id : null;
}
