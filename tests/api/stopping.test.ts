import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { buildApp } from '../../src/api/app.ts';
import { openHouse } from './support.ts';

/** Two requests on one connection: the first is under way when the server begins to stop, the second comes while it stops. */
async function askWhileStopping(language: string): Promise<string> {
  const house = await openHouse();
  const app = buildApp(house.deps);
  const [reached, goes] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  app.get('/held', async () => {
    reached.resolve(undefined);
    await goes.promise;
    return 'answered';
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const socket: Socket = connect(port, '127.0.0.1');
  const heard = text(socket);
  socket.write('GET /held HTTP/1.1\r\nHost: x\r\n\r\n');
  await reached.promise;
  const closed = app.close();
  await expect.poll(() => app.server.listening).toBe(false);
  const received = once(app.server, 'request');
  socket.write(
    `GET /api/admin/payouts HTTP/1.1\r\nHost: x\r\nAccept-Language: ${language}\r\nAuthorization: Bearer ${house.keys.owner}\r\n\r\n`,
  );
  await received;
  goes.resolve(undefined);
  await closed;
  await house.close();
  return heard;
}

it.each([
  ['en', /no money was sent/],
  ['fr', /aucun argent n’a été envoyé/],
])(
  'a server that is stopping says so in %s as it says every no, and ends what it had begun',
  async (language, words) => {
    const heard = await askWhileStopping(language);
    const [first = '', second = ''] = heard.split(/(?=HTTP\/1\.1 )/);
    expect(first).toMatch(/^HTTP\/1\.1 200 .*answered/s);
    expect(second).toMatch(/^HTTP\/1\.1 503 /);
    const [head = '', body = ''] = second.split('\r\n\r\n');
    expect(head.toLowerCase()).toMatch(/content-type: application\/problem\+json/);
    expect(head.toLowerCase()).toMatch(/retry-after: \d+/);
    const problem = JSON.parse(/\{.*\}/s.exec(body)?.[0] ?? '') as Record<string, unknown>;
    expect(problem).toMatchObject({ status: 503, code: 'stopping', retryable: true, errors: [] });
    expect(problem['userMessage']).toMatch(words);
    expect(problem['actionRequired']).toEqual(expect.any(String));
  },
);
