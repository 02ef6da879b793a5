import { addTo, type Totals } from '../core/money.ts';
import type { PayRow } from './pay-row.ts';

/** How many of the largest rows a preview shows, per currency. */
const largestShown = 5;

/** What the good rows of a file add up to; amounts in minor units. */
export interface TallySummary {
  readonly goodRows: number;
  readonly totals: Totals;
  readonly counts: Readonly<Record<string, number>>;
  /** The `largestShown` largest rows of each currency, largest first; of equal ones the earlier. */
  readonly largest: Readonly<Record<string, readonly PayRow[]>>;
}

/** Adds up rows one by one; amounts of different currencies are never compared. */
export class Tally {
  #goodRows = 0;
  readonly #totals: Totals = {};
  readonly #counts: Record<string, number> = {};
  readonly #largest: Record<string, PayRow[]> = {};

  add(row: PayRow): void {
    this.#goodRows++;
    addTo(this.#totals, row.currency, row.amount);
    this.#counts[row.currency] = (this.#counts[row.currency] ?? 0) + 1;
    const top = (this.#largest[row.currency] ??= []);
    const smallest = top[largestShown - 1];
    if (smallest && row.amount <= smallest.amount) return;
    const at = top.findIndex((other) => other.amount < row.amount);
    top.splice(at < 0 ? top.length : at, 0, row);
    top.length = Math.min(top.length, largestShown);
  }

  summary(): TallySummary {
    return { goodRows: this.#goodRows, totals: this.#totals, counts: this.#counts, largest: this.#largest };
  }
}
