import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, start, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

const path = '/api/admin/payout-batches';
const process = (body: Record<string, unknown>) => house.ask('POST', `${path}/process`, body);

describe('POST /payout-batches/process', () => {
  it('prepares one batch of everybody eligible and answers 202', async () => {
    await seed(house, 'p1', [winner('p1', 1), winner('p1', 2), winner('p1', 3, { currency: 'EUR' })]);
    const got = await house.ask(
      'POST',
      `${path}/process`,
      { cycleId: 'p1', notes: 'spring' },
      { key: house.keys.operator },
    );
    expect(got.status).toBe(202);
    expect(got.body).toEqual({
      batchId: expect.stringMatching(/^pb_/),
      status: 'processing',
      totalItems: 3,
      totalChunks: 2,
      replayed: false,
    });
    const { body } = await house.ask('GET', `${path}/${got.body['batchId'] as string}`);
    expect(body).toMatchObject({ startedBy: 'operator key', notes: 'spring', cycleId: 'p1', retryOf: null });
  });

  it('answers 409 with the active batch while one runs', async () => {
    const { body } = await house.ask('GET', '/api/admin/cycles/p1');
    expect(await process({ cycleId: 'p1' })).toMatchObject({
      status: 409,
      body: {
        code: 'batch_already_active',
        batchId: body['activeBatchId'],
        startedBy: 'operator key',
        retryable: true,
        userMessage: expect.stringContaining('no extra money moved'),
      },
    });
  });

  it('starts one batch of twenty requests at once and tells the others which', async () => {
    await seed(house, 'p2', [winner('p2', 1)]);
    const answers = await Promise.all(Array.from({ length: 20 }, () => process({ cycleId: 'p2' })));
    const won = answers.filter((got) => got.status === 202);
    expect(won).toHaveLength(1);
    for (const got of answers.filter((answer) => answer.status !== 202)) {
      expect(got).toMatchObject({ status: 409, body: { batchId: won[0]?.body['batchId'] } });
    }
  });

  it('pays only the named earnings, and later the others', async () => {
    await seed(house, 'p3', [winner('p3', 1), winner('p3', 2)]);
    const only = { sourceType: 'winner', references: ['p3-sel2', 'p1-sel1', 'nobody'] };
    expect((await process({ cycleId: 'p3', only })).body).toMatchObject({ totalItems: 1 });
    await settle(house);
    expect((await process({ cycleId: 'p3' })).body).toMatchObject({ totalItems: 1 });
    await settle(house);
  });

  it('sets one bad address aside and pays the others', async () => {
    const payee = { payoutMethod: { type: 'paypal', destination: 'no-address' } };
    await seed(house, 'p4', [winner('p4', 1), winner('p4', 2, { payee })]);
    const batchId = await start(house, 'p4');
    const { body } = await house.ask('GET', `${path}/${batchId}/items?status=failed`);
    expect(body.data).toMatchObject([
      { payeeId: 'p4-user2', reason: { code: 'receiver_invalid', fix: 'Correct the address, then retry.' } },
    ]);
    await settle(house);
  });

  it('answers nothing_to_pay and 404 where there is nobody and nothing', async () => {
    await house.ask('POST', '/api/admin/cycles', { id: 'empty' });
    expect(await process({ cycleId: 'empty' })).toMatchObject({
      status: 409,
      body: { code: 'nothing_to_pay' },
    });
    expect(await process({ cycleId: 'none' })).toMatchObject({
      status: 404,
      body: { code: 'cycle_not_found' },
    });
  });
});

