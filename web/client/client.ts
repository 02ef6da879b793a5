import type { Calls, Problem } from './types.ts';

interface Options {
  /** POST only: the same key and the same request get the first answer again. */
  readonly idempotencyKey?: string;
  readonly signal?: AbortSignal;
  /** What a list that is a plain array names its next page in. */
  readonly onHeaders?: (headers: Headers) => void;
}
/** What a call takes besides its answer. */
type Taken<C> = Omit<C, 'answer'> & Options;
/** May be left out when nothing in it is required. */
type Arguments<C> = object extends Taken<C> ? [taken?: Taken<C>] : [taken: Taken<C>];
type AnswerOf<C> = C extends { answer: infer A } ? A : never;
type Caller<M extends keyof Calls> = <P extends keyof Calls[M] & string>(
  path: P,
  ...taken: Arguments<Calls[M][P]>
) => Promise<AnswerOf<Calls[M][P]>>;

/** Calls by path, `/payees/{id}`: below `/api/admin` unless the path begins with `/api`. */
export interface Client {
  readonly get: Caller<'GET'>;
  readonly post: Caller<'POST'>;
  readonly patch: Caller<'PATCH'>;
  readonly delete: Caller<'DELETE'>;
}

/** A no of the server: `code` to program against, `userMessage` and `actionRequired` for people. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly status: number;
  readonly code: string;
  readonly userMessage: string;
  readonly actionRequired: string;
  readonly retryable: boolean;
  readonly requestId: string;
  readonly errors: Problem['errors'];
  /** Everything it said, facts such as `batchId` too. */
  readonly problem: Problem;
  /** Seconds after which asking again makes sense; null when the server did not say. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.userMessage = problem.userMessage;
    this.actionRequired = problem.actionRequired;
    this.retryable = problem.retryable;
    this.requestId = problem.requestId;
    this.errors = problem.errors;
    this.problem = problem;
    this.retryAfter = retryAfter;
  }
}

/**
 * A client of the Purser at `url`. Without `key` the browser's session is used. `language` is asked with every call: what
 * payees read comes in it. Throws ProblemError on every no.
 */
export function createClient(url: string, key?: string, language?: () => string | undefined): Client {
  const caller =
    (method: string) =>
    (path: string, taken: Request = {}) =>
      send({ url, key, language: language?.() }, method, path, taken);
  // Each caller takes and answers what `Calls` says of its path; the document is tested against the server.
  return {
    get: caller('GET'),
    post: caller('POST'),
    patch: caller('PATCH'),
    delete: caller('DELETE'),
  } as Client;
}

interface Request extends Options {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
}

interface Server {
  readonly url: string;
  readonly key: string | undefined;
  readonly language: string | undefined;
}

async function send({ url, key, language }: Server, method: string, path: string, taken: Request) {
  const { params = {}, query = {}, body, idempotencyKey, signal, onHeaders } = taken;
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''));
  const whole = /^\/api(\/|$)/.test(filled) ? filled : `/api/admin${filled}`;
  const asked = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
  const search = asked.length === 0 ? '' : `?${new URLSearchParams(asked).toString()}`;
  const headers = new Headers({ accept: 'application/json' });
  if (language !== undefined) headers.set('accept-language', language);
  if (key !== undefined) headers.set('authorization', `Bearer ${key}`);
  if (body !== undefined) headers.set('content-type', 'application/json');
  if (idempotencyKey !== undefined) headers.set('idempotency-key', idempotencyKey);
  const answer = await fetch(url.replace(/\/+$/, '') + whole + search, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!answer.ok) return refuse(answer);
  onHeaders?.(answer.headers);
  return read(answer);
}

async function read(answer: Response): Promise<unknown> {
  if (answer.status === 204) return undefined;
  const isJson = answer.headers.get('content-type')?.includes('json') === true;
  return isJson ? answer.json() : answer.text();
}

/** Something between here and the server may answer too, without a problem. */
async function refuse(answer: Response): Promise<never> {
  const wait = Number(answer.headers.get('retry-after') ?? Number.NaN);
  if (answer.headers.get('content-type')?.includes('application/problem+json') !== true)
    throw new Error(`${answer.url} answered ${answer.status} without saying why`);
  throw new ProblemError((await answer.json()) as Problem, Number.isNaN(wait) ? null : wait);
}

/** Every row of a list, page by page: `eachPage((cursor) => client.get('/payees', { query: { cursor } }))`. */
export async function* eachPage<T>(
  page: (cursor: string | undefined) => Promise<{ data: T[]; nextCursor: string | null }>,
): AsyncGenerator<T> {
  let cursor: string | undefined;
  do {
    const { data, nextCursor } = await page(cursor);
    yield* data;
    cursor = nextCursor ?? undefined;
  } while (cursor !== undefined);
}
