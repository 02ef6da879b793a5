import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ticketStory } from '../../examples/event-tickets/make.ts';
import { BoxOffice, byPhone, wallClockIn } from './box-office.ts';
import type { Ask, Json, Story } from './story.ts';
import { daySeconds, openStory } from './story.ts';

// Ticket sales with approval and payment by hand, line by line, over HTTP with the test clock. All lines share one server;
// each has organizers of its own, and time only goes on.

const storyMs = 60_000;
const zone = 'America/Port-au-Prince';
let story: Story;
let ask: Ask;
let office: BoxOffice;
const sell: BoxOffice['sell'] = (organizer, sale) => office.sell(organizer, sale);
const request: BoxOffice['request'] = (organizer, body) => office.request(organizer, body);
const balanceOf: BoxOffice['balanceOf'] = (organizer) => office.balanceOf(organizer);
const payoutOf: BoxOffice['payoutOf'] = (id) => office.payoutOf(id);
const refund: BoxOffice['refund'] = (ticket) => office.refund(ticket);
const approve: BoxOffice['approve'] = (id, by) => office.approve(id, by);
const markPaid: BoxOffice['markPaid'] = (id, more) => office.markPaid(id, more);
const statusesOf = (answers: readonly { status: number }[]) =>
  answers.map(({ status }) => status).toSorted((a, b) => a - b);
const wallClock = (at: unknown) => wallClockIn(zone, at);
beforeAll(async () => {
  story = await openStory({ PURSER_TIMEZONE: zone });
  ({ ask } = story);
  office = new BoxOffice(story);
  // The clock of the schedule asks for nobody until its own lines.
  const settings = { feeBpsBySource: { ticket: 1000 }, payoutFrequency: 'manual' };
  expect((await ask('PATCH', '/api/admin/settings', settings)).status).toBe(200);
});
afterAll(() => story.close());

describe('an earning (ticket)', () => {
  it('is counted once', async () => {
    expect(await sell('once')).toMatchObject({ created: 4 });
    const at = (await story.now()).toISOString();
    const again = { sourceType: 'ticket', externalId: 'once-1', payeeExternalId: 'once', currency: 'USD' };
    const earnings = [
      { ...again, amount: 2500, eventEndsAt: at },
      { ...again, amount: 2600 },
    ];
    const { body } = await ask('POST', '/api/admin/earnings', { earnings });
    expect(body['counts']).toMatchObject({ created: 0, unchanged: 1, conflict: 1 });
    expect(await balanceOf('once')).toMatchObject({ totalEarnings: 9000 });
  });

  it('is pending until the event’s end plus 7 days, then available, less a fee of 10 % (setting)', async () => {
    await sell('later', { endedDaysAgo: 6.99 });
    expect(await balanceOf('later')).toMatchObject({ available: 0, pending: 9000 });
    await story.advance(daySeconds / 24);
    const freed = await story.until(
      () => balanceOf('later'),
      ({ available }) => available !== 0,
    );
    expect(freed).toMatchObject({ available: 9000, pending: 0, totalEarnings: 9000 });
  });

  it('shows on the balance page: available, pending, next payout date, total earned, currency', async () => {
    await sell('page');
    await sell('page', { endedDaysAgo: 1, from: 11, count: 2 });
    const mine = await story.asPayee('page');
    await mine('PATCH', '/api/payee/schedule', { frequency: 'weekly' });
    const { body } = await mine('GET', '/api/payee/balance');
    expect(body).toMatchObject({ available: 9000, pending: 4500, totalEarnings: 13_500, currency: 'USD' });
    expect(wallClock(body['nextPayoutDate'])).toMatchObject({ weekday: 'Fri', time: '17:00' });
    await mine('PATCH', '/api/payee/schedule', { frequency: 'manual' });
  });

  it('is taken back when the ticket is refunded', async () => {
    await sell('refunded');
    await refund('refunded-1');
    expect(await balanceOf('refunded')).toMatchObject({ available: 6750, totalEarnings: 6750 });
  });

  it('is taken back after it was paid, too: negative balance, recovered from the next payout', async () => {
    await sell('owing');
    const first = await request('owing');
    await approve(first);
    expect((await markPaid(first)).status).toBe(200);
    await refund('owing-2');
    expect(await balanceOf('owing')).toMatchObject({ available: -2250 });
    await sell('owing', { from: 11 });
    expect(await balanceOf('owing')).toMatchObject({ available: 6750 });
    const next = await payoutOf(await request('owing'));
    expect(next).toMatchObject({ amount: 6750, carries: { earningCount: 4, recoveredCount: 1 } });
    expect(JSON.stringify(next['carries'])).toContain('owing-2');
  });
});

