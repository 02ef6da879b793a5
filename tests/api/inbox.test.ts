import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openAlerts } from '../../src/store/alerts.ts';
import type { House } from './support.ts';
import { seed, settle, start, winner } from './support.ts';
import { dayMs, request, sell, ticketHouse } from './tickets.ts';

// What needs a person: nothing in an empty house, then each kind of work once it is there, and gone once it is done.

let house: House;
beforeAll(async () => {
  house = await ticketHouse();
});
afterAll(() => house.close());

interface Item {
  readonly kind: string;
  readonly count: number;
  readonly totals: Record<string, number>;
  readonly title: string;
  readonly waitingOn: string;
  readonly dueAt: string | null;
  readonly link: {
    readonly list: string;
    readonly id: string | null;
    readonly filter: Record<string, string>;
  };
}
const inbox = async () => {
  const { body } = await house.ask('GET', '/api/admin/inbox');
  return body as unknown as { items: Item[]; allClear: boolean; checkedAt: string };
};
const itemOf = async (kind: string) => (await inbox()).items.find((item) => item.kind === kind);
const post = (path: string, body: unknown, key?: string) =>
  house.ask('POST', `/api/admin/${path}`, body, key === undefined ? {} : { key });
const approve = (id: string) => post('payouts/approve', { payoutIds: [id] }, house.keys.approver);

/** What a card counts is what its link lists. */
async function linksAgree(): Promise<void> {
  for (const { kind, count, totals, link } of (await inbox()).items) {
    if (link.list !== 'payouts') continue;
    const { body } = await house.ask(
      'GET',
      `/api/admin/payouts/counts?${new URLSearchParams(link.filter).toString()}`,
    );
    expect({ kind, total: body['total'], totals: body['totals'] }).toEqual({ kind, total: count, totals });
  }
}

it('is all clear where nothing waits', async () => {
  expect(await inbox()).toEqual({ items: [], allClear: true, checkedAt: house.deps.now().toISOString() });
});

it('shows what waits for approval, and first what the clock declines soon', async () => {
  await sell(house, 'asks', 6);
  const id = await request(house, 'asks');
  const { items, allClear } = await inbox();
  expect(allClear).toBe(false);
  expect(items).toMatchObject([
    {
      kind: 'approvals',
      count: 1,
      totals: { USD: 5400 },
      title: '1 payout waits for approval',
      waitingOn: 'approver',
      link: { list: 'payouts', id: null, filter: { status: 'pending_approval' } },
    },
  ]);
  house.clock.ms += 28 * dayMs;
  expect((await inbox()).items.map(({ kind }) => kind)).toEqual(['approvals_expiring', 'approvals']);
  expect((await itemOf('approvals_expiring'))?.dueAt).toBe(
    new Date(house.clock.ms + 2 * dayMs).toISOString(),
  );
  await linksAgree();
  await approve(id);
  expect((await inbox()).items).toMatchObject([{ kind: 'approved_to_pay', count: 1 }]);
  await linksAgree();
  await house.ask('PATCH', '/api/admin/settings', { sendApprovedOnSchedule: true });
  expect((await inbox()).allClear).toBe(true);
});

it('shows holds that end soon, and transfers to make by hand until they are marked paid', async () => {
  await sell(house, 'bank', 6, {
    payee: { name: 'Bank', payoutMethod: { type: 'bank', destination: 'HT-0001' } },
  });
  const id = await request(house, 'bank');
  await approve(id);
  expect(await itemOf('hand_transfers')).toMatchObject({ count: 1, totals: { USD: 5400 } });
  const until = (days: number) => new Date(house.clock.ms + days * dayMs).toISOString();
  const hold = (days: number) =>
    post('payouts/hold', { payoutIds: [id], reason: 'look', until: until(days) });
  await hold(5);
  expect(await itemOf('holds_ending')).toBeUndefined();
  await hold(1);
  expect(await itemOf('holds_ending')).toMatchObject({ count: 1, dueAt: until(1), waitingOn: 'clock' });
  await linksAgree();
  await post('payouts/release', { payoutIds: [id] });
  await post('payouts/mark-paid', { payoutId: id, paymentReferenceId: 'B-1' });
  expect(await itemOf('hand_transfers')).toBeUndefined();
});

