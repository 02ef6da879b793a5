/** Shares of so many that more decimals are needed do not occur. */
const finestScale = 1_000_000;

/**
 * A share that passed a limit, in percent, rounded half up to one decimal. One that rounds down to the limit keeps the
 * decimals that show it was passed: 5.04 of a limit of 5.
 */
export function percentAbove(part: number, whole: number, limit: number): number {
  const isAbove = part * 100 > limit * whole;
  for (let scale = 10; ; scale *= 10) {
    const percent = Math.round((part * 100 * scale) / whole) / scale;
    if (!isAbove || percent > limit || scale >= finestScale) return percent;
  }
}
