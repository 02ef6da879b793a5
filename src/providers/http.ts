/**
 * One HTTP call to a provider. It follows no redirect, waits no longer than told, reads no more than told, and never
 * throws: a call without a whole answer says whether the request can possibly have left.
 */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
  /** For everything from connecting to the last byte of the answer. */
  readonly timeoutMs: number;
  readonly answerBytesMax: number;
}

export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: Headers;
  readonly body: Uint8Array;
}

/** `sent: 'no'` only where no byte of the request can have left; every doubt is `maybe`. */
interface HttpFailure {
  readonly kind: 'failed';
  readonly sent: 'no' | 'maybe';
  /** A short cause without addresses, headers or contents. */
  readonly cause: string;
}

export type HttpResult = HttpAnswer | HttpFailure;

/** Makes the call and reads the whole answer. */
export async function request(call: HttpRequest): Promise<HttpResult> {
  let response: Response;
  try {
    response = await fetch(call.url, {
      method: call.method,
      headers: call.headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(call.timeoutMs),
      // The bytes are ours alone, never a view of shared memory, which the type of fetch excludes.
      ...(call.body === undefined ? {} : { body: call.body as Uint8Array<ArrayBuffer> | string }),
    });
  } catch (error) {
    return { kind: 'failed', sent: surelyNotSent(error) ? 'no' : 'maybe', cause: causeOf(error) };
  }
  return readAnswer(response, call.answerBytesMax);
}

async function readAnswer(response: Response, bytesMax: number): Promise<HttpResult> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      size += chunk.byteLength;
      if (size > bytesMax) {
        return lostWithin(response.status, `more than ${bytesMax} bytes`);
      }
      chunks.push(chunk);
    }
  } catch (error) {
    return lostWithin(response.status, causeOf(error));
  }
  return { kind: 'answer', status: response.status, headers: response.headers, body: Buffer.concat(chunks) };
}

function lostWithin(status: number, why: string): HttpFailure {
  return { kind: 'failed', sent: 'maybe', cause: `HTTP ${status}, but its body could not be read: ${why}` };
}

/** Failures of Node's TLS client that happen before the first byte of a request is written. */
const handshakeCodes = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REJECTED',
  'CERT_REVOKED',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_SSL_PACKET_LENGTH_TOO_LONG',
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * True when the name was not found, no connection came about, or the server's certificate was refused. A code alone is
 * no proof: EHOSTUNREACH may also end a connection in use, so the system call has to be the one that connects.
 */
function surelyNotSent(error: unknown): boolean {
  const cause = causeBeneath(error);
  if (cause instanceof AggregateError && cause.errors.length > 0) return cause.errors.every(neverConnected);
  return neverConnected(cause);
}

function neverConnected(error: unknown): boolean {
  const code = member(error, 'code');
  const syscall = member(error, 'syscall');
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  // The Fetch standard's list of ports that are never connected to.
  if (error instanceof Error && error.message === 'bad port') return true;
  return code === 'UND_ERR_CONNECT_TIMEOUT' || handshakeCodes.has(code);
}

function causeBeneath(error: unknown): unknown {
  return error instanceof TypeError && error.cause !== undefined ? error.cause : error;
}

function causeOf(error: unknown): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return 'no answer in time';
  const code = member(causeBeneath(error), 'code');
  return /^[A-Z0-9_]{1,64}$/.test(code) ? `connection failed (${code})` : 'connection failed';
}

function member(value: unknown, name: 'code' | 'syscall'): string {
  const found: unknown = value instanceof Error ? Reflect.get(value, name) : undefined;
  return typeof found === 'string' ? found : '';
}

/** The text of a body, or null when it is not UTF-8. */
export function textOf(body: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(body);
  } catch {
    return null;
  }
}

/** The JSON value of a body, or undefined when it is none. Everything in it is untrusted. */
export function jsonOf(body: Uint8Array): unknown {
  const text = textOf(body);
  if (text === null) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The wait a Retry-After header asks for (seconds or an HTTP date), within 0 and `maxMs`; null when it says nothing. */
export function retryAfterOf(headers: Headers, nowMs: number, maxMs: number): number | null {
  const value = headers.get('retry-after')?.trim() ?? '';
  const wait = /^\d{1,9}$/.test(value) ? Number(value) * 1000 : Date.parse(value) - nowMs;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), maxMs);
}

const redactions: [RegExp, string][] = [
  [/\b(?:bearer|basic)\s+\S+/gi, '[credential]'],
  [/[^\s@"'<>,;:()]+@[^\s@"'<>,;:()]+/g, '[address]'],
  [/\+?\d(?:[\s().-]{0,2}\d){6,}/g, '[number]'],
  [/[A-Za-z0-9_+/=-]{40,}/g, '[token]'],
];

/** Provider text made fit for logs and evidence: no address, phone or account number, token or given secret. */
export function redact(text: string, secrets: readonly string[], charsMax: number): string {
  const readMax = charsMax * 4;
  // A word cut in half would no longer look like the address it was.
  let clean = text.length > readMax ? text.slice(0, readMax).replace(/\S*$/, '') : text;
  for (const secret of secrets) {
    if (secret !== '') clean = clean.replaceAll(secret, '[secret]');
  }
  for (const [pattern, word] of redactions) clean = clean.replaceAll(pattern, word);
  clean = clean.replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim();
  return clean.length > charsMax ? `${clean.slice(0, charsMax - 1)}…` : clean;
}
