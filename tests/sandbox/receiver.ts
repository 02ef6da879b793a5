import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

interface EventBody {
  readonly id: string;
  readonly event_type: string;
  readonly resource: { readonly batch_header?: { readonly batch_status: string } };
}

export interface Delivery {
  readonly headers: Record<string, string>;
  readonly raw: string;
  readonly event: EventBody;
}

/** A real HTTP endpoint that keeps what it is sent; `status` is what it answers. */
export interface Receiver {
  readonly url: string;
  readonly deliveries: Delivery[];
  status: number;
  /** Event types in the order they came. */
  types(): string[];
}

export async function openReceiver(): Promise<Receiver> {
  const deliveries: Delivery[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString();
      const headers = request.headers as Record<string, string>;
      deliveries.push({ headers, raw, event: JSON.parse(raw) as EventBody });
      response.writeHead(receiver.status).end();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    deliveries,
    status: 200,
    types: () => deliveries.map(({ event }) => event.event_type.replace('PAYMENT.PAYOUTS', '')),
  };
  return receiver;
}
