import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvRecords } from '../../src/wire/csv-records.ts';
import { csvLine, delimiters, neutralise, restore } from '../../src/wire/csv.ts';
import { inPieces } from './reading.ts';

describe('a CSV line', () => {
  test('quotes what needs quotes and doubles quotation marks', () => {
    expect(csvLine(['a', 'b,c', 'say "hi"', 'two\r\nlines', ' x'])).toBe(
      'a,"b,c","say ""hi""","two\nlines"," x"\n',
    );
  });

  test.each(['=1+1', '+1', '-1', '@a', '\ta', '＝1+1', '＋1', '－1', '＠a'])(
    'puts an apostrophe before the formula cell %j',
    (cell) => {
      expect(neutralise(cell)).toBe(`'${cell}`);
      expect(restore(neutralise(cell))).toBe(cell);
    },
  );

  test('gives back an apostrophe that was there before', () => {
    expect(restore(neutralise("'=1"))).toBe("'=1");
    expect(neutralise("O'Brien")).toBe("O'Brien");
    expect(restore("'quoted'")).toBe("'quoted'");
  });

  test('reads back equal, whatever the cells hold', async () => {
    const cell = fc.string({ unit: fc.constantFrom(...Array.from('aé🎉"\',;=+-@＝＋－＠\t\n\r \uFEFFא')) });
    const lines = fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(lines, fc.constantFrom(...delimiters), async (rows, delimiter) => {
        const text = rows.map((cells) => csvLine(cells, delimiter)).join('');
        const back: string[][] = [];
        for await (const { cells } of csvRecords(inPieces(text), delimiter)) {
          back.push(cells.map((value) => restore(value)));
        }
        expect(back).toEqual(rows.map((cells) => cells.map((value) => value.replaceAll(/\r\n?/g, '\n'))));
      }),
    );
  });
});

describe('the line of a row', () => {
  test('is where the row starts, across blank lines and cells of several lines', async () => {
    const text = 'a,b\n\n"x\ny\n\nz",1\nc,d\n"p",\n\n\n"q\n",2';
    const lines: number[] = [];
    for await (const { line } of csvRecords(inPieces(text, 3), ',')) lines.push(line);
    expect(lines).toEqual([1, 3, 7, 8, 11]);
  });
});
