import type { Rate } from '../core/conversion.ts';
import { formatRate } from '../core/conversion.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { NewRate, RateRow } from '../store/fx-rates.ts';
import { insertRates, lockRates, ratesAt } from '../store/fx-rates.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { jumps } from './rate-compare.ts';

/** A rate to be entered: one of `from` is so much of `to`, from `at` on until the next one. */
export interface RateInput {
  readonly from: string;
  readonly to: string;
  readonly rate: Rate;
  readonly at: Date;
  readonly source: string;
}

/**
 * A rate that is far from one it is compared with: that one, and by how many percent of it. `than`: the last of the pair, the
 * one that held a day before, the next of the pair where none is before, or the other direction turned around.
 */
export interface RateJump {
  readonly than: 'last' | 'day' | 'next' | 'opposite';
  readonly last: string;
  readonly at: Date;
  readonly percent: string;
}

/**
 * What became of one. `conflict`: another rate or source of the same pair and moment is on record, and it stays. `jump`: too
 * far from what is known to be entered without somebody saying so.
 */
export interface RateResult {
  readonly status: 'created' | 'unchanged' | 'conflict' | 'in_future' | 'jump';
  readonly recorded: { readonly id: string; readonly rate: string; readonly source: string } | null;
  readonly jump: RateJump | null;
}

/** How far a clock elsewhere may be ahead. */
const aheadMaxMs = 5 * 60_000;
/** Rates that one event names. */
const namedMax = 100;

/**
 * Enters rates, in one transaction; one result per item, in their order. What is on record never changes. A rate that is too
 * far from what is known is refused unless `acceptJump`; the audit trail names what was accepted.
 */
export async function enterRates(
  ctx: ActionContext,
  items: readonly RateInput[],
  acceptJump = false,
): Promise<RateResult[]> {
  return transaction(ctx.db, async (tx) => {
    await lockRates(tx);
    const now = ctx.now();
    const known = new Map((await ratesAt(tx, items)).map((row) => [keyOf(row), recordOf(row)]));
    const jumpOf = await jumps(tx, items);
    const fresh: { place: number; row: NewRate; jump: RateJump | null }[] = [];
    const results = new Map<number, RateResult>();
    for (const place of byTime(items)) {
      const item = items[place];
      if (!item) continue;
      const seen = judged(item, known.get(keyOf(item)), now);
      const jump = seen ? null : jumpOf(item, place);
      if (seen || (jump && !acceptJump)) {
        results.set(place, seen ?? { status: 'jump', recorded: null, jump });
        continue;
      }
      const { rate, ...rest } = item;
      const row = { ...rest, ...rate, publicId: ctx.newId('fx') };
      fresh.push({ place, row, jump });
      jumpOf.passed(item);
      known.set(keyOf(item), recordOf(row));
      results.set(place, { status: 'created', recorded: recordOf(row), jump });
    }
    const rows = fresh.toSorted((one, other) => one.place - other.place);
    await insertRates(
      tx,
      rows.map(({ row }) => row),
      ctx.actor,
      now,
    );
    await onRecord(tx, ctx, rows);
    return [...results].toSorted(([one], [other]) => one - other).map(([, result]) => result);
  });
}

/** Places in the order of their times: each rate is compared with those before it, whatever their order in a file. */
function byTime(items: readonly RateInput[]): number[] {
  const timeOf = (place: number) => items[place]?.at.getTime() ?? 0;
  return [...items.keys()].toSorted((one, other) => timeOf(one) - timeOf(other));
}

/** What needs no comparing: it is in the future, or its pair and moment have a rate. */
function judged(item: RateInput, recorded: RateResult['recorded'] | undefined, now: Date): RateResult | null {
  if (item.at.getTime() > now.getTime() + aheadMaxMs)
    return { status: 'in_future', recorded: null, jump: null };
  if (!recorded) return null;
  const isSame = recorded.rate === formatRate(item.rate) && recorded.source === item.source;
  return { status: isSame ? 'unchanged' : 'conflict', recorded, jump: null };
}

const besideWords = { last: 'after', day: 'a day after', next: 'before', opposite: 'beside' } as const;

async function onRecord(
  tx: Db,
  ctx: ActionContext,
  fresh: readonly { row: NewRate; jump: RateJump | null }[],
): Promise<void> {
  if (fresh.length === 0) return;
  const wordsOf = (row: NewRate) => `${row.from} ${row.to} ${formatRate(row)}`;
  const jumped = fresh.flatMap(({ row, jump }) =>
    jump ? [`${wordsOf(row)} ${besideWords[jump.than]} ${jump.last} (${jump.percent} %)`] : [],
  );
  const after = {
    entered: fresh.length,
    rates: fresh.slice(0, namedMax).map(({ row }) => wordsOf(row)),
    sources: [...new Set(fresh.map(({ row }) => row.source))],
    ...(jumped.length === 0 ? {} : { acceptedJumps: jumped.slice(0, namedMax) }),
  };
  await audit(tx, ctx, 'fx_rates.entered', { type: 'fx_rates', id: 'bulk' }, { after });
}

function keyOf({ from, to, at }: { from: string; to: string; at: Date }): string {
  return `${from} ${to} ${at.toISOString()}`;
}

function recordOf(row: NewRate | RateRow) {
  return { id: row.publicId, rate: formatRate(row), source: row.source };
}
