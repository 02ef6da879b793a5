import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { House } from './support.ts';
import { openHouse, seed, settle, winner } from './support.ts';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(() => house.close());

interface Row {
  line: number;
  reference: string;
  cells: string[];
  errors: { column: string; code: string; error: string; howToFix: string }[];
  warnings: string[];
  record: string | null;
  payout: { id: string; status: string } | null;
  earning: Record<string, unknown> | null;
}

async function check(body: Record<string, unknown>) {
  const got = await house.ask('POST', '/api/admin/imports/check', { cycleId: 'file', ...body });
  expect(got.status, got.text).toBe(200);
  return got.body as typeof got.body & { rows: Row[]; header: string[]; outlook: Record<string, unknown> };
}

const header = 'payee_id,name,email,amount,currency,method,destination,reference,note';
const line = (n: number, amount: string, more = '') =>
  `u${n},User ${n},u${n}@example.com,${amount},USD,paypal,,r${n},${more}`;
const csvOf = (...lines: string[]) => `${[header, ...lines].join('\n')}\n`;

describe('POST /imports/check', () => {
  it('refuses a source that Purser records itself', async () => {
    const body = { cycleId: 'file', csv: csvOf(line(1, '10.00')), source: 'returned_part' };
    const got = await house.ask('POST', '/api/admin/imports/check', body);
    expect(got).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'source', message: expect.stringContaining('take another name') }] },
    });
  });

  it('names what is wrong in each cell as the command line does, and takes the corrected table', async () => {
    const csv = csvOf(
      line(1, '10.00'),
      line(2, '"1,23,4"'),
      '',
      'u3,=1+1,nobody,-5,XXX,carrier,,r1,',
      line(4, '2'),
    );
    const first = await check({ csv, name: 'winners.csv' });
    expect(first).toMatchObject({
      name: 'winners.csv',
      issue: null,
      shape: 'purser',
      headerless: false,
      columns: { payeeId: 'payee_id', amount: 'amount' },
      rowCount: 4,
      goodRows: 2,
      badRows: 2,
      totals: { USD: 1200 },
    });
    expect(first.rows.map((row) => [row.line, row.errors.map((error) => error.code)])).toEqual([
      [2, []],
      [3, ['amount_comma']],
      [
        5,
        expect.arrayContaining([
          'email_invalid',
          'currency_unknown',
          'method_unknown',
          'reference_duplicate',
        ]),
      ],
      [6, []],
    ]);
    expect(first.rows[1]).toMatchObject({
      reference: 'r2',
      cells: ['u2', 'User 2', 'u2@example.com', '1,23,4', 'USD', 'paypal', '', 'r2', ''],
      errors: [{ column: 'amount', error: expect.stringMatching(/comma/), howToFix: expect.any(String) }],
      record: null,
      earning: null,
    });
    const rows = first.rows.map((row) => row.cells);
    const again = await check({ header: first.header, rows });
    expect(again.rows.map((row) => row.errors)).toEqual(
      first.rows.map((row) => row.errors.map((e) => ({ ...e }))),
    );
    const mended = rows.map((cells, at) => (at === 1 ? cells.with(3, '10.00') : cells)).toSpliced(2, 1);
    expect(await check({ header: first.header, rows: mended })).toMatchObject({ goodRows: 3, badRows: 0 });
  });

  it('reads the files of others, and says why a file cannot be used', async () => {
    const massPay = await check({ csv: 'a@example.com,5.00,USD,c1,thanks\nb@example.com,6.00,USD,c2,\n' });
    expect(massPay).toMatchObject({ shape: 'paypal_mass_pay', headerless: true, goodRows: 2 });
    expect(massPay.rows[0]?.cells[0]).toBe('a@example.com');
    expect(massPay.rows[0]?.reference).toBe('file:c1');
    const table = await check({ header: massPay.header, rows: massPay.rows.map((row) => row.cells) });
    expect(table.rows.map((row) => row.reference)).toEqual(['file:c1', 'file:c2']);
    const wise =
      'name,recipientEmail,amount,sourceCurrency,targetCurrency,paymentReference\nAna,a@example.com,3,USD,USD,x\n';
    expect(await check({ csv: wise })).toMatchObject({ shape: 'wise_email', goodRows: 1 });
    const tipalti = 'idap,amountSubmitted,amountCurrency,refCode\nt1,3.00,USD,x\n';
    expect(await check({ csv: tipalti })).toMatchObject({ shape: 'tipalti' });
    expect(await check({ csv: 'hello\nworld\n' })).toMatchObject({
      issue: { code: 'header_unknown' },
      rows: [],
      outlook: null,
    });
    const many = csvOf(...Array.from({ length: 5_001 }, (_, n) => line(n, '1.00')));
    expect(await check({ csv: many })).toMatchObject({
      issue: { code: 'file_too_many_rows', howToFix: expect.stringContaining('purser pay') },
    });
  });

  it('says what paying would do beside what is on record, and writes nothing', async () => {
    await seed(house, 'file', [
      winner('file', 1, { externalId: 'paid', payeeExternalId: 'old1', amount: 700 }),
      winner('file', 2, { externalId: 'waits', payeeExternalId: 'old2', amount: 800 }),
    ]);
    const only = { sourceType: 'winner', references: ['paid'] };
    await house.ask('POST', '/api/admin/payout-batches/process', { cycleId: 'file', only });
    await settle(house);
    const rowOf = (payee: string, email: string, amount: string, reference: string) =>
      `${payee},${payee},${email},${amount},USD,,,${reference},`;
    const csv = csvOf(
      rowOf('old1', 'user1@example.com', '7.00', 'paid'),
      rowOf('old2', 'user2@example.com', '8.00', 'waits'),
      rowOf('old2', 'user2@example.com', '9.00', 'paid-other').replace('paid-other', 'waits2'),
      rowOf('old1', 'moved@example.com', '7.00', 'looks-paid'),
      rowOf('new1', 'new1@example.com', '3.00', 'n1'),
      rowOf('new1', 'new1@example.com', '3.00', 'n2'),
      'acct,A,,4.00,USD,stripe,acct_1ABCDEFGHIJKLMNO,s1,',
    );
    const counts = async () =>
      (
        await sql<{
          n: string;
        }>`select concat_ws(' ', (select count(*) from earning), (select count(*) from payee),
          (select count(*) from audit_event), (select count(*) from idempotency_outcome)) as n`.execute(
          house.db,
        )
      ).rows;
    const before = await counts();
    const { rows, outlook } = await check({ csv: csv.replace('9.00', '8.50') });
    expect(await counts()).toEqual(before);
    expect(rows.map((row) => [row.reference, row.record])).toEqual([
      ['paid', 'has_payout'],
      ['waits', 'recorded'],
      ['waits2', 'new'],
      ['looks-paid', null],
      ['n1', 'new'],
      ['n2', 'new'],
      ['s1', 'new'],
    ]);
    expect(rows[0]?.payout).toMatchObject({ id: expect.stringMatching(/^po_/), status: 'completed' });
    expect(rows[3]?.errors.map((error) => error.code)).toEqual(['payee_two_addresses']);
    expect(rows[4]?.warnings.join()).toMatch(/same payee has the same amount in line 7/);
    expect(rows[6]?.warnings.join()).toMatch(/through stripe/);
    expect(outlook).toMatchObject({
      provider: 'paypal',
      sandbox: true,
      cycle: { id: 'file', exists: true, activeBatchId: null },
      wouldPay: 4,
      wouldPayTotals: { USD: 800 + 850 + 600 },
      recorded: 1,
      alreadyPaid: 1,
      otherProvider: 1,
      newPayees: 1,
      suspectedDuplicates: 2,
      comparedWithLast: { totalItems: 1, itemsChange: 3 },
    });
    const { largest } = outlook as { largest: { amount: number }[] };
    expect(largest.map((row) => row.amount)).toEqual([850, 800, 300, 300]);
    const contrary = await check({
      csv: csvOf(
        rowOf('old1', 'moved@example.com', '7.00', 'fresh'),
        rowOf('old2', 'user2@example.com', '8.01', 'waits'),
      ),
    });
    expect(contrary.rows[0]?.warnings.join()).toMatch(/another address.*same amount lately as paid/s);
    expect(contrary.outlook).toMatchObject({ changedMethods: 1, suspectedDuplicates: 1 });
    expect(contrary.rows[1]).toMatchObject({
      record: 'contradicts',
      earning: null,
      errors: [{ code: 'contradicts_record', column: 'reference', error: expect.stringContaining('8.00') }],
    });
  });

  it('leads to exactly one payment by the calls that follow, however often they are made', async () => {
    const cycleId = 'follow';
    const got = await check({ cycleId, csv: csvOf(line(11, '10.00'), line(12, '20.00')) });
    const earnings = got.rows.map((row) => row.earning);
    const references = got.rows.map((row) => row.reference);
    const scope = { cycleId, newOnly: true, only: { sourceType: 'winner', references } };
    const twice = async (path: string, body: Record<string, unknown>) =>
      Promise.all([1, 2].map(() => house.ask('POST', `/api/admin/${path}`, body)));
    await twice('cycles', { id: cycleId });
    for (const recorded of await twice('earnings', { earnings })) expect(recorded.status).toBe(200);
    const [preview] = await twice('payout-batches/preview', { ...scope, checkItems: true });
    expect(preview?.body).toMatchObject({ eligibleCount: 2, eligibleTotals: { USD: 3000 } });
    const started = await twice('payout-batches/process', { ...scope, checksum: preview?.body['checksum'] });
    const again = await house.ask('POST', '/api/admin/payout-batches/process', {
      ...scope,
      checksum: preview?.body['checksum'],
    });
    const ids = [...started, again].flatMap(({ status, body }) => (status === 202 ? [body['batchId']] : []));
    expect(new Set(ids).size).toBe(1);
    expect(again.body).toMatchObject({ replayed: true });
    const { body } = await house.ask('GET', `/api/admin/payouts?cycleId=${cycleId}`);
    expect(new Set(body.data.map((payout) => payout['amount']))).toEqual(new Set([1000, 2000]));
    expect(body.data).toHaveLength(2);
    expect((await check({ cycleId, csv: csvOf(line(11, '10.00')) })).rows[0]?.record).toBe('has_payout');
  });
});
