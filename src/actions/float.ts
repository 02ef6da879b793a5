import type { Reading } from '../core/float.ts';
import { askAgainMs, isShort, outlookOf, outlookWords } from '../core/float.ts';
import { formatMoney } from '../core/money.ts';
import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import { closeAlerts, openAlerts } from '../store/alerts.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { ReadingRow } from '../store/float.ts';
import {
  approvedNeeds,
  floatReadings,
  lockAccount,
  queuedNeeds,
  queuedOfBatch,
  saveReadings,
  saveUnread,
  wantReadings,
} from '../store/float.ts';
import type { ActionContext, ProviderRules } from './context.ts';

const alertKind = 'float_short';
/** Characters of a provider's reason that are kept. */
const errorCharsMax = 1000;

/** What an account said it holds; `asOf` absent: when it was asked. */
export interface Balance {
  readonly currency: string;
  readonly available: bigint;
  readonly pending: bigint;
  readonly asOf?: Date;
}

/** One question to an account: its number, and when it was asked. */
export interface Asked {
  readonly provider: string;
  readonly asks: bigint;
  readonly at: Date;
}

/**
 * Keeps what an account answered, and opens or closes the alert about each of its currencies. False when a later question
 * was asked meanwhile: its answer counts, and this one may be older.
 */
export async function recordReading(
  ctx: ActionContext,
  asked: Asked,
  balances: readonly Balance[],
): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, asked.provider, asked.asks);
    if (!account) return false;
    const now = ctx.now();
    const rows = balances.map((balance) => ({ ...balance, asOf: momentOf(balance, asked.at, now) }));
    const before = await floatReadings(tx, [asked.provider]);
    await saveReadings(tx, asked.provider, rows, now);
    const known = new Set(rows.map(({ currency }) => currency));
    for (const { currency } of before) {
      if (!known.has(currency)) await closeAlerts(tx, [alertKind], `${asked.provider} ${currency}`, now);
    }
    await alertShort(tx, asked.provider, now);
    return true;
  });
}

/** Never later than the question: what is accepted while it is being answered may not be in it. */
function momentOf({ asOf }: Balance, askedAt: Date, now: Date): Date {
  return new Date(Math.min(asOf?.getTime() ?? askedAt.getTime(), askedAt.getTime(), now.getTime()));
}

/** Keeps why an account gave no answer. Answers whether that is news. */
export async function recordUnread(ctx: ActionContext, asked: Asked, error: string): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, asked.provider, asked.asks);
    if (!account) return false;
    const kept = error.slice(0, errorCharsMax);
    await saveUnread(tx, asked.provider, kept);
    return account.error !== kept;
  });
}

/** Says where what is queued and approved is more than what is there, and takes back what is over. */
async function alertShort(tx: Db, provider: string, now: Date): Promise<void> {
  const approved = await approvedNeeds(tx, [provider], now);
  const queued = await queuedNeeds(tx, [provider]);
  for (const reading of await floatReadings(tx, [provider])) {
    const { currency } = reading;
    const subject = `${provider} ${currency}`;
    const needed = amountOf(queued, currency) + amountOf(approved, currency);
    const outlook = outlookOf(reading, { queued: 0n, needed }, now);
    if (isShort(outlook)) {
      const words = outlookWords('leaving', currency, outlook);
      const message = `${words} Nothing was refused for it; the provider may refuse to send. Fund the ${provider} account.`;
      await openAlerts(tx, [{ kind: alertKind, subject, message }], now);
    } else await closeAlerts(tx, [alertKind], subject, now);
  }
}

function amountOf(rows: readonly { currency: string; amount: bigint }[], currency: string): bigint {
  return rows.find((row) => row.currency === currency)?.amount ?? 0n;
}

/** Whoever looks at a reading that is older than a minute, or at none, asks the engine for another one. */
export async function wantFresh(
  ctx: ActionContext,
  provider: string,
  readings: readonly Pick<Reading, 'readAt'>[],
): Promise<void> {
  const now = ctx.now();
  const olderThan = new Date(now.getTime() - askAgainMs);
  if (readings.length > 0 && readings.every(({ readAt }) => readAt > olderThan)) return;
  await wantReadings(ctx.db, [provider], now, olderThan);
}

/** A batch that was written and cannot be paid: thrown, so that what was written is undone. */
class UnfundedError extends Error {
  override readonly name = 'UnfundedError';
  readonly refusal: Refusal;
  constructor(refusal: Refusal) {
    super(refusal.message);
    this.refusal = refusal;
  }
}

/** Does what prepares a batch; a batch that cannot be funded is undone and becomes its refusal. */
export async function unlessUnfunded<T>(work: () => Promise<T>): Promise<T | Refusal> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UnfundedError) return error.refusal;
    throw error;
  }
}

/**
 * Measures a batch that was just written against the last readings, in its transaction. Answers the gap per currency, empty
 * when there is none or nothing fresh is known; throws UnfundedError where there is one that nobody has accepted.
 */
export async function requireFloat(
  tx: Db,
  ctx: ActionContext,
  { name: provider }: ProviderRules,
  batchPublicId: string,
  accepted = false,
): Promise<Record<string, bigint>> {
  const readings = await floatReadings(tx, [provider]);
  if (readings.length === 0) return {};
  const short = await shortOf(tx, readings, batchPublicId, ctx.now());
  const gaps = Object.fromEntries(short.map(({ currency, outlook }) => [currency, outlook.shortfall ?? 0n]));
  if (short.length === 0 || accepted) return gaps;
  const words = short.map(({ currency, outlook }) => outlookWords('run', currency, outlook));
  const no = refuse('insufficient_float', {
    provider,
    shortfall: gaps,
    needed: Object.fromEntries(short.map(({ currency, outlook }) => [currency, outlook.needed])),
    available: Object.fromEntries(short.map(({ currency, outlook }) => [currency, outlook.available ?? 0n])),
    readAt: short[0]?.outlook.readAt?.toISOString() ?? '',
  });
  throw new UnfundedError({ ...no, message: `${words.join(' ')} Nothing was started and no money moved.` });
}

async function shortOf(tx: Db, readings: readonly ReadingRow[], batchPublicId: string, now: Date) {
  const own = await queuedOfBatch(tx, batchPublicId);
  const all = await queuedNeeds(tx, [...new Set(own.map(({ provider }) => provider))]);
  return own.flatMap(({ currency, amount: needed }) => {
    const reading = readings.find((row) => row.currency === currency) ?? null;
    const outlook = outlookOf(reading, { queued: amountOf(all, currency) - needed, needed }, now);
    return isShort(outlook) ? [{ currency, outlook }] : [];
  });
}

/** A gap that the caller accepted, as it goes on record. */
export function acceptedGap(shortfall: Readonly<Record<string, bigint>>): Record<string, string> {
  const gaps = Object.entries(shortfall).map(([currency, amount]) => formatMoney(amount, currency));
  return gaps.length === 0 ? {} : { acceptedShortfall: gaps.join(' + ') };
}
