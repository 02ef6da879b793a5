import type { Reply, World } from '../world.ts';
import { accountState, wordsOf } from './accounts.ts';
import { unstored, type StripeCall } from './call.ts';
import { apiError, insufficientBalance, invalid, missingObject, tooManyRequests } from './errors.ts';
import { integerOf, recordOf, textOf } from './form.ts';
import { insertReversal, insertTransfer, updateTransfer } from './ledger.ts';
import { createdIn, listPage } from './lists.ts';
import { isStripeCurrency, isWholeAmount } from './money.ts';
import { presentReversal, presentTransfer } from './present.ts';
import { findTransfer, type ReversalRow, type TransferRow } from './rows.ts';

/** `POST /v1/transfers`, its parameters valid in form. Inside a transaction. */
export function createTransfer(world: World, call: StripeCall): Reply {
  const { form } = call;
  const amount = integerOf(form, 'amount');
  const currency = (textOf(form, 'currency') ?? '').toLowerCase();
  const destination = textOf(form, 'destination') ?? '';
  if (!isStripeCurrency(currency)) return invalid(`Invalid currency: ${currency}`, undefined, 'currency');
  if (amount === null) return invalid('Missing required param: amount.', 'parameter_missing', 'amount');
  if (!isWholeAmount(amount, currency))
    return invalid('Invalid amount for this currency', undefined, 'amount');
  const refusal =
    refusalBy(world, destination) ?? (call.trouble === 'insufficient_funds' ? insufficientBalance() : null);
  if (refusal !== null) return refusal;
  const transfer = insertTransfer(
    world,
    {
      amount,
      currency,
      destination,
      description: textOf(form, 'description'),
      metadata: JSON.stringify(recordOf(form, 'metadata') ?? {}),
      transfer_group: textOf(form, 'transfer_group'),
      source_transaction: textOf(form, 'source_transaction'),
      source_type: textOf(form, 'source_type') ?? 'card',
      idempotency_key: call.key,
    },
    call,
  );
  return transfer === undefined
    ? insufficientBalance()
    : { status: 200, body: presentTransfer(world, transfer) };
}

/** What the account, or a word in its id, refuses. */
function refusalBy(world: World, destination: string): Reply | null {
  const state = accountState(world, destination);
  if (state === null) {
    return invalid(`No such destination: '${destination}'`, 'resource_missing', 'destination');
  }
  if (state.transfers !== 'active') {
    return invalid(
      'Your destination account needs to have at least one of the following capabilities enabled: transfers, ' +
        'crypto_transfers, legacy_payments',
      'insufficient_capabilities_for_transfer',
    );
  }
  const words = wordsOf(destination);
  if (words.has('failed')) {
    return invalid('The requested transfer cannot be created.', 'transfers_not_allowed', 'destination');
  }
  if (words.has('insufficient')) return insufficientBalance();
  if (words.has('error')) return apiError();
  if (!words.has('locked')) return null;
  const reply = tooManyRequests('lock_timeout', null);
  return { ...reply, headers: { ...reply.headers, [unstored]: 'true' } };
}

/** `GET /v1/transfers/{id}` */
export function readTransfer(world: World, call: StripeCall): Reply {
  const transfer = findTransfer(world, call.params[0] ?? '');
  if (transfer === undefined) return missingObject('transfer', call.params[0] ?? '');
  return { status: 200, body: presentTransfer(world, transfer) };
}

/** `POST /v1/transfers/{id}`: description and metadata; an empty text clears. */
export function changeTransfer(world: World, call: StripeCall): Reply {
  const transfer = findTransfer(world, call.params[0] ?? '');
  if (transfer === undefined) return missingObject('transfer', call.params[0] ?? '');
  const description = call.form.has('description')
    ? textOf(call.form, 'description') || null
    : transfer.description;
  const metadata = mergedMetadata(transfer.metadata, call);
  const changed = updateTransfer(world, transfer, { description, metadata }, call);
  return { status: 200, body: presentTransfer(world, changed) };
}

function mergedMetadata(old: string, call: StripeCall): string {
  if (textOf(call.form, 'metadata') === '') return '{}';
  const merged = { ...(JSON.parse(old) as Record<string, string>), ...recordOf(call.form, 'metadata') };
  return JSON.stringify(Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '')));
}

/** `GET /v1/transfers` */
export function listTransfers(world: World, call: StripeCall): Reply {
  const created = createdIn(call);
  const filters = ['destination', 'transfer_group'].flatMap((name) => {
    const value = textOf(call.form, name);
    return value === null ? [] : [{ where: `${name} = ?`, value }];
  });
  const source = {
    table: 'stripe_transfer',
    object: 'transfer',
    url: '/v1/transfers',
    where: [...filters.map(({ where }) => where), ...created.where],
    values: [...filters.map(({ value }) => value), ...created.values],
  } as const;
  return listPage<TransferRow>(world, call, source, (transfer) => presentTransfer(world, transfer));
}

/** `POST /v1/transfers/{id}/reversals`; without an amount all that is left. */
export function createReversal(world: World, call: StripeCall): Reply {
  const transfer = findTransfer(world, call.params[0] ?? '');
  if (transfer === undefined) return missingObject('transfer', call.params[0] ?? '');
  const left = transfer.amount - transfer.amount_reversed;
  if (left === 0) return invalid(`Transfer ${transfer.id} has already been fully reversed.`);
  const amount = integerOf(call.form, 'amount') ?? left;
  if (amount > left) {
    return invalid(
      `Reversal amount (${amount}) is greater than what is left (${left}).`,
      undefined,
      'amount',
    );
  }
  const metadata = JSON.stringify(recordOf(call.form, 'metadata') ?? {});
  const reversal = insertReversal(world, transfer, { amount, metadata, at: world.clock.now() }, call);
  return { status: 200, body: presentReversal(world, transfer, reversal) };
}

/** `GET /v1/transfers/{id}/reversals` */
export function listReversals(world: World, call: StripeCall): Reply {
  const transfer = findTransfer(world, call.params[0] ?? '');
  if (transfer === undefined) return missingObject('transfer', call.params[0] ?? '');
  const source = {
    table: 'stripe_reversal',
    object: 'transfer_reversal',
    url: `/v1/transfers/${transfer.id}/reversals`,
    where: ['transfer_seq = ?'],
    values: [transfer.seq],
  } as const;
  return listPage<ReversalRow>(world, call, source, (reversal) => presentReversal(world, transfer, reversal));
}
