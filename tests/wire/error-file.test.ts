import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { csvRecords } from '../../src/wire/csv-records.ts';
import type { Delimiter } from '../../src/wire/csv.ts';
import { writeErrorFile } from '../../src/wire/error-file.ts';
import { inPieces, readAll } from './reading.ts';

let folder: string;
let errors: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'error-file-'));
  errors = join(folder, 'pay.errors.csv');
});

async function errorsOf(text: string): Promise<string> {
  await writeFile(join(folder, 'pay.csv'), text);
  const result = await writeErrorFile(join(folder, 'pay.csv'), errors);
  expect(result.ok).toBe(true);
  return readFile(errors, 'utf8');
}

async function cellsOf(text: string, delimiter: Delimiter = ','): Promise<string[][]> {
  const rows: string[][] = [];
  for await (const { cells } of csvRecords(inPieces(text), delimiter)) rows.push([...cells]);
  return rows;
}

const header = 'team;reference;amount;currency;email';

describe('the error file', () => {
  test('is the same file with the bad rows only, and what is wrong with them', async () => {
    const text = await errorsOf(
      `${header}\nred;s1;-5,00;EUR;a@example.com\nblue;s2;5,00;EUR;b@example.com\n=x;s3;1;;c\n`,
    );
    const [head = [], first = [], second = [], ...more] = await cellsOf(text, ';');
    expect(head).toEqual([...header.split(';'), 'line', 'error', 'how_to_fix']);
    expect(first.slice(0, 6)).toEqual(['red', 's1', "'-5,00", 'EUR', 'a@example.com', '2']);
    expect(first[6]).toBe('amount: "-5,00" is negative.');
    expect(second.slice(0, 6)).toEqual(["'=x", 's3', '1', '', 'c', '4']);
    expect(second[6]).toContain('email:');
    expect(second[6]).toContain('currency:');
    expect(more).toEqual([]);
  });

  test('is a pay file once it is corrected, and an error file again when it is not', async () => {
    const text = await errorsOf(`${header}\nred;s1;-5,00;EUR;a@example.com\n`);
    const { rows } = await readAll(text.replace("'-5,00", '5,00'));
    expect(rows).toMatchObject([{ reference: 's1', amount: 500n, line: 2 }]);
    const again = await errorsOf(`\n${text}`);
    const [head, row] = await cellsOf(again, ';');
    expect(head).toEqual([...header.split(';'), 'line', 'error', 'how_to_fix']);
    expect(row?.slice(5, 7)).toEqual(['3', 'amount: "-5,00" is negative.']);
  });

  test('of a file without a header has one, and keeps the references of its rows', async () => {
    const text = await errorsOf('a@example.com,1,USD\na@example.com,0,USD,,Hi\n');
    expect((await cellsOf(text))[0]?.join(',')).toBe(
      'receiver,amount,currency,customer_id,note,wallet,privacy,reference,line,error,how_to_fix',
    );
    const { rows } = await readAll(text.replace(',0,', ',9,'));
    expect(rows).toMatchObject([{ reference: 'a@example.com:2', amount: 900n, note: 'Hi' }]);
  });

  test('of a Wise file keeps the references of its rows', async () => {
    const wise = 'name,recipientEmail,paymentReference,amountCurrency,amount,sourceCurrency,targetCurrency';
    const text = await errorsOf(`${wise}\nA,a@example.com,May,target,0,EUR,EUR\n`);
    const { rows } = await readAll(text.replace(',0,', ',9,'));
    expect(rows).toMatchObject([{ reference: 'a@example.com:May', amount: 900n, currency: 'EUR' }]);
  });

  test('keeps cells of several lines and cells beyond the last column', async () => {
    const text = await errorsOf('email,amount,currency,reference,extra\na@example.com,12,50,USD,s1,"x\ny"\n');
    const [, row = []] = await cellsOf(text);
    expect(row.slice(0, 5)).toEqual(['a@example.com', '12', '50', 'USD', 's1']);
    expect(row[6]).toContain('x\ny');
  });

  test('has a byte order mark when the file had one', async () => {
    const text = await errorsOf('\uFEFFemail,amount,currency,reference\na@example.com,0,USD,s1\n');
    expect(text.startsWith('\uFEFFemail')).toBe(true);
    expect(await readAll(text.replace(',0,', ',1,'))).toMatchObject({ rows: [{ amount: 100n }], bad: [] });
  });

  test('can be read by its owner only', async () => {
    await errorsOf('email,amount,currency,reference\na@example.com,0,USD,s1\n');
    expect((await stat(errors)).mode % 0o1000).toBe(0o600);
  });

  test.each([
    ['has no bad rows', 'email,amount,currency,reference\na@example.com,1,USD,s1\n'],
    ['cannot be used', 'email,amount,currency,reference\na@example.com,0,USD,s1\n"'],
  ])('is not written when the file %s', async (_, text) => {
    await writeFile(join(folder, 'pay.csv'), text);
    await writeErrorFile(join(folder, 'pay.csv'), errors);
    expect(await readdir(folder)).toEqual(['pay.csv']);
  });
});
