import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.ask('POST', '/api/admin/cycles', { id: '18' });
});
afterAll(() => house.close());

interface Result {
  index: number;
  externalId: string;
  status: string;
  message: string | null;
  code: string | null;
  differences: unknown[];
  errors: { path: string; message: string }[];
}

async function send(earnings: unknown[]): Promise<{ counts: Record<string, number>; results: Result[] }> {
  const got = await house.ask('POST', '/api/admin/earnings', { earnings });
  expect(got.status, got.text).toBe(200);
  return got.body as unknown as { counts: Record<string, number>; results: Result[] };
}

async function isClean(): Promise<void> {
  expect((await house.ask('GET', '/api/admin/ledger/verify')).body).toMatchObject({
    clean: true,
    differences: [],
  });
}

describe('POST /earnings', () => {
  it('records earnings and their payees, and says unchanged when they come again', async () => {
    const file = [winner('18', 1), winner('18', 2, { feeBps: 1000 })];
    expect((await send(file)).counts).toEqual({ created: 2, unchanged: 0, conflict: 0, invalid: 0 });
    expect((await send(file)).counts).toEqual({ created: 0, unchanged: 2, conflict: 0, invalid: 0 });
    const cycle = await house.ask('GET', '/api/admin/cycles/18');
    expect(cycle.body).toMatchObject({ eligibleCount: 2, eligibleTotals: { USD: 1900 } });
    await isClean();
  });

  it('posts the net to the payee and the fee to the platform', async () => {
    const { body } = await house.ask('GET', '/api/admin/ledger/trial-balance');
    const sums = Object.fromEntries(
      (body['accounts'] as { account: string; amount: number }[]).map((row) => [row.account, row.amount]),
    );
    expect(sums).toEqual({ source: -2000, payee_available: 1900, platform_fees: 100 });
  });

  it('says what differs in a conflict, keeps what was recorded, and leaves the payee of the item alone', async () => {
    await house.ask('POST', '/api/admin/cycles', { id: '19' });
    const other = { amount: 2000, feeBps: 100, currency: 'EUR', cycleId: '19', payeeExternalId: 'somebody' };
    const { results } = await send([winner('18', 1, other)]);
    expect(results[0]).toMatchObject({
      status: 'conflict',
      code: 'earning_differs',
      message:
        'This reference was recorded before with payeeExternalId 18-user1, not somebody; cycleId 18, not 19; amount 10.00 USD, not 20.00 EUR; fee 0.00 USD, not 0.20 EUR; currency USD, not EUR.',
    });
    expect(results[0]?.differences).toEqual([
      { field: 'payeeExternalId', recorded: '18-user1', given: 'somebody' },
      { field: 'cycleId', recorded: '18', given: '19' },
      { field: 'amount', recorded: 1000, given: 2000 },
      { field: 'fee', recorded: 0, given: 20 },
      { field: 'currency', recorded: 'USD', given: 'EUR' },
    ]);
    expect((await house.ask('GET', '/api/admin/payees/somebody')).status).toBe(404);
    expect((await send([winner('18', 1)])).counts['unchanged']).toBe(1);
  });

  it.each([
    ['a fraction', { amount: 10.5 }, 'amount'],
    ['a text', { amount: '1000' }, 'amount'],
    ['zero', { amount: 0 }, 'amount'],
    ['less than zero', { amount: -1 }, 'amount'],
    ['more than a JSON number holds exactly', { amount: 2 ** 53 }, 'amount'],
    ['an unknown currency', { currency: 'XXX' }, 'currency'],
    ['a currency in small letters', { currency: 'usd' }, 'currency'],
    ['no payee', { payeeExternalId: undefined }, 'payeeExternalId'],
    ['a payee nobody knows', { payee: null, payeeExternalId: 'ghost' }, 'payeeExternalId'],
    ['a cycle that is not there', { cycleId: 'none' }, 'cycleId'],
    ['a fee that leaves nothing', { feeBps: 10_000 }, 'feeBps'],
    ['a fee over everything', { feeBps: 10_001 }, 'feeBps'],
    ['a NUL in the reference', { externalId: 'a\0' }, 'externalId'],
    ['a source type with a space', { sourceType: 'a b' }, 'sourceType'],
    ['what Purser records of a part that came back', { sourceType: 'returned_part' }, 'sourceType'],
    ['what Purser records of an earlier system', { sourceType: 'legacy' }, 'sourceType'],
    ['a time that is none', { availableAt: 'friday' }, 'availableAt'],
    ['a mistyped field', { feebps: 10 }, ''],
  ])('calls %s invalid and records the good item beside it', async (what, more, path) => {
    const externalId = `beside ${what}`;
    const { counts, results } = await send([
      winner('18', 3, { externalId: 'bad', ...more }),
      winner('18', 3, { externalId }),
    ]);
    expect(counts).toMatchObject({ created: 1, invalid: 1 });
    expect(results[0]?.errors[0]).toMatchObject({ path });
    expect(results[1]).toMatchObject({ index: 1, externalId, status: 'created' });
    await isClean();
  });

  it('calls an item that is no object invalid', async () => {
    const { results } = await send([null, 7, 'text', [], winner('18', 3, { externalId: 'after junk' })]);
    expect(results.map((one) => one.status)).toEqual(['invalid', 'invalid', 'invalid', 'invalid', 'created']);
  });

  it('keeps an earning that is available later waiting, also when it is sent again with another time', async () => {
    const later = new Date(house.clock.ms + 1000).toISOString();
    expect((await send([winner('18', 4, { availableAt: later })])).counts['created']).toBe(1);
    const now = new Date(house.clock.ms).toISOString();
    expect((await send([winner('18', 4, { availableAt: now })])).counts['unchanged']).toBe(1);
    const { body } = await house.ask('GET', '/api/admin/payees/18-user4/balance');
    expect(body).toMatchObject({ pending: 1000, available: 0 });
    await isClean();
  });

  it('compares a reference that comes twice in one call with itself', async () => {
    const { results } = await send([winner('18', 5), winner('18', 5), winner('18', 5, { amount: 5 })]);
    expect(results.map((one) => one.status)).toEqual(['created', 'unchanged', 'conflict']);
    await isClean();
  });

  it('refuses to guess between two addresses of one payee in one call', async () => {
    const elsewhere = { payee: { payoutMethod: { type: 'paypal', destination: 'thief@example.com' } } };
    const { results } = await send([
      winner('18', 6),
      winner('18', 6, { externalId: 'second', ...elsewhere }),
    ]);
    expect(results.map((one) => [one.status, one.code])).toEqual([
      ['created', null],
      ['invalid', 'payee_method_ambiguous'],
    ]);
    expect((await house.ask('GET', '/api/admin/payees/18-user6')).body).toMatchObject({
      payoutMethod: { destination: 'u***@example.com' },
    });
  });

  it('lets one item bring the payee of another', async () => {
    const { counts } = await send([
      winner('18', 7, { externalId: 'first of 7', payee: null }),
      winner('18', 7, { externalId: 'second of 7' }),
    ]);
    expect(counts['created']).toBe(2);
  });

  it('takes several source types and cycles in one call, and the same external id under each', async () => {
    const { counts } = await send([
      winner('18', 8, { sourceType: 'royalty', externalId: 'x' }),
      winner('18', 8, { sourceType: 'ticket', externalId: 'x', cycleId: '19' }),
      winner('18', 8, { sourceType: 'refund', externalId: 'x', cycleId: null, currency: 'JPY' }),
    ]);
    expect(counts['created']).toBe(3);
    await isClean();
  });

  it('records each earning once when the same 500 arrive four times at once', async () => {
    const file = Array.from({ length: 500 }, (_, index) => winner('18', 1000 + index));
    const answers = await Promise.all([send(file), send(file), send(file), send(file)]);
    expect(answers.reduce((sum, answer) => sum + (answer.counts['created'] ?? 0), 0)).toBe(500);
    expect(answers.reduce((sum, answer) => sum + (answer.counts['unchanged'] ?? 0), 0)).toBe(1500);
    await isClean();
  });

  it('calls an id that begins with a byte order mark invalid, and records the others', async () => {
    const earnings = [winner('bom', 1), winner('bom', 2, { payeeExternalId: '\ufeffu2' })];
    const got = await house.ask('POST', '/api/admin/earnings', {
      earnings: earnings.map((earning) => ({ ...earning, cycleId: undefined })),
    });
    expect(got).toMatchObject({ status: 200, body: { counts: { created: 1, invalid: 1 } } });
  });

  it('takes 5,000 and refuses one more, or none, with 422', async () => {
    const file = Array.from({ length: 5001 }, (_, index) => winner('18', 10_000 + index));
    expect((await house.ask('POST', '/api/admin/earnings', { earnings: file })).status).toBe(422);
    expect((await house.ask('POST', '/api/admin/earnings', { earnings: [] })).status).toBe(422);
    expect((await send(file.slice(1))).counts['created']).toBe(5000);
    await isClean();
  });

  it('answers sums beyond 2^53 as text with all their digits, and beyond 64 bits with 422 and nothing recorded', async () => {
    await house.ask('POST', '/api/admin/cycles', { id: 'huge' });
    const amount = Number.MAX_SAFE_INTEGER;
    await send([1, 2, 3].map((number) => winner('huge', number, { amount })));
    expect((await house.ask('GET', '/api/admin/cycles/huge')).text).toContain(
      `"USD":"${3n * BigInt(amount)}"`,
    );
    const flood = Array.from({ length: 1100 }, (_, index) =>
      winner('huge', 9, { externalId: `flood${index}`, amount }),
    );
    expect((await house.ask('POST', '/api/admin/earnings', { earnings: flood })).status).toBe(422);
    expect((await house.ask('GET', '/api/admin/cycles/huge')).body).toMatchObject({ eligibleCount: 3 });
  });
});
