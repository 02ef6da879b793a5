import { z } from 'zod';

// What answers are made of. Values are those that `present…` gives: bigints and dates, which `encode` writes as integers and
// RFC 3339 texts; the OpenAPI document describes what is written.

/** A value that is checked later, one element at a time, so that a bad one stops no other. */
interface Documented {
  /** What the reference shows instead of the schema that only lets it through. */
  readonly as?: z.ZodType;
  /** The JSON schema of the value before it is read, where the schema's own rules do not say it well. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** A sum that is written as text beyond 2^53 - 1. */
  readonly isSum?: true;
}

const notes = new WeakMap<z.core.$ZodType, Documented>();

/** How a schema is described in the OpenAPI document where it does not describe itself. */
export function noteOf(schema: z.core.$ZodType): Documented {
  return notes.get(schema) ?? {};
}

/** The same schema, described like this. */
export function described<T extends z.ZodType>(schema: T, note: Documented): T {
  notes.set(schema, note);
  return schema;
}

/** Anything, described as `as`: elements of a list that are parsed one by one. */
export function eachLike(as: z.ZodType): z.ZodUnknown {
  return described(z.unknown(), { as });
}

export const moment = z.date().meta({ description: 'RFC 3339, UTC' });
/** A single amount; it is exact as a JSON number. */
export const minor = z.bigint().meta({ description: 'Minor units of the currency', examples: [2500] });
/** A sum of amounts. */
export const sum = described(
  z.bigint().meta({ description: 'Minor units of the currency; text when a JSON number would not be exact' }),
  { isSum: true },
);
export const sumsByCurrency = z
  .record(z.string(), sum)
  .meta({ id: 'Totals', description: 'Minor units by currency', examples: [{ EUR: 990, USD: 125_000 }] });
/** How many. */
export const count = z.int().min(0);
/** How many, as the database counts. */
export const bigCount = z.bigint();
export const currencyCode = z.string().meta({ description: 'ISO 4217', examples: ['USD'] });

/** One page of a list. */
export function pageOfView<T extends z.ZodType>(item: T) {
  return z.strictObject({
    data: z.array(item),
    nextCursor: z.string().nullable().meta({ description: 'Names the next page; null on the last' }),
  });
}

/** A list that is always whole: one page. */
export function wholeListView<T extends z.ZodType>(item: T) {
  return z.strictObject({ data: z.array(item), nextCursor: z.null() });
}
