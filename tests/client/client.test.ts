import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../web/client/client.ts';
import { createClient, eachPage, ProblemError } from '../../web/client/client.ts';
import type { Payee } from '../../web/client/types.ts';
import type { House } from '../api/support.ts';
import { openHouse, winner } from '../api/support.ts';

let house: House;
let client: Client;
beforeAll(async () => {
  house = await openHouse();
  client = createClient(`${house.url}/`, house.keys.owner);
});
afterAll(() => house.close());

describe('the client', () => {
  it('takes and answers what the types of the path say', async () => {
    const made: Payee = await client.post('/payees', { body: { externalId: 'a/b ü', name: 'Ana' } });
    const found = await client.get('/payees/{id}', { params: { id: 'a/b ü' } });
    expect(found).toEqual(made);
    const renamed = await client.patch('/payees/{id}', {
      params: { id: made.id },
      body: { name: 'Ana Lopez' },
    });
    expect(renamed.name).toBe('Ana Lopez');
    expect((await client.get('/status')).sandbox).toBe(true);
    expect((await client.get('/api')).name).toBe('purser');
  });

  it('is refused by the compiler where the server would refuse', () => {
    const wrong = [
      // @ts-expect-error: no such path
      () => client.get('/nothing'),
      // @ts-expect-error: the id is missing
      () => client.get('/payees/{id}'),
      // @ts-expect-error: not a role
      () => client.post('/api-keys', { body: { name: 'x', role: 'admin' } }),
      // @ts-expect-error: not whom a payout waits for
      () => client.get('/payouts', { query: { waitingOn: 'luck' } }),
    ];
    expect(wrong).toHaveLength(4);
  });

  it('throws everything that the server says when it says no', async () => {
    const refused = await client
      .get('/payouts/{id}', { params: { id: 'po_none' } })
      .catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(ProblemError);
    expect(refused).toMatchObject({
      status: 404,
      code: 'payout_not_found',
      userMessage: 'There is no such payout. Nothing was changed.',
      actionRequired: expect.stringContaining('Check the payout id'),
      retryable: false,
      requestId: expect.stringMatching(/^rq_/),
      errors: [],
      retryAfter: null,
      problem: { payoutId: 'po_none' },
    });
    const invalid = await client.post('/cycles', { body: { id: 'a b' } }).catch((error: unknown) => error);
    expect(invalid).toMatchObject({ code: 'invalid_request', errors: [{ path: 'id' }] });
  });

  it('answers nothing where there is nothing, and text where it is text', async () => {
    const key = await client.post('/api-keys', { body: { name: 'x', role: 'viewer' } });
    expect(await client.delete('/api-keys/{id}', { params: { id: key.id } })).toBeUndefined();
    await client.post('/cycles', { body: { id: '18' } });
    await client.post('/earnings', { body: { earnings: [winner('18', 1) as never] } });
    const { batchId } = await client.post('/payout-batches/process', { body: { cycleId: '18' } });
    const csv = await client.get('/payout-batches/{batchId}/export.csv', { params: { batchId } });
    expect(csv.split('\n')[0]).toContain('payout_id');
  });

  it('goes through every page of a list once', async () => {
    for (let number = 0; number < 5; number += 1) {
      await client.post('/payees', { body: { externalId: `page${number}` } });
    }
    const seen: string[] = [];
    for await (const payee of eachPage((cursor) => client.get('/payees', { query: { limit: 2, cursor } }))) {
      seen.push(payee.id);
    }
    const all = await client.get('/payees', { query: { limit: 500 } });
    expect(seen).toEqual(all.data.map((payee) => payee.id));
    expect(seen.length).toBeGreaterThan(5);
  });

  it('sends the idempotency key with a POST, and stops when it is told to', async () => {
    const heard: unknown[] = [];
    const server = await listen((headers) => heard.push(headers['idempotency-key']));
    await createClient(server.url).post('/cycles', { body: {}, idempotencyKey: 'once' });
    expect(heard).toEqual(['once']);
    const stopped = createClient(server.url).get('/status', { signal: AbortSignal.abort() });
    await expect(stopped).rejects.toThrow(/abort/);
    await server.close();
  });
});

async function listen(hear: (headers: Record<string, unknown>) => void) {
  const { createServer } = await import('node:http');
  const server = createServer((request, response) => {
    hear(request.headers);
    response.setHeader('content-type', 'application/json').end('{}');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise<void>((done) => server.close(() => done())),
  };
}
