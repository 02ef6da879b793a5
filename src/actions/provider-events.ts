import type { BankPayout } from '../core/bank-payout.ts';
import { accountOf } from '../core/payout-method.ts';
import { storeProviderEvent } from '../store/provider-events.ts';
import { toldText } from './account-events.ts';
import type { ActionContext } from './context.ts';

/** A verified inbound event, reduced to what it points at. */
export interface VerifiedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly providerBatchId: string | null;
  readonly providerKey: string | null;
  /** The payee's account it happened in. */
  readonly account?: string | null;
  readonly bankPayout?: BankPayout;
  /** It says nothing of submissions: kept for the record. */
  readonly ignored?: boolean;
}

/** Keeps a verified event once; the engine works on it later. False when it was known. */
export async function keepEvent(
  ctx: ActionContext,
  provider: string,
  event: VerifiedEvent,
  body: string,
): Promise<boolean> {
  const { eventId, type, providerBatchId, providerKey } = event;
  const { account: destination = null } = event;
  const account =
    destination === null
      ? null
      : ctx.vault.fingerprint(accountOf({ type: provider, kind: 'account', destination }));
  const told = toldText(event.bankPayout);
  return storeProviderEvent(
    ctx.db,
    ctx.vault,
    { provider, eventId, type, providerBatchId, providerKey, account, told, body },
    ctx.now(),
  );
}
