import { describe, expect, test } from 'vitest';
import { fileIssue, readAll, rowCodes } from './reading.ts';

describe('our own header', () => {
  test('may be in any order and case, with columns of its own', async () => {
    const { rows, result } = await readAll(
      'Team,Reference,AMOUNT,Currency,E-mail\nred,s1,5,eur,Ana@Example.com\n',
    );
    expect(rows).toEqual([
      {
        line: 2,
        reference: 's1',
        referenceDerived: false,
        payeeExternalId: 'ana@example.com',
        name: null,
        email: 'Ana@Example.com',
        amount: 500n,
        currency: 'EUR',
        method: 'paypal',
        destination: { kind: 'email', value: 'Ana@Example.com' },
        note: null,
      },
    ]);
    expect(result).toMatchObject({ ok: true, summary: { format: { shape: 'purser', delimiter: ',' } } });
  });

  test.each([';', '\t', ','])('is read with the separator %j', async (separator) => {
    const lines = [
      ['payee_id', 'email', 'amount', 'currency', 'reference', 'note'],
      ['u1', 'a@example.com', separator === ',' ? '12.50' : '12,50', 'EUR', 's1', 'x'],
    ];
    const { rows } = await readAll(lines.map((cells) => cells.join(separator)).join('\n'));
    expect(rows[0]).toMatchObject({ amount: 1_250n, destination: { value: 'a@example.com' } });
  });

  test('a payee id alone means the method that is on file', async () => {
    const { rows } = await readAll('payee_id,amount,currency,reference\nu1,5,EUR,s1\n');
    expect(rows[0]).toMatchObject({ payeeExternalId: 'u1', email: null, destination: null });
  });

  test.each([
    ['name,email,amount,currency\nA,a@example.com,1,USD\n', 'header_missing_columns', 'reference'],
    ['name,amount,currency,reference\nA,1,USD,s1\n', 'header_missing_columns', 'payee_id or email'],
    ['email,amount,Amount,currency,reference\n', 'header_repeated_column', 'Amount'],
    ['one,two,three\n1,2,3\n', 'header_unknown', 'neither a header'],
    ['hello world\n', 'header_unknown', 'neither a header'],
  ])('%j is not one', async (text, code, words) => {
    const issue = await fileIssue(text);
    expect(issue).toMatchObject({ code, line: 1 });
    expect(issue?.message).toContain(words);
  });
});

describe('a PayPal mass-pay file', () => {
  const file = [
    'ana@example.com,100.5,usd,ID001,Here is your payment,PAYPAL',
    'Bo@example.com,"7,25",EUR',
    'bo@example.com,3,EUR,,again',
    'ana@example.com,1,USD,ID001',
    'WRTYUIOPASDFG,2,USD,ID003,,PAYPAL,PRIVATE',
  ].join('\r\n');

  test('is read without a header, payees and references following from the rows', async () => {
    const { rows, result } = await readAll(file);
    expect(result).toMatchObject({ ok: true, summary: { format: { headerless: true } } });
    expect(
      rows.map((row) => [row.line, row.reference, row.payeeExternalId, row.amount, row.currency]),
    ).toEqual([
      [1, 'ID001', 'ID001', 10_050n, 'USD'],
      [2, 'bo@example.com', 'bo@example.com', 725n, 'EUR'],
      [3, 'bo@example.com:2', 'bo@example.com', 300n, 'EUR'],
      [4, 'ID001:2', 'ID001', 100n, 'USD'],
      [5, 'ID003', 'ID003', 200n, 'USD'],
    ]);
    expect(rows.every((row) => row.referenceDerived)).toBe(true);
    expect(rows[0]).toMatchObject({ note: 'Here is your payment' });
    expect(rows[4]?.destination).toEqual({ kind: 'paypal_id', value: 'WRTYUIOPASDFG' });
  });

  test('gives the same references when read again, also when another row was mended', async () => {
    const first = await readAll(file.replace('"7,25"', '"7,2,5"'));
    const again = await readAll(file);
    expect(first.bad.map((row) => row.reference)).toEqual(['bo@example.com']);
    expect(first.rows.map((row) => row.reference)).toEqual(
      again.rows.filter((row) => row.line !== 2).map((row) => row.reference),
    );
  });

  test.each([
    ['a@example.com,1,USD,,Thanks,VENMO,PRIVATE', 'venmo_not_paid'],
    ['a@example.com,1,USD,ID 1', 'customer_id_invalid'],
    [`a@example.com,1,USD,${'9'.repeat(31)}`, 'customer_id_invalid'],
    ['a@example.com,12,50,USD', 'currency_unknown'],
    ['4085551234,1,USD', 'destination_invalid'],
    ['@handle,1,USD,ID1', 'formula_cell'],
    ['@handle,1,USD', 'formula_cell'],
    ['a@example.com,1,USD,=ID1', 'formula_cell'],
    ['a@example.com,-5,USD', 'amount_negative'],
    ['a@example.com,x,USD', 'amount_not_a_number'],
    ['a@example.com,1,DOLLAR', 'currency_unknown'],
    ['a@example.com,1,USD,,,,,,,more', 'too_many_cells'],
  ])('%j is a bad row', async (row, code) => {
    expect(await rowCodes(`${row}\nb@example.com,1,USD\n`)).toEqual([code]);
  });

  test('with semicolons and decimal commas', async () => {
    const { rows } = await readAll('a@example.com;12,50;EUR;A1;Well, well, well, done, you, all\n');
    expect(rows[0]).toMatchObject({
      amount: 1_250n,
      payeeExternalId: 'A1',
      note: 'Well, well, well, done, you, all',
    });
  });

  test('pays a phone number with its country code', async () => {
    const { rows } = await readAll('+14085551234,1,USD\n');
    expect(rows[0]?.destination).toEqual({ kind: 'phone', value: '+14085551234' });
    expect(rows[0]).toMatchObject({ payeeExternalId: '14085551234', reference: '14085551234' });
  });
});

