import type { ItemStatus } from '../../core/attempt.ts';
import type { BatchProgress } from '../provider.ts';

/** Every item status PayPal documents, and DENIED, which it uses without documenting it in its schema. */
const itemStatuses: Record<string, ItemStatus> = {
  PENDING: 'pending',
  SUCCESS: 'completed',
  UNCLAIMED: 'unclaimed',
  ONHOLD: 'held',
  FAILED: 'failed',
  BLOCKED: 'failed',
  DENIED: 'failed',
  RETURNED: 'returned',
  REFUNDED: 'returned',
  REVERSED: 'returned',
};

/**
 * SUCCESS says that processing is over, nothing about an item. CANCELED is somebody's cancelling in PayPal's portal:
 * items decide, nothing is inferred. NEW and ACKNOWLEDGED are on older pages only.
 */
const batchStatuses: Record<string, BatchProgress> = {
  NEW: 'open',
  ACKNOWLEDGED: 'open',
  PENDING: 'open',
  PROCESSING: 'open',
  SUCCESS: 'done',
  CANCELED: 'done',
  DENIED: 'denied',
};

/** Our word for an item status, null for one we do not know. ON_HOLD and ONHOLD are the same. */
export function itemStatusOf(raw: string): ItemStatus | null {
  return lookup(itemStatuses, raw) ?? null;
}

/** Our word for a batch status. */
export function batchProgressOf(raw: string): BatchProgress {
  return lookup(batchStatuses, raw) ?? 'unknown';
}

function lookup<T>(table: Record<string, T>, raw: string): T | undefined {
  const word = raw.toUpperCase().replaceAll('_', '');
  return Object.hasOwn(table, word) ? table[word] : undefined;
}

/** Why money came back, when the status itself says so. */
export function returnReasonOf(raw: string): 'refunded' | 'reversed' | 'unclaimed_expired' {
  const word = raw.toUpperCase();
  if (word === 'REFUNDED') return 'refunded';
  return word === 'REVERSED' ? 'reversed' : 'unclaimed_expired';
}
