import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginSend, recordCall } from '../../src/actions/submissions.ts';
import { claimSubmissions } from '../../src/store/submissions.ts';
import { english } from '../support/english.ts';
import type { House } from './support.ts';
import { openHouse, seed, start, winner } from './support.ts';

// What a batch says while the provider has not taken it, and what can be cancelled then.

const pauseMs = 20 * 60_000;
const path = '/api/admin/payout-batches';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

/** The one call of a batch goes out; what it answers is recorded by whoever asks for it. */
async function call(batchId: string) {
  const { db, deps } = house;
  const claim = { owner: 'test', leaseMs: pauseMs, limit: 1, batchId: null };
  const [submission] = await claimSubmissions(db, 'send', claim, deps.now());
  if (!submission) throw new Error(`nothing of ${batchId} is due`);
  await beginSend(deps, submission, () => new TextEncoder().encode('x'), 30 * pauseMs);
  return (answer: Parameters<typeof recordCall>[2]) => recordCall(deps, submission, answer, pauseMs);
}

async function shown(batchId: string) {
  const { body } = await house.ask('GET', `${path}/${batchId}`);
  return (body['submissions'] as Record<string, unknown>[])[0];
}
const cancel = (batchId: string, language = 'en') =>
  house.ask('POST', `${path}/${batchId}/cancel`, undefined, { headers: { 'accept-language': language } });

describe('a batch that the provider has not taken', () => {
  it('says when it is tried again, and cancels nothing while an answer is awaited', async () => {
    await seed(house, 'p1', [winner('p1', 1)]);
    const batchId = await start(house, 'p1');
    expect(await shown(batchId)).toMatchObject({ status: 'planned', nextTryAt: null });
    const answered = await call(batchId);
    expect(await shown(batchId)).toMatchObject({ status: 'sending', nextTryAt: null });
    const no = await cancel(batchId);
    expect(no.status).toBe(409);
    expect(no.body).toMatchObject({ code: 'not_cancellable', answersAwaited: 1 });
    expect(no.body['userMessage']).toContain('its answer is awaited');
    expect(no.body['actionRequired']).toContain('Try again in a moment');
    expect(Number(no.headers.get('retry-after'))).toBeGreaterThan(0);
    const { body: french } = await cancel(batchId, 'fr');
    expect(english(`${String(french['userMessage'])} ${String(french['actionRequired'])}`)).toEqual([]);
    expect(french['actionRequired']).toContain('Réessayez dans un instant');

    await answered({ kind: 'deferred', code: 'rate_limited', message: 'Later.', retryAfterMs: pauseMs });
    const at = new Date(house.clock.ms + pauseMs).toISOString();
    expect(await shown(batchId)).toMatchObject({ status: 'planned', nextTryAt: at });
    expect((await cancel(batchId)).body).toMatchObject({ cancelled: 1, stillOnTheWay: 0 });
    expect(await shown(batchId)).toMatchObject({ status: 'cancelled', nextTryAt: null });
  });

  it('says that an answer was lost, and when that is looked at again', async () => {
    await seed(house, 'p2', [winner('p2', 2)]);
    const batchId = await start(house, 'p2');
    const answered = await call(batchId);
    await answered({ kind: 'unknown', cause: 'answer lost', retryAfterMs: pauseMs });
    const at = new Date(house.clock.ms + pauseMs).toISOString();
    expect(await shown(batchId)).toMatchObject({ status: 'unknown', nextTryAt: at });
    const no = await cancel(batchId);
    expect(no.body).toMatchObject({ code: 'not_cancellable', answersAwaited: 0 });
    expect(no.body['userMessage']).toContain('was lost');
    expect(english(String((await cancel(batchId, 'fr')).body['userMessage']))).toEqual([]);
  });

  it('cancels nothing of what has left, and says so', async () => {
    await seed(house, 'p3', [winner('p3', 3)]);
    const batchId = await start(house, 'p3');
    const answered = await call(batchId);
    await answered({ kind: 'accepted', providerBatchId: 'PB-3', evidence: '201' });
    expect(await shown(batchId)).toMatchObject({ status: 'accepted', nextTryAt: null });
    const no = await cancel(batchId);
    expect(no.body['userMessage']).toBe('Nothing in this batch is proven unsent. Nothing was cancelled.');
    expect(no.headers.get('retry-after')).toBeNull();
  });
});
