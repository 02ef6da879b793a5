/**
 * Numbers from 0 up to 1, the same ones every time, so that the files never change by themselves. A linear congruential
 * generator with the constants of Numerical Recipes is random enough to choose names and amounts.
 */
export function numbersFrom(start: number): () => number {
  let state = start;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** 1250 minor units as `12.50`. */
export function majorUnits(minor: number): string {
  return `${Math.floor(minor / 100)}.${String(minor % 100).padStart(2, '0')}`;
}
