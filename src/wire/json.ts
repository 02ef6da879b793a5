import { amountMaxMinor } from '../core/money.ts';
import { depthMax } from './json-size.ts';

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

/**
 * One text for values that mean the same: keys in order, nothing between them. Throws RangeError beyond a hundred levels,
 * which no request that means something has.
 */
export function canonical(value: unknown, depth = 0): string {
  if (depth > depthMax) throw new RangeError('nested too deeply');
  if (Array.isArray(value)) return `[${value.map((part) => canonical(part, depth + 1)).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const parts = Object.entries(value)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, part]) => `${JSON.stringify(key)}:${canonical(part, depth + 1)}`);
  return `{${parts.join(',')}}`;
}