it('shows what failed and came back until it is tried again, and not what tries itself again', async () => {
  await seed(
    house,
    'broken',
    [1, 2, 3, 4].map((number) => winner('broken', number)),
  );
  await start(house, 'broken');
  await settle(house, (to) => {
    if (to.startsWith('user3')) return 'returned';
    return to.startsWith('user4') ? 'unclaimed' : 'failed';
  });
  expect(await itemOf('failed')).toMatchObject({ count: 2, totals: { USD: 2000 } });
  expect(await itemOf('returned')).toMatchObject({ count: 1, title: '1 payout came back' });
  await sql`update payout set next_retry_at = now() where id = (select min(id) from payout where state = 'failed')`.execute(
    house.db,
  );
  expect(await itemOf('failed')).toMatchObject({ count: 1, totals: { USD: 1000 } });
  await linksAgree();
  expect((await house.ask('GET', '/api/admin/payouts?need=failed')).body.data).toHaveLength(1);
  expect((await house.ask('GET', '/api/admin/payouts?status=failed')).body.data).toHaveLength(2);
  expect((await house.ask('GET', '/api/admin/payouts?need=failed&status=returned')).body.data).toEqual([]);
  expect(await itemOf('unclaimed_ending')).toBeUndefined();
  house.clock.ms += 25 * dayMs;
  expect(await itemOf('unclaimed_ending')).toMatchObject({ count: 1, waitingOn: 'payee' });
  await linksAgree();
});

it('shows unknown outcomes that only a person can find out', async () => {
  await seed(house, 'lost', [winner('lost', 1)]);
  await start(house, 'lost');
  await settle(house, undefined, { kind: 'unknown', cause: 'answer lost', retryAfterMs: null });
  await sql`update submission set lease_until = null where state = 'unknown'`.execute(house.db);
  expect(await itemOf('unknown_outcome')).toBeUndefined();
  house.clock.ms += 31 * dayMs;
  const item = await itemOf('unknown_outcome');
  expect(item).toMatchObject({ count: 1, totals: { USD: 1000 } });
  expect(item?.link).toMatchObject({ list: 'submissions', id: expect.stringMatching(/^su_/) });
  expect((await inbox()).items[0]).toEqual(item);
});

it('shows frozen methods, differences of the last comparison, short accounts and other alerts', async () => {
  const one = 'where id = (select min(id) from payout_method)';
  await sql.raw(`update payout_method set frozen_at = now() ${one}`).execute(house.db);
  expect(await itemOf('frozen_methods')).toMatchObject({ count: 1 });
  const compared = (id: string) =>
    sql.raw(`insert into reconciliation_run (public_id, batch_id, started_at, finished_at)
      values ('${id}', (select min(id) from payout_batch), now(), now())`);
  await compared('rr_a').execute(house.db);
  await sql`insert into discrepancy (run_id, kind, provider, detail, found_at)
    select max(id), 'amount_differs', 'paypal', 'words', now() from reconciliation_run`.execute(house.db);
  expect(await itemOf('discrepancies')).toMatchObject({ count: 1 });
  await compared('rr_b').execute(house.db);
  expect(await itemOf('discrepancies')).toBeUndefined();
  const before = (await itemOf('alerts'))?.count ?? 0;
  const subject = 'paypal USD';
  const amounts = { needed: '500', there: '200', shortfall: '300' };
  const short = { provider: 'paypal', currency: 'USD', ...amounts };
  const alerts = [
    { kind: 'float_short', subject, facts: short },
    { kind: 'second_batch', subject, facts: { batch: 'PB2' } },
  ] as const;
  await openAlerts(house.db, alerts, house.deps.now());
  expect(await itemOf('float_short')).toMatchObject({ count: 1, link: { list: 'float' } });
  expect(await itemOf('alerts')).toMatchObject({ count: before + 1 });
});
