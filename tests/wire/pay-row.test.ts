import { describe, expect, test } from 'vitest';
import { payFileHeader } from '../../src/wire/file-shapes.ts';
import { oneRow, readAll, readRow } from './reading.ts';

describe('an amount', () => {
  test.each([
    ['12.50', 'USD', 1_250n],
    ['12,50', 'USD', 1_250n],
    ['12,50', 'usd', 1_250n],
    [' 7 ', 'USD', 700n],
    ['007.5', 'EUR', 750n],
    ['1250', 'JPY', 1_250n],
    ['1.250', 'KWD', 1_250n],
    ['100', 'HUF', 10_000n],
    ['100.00', 'HUF', 10_000n],
    ['90071992547409.91', 'USD', 9_007_199_254_740_991n],
  ])('%j %s is %d minor units', async (amount, currency, minor) => {
    expect(await readRow({ amount, currency })).toMatchObject({ amount: minor });
  });

  test.each([
    ['', 'USD', 'amount_missing'],
    ['-5.00', 'USD', 'amount_negative'],
    ["'-5.00", 'USD', 'amount_negative'],
    ['-5,00', 'USD', 'amount_negative'],
    ['0', 'USD', 'amount_zero'],
    ['0.00', 'USD', 'amount_zero'],
    ['0,00', 'USD', 'amount_zero'],
    ['1.234', 'USD', 'amount_too_many_decimals'],
    ['100.0', 'JPY', 'amount_too_many_decimals'],
    ['100.00', 'JPY', 'amount_too_many_decimals'],
    ['100.50', 'HUF', 'amount_too_many_decimals'],
    ['100.50', 'TWD', 'amount_too_many_decimals'],
    ['1,234', 'USD', 'amount_comma'],
    ['1,2', 'USD', 'amount_comma'],
    ['1,234.50', 'USD', 'amount_comma'],
    ['1.234,50', 'USD', 'amount_comma'],
    ['12,50', 'JPY', 'amount_comma'],
    ['12,500', 'KWD', 'amount_comma'],
    ['1e3', 'USD', 'amount_not_a_number'],
    ['$5', 'USD', 'amount_not_a_number'],
    ['5 USD', 'USD', 'amount_not_a_number'],
    ['1 000.00', 'USD', 'amount_not_a_number'],
    ['NaN', 'USD', 'amount_not_a_number'],
    ['٥', 'USD', 'amount_not_a_number'],
    ['=1+1', 'USD', 'amount_not_a_number'],
    ['90071992547409.92', 'USD', 'amount_too_large'],
    ['9'.repeat(30), 'USD', 'amount_too_large'],
    ['5', 'XXX', 'currency_unknown'],
    ['5', 'DOGE', 'currency_unknown'],
    ['5', '', 'currency_missing'],
  ])('%j %s is %s', async (amount, currency, code) => {
    expect(await readRow({ amount, currency })).toEqual([code]);
  });

  test('with an unquoted decimal comma shifts the row, which is said', async () => {
    const { bad } = await readAll(`${payFileHeader}\nu1,A,a@example.com,12,50,USD,,,s1,\n`);
    const width = bad[0]?.issues.find(({ code }) => code === 'too_many_cells');
    expect(width?.howToFix).toContain('"12,50"');
    const last = await readAll('email,reference,currency,amount,note\na@example.com,s1,USD,12,50,\n');
    expect(last.bad[0]?.issues).toMatchObject([{ code: 'too_many_cells' }]);
  });
});

describe('a name', () => {
  test.each([
    ['  Zoë  ', 'Zoë'],
    ['Zoe\u0308', 'Zoë'],
    ['Ana\n\tSouza', 'Ana Souza'],
    ['👩‍👩‍👧 Family', '👩‍👩‍👧 Family'],
    ['محمد علي', 'محمد علي'],
    ['\u2068Ana\u2069 \u202Egpj.exe', 'Ana gpj.exe'],
    ['=cmd|calc', '=cmd|calc'],
    ['🎉'.repeat(200), '🎉'.repeat(200)],
  ])('%j is read as %j', async (name, read) => {
    expect(await readRow({ name })).toMatchObject({ name: read });
  });

  test.each([
    ['x'.repeat(300), 'text_too_long'],
    ['🎉'.repeat(201), 'text_too_long'],
    ['Ana\u0007', 'control_character'],
    ['Ana\u009B', 'control_character'],
  ])('%j is refused: %s', async (name, code) => {
    expect(await readRow({ name })).toEqual([code]);
  });
});

