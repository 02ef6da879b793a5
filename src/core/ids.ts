/** Lower-case hexadecimal SHA-256 of a UTF-8 text. Handed in, as core imports nothing. */
export type Hash = (text: string) => string;

/** Hex characters kept of a checksum in a provider key (64 bits). */
const checksumChars = 16;

/** A deterministic id no longer than `max`: what does not fit is cut and gets a stable hash of the whole. */
export function fitId(id: string, max: number, hash: Hash): string {
  if (id.length <= max) return id;
  return `${id.slice(0, max - checksumChars - 1)}-${hash(id).slice(0, checksumChars)}`;
}

/** Parts that name one item towards a provider. */
export interface ItemParts {
  readonly sourceType: string;
  readonly externalId: string;
  readonly payeeExternalId: string;
  readonly ordinal: number;
}

/**
 * Item reference, e.g. `winner-{selectionId}-{userId}`; a later attempt adds `-a2`, `-a3` …
 * Characters providers do not echo faithfully become `_`. `distinct` forces the hashed form, for the rare two payouts
 * whose plain references are the same text (`1-2` + `3`, `1` + `2-3`).
 */
export function itemReference(parts: ItemParts, max: number, hash: Hash, distinct = false): string {
  const suffix = parts.ordinal > 1 ? `-a${parts.ordinal}` : '';
  const names = [parts.sourceType, parts.externalId, parts.payeeExternalId];
  const plain = names.join('-');
  const clean = plain.replaceAll(/[^A-Za-z0-9._@+:-]/g, '_');
  const base =
    distinct || clean !== plain
      ? `${clean.slice(0, max - suffix.length - checksumChars - 1)}-${hash(names.join('\u0000')).slice(0, checksumChars)}`
      : fitId(clean, max - suffix.length, hash);
  return base + suffix;
}

/** The provider key of one submission of a cycle (or, without a cycle, of the batch): `cycle-{cycleId}-{checksum16}`. */
export function submissionKey(scope: string, checksum: string, max: number, hash: Hash): string {
  return fitId(`${scope}-${checksum.slice(0, checksumChars)}`, max, hash);
}

/** Prefixed, time-ordered public id: 48 bits of milliseconds, then 80 random bits, in hex (UUIDv7's order). */
export function publicId(prefix: string, nowMs: number, randomHex: string): string {
  return `${prefix}_${nowMs.toString(16).padStart(12, '0')}${randomHex.slice(0, 20)}`;
}
