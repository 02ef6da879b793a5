import { amountMaxMinor } from '../core/money.ts';

/**
 * JSON text of an answer: bigints become integers, dates RFC 3339. Single amounts are bounded at the edge; a sum that a
 * JSON number does not hold exactly is written as text, never rounded.
 */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? exact(part) : part));
}

function exact(integer: bigint): number | string {
  const isExact = integer <= amountMaxMinor && integer >= -amountMaxMinor;
  return isExact ? Number(integer) : integer.toString();
}
