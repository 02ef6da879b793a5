import { storeProviderEvent } from '../store/provider-events.ts';
import type { ActionContext } from './context.ts';

/** A verified inbound event, reduced to what it points at. */
export interface VerifiedEvent {
  readonly eventId: string;
  readonly type: string;
  readonly providerBatchId: string | null;
  readonly providerKey: string | null;
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
  return storeProviderEvent(
    ctx.db,
    ctx.vault,
    { provider, eventId, type, providerBatchId, providerKey, body },
    ctx.now(),
  );
}