describe('an address', () => {
  test.each([
    'a@example.com',
    'first.last+tag@sub.example.co',
    "o'brien@example.org",
    'a@xn--bcher-kva.example',
  ])('%s can be paid', async (email) => {
    expect(await readRow({ email })).toMatchObject({ destination: { kind: 'email', value: email } });
  });

  test.each([
    'ana',
    'ana@',
    '@example.com ',
    'a@b@example.com',
    'a@example',
    'a@example..com',
    'a@-example.com',
    'a@example.c',
    'a b@example.com',
    '.a@example.com',
    'a.@example.com',
    'josé@example.com',
    'a@bücher.example',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(60)}.${'c'.repeat(61)}.com`,
  ])('%s cannot', async (email) => {
    const read = await readRow({ email });
    expect(read).toEqual([email.startsWith('@') ? 'formula_cell' : 'email_invalid']);
  });

  test('the destination is paid rather than the e-mail address', async () => {
    expect(await readRow({ destination: 'pay@example.com' })).toMatchObject({
      email: 'ana@example.com',
      destination: { kind: 'email', value: 'pay@example.com' },
    });
    expect(await readRow({ destination: 'nowhere' })).toEqual(['destination_invalid']);
  });

  test('a second address of one payee is refused with the line of the first, wherever in the file', async () => {
    const other = ['b@example.com', 'B@example.com', 'ana@example.com'];
    const more = other.map((email, at) => `u1,Ana,${email},1,USD,,,t${at},\n`).join('');
    const { rows, bad } = await readAll(oneRow() + more);
    expect(rows.map((row) => row.reference)).toEqual(['s1', 't2']);
    expect(bad.map((row) => [row.line, row.issues[0]?.code])).toEqual([
      [3, 'payee_two_addresses'],
      [4, 'payee_two_addresses'],
    ]);
    expect(bad[0]?.issues[0]?.message).toContain('line 2');
  });
});

describe('a reference', () => {
  test('that was used before is refused with the line of its first use', async () => {
    const { rows, bad } = await readAll(`${oneRow()}u2,B,b@example.com,1,USD,,,s1,\n`);
    expect(rows).toHaveLength(1);
    expect(bad[0]?.issues).toMatchObject([{ line: 3, column: 'reference', code: 'reference_duplicate' }]);
    expect(bad[0]?.issues[0]?.message).toContain('line 2');
  });

  test('counts also when its first row is bad', async () => {
    const { rows, bad } = await readAll(`${oneRow({ amount: '0' })}u2,B,b@example.com,1,USD,,,s1,\n`);
    expect(rows).toEqual([]);
    expect(bad.flatMap(({ issues }) => issues.map(({ code }) => code))).toEqual([
      'amount_zero',
      'reference_duplicate',
    ]);
  });

  test.each([
    ['', 'reference_missing'],
    ['=1+1', 'formula_cell'],
    ["'=1+1", 'formula_cell'],
    ['-1', 'formula_cell'],
    ['@x', 'formula_cell'],
    ['\tx', 'formula_cell'],
    ['a\nb', 'control_character'],
    ['a\u202Eb', 'control_character'],
    ['r'.repeat(256), 'text_too_long'],
  ])('%j is refused: %s', async (reference, code) => {
    expect(await readRow({ reference })).toEqual([code]);
  });
});

describe('a row', () => {
  test.each([
    [{ method: 'PayPal' }, 'paypal'],
    [{ method: '' }, 'paypal'],
    [{ method: 'stripe', destination: 'acct_1Ada' }, 'stripe'],
    [{ method: '', destination: 'acct_1Ada' }, 'stripe'],
    [{ method: 'stripe', destination: '' }, 'stripe'],
  ])('%j is paid through %s', async (cells, method) => {
    expect(await readRow(cells)).toMatchObject({ method });
  });

  test.each([
    [{ method: 'bank', destination: 'DE89370400440532013000' }, 'method_not_paid_by_file'],
    [{ method: 'stripe', destination: 'ann@example.com' }, 'destination_invalid'],
    [{ method: 'stripe', destination: '=acct_1' }, 'formula_cell'],
    [{ method: 'paypal', destination: 'acct_1Ada' }, 'destination_invalid'],
    [{ method: 'cash' }, 'method_unknown'],
    [{ payee_id: '', email: '' }, 'payee_missing'],
    [{ payee_id: '=1' }, 'formula_cell'],
    [{ email: '+1@example.com' }, 'formula_cell'],
    [{ note: 'é'.repeat(1_001) }, 'text_too_long'],
    [{ note: 'e'.repeat(4_001) }, 'text_too_long'],
  ])('%j is refused: %s', async (cells, code) => {
    expect(await readRow(cells)).toEqual([code]);
  });

  test('has all its issues named at once, each with what to do', async () => {
    const { bad } = await readAll(oneRow({ email: 'x', amount: '-1', currency: 'USX', reference: '' }));
    const issues = bad[0]?.issues ?? [];
    expect(issues.map(({ column }) => column).sort()).toEqual(['amount', 'currency', 'email', 'reference']);
    expect(issues.every(({ line, message, howToFix }) => line === 2 && message && howToFix)).toBe(true);
  });

  test('can be refused by a further check', async () => {
    const { rows, bad } = await readAll(oneRow(), () => ({ message: 'Not this one.', howToFix: 'Ask.' }));
    expect(rows).toEqual([]);
    expect(bad[0]?.issues).toMatchObject([{ code: 'check_failed', message: 'Not this one.', line: 2 }]);
  });
});
