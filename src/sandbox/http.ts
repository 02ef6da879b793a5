import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Reply } from './world.ts';

const bodyBytesMax = 64 * 1024 * 1024;

/** The whole body, or null when it is larger than the limit (the rest of it is read and thrown away). */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= bodyBytesMax) chunks.push(chunk);
    else chunks.length = 0;
  }
  return bytes <= bodyBytesMax ? Buffer.concat(chunks) : null;
}

/** How an answer is spoilt on its way out. */
export type Damage = 'none' | 'cut' | 'garble';

/** Sends a reply with a debug id in header and envelope, as PayPal does. */
export function sendReply(
  response: ServerResponse,
  reply: Reply,
  debugId: string,
  damage: Damage = 'none',
): void {
  const whole = Buffer.from(render(reply, debugId));
  // Half of a JSON document never parses.
  const half = whole.subarray(0, Math.floor(whole.length / 2));
  const body = damage === 'garble' ? half : whole;
  response.writeHead(reply.status, {
    'content-type': 'application/json',
    ...reply.headers,
    'content-length': body.length,
    'paypal-debug-id': debugId,
  });
  if (damage !== 'cut') {
    response.end(body);
    return;
  }
  response.write(half, () => response.destroy());
}

function render(reply: Reply, debugId: string): string {
  if (typeof reply.body === 'string') return reply.body;
  const isEnvelope = typeof reply.body === 'object' && reply.body !== null && 'debug_id' in reply.body;
  return JSON.stringify(isEnvelope ? { ...reply.body, debug_id: debugId } : reply.body);
}
