import { formatAmount, parseAmount } from '../../src/core/money.ts';

/** An amount as somebody types it: with a comma or a point. Null: empty; undefined: not an amount. */
export function readAmount(text: string, currency: string): number | null | undefined {
  const plain = text.replaceAll(/[\s\u00A0\u202F]/g, '');
  if (plain === '') return null;
  const read = parseAmount(plain.replace(',', '.'), currency);
  // The largest amount there is stays exact as a number.
  return typeof read === 'bigint' ? Number(read) : undefined;
}

export function showAmount(minor: number | undefined, currency: string): string {
  return minor === undefined ? '' : formatAmount(BigInt(minor), currency);
}
