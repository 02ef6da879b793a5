import { fork } from 'node:child_process';
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import process from 'node:process';

/** A trivial server in a process of its own: reads the body, answers 201 with a small JSON text. */
export interface TrivialServer extends AsyncDisposable {
  /** Posts a text and reads the answer, over a connection that is kept. */
  post(body: string): Promise<void>;
}

/** Starts it on a free port of 127.0.0.1. `connections`: how many posts are under way at most. */
export async function startTrivialServer(connections: number): Promise<TrivialServer> {
  const child = fork(import.meta.filename, ['serve'], { stdio: 'inherit' });
  const port = await new Promise<number>((resolve, reject) => {
    child.on('message', (message) => resolve(Number(message)));
    child.on('exit', () => reject(new Error('the trivial server did not start')));
  });
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    post: async (body) => await post(agent, port, body),
    [Symbol.asyncDispose]: async () => {
      agent.destroy();
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.disconnect();
      await ended;
    },
  };
}

async function post(agent: Agent, port: number, body: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request({ host: '127.0.0.1', port, method: 'POST', agent, headers }, (response) => {
      response.resume().on('end', resolve).on('error', reject);
    });
    call.on('error', reject).end(body);
  });
}

/** The other process: ends when the one that started it is gone. */
function serve(): void {
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => response.writeHead(201).end('{"status":"accepted"}'));
  });
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
  process.on('disconnect', () => process.exit(0));
}

if (process.argv[2] === 'serve' && process.argv[1] === import.meta.filename) serve();
