import type { RowIssueCode } from '../../src/wire/file-issues.ts';

/** Rows as people really write them, and what is found wrong with each. */
export const mistakes: readonly { readonly row: string; readonly codes: readonly RowIssueCode[] }[] = [
  { row: 'u31001,Negative Amount,neg@example.com,-5.00,USD,paypal,,190001,', codes: ['amount_negative'] },
  { row: 'u31002,Zero Amount,zero@example.com,0.00,USD,paypal,,190002,', codes: ['amount_zero'] },
  { row: 'u31003,No Amount,none@example.com,,USD,paypal,,190003,', codes: ['amount_missing'] },
  {
    row: 'u31004,Three Decimals,three@example.com,12.345,USD,paypal,,190004,',
    codes: ['amount_too_many_decimals'],
  },
  {
    row: 'u31005,Yen With Decimals,yen@example.com,1250.50,JPY,paypal,,190005,',
    codes: ['amount_too_many_decimals'],
  },
  { row: 'u31006,Thousands Comma,comma@example.com,"1,250.00",USD,paypal,,190006,', codes: ['amount_comma'] },
  { row: 'u31007,Either Comma,either@example.com,"1,250",EUR,paypal,,190007,', codes: ['amount_comma'] },
  {
    row: 'u31008,Shifted By A Comma,shift@example.com,12,50,EUR,paypal,,190008,',
    codes: [
      'too_many_cells',
      'method_unknown',
      'currency_unknown',
      'destination_invalid',
      'reference_missing',
    ],
  },
  { row: 'u31009,Dollar Sign,sign@example.com,$25.00,USD,paypal,,190009,', codes: ['amount_not_a_number'] },
  { row: 'u31010,Scientific,sci@example.com,2.5E+03,USD,paypal,,190010,', codes: ['amount_not_a_number'] },
  {
    row: 'u31011,Unknown Currency,bitcoin@example.com,25.00,BTC,paypal,,190011,',
    codes: ['currency_unknown'],
  },
  { row: 'u31012,No At Sign,nobody.example.com,25.00,USD,paypal,,190012,', codes: ['email_invalid'] },
  { row: 'u31013,Accent Before The At,josé@example.com,25.00,EUR,paypal,,190013,', codes: ['email_invalid'] },
  { row: ',Nobody In Particular,,25.00,EUR,paypal,,190014,', codes: ['payee_missing'] },
  { row: 'u31015,No Reference,noref@example.com,25.00,EUR,paypal,,,', codes: ['reference_missing'] },
  {
    row: 'u31016,Same Selection Twice,twice@example.com,25.00,EUR,paypal,,180001,',
    codes: ['reference_duplicate'],
  },
  { row: 'u31017,Formula,formula@example.com,25.00,USD,paypal,,=A1+1,', codes: ['formula_cell'] },
  {
    row: 'u31018,By Bank,bank@example.com,25.00,EUR,bank,DE02120300000000202051,190018,',
    codes: ['method_not_paid_by_file'],
  },
  { row: 'u31019,By Pigeon,pigeon@example.com,25.00,EUR,pigeon,,190019,', codes: ['method_unknown'] },
  {
    row: `u31020,${'Long '.repeat(60)}Name,long@example.com,25.00,EUR,paypal,,190020,`,
    codes: ['text_too_long'],
  },
  {
    row: 'u31021,Two Mistakes,two@@example.com,-1,EUR,paypal,,190021,',
    codes: ['email_invalid', 'amount_negative'],
  },
];
