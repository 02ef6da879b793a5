import type { Rate } from '../core/conversion.ts';
import { formatRate } from '../core/conversion.ts';
import { changePercent, isJump, turned } from '../core/rate-jump.ts';
import type { Db } from '../store/db.ts';
import { ratesNear } from '../store/fx-rates.ts';
import { readSettings } from '../store/settings.ts';
import type { RateInput, RateJump } from './fx-rates.ts';

/** How far back a rate is compared too, so that small steps do not add up to a large one unseen. */
const stepsWithinMs = 24 * 60 * 60_000;

interface Known {
  readonly rate: Rate;
  readonly at: Date;
}

/**
 * Compares rates with those on record, and with those of the same call that `passed` before: with the last one of the pair,
 * and with the one that held a day before unless the last is itself that far from it, which somebody accepted. Where the pair
 * has none before, with the next one after it; where it has none at all, with the other direction turned around.
 */
export async function jumps(tx: Db, items: readonly RateInput[]) {
  const { fxRateJumpBps } = await readSettings(tx);
  const dayBefore = ({ at }: RateInput) => new Date(at.getTime() - stepsWithinMs);
  const around = items.map(({ from, to, at }) => ({ from: to, to: from, at }));
  const days = items.map((item) => ({ ...item, at: dayBefore(item) }));
  const before = await ratesNear(tx, items, 'before');
  const held = await ratesNear(tx, days, 'until');
  const next = await ratesNear(tx, items, 'after');
  const otherBefore = await ratesNear(tx, around, 'until');
  const otherAfter = await ratesNear(tx, around, 'after');
  const passed = new Map<string, RateInput[]>();

  const lastOf = (recorded: Known | undefined, pair: string, until: Date): Known | undefined => {
    const beside = passed.get(pair)?.findLast(({ at }) => at <= until);
    return beside && (!recorded || beside.at >= recorded.at) ? beside : recorded;
  };
  const otherOf = ({ from, to, at }: RateInput, place: number): Known | undefined => {
    const other = lastOf(otherBefore.get(place), `${to} ${from}`, at) ?? otherAfter.get(place);
    return other && { rate: turned(other.rate), at: other.at };
  };
  const comparedWith = (item: RateInput, place: number): readonly [RateJump['than'], Known | undefined][] => {
    const pair = `${item.from} ${item.to}`;
    const last = lastOf(before.get(place), pair, item.at);
    if (!last) return next.has(place) ? [['next', next.get(place)]] : [['opposite', otherOf(item, place)]];
    const day = lastOf(held.get(place), pair, dayBefore(item));
    const isSettled = !day || isJump(day.rate, last.rate, fxRateJumpBps);
    return isSettled
      ? [['last', last]]
      : [
          ['last', last],
          ['day', day],
        ];
  };
  const jumpOf = (item: RateInput, place: number): RateJump | null => {
    for (const [than, known] of comparedWith(item, place)) {
      if (known && isJump(known.rate, item.rate, fxRateJumpBps))
        return {
          than,
          last: formatRate(known.rate),
          at: known.at,
          percent: changePercent(known.rate, item.rate),
        };
    }
    return null;
  };
  return Object.assign(jumpOf, {
    passed(item: RateInput): void {
      const pair = `${item.from} ${item.to}`;
      passed.set(pair, [...(passed.get(pair) ?? []), item]);
    },
  });
}
