import { afterAll, beforeAll, expect, it } from 'vitest';
import { sql } from 'kysely';
import { all, run } from '../../src/store/db.ts';
import { leftOutFilesMax } from '../../src/core/left-out-row.ts';
import { leftOutRowsMax } from '../../src/wire/left-out-rows.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

// Rows of a file that were left out are remembered: which, why, by whom, and whether somebody mended them since.

/** Generous for two files of this size, and far below what work that grows with the square takes. */
const workMsMax = 9_000;

const header = 'payee_id,name,email,amount,currency,reference,remarks';
const good = 'u1,Ana Silva,ana@example.com,25.00,USD,r1,';
const bad = [
  'u2,Ben Ortiz,ben@example.com,"1,250",USD,r2,passport 4711',
  'u3,Cleo Roy,cleo at example.com,12.00,USD,r3,',
  'u4,Shifted Row,dora@example.com,12,50,USD,r4,+33 6 12 34 56 78,beyond',
  'eve@example.com,"Eve, eve.private@example.com",,10.00,XXD,r5,',
];
const csv = `${[header, good, ...bad].join('\n')}\n`;
const secrets = ['ben@', 'cleo at', 'dora@', 'eve@', 'eve.private', '4711', '12 34 56'];

let house: House;
beforeAll(async () => {
  house = await openHouse();
  await house.ask('POST', '/api/admin/cycles', { id: 'may' });
});
afterAll(() => house.close());

const path = '/api/admin/imports/left-out';
const file = { cycleId: 'may', name: 'winners.csv', csv };
const keep = (body: unknown) => house.ask('POST', path, body);
const rowsOf = async (id: unknown, language = 'en') =>
  (
    await house.ask('GET', `${path}/${String(id)}/rows`, undefined, {
      headers: { 'accept-language': language },
    })
  ).body.data;
const stored = async (table: string) =>
  (
    await all(house.db, sql<{ text: string }>`select row_to_json(r)::text as text from ${sql.table(table)} r`)
  ).map(({ text }) => text);
let id = '';

it('remembers which rows of a file were left out and why, once, in the words of whoever reads', async () => {
  const kept = await keep({ file });
  expect(kept).toMatchObject({
    status: 201,
    body: {
      leftOut: { cycleId: 'may', fileName: 'winners.csv', rowCount: 5, leftOutCount: 4, keptCount: 4 },
    },
  });
  const again = await keep({ file });
  expect(again).toMatchObject({ status: 200, body: kept.body });
  expect(kept.body['reason']).toBeNull();
  ({ id } = kept.body['leftOut'] as { id: string });
  const { body } = await house.ask('GET', `${path}?cycleId=may`);
  expect(body.data).toEqual([kept.body['leftOut']]);
  expect((await house.ask('GET', `${path}?cycleId=none`)).body.data).toEqual([]);
  const rows = await rowsOf(id);
  expect(rows.map(({ line, reference, recordedSince }) => [line, reference, recordedSince])).toEqual([
    [3, 'r2', false],
    [4, 'r3', false],
    [5, expect.any(String), false],
    [6, 'r5', false],
  ]);
  expect(rows[0]).toMatchObject({
    cells: ['u2', 'Ben Ortiz', 'b***@example.com', '1,250', 'USD', 'r2', '***11'],
    errors: [{ column: 'amount', code: 'amount_comma', howToFix: expect.stringContaining('1250.50') }],
  });
  const [french] = await rowsOf(id, 'fr');
  expect(french?.['errors']).toMatchObject([{ error: expect.stringContaining('virgule') }]);
});

it('tells nobody an address, nor what it does not know the meaning of, in any place it is kept', async () => {
  const texts = [
    JSON.stringify(await rowsOf(id)),
    (await house.ask('GET', `${path}/${id}/rows.csv`)).text,
    ...(await stored('import_left_out')),
    ...(await stored('import_left_out_row')),
    (await house.ask('GET', '/api/admin/audit-events?event=import.rows_left_out')).text,
  ];
  for (const secret of secrets) for (const text of texts) expect(text).not.toContain(secret);
});

