/** One percent is 100 basis points. */
const basisPointsPerWhole = 10_000n;

/**
 * Platform fee on a gross amount, both in minor units. Rounds half up, to the benefit of the platform by at most half a
 * minor unit; the payee receives gross minus fee, so gross = fee + net always holds.
 * Throws RangeError when `basisPoints` is outside 0..10000 (a caller's bug: input is validated at the edge).
 */
export function feeOf(gross: bigint, basisPoints: number): bigint {
  if (!Number.isInteger(basisPoints) || basisPoints < 0 || basisPoints > 10_000) {
    throw new RangeError(`fee must be 0 to 10000 basis points, not ${basisPoints}`);
  }
  return (gross * BigInt(basisPoints) + basisPointsPerWhole / 2n) / basisPointsPerWhole;
}
