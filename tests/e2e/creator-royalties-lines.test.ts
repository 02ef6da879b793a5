import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ask, Json, Story } from './story.ts';
import { daySeconds, openStory } from './story.ts';

// Royalties through Stripe Connect, line by line, over HTTP with the test clock, on what the recipe has paid.

const recipeMs = 180_000;
const storyMs = 60_000;
let story: Story;
let ask: Ask;
let printed = '';
beforeAll(async () => {
  story = await openStory({ POLL_INTERVAL_MS: '200' });
  ({ ask } = story);
  printed = await story.follow('creator-royalties.md');
}, recipeMs);
afterAll(() => story.close());

const payoutOf = async (id: string) => (await ask('GET', `/api/admin/payouts/${id}`)).body;
const effects = async () => (await ask('GET', '/api/sandbox/effects?provider=stripe&limit=500')).body.data;
const toSandbox = async (address: string, body?: unknown): Promise<Json> => {
  const file = path.join(story.directory, 'data/sandbox/sandbox.json');
  const { url } = JSON.parse(readFileSync(file, 'utf8')) as { url: string };
  const headers = { authorization: 'Bearer sk_test_1' };
  const answer = await fetch(url + address, {
    method: 'POST',
    headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  expect(answer.status, text).toBeLessThan(300);
  return JSON.parse(text) as Json;
};
const transferOf = async (reference: string) => {
  const { attempts } = (await payoutOf(reference)) as { attempts?: Json[] };
  return String(attempts?.at(-1)?.['providerBatchId']);
};

const statesOf = (payout: Json) =>
  (payout['timeline'] as Json[]).map(({ event }) => String(event)).filter((event) => event !== '');

it('the recipe runs from data to paid, word for word', () => {
  expect(printed).toContain('30 people, 2,524.71 USD');
  expect(printed).toMatch(/Paying \[#+\] 30\/30 100%/);
  expect(printed).toMatch(/"nextRetryAt":"\d{4}-/);
});

it('a payout belongs to a creator, and may refer to one statement or be an adjustment without one', async () => {
  const { body } = await ask('GET', '/api/admin/payouts?payeeId=creator-05');
  const adjustment = body.data.find(({ amount }) => amount === 1250);
  expect(adjustment).toMatchObject({ status: 'completed', payeeId: 'creator-05' });
  expect(await payoutOf('ST-2026-09-03')).toMatchObject({ payeeId: 'creator-03', amount: 8740 });
  const again = { payeeId: 'creator-03', amount: 8740, currency: 'USD', statementId: 'ST-2026-09-03' };
  expect((await ask('POST', '/api/admin/payouts', again)).body).toMatchObject({ code: 'already_processed' });
});

describe('status', () => {
  it('goes from waiting over on its way to arrived or failed, and nothing goes back by itself', async () => {
    const paid = await payoutOf('ST-2026-10-01');
    expect(paid).toMatchObject({ status: 'completed', label: 'Arrived' });
    expect(statesOf(paid).length).toBeGreaterThan(2);
    for (const [deed, body] of [
      ['approve', { payoutIds: [paid['id']] }],
      ['cancel', { payoutIds: [paid['id']], reason: 'x' }],
      ['retry', { payoutIds: [paid['id']] }],
    ] as const)
      expect((await ask('POST', `/api/admin/payouts/${deed}`, body)).status).toBe(409);
  });

  it('comes with processed at, failed reason, retry count and last retry at', async () => {
    const failed = await payoutOf('ST-2026-10-13');
    expect(failed).toMatchObject({ status: 'failed', retryCount: 0, lastRetryAt: null });
    expect(failed['failedReason']).toContain('did not hold enough money');
    const mended = await payoutOf('ST-2026-10-07');
    expect(mended).toMatchObject({ status: 'completed', retryCount: 1, failedReason: null });
    for (const at of [failed['processedAt'], mended['processedAt'], mended['lastRetryAt']])
      expect(Date.parse(String(at))).not.toBeNaN();
  });

  it('has one Stripe transfer per attempt, each with a key of its own', async () => {
    const { attempts } = (await payoutOf('ST-2026-10-07')) as { attempts?: Json[] };
    expect(attempts).toHaveLength(2);
    const moved = await effects();
    // 29 statements of October (one is short of funds), one of November, a late one and an adjustment.
    expect(moved).toHaveLength(32);
    for (const name of ['reference', 'providerKey', 'providerBatchId'])
      expect(new Set(moved.map((one) => one[name])).size).toBe(32);
  });
});

describe('failed for a temporary reason', () => {
  it(
    'is retried by itself after 5 min, 10 min, 30 min, 1 h, 2 h, five times at most, then needs attention with an alert',
    async () => {
      for (const [index, minutes] of [5, 10, 30, 60, 120].entries()) {
        const before = await payoutOf('ST-2026-10-13');
        expect(before).toMatchObject({ status: 'failed', waitingOn: 'clock', retryCount: index });
        expect(before['label']).toMatch(/^Retries at \d+ \w+ 20\d\d, \d\d:\d\d /);
        const waits = Date.parse(String(before['nextRetryAt'])) - Date.parse(String(before['changedAt']));
        expect(waits).toBe(minutes * 60_000);
        await story.advance(minutes * 60 + 1);
        await story.until(
          () => payoutOf('ST-2026-10-13'),
          ({ status, retryCount }) => status === 'failed' && retryCount === index + 1,
        );
      }
      const last = await payoutOf('ST-2026-10-13');
      expect(last).toMatchObject({ nextRetryAt: null, waitingOn: 'you' });
      expect(String(last['label'])).toContain('Needs attention');
      const { body } = await ask('GET', '/api/admin/alerts');
      const kinds = body.data.map(({ kind }) => kind);
      expect(kinds).toEqual(expect.arrayContaining(['retries_exhausted', 'failure_rate']));
    },
    storyMs,
  );
});

/** Starts a run for one creator with one statement, `NAME-1`; answers its batch. */
async function payOne(name: string, destination: string): Promise<string> {
  const payoutMethod = { type: 'stripe', destination };
  await ask('POST', '/api/admin/payees', { externalId: name, name, payoutMethod });
  await ask('POST', '/api/admin/cycles', { id: name });
  const earning = { sourceType: 'statement', externalId: `${name}-1`, payeeExternalId: name, cycleId: name };
  await ask('POST', '/api/admin/earnings', { earnings: [{ ...earning, amount: 900, currency: 'USD' }] });
  const run = { cycleId: name, provider: 'stripe' };
  return String((await ask('POST', '/api/admin/payout-batches/process', run)).body['batchId']);
}

it('failed for good (account not enabled) is not retried until something is fixed', async () => {
  // Stripe says nothing of accounts meanwhile: only the transfer shows that this one is off.
  const silent = { provider: 'stripe', fault: 'error_500_before', times: null, path: '/v1/accounts' };
  await ask('POST', '/api/sandbox/faults', silent);
  await payOne('shut', 'acct_1Shut_disabled');
  await story.until(
    () => payoutOf('shut-1'),
    ({ status }) => status === 'failed',
  );
  await ask('DELETE', '/api/sandbox/faults');
  await story.advance(daySeconds);
  expect(await payoutOf('shut-1')).toMatchObject({ retryCount: 0, nextRetryAt: null, waitingOn: 'payee' });
});

describe('Stripe webhooks', () => {
  it('that are forged, doubled or out of order change nothing that Stripe does not confirm', async () => {
    const rules = ['webhook_forged', 'webhook_duplicate', 'webhook_reorder'].map((fault) => ({
      provider: 'stripe',
      fault,
    }));
    await ask('POST', '/api/sandbox/faults', { rules });
    // The older events, and one that says what is not so.
    const transfer = await transferOf('ST-2026-10-02');
    for (const type of ['transfer.failed', 'transfer.paid', 'transfer.updated', 'transfer.created'])
      await toSandbox('/__sandbox/events?provider=stripe', { type, transfer });
    const { events } = await toSandbox('/__sandbox/events?provider=stripe', {
      type: 'transfer.updated',
      transfer,
    });
    expect(events, 'they arrive on any free port').toMatchObject({ delivered: expect.any(Number) });
    await toSandbox(`/v1/transfers/${await transferOf('ST-2026-10-04')}/reversals`);
    await story.until(
      () => payoutOf('ST-2026-10-04'),
      ({ status }) => status === 'returned',
    );
    expect(await payoutOf('ST-2026-10-02')).toMatchObject({ status: 'completed' });
    const { ledger } = (await payoutOf('ST-2026-10-04')) as { ledger?: Json[] };
    const back = ledger?.filter(({ kind, amount }) => /return/.test(String(kind)) && Number(amount) > 0);
    expect(back).toHaveLength(1);
    await ask('DELETE', '/api/sandbox/faults');
  });
});

it('is at least 1.00 and at most the maximum per payout', async () => {
  for (const amount of [99, 2_000_001]) {
    const body = { payeeId: 'creator-05', amount, currency: 'USD', reason: 'x' };
    const got = await ask('POST', '/api/admin/payouts', body);
    expect(got).toMatchObject({ status: 409, body: { code: 'amount_outside_limits' } });
  }
});

it('admins create and retry; creators see only their own', async () => {
  const viewer = await story.withKey('viewer', 'looks only');
  const adjustment = { payeeId: 'creator-05', amount: 100, currency: 'USD', reason: 'x' };
  expect((await viewer('POST', '/api/admin/payouts', adjustment)).status).toBe(403);
  expect((await viewer('POST', '/api/admin/payouts/retry', { payoutIds: ['shut-1'] })).status).toBe(403);
  const creator = await story.asPayee('creator-05');
  const own = (await creator('GET', '/api/payee/payouts')).body.data;
  expect(new Set(own.map(({ amount }) => amount))).toEqual(new Set([1250, 5456]));
  const other = await payoutOf('ST-2026-10-01');
  expect((await creator('GET', `/api/payee/payouts/${String(other['id'])}`)).status).toBe(404);
  expect((await creator('GET', '/api/admin/payouts')).status).toBe(403);
});

it('numbers: payouts per day, week, month; success and failure rate; mean and p95 time; retries', async () => {
  for (const by of ['day', 'week', 'month']) {
    const { body } = await ask('GET', `/api/admin/payouts/analytics?by=${by}&provider=stripe`);
    const periods = body['periods'] as Json[];
    expect(periods.reduce((sum, { total }) => sum + Number(total), 0)).toBe(34);
    for (const { successRate, failureRate } of periods)
      expect(Number(successRate) + Number(failureRate)).toBeLessThanOrEqual(1);
    const busiest = periods.toSorted((a, b) => Number(b['total']) - Number(a['total']))[0];
    expect(busiest).toMatchObject({ meanSeconds: expect.any(Number), p95Seconds: expect.any(Number) });
    expect(Number(busiest?.['retries'])).toBeGreaterThanOrEqual(6);
  }
});

describe('what no single payout tells', () => {
  const untilAlert = (kind: string, subject: unknown, isOpen: boolean) =>
    story.until(
      async () => (await ask('GET', '/api/admin/alerts')).body.data,
      (open) => open.some((one) => one['kind'] === kind && one['subject'] === subject) === isOpen,
    );
  const order = async (fault: string, times: number | null) =>
    ask('POST', '/api/sandbox/faults', { provider: 'stripe', fault, times });

  it('daily reconciliation: what came back and no event told of is found the day after', async () => {
    await order('webhook_drop', null);
    await toSandbox(`/v1/transfers/${await transferOf('ST-2026-10-03')}/reversals`);
    expect(await payoutOf('ST-2026-10-03')).toMatchObject({ status: 'completed' });
    const { attempts } = (await payoutOf('ST-2026-10-03')) as { attempts?: Json[] };
    const runs = async () => {
      const ofBatch = `batchId=${String(attempts?.at(-1)?.['batchId'])}`;
      return (await ask('GET', `/api/admin/reconciliations?${ofBatch}&limit=500`)).body.data.length;
    };
    const before = await runs();
    await story.advance(daySeconds + 60);
    await story.until(runs, (count) => count > before);
    await story.until(
      () => payoutOf('ST-2026-10-03'),
      ({ status }) => status === 'returned',
    );
    await ask('DELETE', '/api/sandbox/faults');
  });

  it('stuck check: an alert after an hour in PROCESSING, which ends with it', async () => {
    await order('rate_limit', null);
    const batch = await payOne('slow', 'acct_1Slow');
    await story.advance(3660);
    await untilAlert('stuck_sending', batch, true);
    await ask('DELETE', '/api/sandbox/faults');
    await story.advance(3600);
    await story.until(
      () => payoutOf('slow-1'),
      ({ status }) => status === 'completed',
    );
    await story.advance(61);
    await untilAlert('stuck_sending', batch, false);
  });

  it('reconciliation mismatch: what Stripe does not confirm is an alert until it does', async () => {
    await order('drop_after', null);
    const batch = await payOne('lost', 'acct_1Lost');
    await story.until(
      () => payoutOf('lost-1'),
      ({ label }) => String(label).startsWith('Outcome unknown'),
    );
    expect((await ask('POST', `/api/admin/payout-batches/${batch}/reconcile`)).status).toBe(202);
    await untilAlert('reconciliation_mismatch', batch, true);
    await ask('DELETE', '/api/sandbox/faults');
    await story.advance(3600);
    await story.until(
      () => payoutOf('lost-1'),
      ({ status }) => status === 'completed',
    );
    await ask('POST', `/api/admin/payout-batches/${batch}/reconcile`);
    await untilAlert('reconciliation_mismatch', batch, false);
  });
});

it('every batch was compared with Stripe, and the books are clean', async () => {
  const { body } = await ask('GET', '/api/admin/reconciliations?limit=500');
  expect(body.data.length).toBeGreaterThanOrEqual(4);
  expect((await ask('GET', '/api/admin/ledger/verify')).body).toMatchObject({ clean: true, differences: [] });
});
