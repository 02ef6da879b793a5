import { isCurrency } from '../../../src/core/currencies.ts';
import type { AmountProblem } from '../../../src/core/money.ts';
import { judgeAmount, showAmount } from '../../app/amounts.ts';
import { percentText, plainOf, readPercent } from '../../app/decimals.ts';
import type { Calls, Settings } from '../../client/types.ts';

/** Settings as they are sent: those that change; null goes back to the default. */
export type Patch = Calls['PATCH']['/settings']['body'];

/** One line of what is set for one currency or source: `value` as somebody types it. */
export interface Line {
  readonly name: string;
  readonly value: string;
}

/** Least and most of what is one whole number. */
export const wholes = {
  approvalExpiryDays: [1, 3650],
  settlementHoldDays: [0, 3650],
  methodCoolOffHours: [0, 2160],
  fxRateMaxAgeHours: [1, 2160],
} as const;
/** Least and most of what is one share, in percent. */
export const shares = { fxSpreadBps: [0, 20], fxRateJumpBps: [0, 10_000] } as const;
type WholeKey = keyof typeof wholes;
type ShareKey = keyof typeof shares;

/** Settings while somebody types them: amounts in major units, shares in percent, a number as what was typed. */
export type Draft = Omit<
  Settings,
  | 'minimumPayout'
  | 'secondApproverAbove'
  | 'feeBpsBySource'
  | 'settlementHoldDaysBySource'
  | WholeKey
  | ShareKey
> & { readonly [Key in WholeKey | ShareKey]: string } & {
  readonly minimumPayout: readonly Line[];
  readonly secondApproverAbove: readonly Line[];
  readonly feeBpsBySource: readonly Line[];
  readonly settlementHoldDaysBySource: readonly Line[];
};

/** What is wrong with what was typed: where, and which text says it. */
export interface Fault {
  readonly key: keyof Settings;
  /** Of the line, if it has lines. */
  readonly line: number;
  readonly why: 'name' | 'twice' | 'percent' | 'days' | 'whole' | 'share' | AmountProblem;
}

const sourcePattern = /^[\w.:-]{1,100}$/;
const daysPattern = /^\d{1,4}$/;
const sharePattern = /^\d{1,5}(\.\d{1,2})?$/;

export function draftOf(settings: Settings): Draft {
  const money = (amounts: Readonly<Record<string, number>>) =>
    Object.entries(amounts).map(([name, amount]) => ({ name, value: showAmount(amount, name) }));
  const lines = (values: Readonly<Record<string, number>>, written: (value: number) => string) =>
    Object.entries(values).map(([name, value]) => ({ name, value: written(value) }));
  return {
    ...settings,
    approvalExpiryDays: String(settings.approvalExpiryDays),
    settlementHoldDays: String(settings.settlementHoldDays),
    methodCoolOffHours: String(settings.methodCoolOffHours),
    fxRateMaxAgeHours: String(settings.fxRateMaxAgeHours),
    fxSpreadBps: percentText(settings.fxSpreadBps),
    fxRateJumpBps: percentText(settings.fxRateJumpBps),
    minimumPayout: money(settings.minimumPayout),
    secondApproverAbove: money(settings.secondApproverAbove),
    feeBpsBySource: lines(settings.feeBpsBySource, percentText),
    settlementHoldDaysBySource: lines(settings.settlementHoldDaysBySource, String),
  };
}

/** What was typed as settings, with everything that cannot be read. */
export function readDraft(draft: Draft): { readonly settings: Settings; readonly faults: readonly Fault[] } {
  const faults: Fault[] = [];
  const read = (key: LinesKey, isName: (name: string) => boolean, value: ReadValue) =>
    readLines(draft[key], isName, value, (line, why) => faults.push({ key, line, why }));
  const single = (key: WholeKey | ShareKey, read: number | null, why: 'whole' | 'share') => {
    if (read === null) faults.push({ key, line: 0, why });
    return read ?? 0;
  };
  const whole = (key: WholeKey) => single(key, readWhole(draft[key], wholes[key]), 'whole');
  const share = (key: ShareKey) => single(key, readShare(draft[key], shares[key]), 'share');
  const settings: Settings = {
    ...draft,
    approvalExpiryDays: whole('approvalExpiryDays'),
    settlementHoldDays: whole('settlementHoldDays'),
    methodCoolOffHours: whole('methodCoolOffHours'),
    fxRateMaxAgeHours: whole('fxRateMaxAgeHours'),
    fxSpreadBps: share('fxSpreadBps'),
    fxRateJumpBps: share('fxRateJumpBps'),
    minimumPayout: read('minimumPayout', isCurrency, judgeAmount),
    secondApproverAbove: read('secondApproverAbove', isCurrency, judgeAmount),
    feeBpsBySource: read('feeBpsBySource', isSource, (text) => readPercent(text) ?? 'percent'),
    settlementHoldDaysBySource: read('settlementHoldDaysBySource', isSource, (text) =>
      daysPattern.test(text) && Number(text) <= 3650 ? Number(text) : 'days',
    ),
  };
  return { settings, faults };
}

type LinesKey = 'minimumPayout' | 'secondApproverAbove' | 'feeBpsBySource' | 'settlementHoldDaysBySource';
type ReadValue = (text: string, name: string) => number | Fault['why'];

function readWhole(typed: string, [min, max]: readonly [number, number]): number | null {
  const text = typed.trim();
  const read = daysPattern.test(text) ? Number(text) : -1;
  return read >= min && read <= max ? read : null;
}

/** In hundredths of a percent. */
function readShare(typed: string, [min, max]: readonly [number, number]): number | null {
  const plain = plainOf(typed) ?? '';
  const bps = sharePattern.test(plain) ? Math.round(Number(plain) * 100) : -1;
  return bps >= min * 100 && bps <= max * 100 ? bps : null;
}

function isSource(name: string): boolean {
  return sourcePattern.test(name);
}

function readLines(
  lines: readonly Line[],
  isName: (name: string) => boolean,
  value: ReadValue,
  fault: (line: number, why: Fault['why']) => void,
): Record<string, number> {
  const found: Record<string, number> = {};
  for (const [index, { name, value: text }] of lines.entries()) {
    if (!isName(name)) fault(index, 'name');
    else if (Object.hasOwn(found, name)) fault(index, 'twice');
    else {
      const read = value(text.trim(), name);
      if (typeof read === 'number') found[name] = read;
      else fault(index, read);
    }
  }
  return found;
}

/** What has to be sent to get from one to the other. */
export function patchOf(before: Settings, after: Settings, keys: readonly (keyof Settings)[]): Patch {
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]));
  return Object.fromEntries(
    changed.map((key) => {
      const [was, is] = [before[key], after[key]];
      if (typeof was !== 'object' || Array.isArray(was)) return [key, is];
      const gone = Object.keys(was).filter((name) => !Object.hasOwn(is as object, name));
      return [key, { ...(is as object), ...Object.fromEntries(gone.map((name) => [name, null])) }];
    }),
  );
}