describe('GET /payout-batches/:batchId', () => {
  it('grows in pollVersion, is never cached and never 304, and is completed when nothing is open', async () => {
    await seed(house, 'g1', [winner('g1', 1), winner('g1', 2)]);
    const batchId = await start(house, 'g1');
    const before = await house.ask('GET', `${path}/${batchId}`);
    expect(before.body).toMatchObject({
      status: 'processing',
      totalItems: 2,
      processedItems: 0,
      totalChunks: 1,
      completedChunks: 0,
      paypalBatchId: null,
      resting: false,
    });
    await settle(house, (destination) => (destination.startsWith('user1') ? 'completed' : 'unclaimed'));
    const headers = { 'if-none-match': '*', 'if-modified-since': new Date(house.clock.ms).toUTCString() };
    const after = await house.ask('GET', `${path}/${batchId}`, undefined, { headers });
    expect(after).toMatchObject({
      status: 200,
      body: { status: 'completed', processedItems: 2, totalChunks: 1, completedChunks: 1 },
    });
    expect(after.body['paypalBatchId']).toMatch(/^PB-/);
    expect(after.body['pollVersion']).toBeGreaterThan(before.body['pollVersion'] as number);
    expect(after.headers.get('etag')).toBeNull();
    expect(after.headers.get('cache-control')).toBe('no-store');
  });

  it('stays processing and rests while only an item that the provider holds is left', async () => {
    await seed(house, 'g2', [winner('g2', 1), winner('g2', 2)]);
    const batchId = await start(house, 'g2');
    await settle(house, (destination) => (destination.startsWith('user1') ? 'completed' : 'held'));
    expect((await house.ask('GET', `${path}/${batchId}`)).body).toMatchObject({
      status: 'processing',
      processedItems: 1,
      completedChunks: 0,
      resting: true,
      reconciledAt: null,
    });
  });

  it('answers 404 with the id', async () => {
    expect(await house.ask('GET', `${path}/pb_none`)).toMatchObject({
      status: 404,
      body: { code: 'batch_not_found', batchId: 'pb_none' },
    });
  });
});

describe('GET /payout-batches/:batchId/summary', () => {
  const fates = ['completed', 'completed', 'failed', 'unclaimed', 'returned', 'pending'] as const;
  const fateOf = (destination: string) => fates[Number(/\d+/.exec(destination)?.[0]) % 6] ?? 'pending';

  it('counts and sums by bucket, in integers when there is one currency', async () => {
    await seed(
      house,
      's1',
      fates.map((_, index) => winner('s1', index, { amount: 100 + index })),
    );
    const batchId = await start(house, 's1');
    await settle(house, fateOf);
    const { body } = await house.ask('GET', `${path}/${batchId}/summary`);
    const totals = { success: 201, failed: 102, unclaimed: 103, pending: 105, returned: 104, cancelled: 0 };
    expect(body).toEqual({
      id: batchId,
      totalItems: 6,
      success: 2,
      failed: 1,
      unclaimed: 1,
      pending: 1,
      returned: 1,
      cancelled: 0,
      totals,
      totalsByCurrency: { USD: totals },
      reasons: expect.arrayContaining([
        expect.objectContaining({ status: 'failed', code: 'receiver_locked', count: 1 }),
      ]),
    });
  });

  it('keeps currencies apart', async () => {
    await seed(house, 's2', [winner('s2', 0), winner('s2', 1, { currency: 'JPY', amount: 7 })]);
    const batchId = await start(house, 's2');
    await settle(house);
    const { body } = await house.ask('GET', `${path}/${batchId}/summary`);
    expect(body).toMatchObject({
      success: 2,
      totals: { success: { JPY: 7, USD: 1000 }, failed: { JPY: 0, USD: 0 } },
      totalsByCurrency: { JPY: { success: 7 }, USD: { success: 1000 } },
    });
  });
});