describe('request payout', () => {
  it('takes at least 50.00, and says what is missing and when it will be possible', async () => {
    await sell('small', { count: 1 });
    await sell('small', { count: 2, from: 11, endedDaysAgo: 2 });
    const { status, body } = await (await story.asPayee('small'))('POST', '/api/payee/request-payout', {});
    expect({ status, ...body }).toMatchObject({
      status: 409,
      code: 'below_minimum',
      available: { USD: 2250 },
      minimum: { USD: 5000 },
      missing: { USD: 2750 },
    });
    expect(Date.parse(String(body['nextAvailableAt']))).toBeGreaterThan((await story.now()).getTime());
  });

  it('leaves one request in flight per payee, also when it is pressed five times at once', async () => {
    await sell('eager');
    const mine = await story.asPayee('eager');
    const all = await Promise.all(
      Array.from({ length: 5 }, () => mine('POST', '/api/payee/request-payout', {})),
    );
    expect(statusesOf(all)).toEqual([201, 409, 409, 409, 409]);
    const won = all.find(({ status }) => status === 201)?.body['id'];
    for (const { body } of all.filter(({ status }) => status === 409))
      expect(body).toMatchObject({ code: 'request_in_flight_already', payoutId: won });
  });

  it('carries exactly the tickets it pays', async () => {
    await sell('exact');
    const id = await request('exact');
    await sell('exact', { from: 11 });
    const { body } = await ask('GET', `/api/admin/payouts/${id}/statement`);
    expect(new Set(body.data.map((line) => line['externalId']))).toEqual(
      new Set([1, 2, 3, 4].map((number) => `exact-${number}`)),
    );
    expect(body).toMatchObject({ amount: 9000, totals: { earnings: 4, net: 9000 } });
  });
});

