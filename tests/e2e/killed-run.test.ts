import { existsSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Db } from '../../src/store/db.ts';
import { all, openEmbedded } from '../../src/store/db.ts';
import type { Story } from './story.ts';
import { openStory } from './story.ts';

// A server on the embedded database dies while it prepares a whole cycle, and whoever pressed Pay presses it again.

const winners = 12;
const cycleId = 'killed';
const process = '/api/admin/payout-batches/process';

let story: Story;
let press: () => Promise<Response>;
beforeAll(async () => {
  story = await openStory();
  const { body } = await story.ask('POST', '/api/admin/api-keys', { role: 'operator', name: 'Ann' });
  const headers = {
    authorization: `Bearer ${String(body['key'])}`,
    'content-type': 'application/json',
    'idempotency-key': 'one-press',
  };
  press = () => fetch(story.url + process, { method: 'POST', headers, body: JSON.stringify({ cycleId }) });
  await story.ask('POST', '/api/admin/cycles', { id: cycleId, name: 'Killed' });
  const earnings = Array.from({ length: winners }, (_, at) => ({
    sourceType: 'winner',
    externalId: `w${at}`,
    payeeExternalId: `p${at}`,
    cycleId,
    amount: 1000,
    currency: 'USD',
    payee: { name: `Winner ${at}`, payoutMethod: { type: 'paypal', destination: `w${at}@example.com` } },
  }));
  await story.ask('POST', '/api/admin/earnings', { earnings });
});
afterAll(() => story?.close());

async function inData(data: string, work: (db: Db) => Promise<void>): Promise<void> {
  const db = await openEmbedded(path.join(data, 'db'));
  await work(db);
  await db.destroy();
}

const count = async (db: Db, table: string) =>
  (await all(db, sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`))[0]?.n;

/** The database stays in the middle of preparing until it is killed, and leaves a file that says that it is there. */
async function stopInTheMiddle(db: Db): Promise<void> {
  await sql`create function stay() returns trigger language plpgsql as $$ begin
    execute format('copy (select 1) to %L', current_setting('data_directory') || '/preparing');
    perform pg_sleep(600);
    return null;
  end $$`.execute(db);
  await sql`create trigger stay after insert on payout_batch for each row execute function stay()`.execute(
    db,
  );
}

describe('an operator whose server is killed while it prepares a whole cycle', () => {
  it('presses Pay again with the same key when it is back, and gets the one batch, which pays each once', async () => {
    await story.killAndStart(async (data) => inData(data, stopInTheMiddle));
    const lost = press().catch(() => 'no answer');
    const marker = path.join(story.directory, 'data/db/preparing');
    await story.until(async () => existsSync(marker), Boolean);
    await story.killAndStart(async (data) =>
      inData(data, async (db) => {
        expect([await count(db, 'cycle_lock'), await count(db, 'payout_batch')]).toEqual([1, 0]);
        await sql`drop function stay cascade`.execute(db);
      }),
    );
    expect(await lost).toBe('no answer');
    expect((await story.ask('GET', `/api/admin/cycles/${cycleId}`)).body).toMatchObject({
      lock: null,
      activeBatchId: null,
      eligibleCount: winners,
    });

    const got = await press();
    expect(got.status).toBe(202);
    const first = await got.text();
    expect(JSON.parse(first)).toMatchObject({ totalItems: winners, replayed: false });
    const again = await press();
    expect(again.headers.get('idempotent-replayed')).toBe('true');
    expect(await again.text()).toBe(first);

    const effects = await story.until(
      async () => (await story.ask('GET', '/api/sandbox/effects?limit=500')).body.data,
      (seen) => seen.length >= winners,
    );
    expect(effects).toHaveLength(winners);
    const batches = await story.ask('GET', `/api/admin/payout-batches?cycleId=${cycleId}`);
    expect(JSON.parse(batches.text)).toHaveLength(1);
  });
});
