import { z } from 'zod';
import { fault } from '../core/fault-words.ts';
import { described } from './shapes.ts';

/** Rows of one page when the caller does not say. */
const pageDefault = 50;
/** Most rows of one page. */
const pageMax = 500;
const idMax = 9_223_372_036_854_775_807n;

/** The opaque place after a row. */
export function cursorOf(id: bigint): string {
  return btoa(id.toString()).replaceAll('=', '');
}

function idOf(cursor: string): bigint | null {
  if (!/^[A-Za-z0-9]{1,26}$/.test(cursor) || cursor.length % 4 === 1) return null;
  const digits = atob(cursor);
  if (!/^[0-9]{1,19}$/.test(digits)) return null;
  const id = BigInt(digits);
  return id <= idMax ? id : null;
}

function limitOf(otherwise: number) {
  const limit = z
    .string()
    .regex(/^[0-9]{1,4}$/, fault('page', pageMax))
    .transform(Number)
    .pipe(z.int().min(1).max(pageMax))
    .default(otherwise);
  const bounds = { type: 'integer', minimum: 1, maximum: pageMax, default: otherwise };
  return described(limit, { json: { ...bounds, description: 'Most rows of the page' } });
}

const cursor = described(
  z
    .string()
    .transform((value, ctx) => {
      const id = idOf(value);
      if (id !== null) return id;
      ctx.addIssue({
        code: 'custom',
        message: fault('cursor'),
      });
      return z.NEVER;
    })
    .optional(),
  {
    json: {
      type: 'string',
      pattern: '^[A-Za-z0-9]{1,26}$',
      description: '`nextCursor` of the page before',
      examples: ['MTI4'],
    },
  },
);

/** `?limit=&cursor=`: `cursor` is the id the last page ended with; `limit` is `rows` unless said otherwise. */
export function pageQueryOf(rows: number) {
  return z.object({ limit: limitOf(rows), cursor });
}

export const pageQuery = pageQueryOf(pageDefault);

export interface Page<T> {
  readonly data: T[];
  readonly nextCursor: string | null;
}

/** A page that was found with the place where the next one goes on. */
export function pageOfFound<Row, T>(
  { rows, next }: { readonly rows: readonly Row[]; readonly next: bigint | null },
  present: (row: Row) => T,
): Page<T> {
  return { data: rows.map((row) => present(row)), nextCursor: next === null ? null : cursorOf(next) };
}

/** A page of `limit` rows from `limit + 1` that were read: the extra row only says that there are more. */
export function pageOf<Row extends { id: bigint }, T>(
  rows: readonly Row[],
  size: number,
  present: (row: Row) => T,
): Page<T> {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return {
    data: shown.map((row) => present(row)),
    nextCursor: last && rows.length > size ? cursorOf(last.id) : null,
  };
}
