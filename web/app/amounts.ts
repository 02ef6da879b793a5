import { type AmountProblem, formatAmount, jsonAmount, parseAmount } from '../../src/core/money.ts';
import { plainOf, shown } from './decimals.ts';

/** An amount as somebody types it, with a comma or a point, in minor units; else what is wrong with it. */
export function judgeAmount(text: string, currency: string): number | AmountProblem {
  const plain = plainOf(text);
  if (plain === null) return noNumber(text.trim());
  const read = parseAmount(plain, currency);
  return typeof read === 'bigint' ? jsonAmount(read) : read;
}

function noNumber(text: string): AmountProblem {
  if (text === '') return 'amount_missing';
  return text.startsWith('-') ? 'amount_negative' : 'amount_not_a_number';
}

/** The same where a field may be empty. Null: empty; undefined: not an amount. */
export function readAmount(text: string, currency: string): number | null | undefined {
  if (text.trim() === '') return null;
  const read = judgeAmount(text, currency);
  return typeof read === 'number' ? read : undefined;
}

export function showAmount(minor: number | undefined, currency: string): string {
  return minor === undefined ? '' : shown(formatAmount(BigInt(minor), currency));
}
