import type { Socket } from 'node:net';
import type { HttpProblemCode } from '../wire/problem.ts';
import { no, problemOf, problemType } from '../wire/problem.ts';

/** What node says of bytes that never became a request. */
const codes: Readonly<Record<string, HttpProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'headers_too_large',
  ERR_HTTP_REQUEST_TIMEOUT: 'too_slow',
};
const reasons: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Answers bytes that are not HTTP, or too many before the body, with a problem like every other no, and hangs up. */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket, requestId: string): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const refused = no(codes[error.code ?? ''] ?? 'unreadable');
  const body = JSON.stringify(problemOf(refused, requestId));
  socket.end(
    [
      `HTTP/1.1 ${refused.status} ${reasons[refused.status] ?? ''}`,
      `Content-Type: ${problemType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      'Cache-Control: no-store',
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
