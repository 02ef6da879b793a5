import { oldestWithin, outsideLimits } from '../core/limits.ts';
import { tooLittleWords } from '../core/minimum-words.ts';
import type { Outcome, Refusal } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import type { Settings } from '../core/settings.ts';
import { minimumOf } from '../core/settings.ts';
import { telling } from '../core/told.ts';
import { earningRecorded } from '../ledger/postings.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { failedMoney } from '../store/failed-money.ts';
import { findEarnings, insertEarnings } from '../store/earnings.ts';
import { openBalances, post } from '../store/ledger.ts';
import { owedEarnings } from '../store/owed.ts';
import type { FreeEarning, PayeeToPay } from '../store/requests.ts';
import { currenciesOf, freeEarnings, lockPayee, nextPending, openRequest } from '../store/requests.ts';
import { livePayoutsOf } from '../store/reversals.ts';
import { readSettings } from '../store/settings.ts';
import type { ActionContext } from './context.ts';
import type { PaidIn } from './conversions.ts';
import { convertedFor } from './conversions.ts';
import type { Asked, RequestPlan } from './request-write.ts';
import { earningsPerRequestMax, payable, sumOf, writePayout } from './request-write.ts';
import { nextPayoutOf } from './schedules.ts';

/** Whose balance in which currency (null: the only one), and in what it shall be paid. */
export interface RequestInput extends Partial<PaidIn> {
  readonly payee: string | bigint;
  readonly currency: string | null;
  /** Id or type of the method it is meant for: with another one in use nothing is asked for. Null: whichever is in use. */
  readonly method?: string | null;
}

/**
 * Asks for a payout of everything that is available to a payee in a currency, less what they owe: it carries exactly these
 * earnings, reserves the money at once and waits for approval. A refusal says what is missing and when it will be possible.
 */
export async function requestPayout(ctx: ActionContext, input: RequestInput): Promise<Outcome<Asked>> {
  return planRequest(ctx, input, (tx, plan, settings) => writePayout(tx, ctx, settings, plan));
}

/** What a request would carry, with the fee of each earning. */
interface FreePlan extends RequestPlan {
  readonly earnings: readonly FreeEarning[];
}

/** Plans a request under the lock of its payee and hands it to `finish`, or says why there can be none. */
export async function planRequest<T>(
  ctx: ActionContext,
  input: RequestInput,
  finish: (tx: Db, plan: FreePlan, settings: Settings) => Promise<T>,
): Promise<Outcome<T>> {
  return transaction(ctx.db, async (tx) => {
    const payee = await lockPayee(tx, input.payee);
    if (!payee) return refuse('payee_not_found', { payeeId: String(input.payee) });
    const barred = payable(payee);
    if (barred) return barred;
    const { method = null } = input;
    if (method !== null && method !== payee.methodType && method !== payee.methodPublicId)
      return refuse('method_not_in_use', {
        methodInUse: payee.methodPublicId ?? '',
        methodType: payee.methodType ?? '',
      });
    const currencies = input.currency === null ? await currenciesOf(tx, payee.id) : [input.currency];
    const [currency, ...others] = currencies;
    if (currency === undefined) return refuse('nothing_earned');
    if (others.length > 0) return refuse('currency_needed', { currencies: currencies.join(', ') });
    const open = await openRequest(tx, payee.id, currency);
    if (open)
      return refuse('request_in_flight_already', { payoutId: open.publicId, payoutStatus: open.state });
    const recovered = await owedEarnings(tx, payee.id, currency);
    const free = await freeEarnings(tx, payee.id, currency, earningsPerRequestMax);
    const earnings = oldestWithin(free, sumOf(recovered), ctx.payoutLimits);
    const amount = sumOf(earnings) - sumOf(recovered);
    const settings = await readSettings(tx);
    const minimum = minimumOf(settings, currency);
    if (amount < minimum) return belowMinimum(tx, ctx, payee.id, { currency, amount, minimum });
    const conversion = await convertedFor(tx, ctx.now(), settings, payee, { ...input, amount, currency });
    if (!conversion.ok) return conversion;
    const unfit = unfitAmount(ctx, conversion.value?.amount ?? amount);
    if (unfit) return unfit;
    const carried = { payee, amount, currency, earnings, recovered };
    return done(await finish(tx, { kind: 'request', ...carried, conversion: conversion.value }, settings));
  });
}

/** What is paid must be within the limits of one payout. */
function unfitAmount({ payoutLimits }: ActionContext, amount: bigint): Refusal | null {
  if (!payoutLimits || outsideLimits(amount, payoutLimits) === null) return null;
  return refuse('amount_outside_limits', {
    amount: `${amount}`,
    min: `${payoutLimits.min}`,
    max: `${payoutLimits.max}`,
  });
}

