import type { World } from '../world.ts';
import { accountState, wordsOf } from './accounts.ts';
import { writeEvent } from './events.ts';
import { idOf } from './ids.ts';
import type { TransferRow } from './rows.ts';
import { seconds } from './present.ts';

/**
 * What a connected account does with the money: it is paid out to its bank after `settleMs`, and that succeeds, or fails for
 * an account with `_bankfailed`. Only the event is made, as the platform sees nothing else. Inside a transaction.
 */
export function payOutToBank(world: World, transfer: TransferRow): void {
  const { destination, seq, amount, currency } = transfer;
  if (accountState(world, destination)?.payoutsEnabled !== true) return;
  const failed = wordsOf(destination).has('bankfailed');
  const at = world.clock.now() + world.settleMs;
  const object = {
    id: idOf(world, 'po', seq),
    object: 'payout',
    amount,
    arrival_date: seconds(at),
    automatic: true,
    balance_transaction: idOf(world, 'txn', 2_000_000_000 + seq),
    created: seconds(world.clock.now()),
    currency,
    description: 'STRIPE PAYOUT',
    destination: 'ba_1Sandbox',
    failure_balance_transaction: failed ? idOf(world, 'txn', 3_000_000_000 + seq) : null,
    failure_code: failed ? 'account_closed' : null,
    failure_message: failed ? 'The bank account has been closed.' : null,
    livemode: false,
    metadata: {},
    method: 'standard',
    original_payout: null,
    reconciliation_status: 'completed',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: failed ? 'failed' : 'paid',
    type: 'bank_account',
  };
  const type = failed ? 'payout.failed' : 'payout.paid';
  const cause = { requestId: null, key: null };
  writeEvent(world, { type, account: destination, object, previous: null, cause, at });
}
