import { afterAll, beforeAll, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse } from './support.ts';
import { run } from '../../src/store/db.ts';
import { sql } from 'kysely';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  // Two days: 20 that took 1 to 20 minutes and one that failed after two retries, then one of another currency on its way.
  await run(
    house.db,
    sql`insert into payout (public_id, payee_id, amount, currency, state, attempt_count, reason_code, created_at, state_at,
        completed_at)
      select 'po_a' || n, 1, 100, 'USD', 'completed'::payout_state, 1, null, t, t, t + make_interval(mins => n)
      from generate_series(1, 20) n, (select timestamptz '2026-11-02T10:00:00Z' as t) x
      union all select 'po_b', 1, 250, 'USD', 'failed'::payout_state, 3, 'provider_error', t, t, null
      from (select timestamptz '2026-11-02T23:59:59Z' as t) x
      union all select 'po_c', 1, 900, 'EUR', 'sent'::payout_state, 1, null, t, t, null
      from (select timestamptz '2026-11-03T00:00:00Z' as t) x`,
  );
  await run(
    house.db,
    sql`insert into payout_batch (public_id, provider, state, started_by, checksum, total_items, created_at)
      values ('pb_x', 'stripe', 'preparing', 'ann', '', 1, now())`,
  );
  await run(
    house.db,
    sql`insert into payout_attempt (payout_id, batch_id, method_id, ordinal, item_reference, amount, currency, state, live,
        created_at, state_at)
      select p.id, b.id, 1, 3, 'x', 250, 'USD', 'failed', false, now(), now() from payout p, payout_batch b
      where p.public_id = 'po_b'`,
  );
});
afterAll(() => house.close());

const november = 'from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z';
const ask = async (query: string) => house.ask('GET', `/api/admin/payouts/analytics?${query}`);

it('counts payouts per period: states, sums, rates, times and retries', async () => {
  const { body } = await ask(`${november}&by=day`);
  expect(body).toMatchObject({ by: 'day', from: '2026-11-01T00:00:00.000Z' });
  expect(body['periods']).toEqual([
    {
      period: '2026-11-02T00:00:00.000Z',
      total: 21,
      retries: 2,
      successRate: 0.9524,
      failureRate: 0.0476,
      meanSeconds: 630,
      p50Seconds: 630,
      p95Seconds: 1143,
      states: [
        { status: 'completed', currency: 'USD', count: 20, amount: 2000 },
        { status: 'failed', currency: 'USD', count: 1, amount: 250 },
      ],
    },
    {
      period: '2026-11-03T00:00:00.000Z',
      total: 1,
      retries: 0,
      successRate: null,
      failureRate: null,
      meanSeconds: null,
      p50Seconds: null,
      p95Seconds: null,
      states: [{ status: 'sent', currency: 'EUR', count: 1, amount: 900 }],
    },
  ]);
  expect((await ask(`${november}&by=week`)).body).toMatchObject({ periods: [{ total: 22 }] });
});

it('counts those of one provider, and no more days than it says', async () => {
  const { body } = await ask(`${november}&by=month&provider=stripe`);
  expect(body).toMatchObject({ periods: [{ total: 1, retries: 2, failureRate: 1 }] });
  const long = await ask('from=2000-01-01T00:00:00Z&to=2026-12-01T00:00:00Z');
  expect(long.body).toMatchObject({ from: '2025-10-27T00:00:00.000Z' });
  expect((await ask('by=year')).status).toBe(422);
});