async function belowMinimum(
  tx: Db,
  ctx: ActionContext,
  payeeId: bigint,
  { currency, amount, minimum }: { currency: string; amount: bigint; minimum: bigint },
) {
  const next = await nextPending(tx, payeeId, currency);
  const run = await nextPayoutOf(ctx, tx, payeeId);
  const when = next && { nextAvailableAt: next.at.toISOString(), nextAvailable: { [currency]: next.amount } };
  const failed = (await failedMoney(tx, payeeId)).find((one) => one.currency === currency);
  const no = refuse('below_minimum', {
    available: { [currency]: amount },
    ...(failed && { inFailed: { [currency]: failed.amount } }),
    minimum: { [currency]: minimum },
    missing: { [currency]: minimum - amount },
    ...when,
    ...(run && { nextPayoutDate: run.toISOString() }),
  });
  const facts = { currency, available: amount, minimum, next: next ?? null, run, failed: failed ?? null };
  return telling(no, tooLittleWords(facts, ctx.calendar.zone));
}

export interface SingleInput extends Partial<PaidIn> {
  readonly payeeId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly statementId: string | null;
  readonly reason: string | null;
}

/**
 * A payout that the team makes: of a statement, recorded by its id once for ever, or of an adjustment. It carries this
 * earning and no other, so a payee who owes is paid by a request instead.
 */
export async function makePayout(ctx: ActionContext, input: SingleInput): Promise<Outcome<Asked>> {
  return transaction(ctx.db, async (tx) => {
    const payee = await lockPayee(tx, input.payeeId);
    if (!payee) return refuse('payee_not_found', { payeeId: input.payeeId });
    const barred = payable(payee);
    if (barred) return barred;
    const { amount, currency } = input;
    const owed = sumOf(await owedEarnings(tx, payee.id, currency));
    if (owed > 0n) return refuse('payee_owes', { payeeId: payee.externalId, owed: { [currency]: owed } });
    const settings = await readSettings(tx);
    const conversion = await convertedFor(tx, ctx.now(), settings, payee, input);
    if (!conversion.ok) return conversion;
    const unfit = unfitAmount(ctx, conversion.value?.amount ?? amount);
    if (unfit) return unfit;
    const recorded = await recordOne(tx, ctx, payee, input);
    if (!recorded.ok) return recorded;
    const earnings = [{ id: recorded.value, amount }];
    const carried = { payee, amount, currency, earnings, recovered: [], reason: input.reason };
    const plan = { kind: 'single', ...carried, conversion: conversion.value } as const;
    return done(await writePayout(tx, ctx, settings, plan));
  });
}

async function recordOne(
  tx: Db,
  ctx: ActionContext,
  payee: PayeeToPay,
  input: SingleInput,
): Promise<Outcome<bigint>> {
  const { amount, currency } = input;
  const sourceType = input.statementId === null ? 'adjustment' : 'statement';
  const externalId = input.statementId ?? ctx.newId('adj');
  const known = (await findEarnings(tx, sourceType, [externalId]))[0];
  if (
    known &&
    (known.payeeExternalId !== payee.externalId ||
      known.gross - known.fee !== amount ||
      known.currency !== currency)
  )
    return refuse('statement_differs', { statementId: externalId, payeeId: known.payeeExternalId });
  const row = {
    externalId,
    payeeId: payee.id,
    gross: amount,
    fee: 0n,
    net: amount,
    currency,
    note: input.reason,
  };
  const [earning] = await insertEarnings(tx, sourceType, null, [row], ctx.now());
  if (!earning) throw new Error('an earning was neither written nor found');
  if (!earning.created) return freeOf(tx, payee, currency, earning.id);
  await openBalances(tx, [{ ownerId: payee.id, currency }]);
  await post(tx, 'earning', 'recorded', [earningRecorded({ ...row, id: earning.id })], ctx.now());
  return done(earning.id);
}

/** A statement that was recorded before: paid once, so it must be free. */
async function freeOf(
  tx: Db,
  payee: PayeeToPay,
  currency: string,
  earningId: bigint,
): Promise<Outcome<bigint>> {
  const [live] = await livePayoutsOf(tx, [earningId]);
  if (live) return refuse('already_processed', { payoutId: live.publicId, payoutStatus: live.state });
  const free = await freeEarnings(tx, payee.id, currency, earningsPerRequestMax);
  return free.some((earning) => earning.id === earningId) ? done(earningId) : refuse('nothing_to_pay');
}
