import type { BankPayout } from '../core/bank-payout.ts';
import { bankPayoutStatuses, isBankRefusal } from '../core/bank-payout.ts';
import { closeAlerts, openAlerts } from '../store/alerts.ts';
import { attributeBankPayout, keepBankPayout, payeesOfAccount } from '../store/bank-payouts.ts';
import type { Db } from '../store/db.ts';
import { accountOfEvent } from '../store/provider-accounts.ts';
import type { ActionContext } from './context.ts';

/** Payees an alert names. */
const payeesShownMax = 5;
const refusedByBank = 'bank_payout_failed';

/** A stored event that happened in a payee's account; `told` as `toldText` wrote it. */
export interface AccountEvent {
  readonly provider: string;
  /** Fingerprint of the account. */
  readonly account: string;
  readonly told: string | null;
}

/** What an event tells that nobody needs to fetch, as text; null: look at the account. */
export function toldText(told: BankPayout | null | undefined): string | null {
  if (!told) return null;
  return JSON.stringify({ ...told, amount: told.amount.toString(), toldAt: told.toldAt.toISOString() });
}

function readTold(text: string): BankPayout | null {
  // Written by `toldText` alone.
  const told = JSON.parse(text) as Omit<BankPayout, 'amount' | 'toldAt'> & { amount: string; toldAt: string };
  if (!bankPayoutStatuses.includes(told.status)) return null;
  return { ...told, amount: BigInt(told.amount), toldAt: new Date(told.toldAt) };
}

/**
 * An event of a payee's account: what became of a payment to their bank is kept, anything else makes the next look at the
 * account happen now, and so does a payment that the bank refused. It moves nothing: the payout itself was done when the
 * money was in the account.
 */
export async function hearOfAccount(tx: Db, ctx: ActionContext, event: AccountEvent): Promise<void> {
  const now = ctx.now();
  const told = event.told === null ? null : readTold(event.told);
  const named = told === null || isBankRefusal(told.status);
  const of = { provider: event.provider, fingerprint: event.account, named };
  const account = await accountOfEvent(tx, of, (prefix) => ctx.newId(prefix), now);
  if (!account || !told) return;
  const kept = await keepBankPayout(tx, account.id, told, now);
  if (!kept) return;
  await attributeBankPayout(tx, kept.id);
  if (told.status === 'paid') await closeAlerts(tx, [refusedByBank], account.publicId, now);
  if (!isBankRefusal(told.status)) return;
  const payees = (await payeesOfAccount(tx, account.id, payeesShownMax)).join(', ');
  const { amount, currency, failureCode: code, id } = told;
  const facts = { payees, amount: String(amount), currency, code, id };
  await openAlerts(tx, [{ kind: refusedByBank, subject: account.publicId, facts }], now);
}