describe('the approver', () => {
  it('has a queue with count, total and CSV', async () => {
    await sell('queued');
    const id = await request('queued');
    const queue = await ask('GET', '/api/admin/payouts?status=pending_approval&limit=500');
    expect(queue.body.data.map((payout) => payout['id'])).toContain(id);
    const { body } = await ask('GET', '/api/admin/approvals');
    const total = queue.body.data.reduce((sum, payout) => sum + Number(payout['amount']), 0);
    expect(body).toMatchObject({ count: queue.body.data.length, totals: { USD: total } });
    const csv = await ask('GET', '/api/admin/payouts/export.csv?status=pending_approval');
    expect(csv.text.trim().split('\n')).toHaveLength(queue.body.data.length + 1);
  });

  it('approves and marks paid: provider reference required, notes', async () => {
    await sell('paid');
    const id = await request('paid');
    expect((await approve(id)).status).toBe(200);
    expect((await markPaid(id, {})).status).toBe(422);
    const paid = await markPaid(id, { paymentReferenceId: 'BNC-14', paymentNotes: 'by Jean' });
    expect(paid.body).toMatchObject({ status: 'completed', label: 'Paid by hand, reference BNC-14' });
    expect(paid.body['paidByHand']).toMatchObject({ paymentNotes: 'by Jean' });
  });

  it('declines: reason required, and the organizer may ask again', async () => {
    await sell('declined');
    const id = await request('declined');
    expect((await ask('POST', '/api/admin/payouts/decline', { payoutIds: [id] })).status).toBe(422);
    await ask('POST', '/api/admin/payouts/decline', { payoutIds: [id], reason: 'Event moved' });
    expect(await payoutOf(id)).toMatchObject({ status: 'declined', label: 'Declined: Event moved' });
    expect(await balanceOf('declined')).toMatchObject({ available: 9000 });
    await request('declined');
  });

  it('is one of two at once: one wins, the other is told who did', async () => {
    await sell('raced');
    const id = await request('raced');
    const [jean, marie] = [await story.withKey('approver', 'Jean'), await story.withKey('approver', 'Marie')];
    const answers = await Promise.all([approve(id, jean), approve(id, marie)]);
    expect(statusesOf(answers)).toEqual([200, 409]);
    const winner = answers[0]?.status === 200 ? 'Jean' : 'Marie';
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'already_processed',
      payoutStatus: 'approved',
      doneBy: winner,
    });
  });

  it('never approves a request of their own', async () => {
    await sell('mine');
    const asked = await ask('POST', '/api/admin/payees/mine/request-payout', {});
    const id = String(asked.body['id']);
    expect((await approve(id)).body).toMatchObject({ code: 'own_request' });
    // Nor by a key they made for it.
    expect((await approve(id, await story.withKey('approver', 'Mine'))).body['code']).toBe('own_request');
    expect(await payoutOf(id)).toMatchObject({ status: 'pending_approval' });
  });
});

it('CSV payouts_YYYY-MM-DD.csv: organizer, e-mail, amount, currency, method, dates, tickets, period', async () => {
  await sell('Bal Masque', { method: byPhone });
  const id = await request('Bal%20Masque');
  const csv = await ask('GET', '/api/admin/payouts/export.csv?status=pending_approval');
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(await story.now());
  expect(csv.headers.get('content-disposition')).toContain(`payouts_${today}.csv`);
  const [header, ...lines] = csv.text.trim().split('\n');
  expect(header).toBe(
    'organizer,email,amount,currency,method,requested_date,scheduled_date,tickets,period,status,payout_id,payee_id',
  );
  const cells = lines.find((line) => line.includes(id))?.split(',') ?? [];
  expect(cells.slice(0, 4)).toEqual(['Bal Masque', 'Bal Masque@example.com', '90.00', 'USD']);
  expect(cells[4]).toMatch(/^moncash \S*\*\*\*/);
  expect(cells[5]).toBe(today);
  expect(cells[6]).toMatch(/^\d{4}-\d\d-\d\d$/);
  expect(cells[7]).toBe('4');
  expect(cells[8]).toMatch(/^\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d$/);
});

it('payout details (bank account, phone) are stored encrypted and shown masked', async () => {
  await sell('secret', { method: { type: 'natcash', destination: '+50940918273' } });
  await sell('secret-bank', { method: { type: 'bank', destination: '021000089/5550918273 | S' } });
  for (const payee of ['secret', 'secret-bank']) {
    const shown = [
      await ask('GET', `/api/admin/payees/${payee}`),
      await ask('GET', `/api/admin/payees/${payee}/payout-methods`),
      await (await story.asPayee(payee))('GET', '/api/payee/payout-methods'),
    ];
    for (const { status, text } of shown) {
      expect(status).toBe(200);
      expect(text).toContain('***');
      expect(text).not.toContain('0918273');
    }
  }
  const files = readdirSync(path.join(story.directory, 'data'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => readFileSync(file).includes('0918273'))).toEqual([]);
});

