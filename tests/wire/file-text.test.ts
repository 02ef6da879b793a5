import { createHash } from 'node:crypto';
import { mkdtemp, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fileBytesMax, lineBytesMax } from '../../src/wire/file-issues.ts';
import { payFileHeader } from '../../src/wire/file-shapes.ts';
import { readPayFile } from '../../src/wire/pay-file.ts';
import { fileIssue, oneRow, readAll } from './reading.ts';

const good = oneRow({ name: 'Zoë 🎉 שרה' });

describe('a pay file is read as it was saved', () => {
  test.each([
    ['UTF-8', Buffer.from(good)],
    ['UTF-8 with a byte order mark', Buffer.from(`\uFEFF${good}`)],
    ['UTF-16 little endian with a mark', Buffer.from(`\uFEFF${good}`, 'utf16le')],
    ['UTF-16 big endian with a mark', Buffer.from(`\uFEFF${good}`, 'utf16le').swap16()],
    ['Windows line ends', Buffer.from(good.replaceAll('\n', '\r\n'))],
    ['old Macintosh line ends', Buffer.from(good.replaceAll('\n', '\r'))],
    ['mixed line ends and blank lines', Buffer.from(`\r\n\n${good.replace('\n', '\r\n')}\n\r\n\n`)],
    ['no line end at the end', Buffer.from(good.trimEnd())],
    ['many blank lines at the start', Buffer.from('\n'.repeat(lineBytesMax + 1) + good)],
    ['rows of empty cells at the end', Buffer.from(`${good},,,,,,,,\n , ,\n`)],
  ])('%s', async (_, bytes) => {
    const { result, rows } = await readAll(bytes);
    expect(result).toMatchObject({ ok: true, summary: { rowCount: 1, goodRows: 1 } });
    expect(rows[0]).toMatchObject({ name: 'Zoë 🎉 שרה', amount: 1250n });
  });

  test('the checksum is the SHA-256 of the bytes', async () => {
    const { result } = await readAll(good);
    const sha256 = createHash('sha256').update(good).digest('hex');
    expect(result).toMatchObject({ ok: true, summary: { checksum: sha256, bytes: Buffer.byteLength(good) } });
  });

  test('a note of several lines is one cell, and later rows keep their line numbers', async () => {
    const text = `${oneRow({ note: 'one\r\ntwo\r\nthree' })}u2,B,b@example.com,x,USD,,,s2,\n`;
    const { rows, bad } = await readAll(text);
    expect(rows[0]).toMatchObject({ line: 2, note: 'one\ntwo\nthree' });
    expect(bad[0]?.line).toBe(5);
  });
});

describe('a file that cannot be used says why and how to mend it', () => {
  test.each([
    ['no bytes', '', 'file_empty', null],
    ['only blank lines', '\n \r\n\n', 'file_empty', null],
    ['only a mark', '\uFEFF', 'file_empty', null],
    ['only separators', ',,,\n , ,\n', 'file_empty', null],
    ['only a header', `${payFileHeader}\n`, 'file_no_rows', null],
    ['a spreadsheet', Buffer.from('504b0304140006000800', 'hex'), 'file_binary', null],
    ['zero bytes', Buffer.from(`${good}\u0000\u0000`), 'file_binary', 3],
    ['UTF-16 without a mark', Buffer.from(good, 'utf16le'), 'file_binary', 1],
    ['Latin-1', Buffer.from(`${good}u2,Zoë,z@example.com,1,USD,,,s2,\n`, 'latin1'), 'file_encoding', 2],
    ['a cut character at the end', Buffer.from(`${good}é`).subarray(0, -1), 'file_encoding', 3],
    ['half a UTF-16 character', Buffer.from('fffe61003dd8', 'hex'), 'file_encoding', 1],
    ['a quote never closed', `${good}"u2,B,b@example.com,1,USD,,,s2,\n`, 'file_quotes', 3],
    ['text behind a closing quote', `${good}"u2"x,B,b@example.com,1,USD,,,s2,\n`, 'file_quotes', 3],
    ['a quote inside an unquoted cell', `${good}u2,B "Bo" C,b@example.com,1,USD,,,s2,\n`, 'file_quotes', 3],
    ['a line without end', `${good}${'x'.repeat(lineBytesMax + 2)}`, 'file_line_too_long', 3],
    ['a first line without end', 'x'.repeat(3 * lineBytesMax), 'file_line_too_long', 1],
  ])('%s', async (_, content, code, line) => {
    const issue = await fileIssue(content);
    expect(issue).toMatchObject({ code, line });
    expect(issue?.howToFix).not.toBe('');
  });

  test('a broken character is found on its line, far into the file', async () => {
    const rows = Array.from({ length: 3_000 }, (_, at) => `u${at},É,e${at}@example.com,1,USD,,,s${at},`);
    const bytes = Buffer.from([payFileHeader, ...rows].join('\n'));
    bytes[bytes.indexOf('u2000,') + 7] = 0xff;
    expect(await fileIssue(bytes)).toMatchObject({ code: 'file_encoding', line: 2_002 });
  });

  test('a missing file, a folder and a file above the limit', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'pay-file-'));
    const huge = join(folder, 'huge.csv');
    await writeFile(huge, payFileHeader);
    await truncate(huge, fileBytesMax + 1);
    const codes = [];
    for (const path of [join(folder, 'no.csv'), folder, huge, 'a\u0000b']) {
      const result = await readPayFile(path);
      codes.push(result.ok ? 'ok' : result.issue.code);
    }
    expect(codes).toEqual(['file_not_found', 'file_unreadable', 'file_too_large', 'file_unreadable']);
  });
});
