import { isAPIError } from 'better-auth/api';
import type { Origin } from './caller.ts';
import { ipHeader } from './people-instance.ts';

/** What the library answered. */
export interface AuthAnswer {
  readonly status: number;
  readonly body: unknown;
  readonly cookies: readonly string[];
  /** Seconds, when it said to wait. */
  readonly retryAfter: number | null;
}

export interface AuthRequest {
  readonly method: 'GET' | 'POST';
  /** Below `/api/auth`, with its query. */
  readonly path: string;
  readonly cookie: string | undefined;
  readonly body: unknown;
  /** True: without the session that the browser may have. */
  readonly anonymous: boolean;
  readonly origin: Origin;
}

type Handler = (request: Request) => Promise<Response>;

/** Hands a request to the library. Its noes are answers; what breaks is thrown. */
export async function callLibrary(
  handler: Handler,
  request: Omit<AuthRequest, 'anonymous'>,
  publicOrigin: string,
): Promise<AuthAnswer> {
  try {
    return await answerOf(await handler(requestOf(request, publicOrigin)));
  } catch (error) {
    if (!isAPIError(error)) throw error;
    return { status: error.statusCode, body: error.body ?? {}, cookies: [], retryAfter: null };
  }
}

/** False when the library says no; what breaks is thrown. */
export async function proven(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (isAPIError(error)) return false;
    throw error;
  }
}

/** Only what the library needs goes to it, and only what our server knows itself. */
function requestOf(
  { method, path, cookie, body, origin }: Omit<AuthRequest, 'anonymous'>,
  publicOrigin: string,
): Request {
  const headers = new Headers({ origin: publicOrigin });
  if (cookie !== undefined) headers.set('cookie', cookie);
  if (origin.ip !== null) headers.set(ipHeader, origin.ip);
  if (origin.userAgent !== null) headers.set('user-agent', origin.userAgent);
  const url = `${publicOrigin}/api/auth${path}`;
  if (method === 'GET') return new Request(url, { headers });
  headers.set('content-type', 'application/json');
  return new Request(url, { method, headers, body: JSON.stringify(body ?? {}) });
}

async function answerOf(response: Response): Promise<AuthAnswer> {
  const text = await response.text();
  const retryAfter = Number(response.headers.get('x-retry-after') ?? Number.NaN);
  return {
    status: response.status,
    body: bodyOf(text),
    cookies: response.headers.getSetCookie(),
    retryAfter: Number.isSafeInteger(retryAfter) ? retryAfter : null,
  };
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}
