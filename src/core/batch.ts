import type { Hash } from './ids.ts';

/** What an item of a submission is made of; the checksum covers all of it. Amount in minor units. */
export interface ChecksumItem {
  readonly itemReference: string;
  readonly destination: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly note: string | null;
}

/**
 * Checksum of frozen items in their order, attempt ordinals included (they are part of the references): two sets that
 * differ in anything a provider would see differ here. Fields are length-prefixed, so no text can imitate another.
 */
export function checksumOf(items: readonly ChecksumItem[], hash: Hash): string {
  return hash(
    items
      .map((item) =>
        [item.itemReference, item.destination, item.amount.toString(), item.currency, item.note ?? '']
          .map((field) => `${field.length}:${field}`)
          .join(''),
      )
      .join('\n'),
  );
}
