/** Earnings that pay again what came back of a payment. */
export const returnedPartSource = 'returned_part';
/** What was earned before Purser and is known only because it was paid. */
export const legacySource = 'legacy';

/** Source types of earnings that Purser records itself, under names that are known before: nobody else may take those. */
const reserved: ReadonlySet<string> = new Set([returnedPartSource, legacySource]);

export function isReservedSource(sourceType: string): boolean {
  return reserved.has(sourceType);
}