describe('a Wise file', () => {
  const header =
    'name,recipientEmail,paymentReference,receiverType,amountCurrency,amount,sourceCurrency,targetCurrency';

  test('of e-mail recipients is read, its references following from address and payment reference', async () => {
    const { rows } = await readAll(
      `${header}\nAna,ana@example.com,May,PERSON,target,10,GBP,EUR\nAna,ana@example.com,May,PERSON,source,5,EUR,EUR\n`,
    );
    expect(rows.map((row) => [row.reference, row.amount, row.currency, row.note])).toEqual([
      ['ana@example.com:May', 1_000n, 'EUR', 'May'],
      ['ana@example.com:May:2', 500n, 'EUR', 'May'],
    ]);
  });

  test('keeps the reference number of newer templates', async () => {
    const { rows } = await readAll(
      `${header},referenceNumber\nAna,ana@example.com,May,PERSON,target,10,GBP,EUR,R7\n`,
    );
    expect(rows[0]).toMatchObject({ reference: 'R7', referenceDerived: false });
  });

  test('refuses an amount in the currency of the sender', async () => {
    expect(await rowCodes(`${header}\nAna,ana@example.com,May,PERSON,source,10,GBP,EUR\n`)).toEqual([
      'currency_conversion',
    ]);
  });

  test.each([
    [`${header},IBAN`, 'bank accounts are not yet paid by file'],
    [
      'recipientId,recipientDetail,receiverType,amountCurrency,amount,sourceCurrency,targetCurrency',
      'saved at Wise',
    ],
  ])('%s is a method not paid by file', async (otherHeader, words) => {
    const issue = await fileIssue(`${otherHeader}\n`);
    expect(issue?.code).toBe('method_not_paid_by_file');
    expect(issue?.message).toContain(words);
  });
});

describe('a Tipalti file', () => {
  test('is read by its own names', async () => {
    const { rows } = await readAll(
      'IDAP,AmountSubmitted,AmountCurrency,RefCode,EWalletMessage\np7,19.99,USD,r1,Hi\n',
    );
    expect(rows[0]).toMatchObject({
      payeeExternalId: 'p7',
      amount: 1_999n,
      reference: 'r1',
      note: 'Hi',
      destination: null,
    });
  });

  test('does not pay at once what asks for a date', async () => {
    expect(
      await rowCodes('Idap,AmountSubmitted,AmountCurrency,RefCode,ScheduledDate\np7,1,USD,r1,01/31/2030\n'),
    ).toEqual(['schedule_not_supported']);
  });
});
