import { exponentOf, isCurrency } from './currencies.ts';
import { isKeepable } from './keepable.ts';
import { parseAmount } from './money.ts';
import type { PayoutState } from './payout.ts';

/** A row of a payout report as its file has it; what the file has no column for is empty. */
export interface LegacyCells {
  readonly batchId: string;
  readonly itemId: string;
  readonly transactionId: string;
  readonly reference: string;
  readonly receiver: string;
  readonly status: string;
  readonly amount: string;
  readonly currency: string;
  readonly fee: string;
  readonly date: string;
}

/** What a payment of an earlier system came to. */
export type LegacyState = Extract<
  PayoutState,
  'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned'
>;

/** Why a row says nothing that can be counted. */
type RowProblem =
  | 'cell_too_long'
  | 'too_many_cells'
  | 'status_unknown'
  | 'currency_unknown'
  | 'amount_unreadable';

/** What a row says; amounts in minor units. `problem` null exactly when state, amount and currency are known. */
export interface LegacyFacts {
  readonly problem: RowProblem | null;
  readonly state: LegacyState | null;
  readonly amount: bigint | null;
  readonly currency: string | null;
  readonly fee: bigint | null;
  readonly paidAt: Date | null;
  /** What else could not be read, in words; it stops nothing. */
  readonly remarks: readonly string[];
}

/** Longest cell that is read, in characters. */
export const cellCharsMax = 400;

/** Statuses of PayPal's payout reports and of its API, without case, blanks and hyphens. */
const states: Readonly<Record<string, LegacyState>> = {
  SUCCESS: 'completed',
  COMPLETED: 'completed',
  UNCLAIMED: 'unclaimed',
  PENDING: 'sent',
  PROCESSING: 'sent',
  ONHOLD: 'held',
  HELD: 'held',
  FAILED: 'failed',
  BLOCKED: 'failed',
  DENIED: 'failed',
  RETURNED: 'returned',
  REFUNDED: 'returned',
  REVERSED: 'returned',
};

/** True for a payment that reached its payee or still may: what it pays is not paid again. */
export function countsAsPaid(state: PayoutState): boolean {
  return state !== 'failed' && state !== 'returned';
}

/** Reads the cells of a row. It never throws and never guesses: what has two meanings is not read. */
export function readLegacyRow(cells: LegacyCells, tooMany = false): LegacyFacts {
  const remarks: string[] = [];
  const currency = cells.currency.trim().toUpperCase();
  const known = isCurrency(currency) ? currency : null;
  const word = cells.status.toUpperCase().replaceAll(/[\s_-]/g, '');
  const state = Object.hasOwn(states, word) ? (states[word] ?? null) : null;
  const amount = known === null ? null : amountOf(cells.amount, known);
  const fee = known === null || cells.fee.trim() === '' ? 0n : amountOf(cells.fee, known, true);
  if (fee === null) remarks.push('its fee could not be read');
  const paidAt = dateOf(cells.date);
  if (paidAt === null && cells.date.trim() !== '') remarks.push('its date could not be read');
  return { problem: problemOf(), state, amount, currency: known, fee, paidAt, remarks };

  function problemOf(): RowProblem | null {
    if (Object.values(cells).some((cell: string) => cell.length > cellCharsMax)) return 'cell_too_long';
    if (tooMany) return 'too_many_cells';
    if (known === null) return 'currency_unknown';
    if (amount === null) return 'amount_unreadable';
    return state === null ? 'status_unknown' : null;
  }
}

/**
 * Minor units. Reports write what left with a minus and thousands with commas; a comma that could be a decimal one is not
 * read. Decimals of a currency that has none are read when they are zero.
 */
function amountOf(text: string, currency: string, mayBeZero = false): bigint | null {
  const plain = text.trim().replace(/^[-\u2212]/, '');
  const joined = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain) ? plain.replaceAll(',', '') : plain;
  // "1,234" alone can be a thousand or one and some thousandths.
  if (/^\d{1,3},\d{3}$/.test(plain)) return null;
  const exponent = exponentOf(currency) ?? 2;
  const cut = exponent === 0 ? joined.replace(/\.0+$/, '') : joined;
  const amount = parseAmount(cut, currency);
  if (typeof amount === 'bigint') return amount;
  return mayBeZero && amount === 'amount_zero' ? 0n : null;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A date with or without a time, UTC unless it says otherwise; null when it cannot be read or has two meanings. */
export function dateOf(text: string): Date | null {
  const trimmed = text.trim();
  const [, day = '', clock = ''] = /^(.*?)(?:[T ,]+(\d{1,2}:\d\d.*))?$/.exec(trimmed) ?? [];
  const date = dayOf(day.trim());
  if (date === null) return null;
  const time = clock === '' ? '00:00:00Z' : timeOf(clock);
  if (time === null) return null;
  const at = new Date(`${date}T${time}`);
  // 31 February rolls over into March, which is another date than the file says.
  const isThatDay = !Number.isNaN(at.getTime()) && !Number.isNaN(Date.parse(date));
  const isKept = isThatDay && isKeepable(at);
  return isKept && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date) ? at : null;
}

function dayOf(day: string): string | null {
  const iso = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$/.exec(day);
  if (iso) return written(iso[1], iso[2], iso[3]);
  const slashed = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(day);
  if (slashed) return eitherOrder(slashed[1] ?? '', slashed[2] ?? '', slashed[3] ?? '');
  const named = /^([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})$/.exec(day);
  if (named) return written(named[3], monthOf(named[1]), named[2]);
  const dayFirst = /^(\d{1,2})[ -]([A-Za-z]{3})[a-z]*\.?,?[ -](\d{4})$/.exec(day);
  return dayFirst ? written(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]) : null;
}

/** 11/21/2026 and 21.11.2026 have one meaning, 4/5/2026 has two. */
function eitherOrder(first: string, second: string, year: string): string | null {
  if (Number(first) > 12) return written(year, second, first);
  if (Number(second) > 12 || first === second) return written(year, first, second);
  return null;
}

function monthOf(name = ''): string {
  return String(months.indexOf(name.toLowerCase()) + 1);
}

function written(year = '', month = '', day = ''): string | null {
  const number = Number(month);
  return number >= 1 && number <= 12 ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : null;
}

function timeOf(clock: string): string | null {
  const match =
    /^(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)? ?([AaPp][Mm])? ?(Z|UTC|GMT|[+-]\d\d:?\d\d)?$/.exec(clock);
  if (!match) return null;
  const [, hour = '', minute = '', second = '00', half, zone = 'Z'] = match;
  const hours =
    half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'PM' ? 12 : 0);
  const offset = /^[+-]/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(-2)}` : 'Z';
  return `${String(hours).padStart(2, '0')}:${minute}:${second}${offset}`;
}