it('hands them out as a file to mend, which pays no masked address by mistake', async () => {
  const got = await house.ask('GET', `${path}/${id}/rows.csv?language=fr`);
  expect(got.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const lines = got.text.trim().split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toBe(`${header},line,error,how_to_fix`);
  expect(lines[1]).toContain('virgule');
  const half = got.text.replace('"1,250"', '1250.00');
  const check = { cycleId: 'may', csv: half };
  const judged = async (body: typeof check) => {
    const { body: answer } = await house.ask('POST', '/api/admin/imports/check', body);
    const [row] = answer['rows'] as { reference: string; errors: { column: string; error: string }[] }[];
    return row;
  };
  expect(await judged(check)).toMatchObject({
    reference: 'r2',
    errors: [{ column: 'email', error: expect.stringContaining('is masked') }],
  });
  const whole = { ...check, csv: half.replace('b***@example.com', 'ben@example.com') };
  expect(await judged(whole)).toMatchObject({ reference: 'r2', errors: [] });
});

it('says of a row that it was recorded since', async () => {
  house.clock.ms += 60_000;
  const earning = {
    sourceType: 'winner',
    externalId: 'r2',
    payeeExternalId: 'u2',
    cycleId: 'may',
    amount: 125_000,
    currency: 'USD',
  };
  const payee = { name: 'Ben', payoutMethod: { type: 'paypal', destination: 'ben@example.com' } };
  await house.ask('POST', '/api/admin/earnings', { earnings: [{ ...earning, payee }] });
  expect((await rowsOf(id)).map(({ recordedSince }) => recordedSince)).toEqual([true, false, false, false]);
});

it('names the lines of the file it came from when cells were corrected, and keeps nothing of a good file', async () => {
  const table = {
    header: header.split(','),
    rows: [good.split(','), ['u9', 'Zoe', 'zoe@', '1', 'USD', 'r9', '']],
  };
  const kept = await keep({ file: { cycleId: 'may', ...table }, lines: [2, 17] });
  const { id: other } = kept.body['leftOut'] as { id: string };
  expect(await rowsOf(other)).toMatchObject([
    { line: 17, cells: ['u9', 'Zoe', '***', '1', 'USD', 'r9', ''] },
  ]);
  expect(await keep({ file: { ...file, csv: `${header}\n${good}\n` } })).toMatchObject({
    status: 200,
    body: { leftOut: null, reason: 'none_left_out' },
  });
  expect(await keep({ file: { ...file, cycleId: 'none' } })).toMatchObject({
    status: 404,
    body: { code: 'cycle_not_found' },
  });
  expect((await house.ask('GET', `${path}/lo_none/rows`)).status).toBe(404);
});

it('keeps as many as it says of a large file, and how many there were', async () => {
  const many = Array.from({ length: leftOutRowsMax + 5 }, (_, n) => `m${n},,,-1.00,USD,m${n},`);
  const kept = await keep({ file: { ...file, name: 'many.csv', csv: [header, ...many].join('\n') } });
  expect(kept.body['leftOut']).toMatchObject({ leftOutCount: leftOutRowsMax + 5, keptCount: leftOutRowsMax });
  const { id: large } = kept.body['leftOut'] as { id: string };
  const { text } = await house.ask('GET', `${path}/${large}/rows.csv`);
  expect(text.trim().split('\n')).toHaveLength(1 + leftOutRowsMax);
});

it('tells nobody what slipped into another column, a header, the name of the file or a reference', async () => {
  const slipped = [
    'ana at example.com,+50937123456,,FR7630006000011234567890189,ana＠example.com,xacct_1A2b3C9,',
    'FR7630006000011234567890189,ana @ example.com,,+50937123456,AB12CD34EF56G,ana (at) example.com,',
    'u7,Gil,,1e,ana.hidden@example.com,+50937123456,',
    'u8,Gil,,2e,USD,+50937123456,',
  ];
  const heads = header.replace('remarks', 'remarks of ana.hidden@example.com');
  const kept = await keep({
    file: { cycleId: 'may', name: 'of +50937123456.csv', csv: [heads, ...slipped].join('\n') },
  });
  const { id: other } = kept.body['leftOut'] as { id: string };
  const texts = [
    kept.text,
    JSON.stringify(await rowsOf(other)),
    JSON.stringify(await rowsOf(other, 'fr')),
    (await house.ask('GET', `${path}/${other}/rows.csv`)).text,
    ...(await stored('import_left_out')),
    ...(await stored('import_left_out_row')),
    (await house.ask('GET', '/api/admin/audit-events?event=import.rows_left_out')).text,
  ];
  const hidden = [
    '5093712',
    'FR76',
    '30006000',
    'ana at',
    'ana @',
    'ana＠',
    'ana (',
    '1A2b',
    'AB12',
    'ana.hidden',
  ];
  for (const secret of hidden) for (const text of texts) expect(text).not.toContain(secret);
});

it('refuses a masked cell that is imported as it is', async () => {
  const csv = `${header}\n***89,***12,n@example.com,1.00,USD,***45,\n`;
  const { body } = await house.ask('POST', '/api/admin/imports/check', { cycleId: 'may', csv });
  const [row] = body['rows'] as { errors: { column: string; code: string }[] }[];
  expect(row?.errors.map(({ column, code }) => [column, code])).toEqual([
    ['payee_id', 'cell_masked'],
    ['name', 'cell_masked'],
    ['reference', 'cell_masked'],
  ]);
});

it('answers soon for long cells and long names of columns, and keeps little of them', async () => {
  const wide = `${header},${'h'.repeat(9_000)},${'ana '.repeat(2_250)}`;
  const rows = Array.from({ length: 1_000 }, (_, n) => `w${n},,,-1.00,XXD,w${n},`);
  const began = performance.now();
  const long = await keep({
    file: { ...file, csv: [wide.replace('amount', `amount${' '.repeat(9_000)}`), ...rows].join('\n') },
  });
  const cell = await keep({ file: { ...file, csv: `${header}\nu1,,,${'a'.repeat(60_000)},USD,c1,\n` } });
  expect(performance.now() - began).toBeLessThan(workMsMax);
  expect([long.status, cell.status]).toEqual([201, 201]);
  const size = Math.max(...(await stored('import_left_out_row')).map((text) => text.length));
  expect(size).toBeLessThan(10_000);
});

it('keeps whole characters of a cell, a reference and a note', async () => {
  const emoji = `a${'😀'.repeat(300)}`;
  const row = `u1,${emoji},,${emoji},${emoji},${emoji},${emoji}`;
  const kept = await keep({ file: { ...file, name: `a${'😀'.repeat(99)}`, csv: `${header}\n${row}\n` } });
  expect(kept.status).toBe(201);
});

it('refuses lines that name no line of their own for each row', async () => {
  const table = {
    header: header.split(','),
    rows: [good.split(','), ['u9', 'Zoe', 'zoe@', '1', 'USD', 'r9', '']],
  };
  for (const lines of [[2, 2], [2], [2, 3, 4], [2, 2 ** 31], [2, 2 ** 40]]) {
    const { status, body } = await keep({ file: { cycleId: 'may', ...table }, lines });
    expect([status, body['code']]).toEqual([422, 'invalid_request']);
    expect((body['errors'] as { path: string }[])[0]?.path).toMatch(/^lines/);
  }
});

it('remembers as many files of a cycle as it says, and says so of one more', async () => {
  await house.ask('POST', '/api/admin/cycles', { id: 'full' });
  await run(
    house.db,
    sql`insert into import_left_out (public_id, cycle_id, fingerprint, file_name, source_type, shape, header,
        columns, row_count, left_out_count, actor_kind, actor_id, actor_name, created_at)
      select 'lo_full' || n, c.id, 'f' || n, 'f.csv', 'winner', 'purser', '[]', '{}', 1, 1, 'key', 'k', 'k', now()
      from cycle c, generate_series(1, ${leftOutFilesMax - 1}) n where c.public_id = 'full'`,
  );
  const last = { file: { ...file, cycleId: 'full' } };
  const kept = await keep(last);
  expect(kept.status).toBe(201);
  const more = { file: { ...last.file, csv: `${header}\n${bad[0]}\n` } };
  expect(await keep(more)).toMatchObject({ status: 200, body: { leftOut: null, reason: 'cycle_full' } });
  expect(await keep(last)).toMatchObject({ status: 200, body: kept.body });
});