it('nothing is ever deleted: what was declined or refunded stays with its history', async () => {
  const { body } = await ask('GET', '/api/admin/payouts?payeeId=declined');
  expect(body.data.map((payout) => payout['status'])).toEqual(['pending_approval', 'declined']);
  const gone = body.data.find((payout) => payout['status'] === 'declined');
  expect((await ask('DELETE', `/api/admin/payouts/${String(gone?.['id'])}`)).status).toBe(405);
  const { body: trail } = await ask('GET', '/api/admin/audit-events?event=earnings.reversed');
  expect(trail.data.length).toBeGreaterThan(0);
});

describe('HTG and USD', () => {
  it('are balances of their own', async () => {
    await sell('both', { method: byPhone });
    await sell('both', { from: 11, amount: 100_000, currency: 'HTG' });
    const { body } = await (await story.asPayee('both'))('GET', '/api/payee/balance');
    const balances = body['balances'] as Json[];
    expect(Object.fromEntries(balances.map((one) => [one['currency'], one['available']]))).toEqual({
      HTG: 360_000,
      USD: 9000,
    });
    expect(await payoutOf(await request('both', { currency: 'HTG' }))).toMatchObject({
      amount: 360_000,
      currency: 'HTG',
    });
    expect(await payoutOf(await request('both', { currency: 'USD' }))).toMatchObject({ amount: 9000 });
  });

  it('are converted at a rate that stays on the payout with its source and its time', async () => {
    const at = (await story.now()).toISOString();
    const rate = { from: 'HTG', to: 'USD', rate: '0.00757', at, source: 'Central bank' };
    await ask('POST', '/api/admin/fx-rates', { rates: [rate] });
    await sell('diaspora', { count: 8, amount: 100_000, currency: 'HTG' });
    const id = await request('diaspora', { payoutCurrency: 'USD' });
    const later = { ...rate, rate: '0.008', at: new Date(Date.parse(at) + 1).toISOString() };
    await ask('POST', '/api/admin/fx-rates', { rates: [later] });
    const payout = await payoutOf(id);
    // 720,000 minor units of HTG at 0.00757 are 5,450.4 of USD.
    expect(payout).toMatchObject({
      amount: 5450,
      currency: 'USD',
      conversion: {
        sourceAmount: 720_000,
        sourceCurrency: 'HTG',
        rate: '0.00757',
        rateSource: 'Central bank',
        rateAt: at,
      },
    });
    await approve(id);
    expect((await markPaid(id)).body).toMatchObject({ status: 'completed' });
  });

  it('leave converted through the provider, to the receipt; the books are looked at below', async () => {
    const at = (await story.now()).toISOString();
    await ask('POST', '/api/admin/fx-rates', {
      rates: [{ from: 'HTG', to: 'USD', rate: '0.0077', at, source: 'BRH' }],
    });
    const method = { type: 'paypal', destination: 'abroad@example.com' };
    await sell('abroad', { count: 8, amount: 100_000, currency: 'HTG', method });
    const id = await request('abroad', { payoutCurrency: 'USD' });
    await approve(id);
    await ask('POST', '/api/admin/payout-batches/process-approved', {});
    const arrived = ({ status }: Json) => status === 'completed';
    await story.until(async () => payoutOf(id), arrived);
    const { body } = await ask('GET', `/api/admin/payouts/${id}/receipt`);
    const paid = { amount: 5544, currency: 'USD', provider: 'paypal' };
    const conversion = { sourceAmount: 720_000, sourceCurrency: 'HTG', rate: '0.0077', rateAt: at };
    expect(body).toMatchObject({ ...paid, conversion });
    const { item } = body['references'] as Json;
    const effects = await ask('GET', `/api/sandbox/effects?reference=${String(item)}`);
    expect(effects.body.data).toMatchObject([{ ...paid, status: 'SUCCESS' }]);
  });
});

