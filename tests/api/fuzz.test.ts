import fc from 'fast-check';
import { request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { misfits, undocumented } from './documented.ts';
import type { FuzzRequest } from './fuzz-requests.ts';
import { requests } from './fuzz-requests.ts';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

// FUZZ_RUNS=20000 FUZZ_SEED=1 npx vitest run tests/api/fuzz.test.ts looks further.

const runs = Number(process.env['FUZZ_RUNS'] ?? 600);
const seedOfRun = Number(process.env['FUZZ_SEED'] ?? 18);
/** So that a slow machine does not wait; a run that was asked for goes to its end. */
const timeLimitMs = process.env['FUZZ_RUNS'] === undefined ? 12_000 : 3_600_000;
/** Nothing anybody sends may keep the server busy for longer. */
const answerMaxMs = 5_000;

let house: House;
let ids: string[] = [];
beforeAll(async () => {
  house = await openHouse();
  await seed(house, '18', [winner('18', 1), winner('18', 2), winner('18', 3)]);
  const batchId = await start(house, '18');
  await settle(house, (destination) => (destination.startsWith('user2') ? 'failed' : 'completed'));
  await seed(house, '19', [winner('19', 1)]);
  ids = ['18', '19', batchId, '18-sel1', '18-user1', 'winner-18-sel1-18-user1'];
});
afterAll(() => house.close());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** Sends what `fetch` would mend: odd paths and header values go as they are. */
async function send({ method, address, body, headers }: FuzzRequest): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const type = body === null ? {} : { 'content-type': 'application/json' };
    const key = { authorization: `Bearer ${house.deps.trustedToken ?? ''}` };
    const asked = request(
      house.url + address,
      { method, headers: { ...key, ...type, ...headers } },
      (answer) => {
        const parts: Buffer[] = [];
        const isLive = answer.headers['content-type']?.startsWith('text/event-stream') === true;
        answer.on('data', (part: Buffer) => {
          parts.push(part);
          // It lasts as long as somebody reads it.
          if (isLive) answer.destroy();
        });
        answer.on('close', () => {
          const entries = Object.entries(answer.headersDistinct).map(
            ([name, values]) => [name, values?.[0] ?? ''] as [string, string],
          );
          resolve({
            status: answer.statusCode ?? 0,
            headers: new Headers(entries),
            text: Buffer.concat(parts).toString(),
          });
        });
      },
    );
    asked.on('error', reject);
    asked.end(body ?? undefined);
  });
}

/** Bytes on a socket, and everything that comes back until it is hung up. */
async function sendBytes(bytes: string): Promise<string> {
  const url = new URL(house.url);
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(url.port), url.hostname, () => socket.write(bytes));
    socket.setEncoding('latin1').on('data', (part: string) => (answer += part));
    socket.on('close', () => resolve(answer)).on('error', reject);
  });
}

describe('any request', () => {
  it(`is answered as the document says, never with 5xx, and soon (seed ${seedOfRun})`, async () => {
    let asked = 0;
    await fc.assert(
      fc.asyncProperty(requests(ids), async (sent) => {
        asked += 1;
        const from = performance.now();
        const got = await send(sent);
        expect(got.status, got.text).toBeLessThan(500);
        expect(undocumented(sent.method, sent.address, got)).toBe('');
        expect(got.headers.has('x-injected')).toBe(false);
        expect(performance.now() - from).toBeLessThan(answerMaxMs);
      }),
      { numRuns: runs, seed: seedOfRun, interruptAfterTimeLimit: timeLimitMs, endOnFailure: true },
    );
    expect(asked).toBeGreaterThan(50);
    const failures = house.logged.filter((line) => line.event === 'request_failed');
    expect(failures).toEqual([]);
  });
});

describe('what is not a request', () => {
  it.each([
    ['bytes that are not HTTP', 'hello\r\n\r\n', 400],
    [
      'an address that is too long',
      `GET /api/admin/payees?cursor=${'A'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
      431,
    ],
    [
      'headers that are too long',
      `GET /healthz HTTP/1.1\r\nHost: a\r\nX-Long: ${'A'.repeat(20_000)}\r\n\r\n`,
      431,
    ],
    [
      'two lengths',
      'POST /api/admin/cycles HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n',
      400,
    ],
    [
      'a length and chunks',
      'POST /api/admin/cycles HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
    ['a header with a NUL', 'GET /healthz HTTP/1.1\r\nHost: a\r\nX-A: \0\r\n\r\n', 400],
  ])('%s: a problem, and the line is dead', async (_what, bytes, status) => {
    const answer = await sendBytes(bytes);
    const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(head).toContain('application/problem+json');
    expect(misfits({ $ref: '#/components/schemas/Problem' }, JSON.parse(body))).toBe('');
  });

  it('keeps what is behind a line end in an address out of the headers', async () => {
    const answer = await sendBytes(
      'GET /api/admin/payees/%0d%0aX-Injected:%20yes HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    );
    expect(answer).toContain('HTTP/1.1 401 ');
    expect(answer.toLowerCase()).not.toContain('\r\nx-injected');
  });
});

describe('a body that costs much to read', () => {
  it.each([
    ['arrays in arrays', `{"earnings":${'['.repeat(500_000)}${']'.repeat(500_000)}}`],
    ['objects in objects', `{"earnings":[{"metadata":${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}}]}`],
    ['a number of many digits', `{"earnings":[{"amount":${'9'.repeat(2_000_000)}}]}`],
    [
      'thousands of wrong items',
      JSON.stringify({ earnings: Array.from({ length: 5000 }, () => ({ a: 1 })) }),
    ],
    ['many names', `{${Array.from({ length: 200_000 }, (_, index) => `"k${index}":1`).join(',')}}`],
  ])('%s is answered soon, as the document says', async (_what, body) => {
    const from = performance.now();
    const got = await house.ask('POST', '/api/admin/earnings', body);
    expect(got.status).toBeLessThan(500);
    expect(performance.now() - from).toBeLessThan(answerMaxMs);
  });

  it('is refused by its length before it is sent', async () => {
    // The requests before this one have used up the minute.
    house.clock.ms += 60_000;
    const answer = await sendBytes(
      `POST /api/admin/earnings HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${house.keys.owner}\r\nContent-Type: application/json\r\nContent-Length: 99999999999\r\nConnection: close\r\n\r\n`,
    );
    expect(answer).toContain('HTTP/1.1 413 ');
  });
});
