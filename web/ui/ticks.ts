/** Lines a chart can carry before they crowd it. */
const ticksMax = 6;
/** Steps that people count in. */
const steps = [1, 2, 5, 10] as const;

/** Where the lines of a chart stand: round figures, zero among them, the first and the last around everything drawn. */
export function ticksOf(values: readonly number[]): number[] {
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  const step = stepOf(high - low);
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  return Array.from({ length: last - first + 1 }, (_, at) => round((first + at) * step));
}

function stepOf(span: number): number {
  if (span === 0) return 1;
  const least = span / (ticksMax - 2);
  const power = 10 ** Math.floor(Math.log10(least));
  return power * (steps.find((one) => one * power >= least) ?? 10);
}

/** Without what counting in halves leaves behind: 0.30000000000000004. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}

/** Names below a chart that can be told apart; the others are in what it says under the pointer. */
const namesMax = 4;

/** Which of so many are named below: the first, the last, and some at equal distances. */
export function namedOf(length: number): ReadonlySet<number> {
  const named = Math.min(namesMax, length);
  return new Set(
    Array.from({ length: named }, (_, at) =>
      named === 1 ? 0 : Math.round((at * (length - 1)) / (named - 1)),
    ),
  );
}
