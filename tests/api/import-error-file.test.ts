import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeErrorFile } from '../../src/wire/error-file.ts';
import { cycleBody } from '../../src/wire/cycles.ts';
import { payFileHeader } from '../../src/wire/file-shapes.ts';
import { profilePatch } from '../../src/wire/portal.ts';
import type { ImportCheck } from '../../web/client/types.ts';
import { errorFileOf } from '../../web/console/import/error-file.ts';
import type { House } from './support.ts';
import { openHouse } from './support.ts';

const cycleId = 'mend';
let house: House;
let folder: string;
beforeAll(async () => {
  house = await openHouse();
  folder = await mkdtemp(join(tmpdir(), 'import-errors-'));
});
afterAll(() => house.close());

async function check(csv: string): Promise<ImportCheck> {
  const got = await house.ask('POST', '/api/admin/imports/check', { cycleId, csv });
  expect(got.status, got.text).toBe(200);
  return got.body as unknown as ImportCheck;
}

/** What the console gives to save, which is what the command line writes. */
async function errorFile(csv: string): Promise<string> {
  const file = errorFileOf({ name: 'pay.csv', csv }, await check(csv));
  await writeFile(join(folder, 'pay.csv'), csv);
  const errors = join(folder, 'errors.csv');
  await writeErrorFile(join(folder, 'pay.csv'), errors, { derivedPrefix: `${cycleId}:` });
  expect(file).toBe(await readFile(errors, 'utf8'));
  return file;
}

describe('the bad rows of a file, saved from the console', () => {
  it('keep the references that were made for them, so that a mended row is the row it was', async () => {
    const massPay = await errorFile('ana@example.com,10.00,USD,,first\nana@example.com,ten,USD,,second\n');
    const mended = await check(massPay.replace(',ten,', ',10.00,'));
    expect(mended).toMatchObject({ issue: null, goodRows: 1, badRows: 0 });
    expect(mended.rows[0]?.reference).toBe('mend:ana@example.com:2');
    const wise = await errorFile(
      'name,recipientEmail,amount,sourceCurrency,targetCurrency,paymentReference\nA,a@example.com,1,USD,USD,May\nA,a@example.com,x,USD,USD,May\n',
    );
    const again = await check(wise.replace(',x,', ',2,'));
    expect(again.rows.map((row) => row.reference)).toEqual(['mend:a@example.com:May:2']);
  });

  it('keep references and phones that begin like a formula as they are', async () => {
    const text = await errorFile(
      `${payFileHeader}\n'-A1,Ana,,ten,USD,paypal,'+14155550100,r1,'=note\n''-A2,Bo,b@example.com,ten,USD,,,r2,\n`,
    );
    expect(text).toContain("\n'-A1,Ana,,ten,USD,paypal,'+14155550100,r1,'=note,");
    const left = await check(text.replaceAll(',ten,', ',10.00,'));
    expect(left.rows[0]).toMatchObject({ reference: 'r1', cells: expect.arrayContaining(["'+14155550100"]) });
    const own = await errorFile(`${payFileHeader}\np1,Ana,,ten,USD,paypal,'+14155550100,'r1,\n`);
    const [row] = (await check(own.replace(',ten,', ',10.00,'))).rows;
    expect(row?.reference).toBe("'r1");
    expect(row?.cells[6]).toBe("'+14155550100");
    expect(row?.errors.map(({ code }) => code)).not.toContain('destination_invalid');
  });

  it('are an error file again while one of them is still bad', async () => {
    const first = await errorFile(
      `${payFileHeader}\np1,Ana,a@example.com,ten,USD,,,r1,\np2,Bo,b@example.com,x,USD,,,r2,\n`,
    );
    const second = await errorFile(first.replace(',ten,', ',10.00,'));
    expect(second.split('\n')[0]).toBe(`${payFileHeader},line,error,how_to_fix`);
    expect(await check(second.replace(',x,', ',5.00,'))).toMatchObject({
      issue: null,
      goodRows: 1,
      badRows: 0,
    });
  });

  it('lose no cell beyond the last column', async () => {
    const text = await errorFile(`email,amount,currency,reference\na@example.com,12,50,USD,r1\n`);
    expect(text).toContain('Cells beyond the last column: r1');
    const row = (await check(text)).rows[0];
    expect(row?.cells.slice(0, 4)).toEqual(['a@example.com', '12', '50', 'USD']);
  });
});

describe('a name that a person types', () => {
  it('is refused when it hides something or shows nothing, and kept composed and trimmed', async () => {
    await house.ask('POST', '/api/admin/payees', { externalId: 'named', name: 'Ana' });
    const patch = (name: string) => house.ask('PATCH', '/api/admin/payees/named', { name });
    for (const name of ['a\u202Efdp.exe', 'A\u0007na', 'A\nB', '\u200B\u200D', '\u3164', '\u2066Ana']) {
      const got = await patch(name);
      expect([name, got.status]).toEqual([name, 422]);
      expect(got.text).toMatch(/invisible control character|nothing that can be seen/);
      for (const part of [profilePatch, cycleBody]) expect(part.safeParse({ name }).success).toBe(false);
    }
    const kept = await patch(' Jose\u0301 \u{1F468}\u200D\u{1F469} ');
    expect(kept.body).toMatchObject({ name: 'Jos\u00e9 \u{1F468}\u200D\u{1F469}' });
    expect((await patch('\u05d3\u05d5\u05d3')).status).toBe(200);
    const file = await check(`${payFileHeader}\np1,\u200B,a@example.com,1.00,USD,,,r1,\n`);
    expect(file.rows[0]?.errors.map(({ code }) => code)).toEqual(['control_character']);
  });
});

describe('a file that is too large to be looked at', () => {
  const refused = async (body: Record<string, unknown>) => {
    const got = await house.ask('POST', '/api/admin/imports/check', { cycleId, ...body });
    expect(got.status).toBe(422);
    expect(got.text).toContain('purser pay FILE --cycle ID');
  };

  it('is refused before the work, with the way to pay it', async () => {
    const columns = Array.from({ length: 51 }, (_, n) => `c${n}`);
    await refused({ csv: 'x'.repeat(2 * 1024 * 1024 + 1) });
    await refused({ csv: `${payFileHeader},${columns.join(',')}\n` });
    await refused({ csv: `${payFileHeader}\n${`${','.repeat(999)}\n`.repeat(101)}` });
    await refused({ csv: ','.repeat(2 * 1024 * 1024) });
    await refused({ header: columns, rows: [] });
    await refused({ header: ['email'], rows: Array.from({ length: 101 }, () => Array(1000).fill('')) });
    await refused({ header: ['email'], rows: Array.from({ length: 70 }, () => ['z'.repeat(30_000)]) });
    const large = await house.ask('POST', '/api/admin/imports/check', { cycleId, csv: 'x'.repeat(9e6) });
    expect(large.status).toBe(413);
  });

  it('and one within the limits lets others have their turn', async () => {
    const note = 'z'.repeat(330);
    const rows = Array.from(
      { length: 4900 },
      (_, n) => `u${n},N,u${n}@example.com,25.00,USD,,,r${n},${note}`,
    );
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 1);
    const { goodRows } = await check(`${payFileHeader}\n${rows.join('\n')}\n`);
    clearInterval(timer);
    expect(goodRows).toBe(4900);
    expect(turns).toBeGreaterThan(20);
  });
});
