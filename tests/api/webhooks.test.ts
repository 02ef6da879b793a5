import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOfEvent } from '../../src/store/provider-events.ts';
import type { House } from './support.ts';
import { openHouse, sha256 } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

async function post(body: string, signature: string, type = 'application/json') {
  const headers = { 'content-type': type, 'x-signature': signature };
  return house.ask('POST', '/api/webhooks/paypal', body, { key: null, headers });
}

async function stored(): Promise<{ eventId: string; body: string; processed: boolean }[]> {
  const { rows } = await sql<{
    eventId: string;
    sealed: Uint8Array;
    processed: boolean;
  }>`select event_id as "eventId", sealed,
    processed_at is not null as processed from provider_event order by id`.execute(house.db);
  const places = rows.map(({ eventId, sealed }) => ({
    sealed,
    place: placeOfEvent({ provider: 'paypal', eventId }),
  }));
  const bodies = await house.deps.vault.openAll(house.db, places);
  return rows.map(({ eventId, processed }, index) => ({ eventId, body: bodies[index] ?? '', processed }));
}

const latin = (text: string) => sha256(Buffer.from(text, 'utf8').toString('latin1'));

describe('POST /api/webhooks/paypal', () => {
  it('answers 400 to what is not proven and stores nothing', async () => {
    const got = await post('{"id":"WH-0"}', 'forged');
    expect(got).toMatchObject({ status: 400, body: { code: 'event_not_verified' } });
    expect(await stored()).toEqual([]);
  });

  it('keeps a genuine event once, byte for byte, and answers 200 each time', async () => {
    const event = '{ "id" : "WH-1",  "name":"Zoë \\u0000" }';
    expect((await post(event, latin(event))).status).toBe(200);
    expect((await post(event, latin(event))).status).toBe(200);
    expect(await stored()).toEqual([{ eventId: 'WH-1', body: event, processed: false }]);
  });

  it('leaves reading the bytes to the proof, whatever the content type says', async () => {
    const event = '{"id":"WH-2"}';
    expect((await post(event, latin(event), 'text/plain')).status).toBe(200);
    expect((await post('', latin(''))).status).toBeGreaterThanOrEqual(400);
  });

  it('answers 503 when it could not be checked, so that the provider sends it again', async () => {
    const got = await post('{"id":"WH-3"}', 'unreachable');
    expect(got).toMatchObject({ status: 503, body: { code: 'event_not_checked', retryable: true } });
    expect(got.headers.get('retry-after')).toBe('30');
  });

  it('refuses more than a megabyte with 413', async () => {
    expect((await post(`"${'x'.repeat(1024 * 1024)}"`, 'any')).status).toBe(413);
  });
});
