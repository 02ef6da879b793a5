import type { ItemReport, StatusPage } from '../provider.ts';
import { reversalsShownMax } from './limits.ts';
import { fromStripeUnits } from './money.ts';
import { at, idAt, listAt, textAt, unitsAt } from './read.ts';
import { statusOf } from './statuses.ts';
import { itemField, keyField } from './translate.ts';
import type { TransferParameters } from './translate.ts';

/**
 * One transfer as Stripe reports it. What cannot be read stays open: an unreadable amount or id gives status null, an empty
 * text or zero, so that it matches nothing of ours and is noticed.
 */
export function readTransfer(transfer: unknown): ItemReport {
  const id = idAt(transfer, 'id');
  const currency = textAt(transfer, 'currency').toUpperCase();
  const amount = minorAt(transfer, 'amount', currency);
  const cameBack =
    at(transfer, 'amount_reversed') === undefined ? 0n : minorAt(transfer, 'amount_reversed', currency);
  const base = {
    itemReference: textAt(transfer, 'transfer_group') || textAt(transfer, 'metadata', itemField),
    providerItemId: id ?? '',
    amount: amount ?? 0n,
    currency,
    fee: null,
    transactionId: idAt(transfer, 'balance_transaction'),
  };
  if (id === null || amount === null || cameBack === null) {
    return { ...base, status: null, raw: 'amount or id unreadable', reason: null };
  }
  const { status, raw } = statusOf({
    amount,
    reversed: cameBack,
    isReversed: at(transfer, 'reversed') === true,
  });
  const message = `${raw}${reversalsOf(transfer)}`;
  if (raw === 'paid') return { ...base, status, raw, reason: null };
  if (raw === 'reversed') return { ...base, status, raw, reason: { code: 'reversed', message } };
  const reason = { code: 'partly_reversed', message };
  return { ...base, status, raw, reason, partlyReturned: cameBack };
}

function minorAt(transfer: unknown, name: string, currency: string): bigint | null {
  const units = unitsAt(transfer, [name]);
  return units === null ? null : fromStripeUnits(units, currency);
}

function reversalsOf(transfer: unknown): string {
  const ids = listAt(transfer, 'reversals', 'data').map((reversal) => idAt(reversal, 'id') ?? '');
  const shown = ids.filter(Boolean).slice(0, reversalsShownMax);
  const more = ids.length - shown.length;
  if (shown.length === 0) return '';
  return ` by ${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** The key of ours that made a transfer, null when it says none. */
export function keyOf(transfer: unknown): string | null {
  return textAt(transfer, 'metadata', keyField) || null;
}

/** A transfer as the one page of its submission: it is done from the beginning. */
export function readStatusPage(transfer: unknown): StatusPage {
  const report = readTransfer(transfer);
  return {
    progress: report.status === null ? 'unknown' : 'done',
    raw: report.raw,
    providerKey: keyOf(transfer),
    totalItems: 1,
    items: [report],
    hasMore: false,
  };
}

/** Why a transfer is not the one these parameters ask for; null when it is. What is absent does not contradict. */
export function differenceFrom(parameters: TransferParameters, transfer: unknown): string | null {
  if (unitsAt(transfer, ['amount']) !== BigInt(parameters.amount)) return 'another amount';
  if (textAt(transfer, 'currency').toLowerCase() !== parameters.currency) return 'another currency';
  const destination = idAt(transfer, 'destination');
  if (destination !== null && destination !== parameters.destination) return 'another destination';
  const group = at(transfer, 'transfer_group') ?? parameters.transfer_group;
  return group === parameters.transfer_group ? null : 'another transfer_group';
}
