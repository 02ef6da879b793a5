import type { FrozenSubmission, SubmissionPlan } from '../provider.ts';
import { idempotencyKeyMax, itemsPerSubmissionMax } from './limits.ts';
import { toStripeUnits } from './money.ts';
import { textAt } from './read.ts';
import { isAccountId } from './validate.ts';

/** Metadata of ours on every transfer; `transfer_group` carries the item reference too, as only that can be searched. */
export const keyField = 'purser_key';
export const itemField = 'purser_item';

/** The parameters of one transfer as they are frozen, in this order. `amount` in Stripe's units. */
export interface TransferParameters {
  readonly amount: number;
  readonly currency: string;
  readonly destination: string;
  readonly transfer_group: string;
  readonly description?: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * The parameters of the transfer as JSON bytes: the same plan gives the same bytes, for ever. Throws RangeError for a plan
 * no caller may make (not one item, two currencies, a key too long, an amount or destination Stripe cannot take).
 */
export function prepareTransfer(plan: SubmissionPlan): Uint8Array {
  const { providerKey, currency, items } = plan;
  const [item] = items;
  if (item === undefined || items.length > itemsPerSubmissionMax) {
    throw new RangeError(`a Stripe transfer has one item, not ${items.length}`);
  }
  if (!isKey(providerKey)) {
    throw new RangeError(`an Idempotency-Key has 1 to ${idempotencyKeyMax} visible ASCII characters`);
  }
  if (item.currency !== currency)
    throw new RangeError('a Stripe transfer has the currency of its submission');
  if (item.amount <= 0n) throw new RangeError('a Stripe transfer has an amount above zero');
  if (item.destination.kind !== 'account' || !isAccountId(item.destination.value)) {
    throw new RangeError('a Stripe transfer goes to a connected account');
  }
  const units = toStripeUnits(item.amount, currency);
  if (units > BigInt(Number.MAX_SAFE_INTEGER)) throw new RangeError('the amount is beyond what JSON can say');
  const parameters: TransferParameters = {
    amount: Number(units),
    currency: currency.toLowerCase(),
    destination: item.destination.value,
    transfer_group: item.itemReference,
    ...(item.note === null || item.note === '' ? {} : { description: item.note }),
    metadata: { [keyField]: providerKey, [itemField]: item.itemReference },
  };
  return new TextEncoder().encode(JSON.stringify(parameters));
}

/** True for a text that can go out as an Idempotency-Key exactly as it is. */
function isKey(text: string): boolean {
  return text.length <= idempotencyKeyMax && /^[\x21-\x7e]+$/.test(text);
}

/** The frozen parameters again. Throws RangeError when the bytes are none of ours: then nothing may be sent. */
export function readFrozen(frozen: FrozenSubmission): TransferParameters {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(frozen.body));
  } catch (error) {
    throw new RangeError('the frozen request of this transfer is not readable', { cause: error });
  }
  const ours = textAt(value, 'transfer_group') !== '' && isAccountId(textAt(value, 'destination'));
  if (!ours || !isKey(frozen.providerKey)) {
    throw new RangeError('the frozen request of this submission is not a Stripe transfer');
  }
  // Its members were written by prepareTransfer; the two that everything depends on have just been looked at.
  return value as TransferParameters;
}
