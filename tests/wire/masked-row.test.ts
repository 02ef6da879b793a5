import { describe, expect, it } from 'vitest';
import type { Field } from '../../src/wire/file-shapes.ts';
import { maskedFileName, rowMask } from '../../src/wire/masked-row.ts';

// What may be read of a row that is remembered: a cell that looks like its own field, and nothing else.

const header = ['payee_id', 'name', 'email', 'amount', 'currency', 'method', 'reference', 'note', 'remarks'];
const fields: Field[] = ['payeeId', 'name', 'email', 'amount', 'currency', 'method', 'reference', 'note'];
const columns = new Map(fields.map((field, at) => [field, at]));
const mask = rowMask({ header, columns });
const secrets = [
  '+50937123456',
  '509 37 12 34 56',
  '06.12.34.56',
  '612 345 678',
  '0612345678',
  'FR7630006000011234567890189',
  'FR76 3000 6000 0112 3456 7890 189',
  'AB12CD34EF56G',
  'ABCDEFGHIJKLM',
  'xacct_1A2b3C',
  'acct_1A2b3C',
  'ana @ example.com',
  'ana＠example.com',
  'ana (at) example.com',
  'ana at example.com',
  'Ana, ana.private@example.com',
  'ana@example.com ben@example.com',
  'passport 4711',
  '０６１２３４５６７８',
  'ana-at-example.com',
];

describe('a remembered row', () => {
  it('shows a cell that looks like its own field', () => {
    const row = ['u2', 'Ben O’Ortiz-Smith', '', '1,250', 'USD', 'paypal', 'w_12-a', '', ''];
    expect(mask.cells(row)).toEqual(row);
    for (const amount of ['-5.00', '12,50', '1 250', '1.250.000,5', '1e5', '$12.00', '1250000'])
      expect(mask.cells(['', '', '', amount])[3]).toBe(amount);
  });

  it('shows a secret in no column, whichever it slipped into', () => {
    for (const secret of secrets)
      for (const cell of mask.cells(header.map(() => secret))) {
        expect(cell.startsWith('***') ? cell.length : secret, secret).toBeLessThanOrEqual(5);
        expect(cell).not.toContain('@');
      }
  });

  it('shows of a plain address its first letter and its domain, of anything else its last two letters', () => {
    expect(mask.cells(header.map(() => 'ana@example.com'))).toEqual(header.map(() => 'a***@example.com'));
    expect(mask.cells(['', '', 'nobody here', '', '', '', '', 'thanks a lot', 'short'])).toEqual([
      '',
      '',
      '***re',
      '',
      '',
      '',
      '',
      '***ot',
      '***',
    ]);
  });

  it('shows nothing of a row that is wider than its file', () => {
    expect(mask.cells([...header.map(() => 'word'), 'beyond'])).toEqual(header.map(() => '***'));
  });

  it('quotes a cell in the words of a fault as the cell is shown, and nothing else that could be an address', () => {
    const row = ['u1', 'Ana', '', 'FR76 3000 6000 0112', 'ANA AT HOME', '', 'r"1 secret'];
    const said = (column: string, error: string) => mask.words(row, column)({ error, howToFix: error })[0];
    expect(said('amount', '"FR76 3000 6000 0112" is not a plain number.')).toBe(
      '"***12" is not a plain number.',
    );
    expect(said('amount', '« FR76 3000 6000 0112 » n’est pas un nombre.')).toBe(
      '« ***12 » n’est pas un nombre.',
    );
    expect(said('reference', 'The reference "r"1 secret" is already used in line 3.')).toBe(
      'The reference "***et" is already used in line 3.',
    );
    expect(said('currency', 'The amount is in ANA AT HOME, but the payee gets EUR.')).toBe(
      'The amount is in ***ME, but the payee gets EUR.',
    );
    expect(said('reference', 'Recorded for +509 37 12 34 56, ana@example.com and acct_9Z8y.')).toBe(
      'Recorded for ***56, a***@example.com and ***8y.',
    );
    expect(said('amount', 'Write 1250.50, such as name@example.com or 1,250,000.50 on 2026-11-20.')).toBe(
      'Write 1250.50, such as name@example.com or 1,250,000.50 on 2026-11-20.',
    );
  });

  it('keeps names of columns that are known or plain words, and of a file its words, short numbers and ending', () => {
    const names = [
      'Payee ID',
      'amount',
      'team name',
      'ana@example.com',
      '+50937123456',
      'x'.repeat(41),
      'é amount',
    ];
    expect(rowMask({ header: names, columns: new Map() }).header).toEqual([
      'Payee ID',
      'amount',
      'team name',
      '***',
      '***',
      '***',
      'amount',
    ]);
    expect(maskedFileName('winners 2026-11.csv')).toBe('winners 2026-11.csv');
    expect(maskedFileName('ana@example.com.csv')).toBe('***');
    expect(maskedFileName('call 0612345678.csv')).toBe('call ***.csv');
    expect(maskedFileName('call 06 12 34 56.csv')).toBe('call *** *** *** ***.csv');
    expect(maskedFileName('FR7630006000011234.csv')).toBe('***.csv');
  });

  it('halves no character, and keeps no more than it says of a long row', () => {
    const long = rowMask({ header: Array.from({ length: 500 }, (_, n) => `c${n}`), columns: new Map() });
    expect(long.header).toHaveLength(50);
    const [cell = ''] = long.cells(['😀'.repeat(9_000)]);
    expect(cell).toBe('***😀😀');
    const faulty = long.words([], 'c1')({ error: '😀'.repeat(2_000), howToFix: `a${'😀'.repeat(2_000)}` });
    for (const words of faulty) expect([words.isWellFormed(), Array.from(words).length]).toEqual([true, 400]);
    expect(maskedFileName(`${'a'.repeat(79)}😀`).isWellFormed()).toBe(true);
  });
});
