import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatAmount } from '../../src/core/money.ts';
import { csvLine, delimiters } from '../../src/wire/csv.ts';
import { batchRowsMax } from '../../src/wire/file-issues.ts';
import { payFileHeader } from '../../src/wire/file-shapes.ts';
import { readPayFile } from '../../src/wire/pay-file.ts';
import { inPieces, readAll } from './reading.ts';

const run = promisify(execFile);

/** A good file of `count` rows, paying 0.01, 0.02 … in USD and EUR by turns. */
function fileOf(count: number): string {
  const lines = Array.from({ length: count }, (_, at) => {
    const amount = formatAmount(BigInt(at + 1), 'USD');
    return csvLine([
      `u${at}`,
      `Zoë ${at}`,
      `u${at}@example.com`,
      amount,
      at % 2 ? 'EUR' : 'USD',
      '',
      '',
      `s${at}`,
      'Well done',
    ]);
  });
  return `${payFileHeader}\n${lines.join('')}`;
}

describe('reading', () => {
  test('hands over batches of bounded size, in order, one at a time', async () => {
    const sizes: number[] = [];
    let next = 2;
    let busy = false;
    await readPayFile(inPieces(fileOf(12_000), 10_000), {
      async onBatch({ rows }) {
        expect(busy).toBe(false);
        busy = true;
        await new Promise(setImmediate);
        for (const row of rows) expect(row.line).toBe(next++);
        sizes.push(rows.length);
        busy = false;
      },
    });
    expect(sizes).toEqual([batchRowsMax, batchRowsMax, 2_000]);
  });

  test('adds up per currency and knows the five largest', async () => {
    const { result } = await readAll(fileOf(20));
    expect(result).toMatchObject({
      ok: true,
      summary: {
        rowCount: 20,
        goodRows: 20,
        badRows: 0,
        totals: { USD: 100n, EUR: 110n },
        counts: { USD: 10, EUR: 10 },
      },
    });
    const largest = result.ok ? result.summary.largest['EUR']?.map((row) => row.amount) : [];
    expect(largest).toEqual([20n, 18n, 16n, 14n, 12n]);
  });

  test('finds a reference again after many rows', async () => {
    const { rows, bad } = await readAll(`${fileOf(5_000)}u7,A,a@example.com,1,USD,,,s0,\n`);
    expect(rows).toHaveLength(5_000);
    expect(bad).toMatchObject([{ line: 5_002, issues: [{ code: 'reference_duplicate' }] }]);
    expect(bad[0]?.issues[0]?.message).toContain('line 2.');
  });

  test('stops at the most rows a file may have', async () => {
    const result = await readPayFile(inPieces(fileOf(11)), { rowsMax: 10 });
    expect(result).toMatchObject({ ok: false, issue: { code: 'file_too_many_rows', line: 12 } });
  });

  test('ends with what the receiver of a batch throws', async () => {
    const reading = readPayFile(inPieces(fileOf(3)), {
      onBatch() {
        throw new Error('the database is gone');
      },
    });
    await expect(reading).rejects.toThrow('the database is gone');
  });

  test('of 100,000 rows needs a heap of 32 MiB, in which the rows would not fit', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'big-pay-file-'));
    const path = join(folder, 'big.csv');
    await writeFile(path, fileOf(100_000));
    const script = fileURLToPath(new URL('count-rows.ts', import.meta.url));
    const { stdout } = await run(process.execPath, ['--max-old-space-size=32', script, path]);
    const { goodRows, peakMiB } = JSON.parse(stdout) as { goodRows: number; peakMiB: number };
    expect(goodRows).toBe(100_000);
    expect(peakMiB).toBeLessThan(256);
    const keeping = run(process.execPath, ['--max-old-space-size=32', script, path, 'keep']);
    await expect(keeping).rejects.toThrow('heap out of memory');
  });
});

describe('whatever a file holds', () => {
  test('reading it never throws', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        payFileHeader,
        'a@example.com,1,USD',
        '\n',
        '\r\n',
        '\r',
        ',',
        ';',
        '\t',
        '"',
        '""',
        '\uFEFF',
        '\u0000',
      ),
      fc.constantFrom(
        'amount',
        'email',
        'USD',
        '12,50',
        "'=1",
        '🎉',
        '\u202E',
        'receiver',
        'Idap',
        'IBAN',
        '__proto__',
      ),
      fc.string({ unit: 'binary' }),
    );
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => Buffer.from(pieces.join('')));
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(fc.oneof(text, bytes), async (content) => {
        const { result, rows, bad } = await readAll(content);
        if (!result.ok) {
          expect(result.issue.message && result.issue.howToFix).toBeTruthy();
          return;
        }
        expect(rows.length + bad.length).toBe(result.summary.rowCount);
        expect(new Set(rows.map((row) => row.reference)).size).toBe(rows.length);
        expect(rows.every((row) => row.amount > 0n)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('a row that our writer wrote reads back equal, its amount to the cent', async () => {
    const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 .,;:"'é🎉_-]{0,30}[A-Za-z0-9]$/u);
    const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((raw) =>
      raw
        .replaceAll(/[\p{Cc}\s]+/gu, ' ')
        .trim()
        .normalize('NFC'),
    );
    const row = fc.record({
      id,
      name: text,
      note: text,
      amount: fc.bigInt({ min: 1n, max: 9_007_199_254_740_991n }),
      currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD'),
      reference: id,
    });
    const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: ({ reference }) => reference });
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom(...delimiters), async (written, delimiter) => {
        const lines = written.map((one) => {
          const amount = formatAmount(one.amount, one.currency);
          return csvLine(
            [one.id, one.name, 'a@example.com', amount, one.currency, 'paypal', '', one.reference, one.note],
            delimiter,
          );
        });
        const { rows: read } = await readAll(csvLine(payFileHeader.split(','), delimiter) + lines.join(''));
        expect(
          read.map((one) => ({
            id: one.payeeExternalId,
            name: one.name ?? '',
            note: one.note ?? '',
            amount: one.amount,
            currency: one.currency,
            reference: one.reference,
          })),
        ).toEqual(written);
      }),
      { numRuns: 300 },
    );
  });
});