describe('GET /payout-batches/:batchId/items and export.csv', () => {
  const size = 2300;
  let batchId = '';
  beforeAll(async () => {
    const failing = (number: number) => (number % 10 === 0 ? 'failed' : 'paid');
    const people = Array.from({ length: size }, (_, number) => {
      const email = `${failing(number)}${number}@example.com`;
      const payee = {
        name: `=SUM(A${number}) "x", y`,
        email,
        payoutMethod: { type: 'paypal', destination: email },
      };
      return winner('x1', number, {
        payee,
        amount: 100 + number,
        currency: number % 2 === 0 ? 'USD' : 'JPY',
      });
    });
    await seed(house, 'x1', people);
    batchId = await start(house, 'x1');
    await settle(house, (destination) => (destination.startsWith('failed') ? 'failed' : 'completed'));
  });

  it('page through each item once, with the address masked and the reason in words', async () => {
    const seen = new Set<unknown>();
    let cursor = '';
    do {
      const { body } = await house.ask('GET', `${path}/${batchId}/items?status=failed&limit=100${cursor}`);
      for (const item of body.data) {
        expect(item).toMatchObject({
          status: 'failed',
          destination: 'f***@example.com',
          reason: { code: 'receiver_locked', waitingOn: 'payee' },
          reference: String(item['payeeId']).replace('user', 'sel'),
        });
        seen.add(item['itemReference']);
      }
      cursor = body['nextCursor'] ? `&cursor=${body['nextCursor'] as string}` : '';
    } while (cursor);
    expect(seen.size).toBe(size / 10);
  });

  it.each(['success', 'failed', 'unclaimed', 'all'])(
    'have the counts and sums of the summary for %s',
    async (status) => {
      const summary = (await house.ask('GET', `${path}/${batchId}/summary`)).body as unknown as Record<
        string,
        number
      > & {
        totalsByCurrency: Record<string, Record<string, number>>;
      };
      const got = await house.ask('GET', `${path}/${batchId}/export.csv?status=${status}`);
      expect(got.headers.get('content-type')).toBe('text/csv; charset=utf-8');
      expect(got.headers.get('content-disposition')).toBe(`attachment; filename="${batchId}-${status}.csv"`);
      const { header, rows } = parse(got.text);
      expect(rows).toHaveLength(status === 'all' ? (summary['totalItems'] ?? 0) : (summary[status] ?? 0));
      for (const [currency, totals] of Object.entries(summary.totalsByCurrency)) {
        const mine = rows.filter((row) => row[header.indexOf('currency')] === currency);
        const sum = mine.reduce((total, row) => total + Number(row[header.indexOf('amount_minor')]), 0);
        const expected =
          status === 'all' ? Object.values(totals).reduce((a, b) => a + b, 0) : (totals[status] ?? 0);
        expect(sum).toBe(expected);
      }
    },
  );

  it('name what each line pays as the sender does, so that it can be joined to what was sent', async () => {
    const { header, rows } = parse((await house.ask('GET', `${path}/${batchId}/export.csv?status=all`)).text);
    const references = new Set(rows.map((row) => row[header.indexOf('reference')]));
    expect(rows).toHaveLength(size);
    expect(references).toEqual(new Set(Array.from({ length: size }, (_, number) => `x1-sel${number}`)));
  });

  it('cannot run in a spreadsheet, and show amounts as people write them', async () => {
    const { text } = await house.ask('GET', `${path}/${batchId}/export.csv?status=failed`);
    const { header, rows } = parse(text);
    expect(rows[0]?.[header.indexOf('name')]).toBe(`'=SUM(A0) "x", y`);
    expect(rows[0]?.[header.indexOf('amount')]).toBe('1.00');
    expect(text).not.toMatch(/(^|,)"?[=+@-]/m);
    expect(text).not.toContain('failed10@');
  });

  it('answer 422 for a status nobody knows', async () => {
    expect((await house.ask('GET', `${path}/${batchId}/items?status=lost`)).status).toBe(422);
    expect((await house.ask('GET', `${path}/${batchId}/export.csv?status=lost`)).status).toBe(422);
  });
});

describe('GET /payout-batches', () => {
  it('is an array, newest first, of one cycle or of all, and names the next page in a header', async () => {
    const first = await house.ask('GET', `${path}?limit=2`);
    expect(first.body).toHaveLength(2);
    const next = await house.ask('GET', `${path}?limit=2&cursor=${first.headers.get('x-next-cursor') ?? ''}`);
    const ids = [first, next].flatMap((got) =>
      (got.body as unknown as { id: string }[]).map((batch) => batch.id),
    );
    expect(new Set(ids).size).toBe(4);
    const { body } = await house.ask('GET', `${path}?cycleId=p3`);
    expect(body).toMatchObject([
      {
        status: 'completed',
        cycleId: 'p3',
        startedBy: 'cli',
        totalItems: 1,
        submissions: [{ status: 'accepted' }],
      },
      { status: 'completed', cycleId: 'p3' },
    ]);
    expect(body).not.toHaveProperty('0.summary');
    expect((await house.ask('GET', `${path}?cycleId=empty`)).body).toEqual([]);
    expect((await house.ask('GET', `${path}?cycleId=none`)).body).toEqual([]);
  });
});

describe('GET /payout-batches?summary=true', () => {
  it('gives every batch of the page its own counts and totals, as its summary does', async () => {
    const got = await house.ask('GET', `${path}?summary=true&limit=500`);
    const listed = got.body as unknown as { id: string; summary: Record<string, unknown> }[];
    expect(listed.length).toBeGreaterThan(5);
    for (const { id, summary } of listed) {
      const { body } = await house.ask('GET', `${path}/${id}/summary`);
      expect(Object.keys(summary)).toHaveLength(8);
      expect(body).toMatchObject(summary);
    }
  });

  it('answers 422 for anything but true and false', async () => {
    expect((await house.ask('GET', `${path}?summary=yes`)).status).toBe(422);
  });
});

describe('POST /payout-batches/:batchId/retry-failed', () => {
  it('makes one new batch of what failed and answers the same when asked again', async () => {
    await seed(house, 'r1', [winner('r1', 1), winner('r1', 2)]);
    const source = await start(house, 'r1');
    const retry = () => house.ask('POST', `${path}/${source}/retry-failed`);
    expect(await retry()).toMatchObject({
      status: 409,
      body: { code: 'batch_still_active', batchId: source },
    });
    await settle(house, (destination) => (destination.startsWith('user1') ? 'failed' : 'completed'));
    const first = await retry();
    expect(first).toMatchObject({ status: 202, body: { success: true, totalItems: 1, replayed: false } });
    expect(first.body['batchId']).not.toBe(source);
    const again = await retry();
    expect(again.body).toMatchObject({ success: true, batchId: first.body['batchId'], replayed: true });
    await settle(house);
    expect((await house.ask('GET', `${path}/${source}/summary`)).body).toMatchObject({
      success: 1,
      failed: 1,
    });
    const { body } = await house.ask('GET', `${path}/${first.body['batchId'] as string}`);
    expect(body).toMatchObject({ retryOf: source, status: 'completed' });
  });

  it('answers 409 when nothing failed and 404 for no batch', async () => {
    await seed(house, 'r2', [winner('r2', 1)]);
    const source = await start(house, 'r2');
    await settle(house);
    expect(await house.ask('POST', `${path}/${source}/retry-failed`)).toMatchObject({
      status: 409,
      body: { code: 'nothing_failed' },
    });
    expect((await house.ask('POST', `${path}/pb_none/retry-failed`)).status).toBe(404);
  });
});

describe('POST /payout-batches/:batchId/cancel', () => {
  it('cancels what never left, and frees its earnings', async () => {
    await seed(house, 'c1', [winner('c1', 1), winner('c1', 2)]);
    const batchId = await start(house, 'c1');
    const got = await house.ask('POST', `${path}/${batchId}/cancel`);
    expect(got).toMatchObject({ status: 200, body: { batchId, cancelled: 2, stillOnTheWay: 0 } });
    expect((await house.ask('GET', `${path}/${batchId}`)).body).toMatchObject({ status: 'cancelled' });
    expect((await house.ask('GET', '/api/admin/cycles/c1')).body).toMatchObject({ eligibleCount: 2 });
  });

  it('answers 409 for what may have left', async () => {
    const { body } = await house.ask('GET', '/api/admin/cycles/g2');
    expect(await house.ask('POST', `${path}/${body['activeBatchId'] as string}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'not_cancellable' },
    });
  });
});

describe('the books after all this', () => {
  it('are clean', async () => {
    expect((await house.ask('GET', '/api/admin/ledger/verify')).body).toMatchObject({ differences: [] });
  });
});

/** Reads CSV with quoted cells. */
function parse(text: string): { header: string[]; rows: string[][] } {
  const [header = [], ...rows] = text
    .trimEnd()
    .split('\n')
    .map((line) =>
      [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(,|$)/g)]
        .slice(0, line.endsWith(',') ? undefined : -1)
        .map(([, cell = '']) => (cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell)),
    );
  return { header, rows };
}