describe('the schedule', () => {
  const scheduleOf = async (organizer: string) =>
    (await ask('GET', `/api/admin/payees/${organizer}/schedule`)).body;
  const set = async (organizer: string, patch: Json) => {
    const got = await ask('PATCH', `/api/admin/payees/${organizer}/schedule`, patch);
    expect(got.status, got.text).toBe(200);
  };
  const payoutsOf = async (organizer: string) =>
    (await ask('GET', `/api/admin/payouts?payeeId=${organizer}`)).body.data;
  const asked = async (organizer: string) =>
    story.until(
      () => payoutsOf(organizer),
      (payouts) => payouts.length > 0,
    );

  it('asks by itself as soon as a payee’s own threshold is available', async () => {
    await sell('threshold');
    await set('threshold', { frequency: 'manual', requestAt: { USD: 10_000 } });
    await sell('threshold', { count: 1, from: 11 });
    const [payout] = await asked('threshold');
    expect(payout).toMatchObject({ status: 'pending_approval', amount: 11_250 });
  });

  it(
    'is Fridays 17:00 in the platform’s time zone: weekly, every two weeks, monthly, from an own minimum',
    async () => {
      const often = { weekly: 'weekly', fortnightly: 'every_two_weeks', monthly: 'monthly' };
      for (const [organizer, frequency] of Object.entries(often)) {
        await sell(organizer);
        await set(organizer, { frequency });
      }
      await sell('patient');
      await set('patient', { frequency: 'weekly', minimumPayout: { USD: 20_000 } });
      const dates = new Map<string, number>();
      for (const organizer of Object.keys(often)) {
        const { nextPayoutDate } = await scheduleOf(organizer);
        expect(wallClock(nextPayoutDate)).toMatchObject({ weekday: 'Fri', time: '17:00' });
        dates.set(organizer, Date.parse(String(nextPayoutDate)));
      }
      expect(dates.get('fortnightly')).toBeGreaterThanOrEqual(dates.get('weekly') ?? Infinity);
      for (const [organizer, due] of [...dates].toSorted((a, b) => a[1] - b[1])) {
        const now = (await story.now()).getTime();
        if (now < due - 60_000) {
          await story.advance((due - now) / 1000 - 60);
          expect(await payoutsOf(organizer)).toEqual([]);
        }
        await story.advance(120);
        expect(await asked(organizer)).toHaveLength(1);
      }
      expect(await payoutsOf('patient')).toEqual([]);
      const [payout] = await payoutsOf('weekly');
      const { approval } = await payoutOf(String(payout?.['id']));
      expect(approval).toMatchObject({ requestedBy: 'schedule' });
    },
    storyMs,
  );
});

it(
  'the recipe runs from data to paid, word for word',
  async () => {
    const folder = path.join(story.directory, 'examples/event-tickets');
    mkdirSync(folder, { recursive: true });
    const today = (await story.now()).toISOString().slice(0, 10);
    for (const [file, body] of Object.entries(ticketStory(today)))
      writeFileSync(path.join(folder, file), JSON.stringify(body));
    const printed = await story.follow('event-tickets.md');
    expect(printed).toContain('"created":149');
    expect(printed).toContain('"rate":"0.00757"');
    expect((await ask('GET', '/api/admin/payouts?payeeId=kreyol-jazz')).body.data).toMatchObject([
      { status: 'completed', label: 'Arrived', amount: 58_950 },
    ]);
    expect((await ask('GET', '/api/admin/payouts?payeeId=kompa-dyaspora')).body.data).toMatchObject([
      { status: 'completed', amount: 8176, currency: 'USD' },
    ]);
    expect((await ask('GET', '/api/admin/payouts?payeeId=teyat-konbit')).body.data).toMatchObject([
      { label: 'Paid by hand, reference BNC-14' },
    ]);
    expect((await ask('GET', '/api/admin/payouts?payeeId=festival-lakay')).body.data).toMatchObject([
      { status: 'declined' },
    ]);
  },
  2 * storyMs,
);

it('the books are clean after all of it', async () => {
  expect((await ask('GET', '/api/admin/ledger/verify')).body).toMatchObject({
    clean: true,
    differences: [],
  });
});
