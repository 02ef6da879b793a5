/** An answer of the API. */
interface ApiResponse {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
}

/** The API, over HTTP or inside this process: commands are written once. */
export interface ApiClient {
  /** Where it answers, for people. */
  readonly where: string;
  /** True when the engine that sends runs in this process. */
  readonly local: boolean;
  request(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<ApiResponse>;
  /** Runs the engine on one batch until it needs nothing more; only when local. */
  work(batchId: string, signal: AbortSignal): Promise<void>;
  /** Asks the provider accounts what they hold, where that is due; only when local, as a server does it by itself. */
  readFloat(): Promise<void>;
  close(): Promise<void>;
}

/** A problem the API answered with, in words for people. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly problem: Readonly<Record<string, unknown>>;
  constructor(status: number, problem: Readonly<Record<string, unknown>>) {
    super(wordOf(problem['userMessage']) ?? wordOf(problem['detail']) ?? `The server answered ${status}.`);
    this.status = status;
    this.code = wordOf(problem['code']) ?? 'unknown';
    this.problem = problem;
  }
}

function wordOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** Calls the API and answers its body; throws ApiProblem on any other answer. */
export async function call<T>(
  api: ApiClient,
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> {
  const response = await api.request(method, path, body);
  if (response.status >= 400) throw new ApiProblem(response.status, asRecord(response.body));
  return response.body as T;
}

function asRecord(body: unknown): Record<string, unknown> {
  return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
}

const requestTimeoutMs = 600_000;
const unansweredRetriesMax = 5;
const retryWaitMs = 500;

/** A client over HTTP. Reads are tried again when the connection fails; writes are not. */
export function httpClient(url: string, key: string): ApiClient {
  return {
    where: url,
    local: false,
    request: (method, path, body) => withRetries(method, () => send(url, key, method, path, body)),
    work: () => Promise.resolve(),
    readFloat: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
}

async function send(
  url: string,
  key: string,
  method: string,
  path: string,
  body: unknown,
): Promise<ApiResponse> {
  const response = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${key}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(requestTimeoutMs),
    redirect: 'error',
  });
  const text = await response.text();
  return { status: response.status, text, body: parse(text) };
}

async function withRetries(method: string, work: () => Promise<ApiResponse>): Promise<ApiResponse> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (method !== 'GET' || tries > unansweredRetriesMax) throw error;
      await new Promise((done) => setTimeout(done, retryWaitMs * tries));
    }
  }
}

/** JSON, or the text itself. */
export function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
