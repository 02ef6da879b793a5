import type { Rate } from '../core/conversion.ts';
import { formatRate } from '../core/conversion.ts';
import { transaction } from '../store/db.ts';
import type { NewRate, RateRow } from '../store/fx-rates.ts';
import { insertRates, lockRates, ratesAt } from '../store/fx-rates.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';

/** A rate to be entered: one of `from` is so much of `to`, from `at` on until the next one. */
export interface RateInput {
  readonly from: string;
  readonly to: string;
  readonly rate: Rate;
  readonly at: Date;
  readonly source: string;
}

/** What became of one. `conflict`: another rate or source of the same pair and moment is on record, and it stays. */
export interface RateResult {
  readonly status: 'created' | 'unchanged' | 'conflict' | 'in_future';
  readonly recorded: { readonly id: string; readonly rate: string; readonly source: string } | null;
}

/** How far a clock elsewhere may be ahead. */
const aheadMaxMs = 5 * 60_000;
/** Rates that one event names. */
const namedMax = 100;

/** Enters rates, in one transaction; one result per item, in their order. What is on record never changes. */
export async function enterRates(ctx: ActionContext, items: readonly RateInput[]): Promise<RateResult[]> {
  return transaction(ctx.db, async (tx) => {
    await lockRates(tx);
    const now = ctx.now();
    const known = new Map((await ratesAt(tx, items)).map((row) => [keyOf(row), recordOf(row)]));
    const fresh: NewRate[] = [];
    const results = items.map((item): RateResult => {
      if (item.at.getTime() > now.getTime() + aheadMaxMs) return { status: 'in_future', recorded: null };
      const recorded = known.get(keyOf(item));
      if (recorded) {
        const isSame = recorded.rate === formatRate(item.rate) && recorded.source === item.source;
        return { status: isSame ? 'unchanged' : 'conflict', recorded };
      }
      const { rate, ...rest } = item;
      const row = { ...rest, ...rate, publicId: ctx.newId('fx') };
      fresh.push(row);
      known.set(keyOf(item), recordOf(row));
      return { status: 'created', recorded: recordOf(row) };
    });
    await insertRates(tx, fresh, ctx.actor, now);
    if (fresh.length > 0) {
      const rates = fresh.slice(0, namedMax).map((row) => `${row.from} ${row.to} ${formatRate(row)}`);
      const after = { entered: fresh.length, rates, sources: [...new Set(fresh.map((row) => row.source))] };
      await audit(tx, ctx, 'fx_rates.entered', { type: 'fx_rates', id: 'bulk' }, { after });
    }
    return results;
  });
}

function keyOf({ from, to, at }: { from: string; to: string; at: Date }): string {
  return `${from} ${to} ${at.toISOString()}`;
}

function recordOf(row: NewRate | RateRow) {
  return { id: row.publicId, rate: formatRate(row), source: row.source };
}
