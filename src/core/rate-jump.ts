import type { Rate } from './conversion.ts';

/** The whole, in hundredths of a percent. */
const bpsWhole = 10_000n;

/** Both rates as whole numbers of the same part. */
function parts(last: Rate, next: Rate): readonly [last: bigint, next: bigint] {
  return [last.mantissa * 10n ** BigInt(next.scale), next.mantissa * 10n ** BigInt(last.scale)];
}

/**
 * True when a rate is further from the last one of its pair than `maxBps`, up or down by the same factor: with 2,000 (20 %),
 * above 1.2 times it or below it divided by 1.2. A slip of the decimal point, or a pair turned around, always is.
 */
export function isJump(last: Rate, next: Rate, maxBps: number): boolean {
  const [was, is] = parts(last, next);
  const most = bpsWhole + BigInt(maxBps);
  return is * bpsWhole > was * most || was * bpsWhole > is * most;
}

/** The change in percent of the last rate, cut to two decimals: "900", "-92.5". */
export function changePercent(last: Rate, next: Rate): string {
  const [was, is] = parts(last, next);
  const bps = ((is - was) * bpsWhole) / was;
  const size = (bps < 0n ? -bps : bps).toString().padStart(3, '0');
  const text = `${size.slice(0, -2)}.${size.slice(-2)}`.replace(/\.?0+$/, '');
  return bps < 0n ? `-${text}` : text;
}

/** Digits of a rate that is turned around: enough to compare with and to show, as it is no rate to convert by. */
const turnedDigits = 6;

/** One divided by the rate, cut to six digits: 0.00757 is 132.1 the other way. */
export function turned({ mantissa, scale }: Rate): Rate {
  const least = 10n ** BigInt(turnedDigits - 1);
  let places = 0;
  while (10n ** BigInt(scale + places) / mantissa < least) places += 1;
  return withoutZeros({ mantissa: 10n ** BigInt(scale + places) / mantissa, scale: places });
}

function withoutZeros(rate: Rate): Rate {
  const { mantissa, scale } = rate;
  return scale > 0 && mantissa % 10n === 0n
    ? withoutZeros({ mantissa: mantissa / 10n, scale: scale - 1 })
    : rate;
}
