import type { ItemStatus } from '../../src/core/attempt.ts';
import type {
  FrozenSubmission,
  ItemReport,
  PayoutItem,
  PayoutProvider,
  SendOutcome,
  StatusPage,
  SubmissionPlan,
} from '../../src/providers/provider.ts';
import { LookupFailedError } from '../../src/providers/provider.ts';

/** What goes wrong with a send. `sent_twice`: the network repeats the request, the answer is the second one. */
export const sendFaults = [
  'lost_before',
  'lost_after',
  'sent_twice',
  'rate_limited',
  'refused_connection',
  'insufficient_funds',
  'duplicate_without_link',
  'denied',
] as const;
/** What goes wrong with a reading. `partial`: an item is not listed yet (`partial_done`: though
 * the batch is said to be done); `repeated_items`: some are listed twice. */
export const readFaults = [
  'lookup_lost',
  'unknown_status',
  'unknown_progress',
  'partial',
  'partial_done',
  'repeated_items',
] as const;
export type Fault = 'none' | (typeof sendFaults)[number] | (typeof readFaults)[number];
export type Call = 'send' | 'read';

export interface HeldItem {
  itemReference: string;
  receiver: string;
  amount: bigint;
  currency: string;
  status: ItemStatus;
}

export interface HeldBatch {
  id: string;
  key: string;
  bytes: string;
  items: HeldItem[];
  acceptedAt: number;
  denied: boolean;
}

/** The intention behind an item reference: what may be paid at most once, whatever the attempt. */
function intentionOf(itemReference: string): string {
  return itemReference.replace(/-a\d+$/, '');
}

/** The fate of an item, read from the receiver's local part, as the sandbox does it. */
function fateOf(receiver: string): ItemStatus {
  if (receiver.includes('+failed')) return 'failed';
  if (receiver.includes('+unclaimed')) return 'unclaimed';
  if (receiver.includes('+onhold')) return 'held';
  if (receiver.includes('+returned')) return 'returned';
  return 'completed';
}

/**
 * A provider in memory with PayPal's rules (the key refuses duplicates for a while, item references do not) and its own
 * truth of money sent, for simulations: no socket, no clock of its own, every fault chosen from outside.
 */
export class ModelProvider implements PayoutProvider {
  readonly name = 'paypal' as const;
  readonly sandbox = true;
  readonly capabilities = {
    itemsPerSubmissionMax: 5,
    oneCurrencyPerSubmission: true,
    itemReferenceMax: 63,
    providerKeyMax: 256,
    keyLifeMs: 30 * 24 * 3600 * 1000,
    callsAtOnceMax: 4,
    unclaimedDays: 30,
  };
  readonly batches: HeldBatch[] = [];
  readonly pageSize = 3;
  /** Settled batches show final statuses. */
  settled = true;
  /** A batch shows pending items for this long after it was taken. */
  settleAfterMs = 0;
  /** The sends that reached the provider, by key: bytes as they arrived. */
  readonly arrivals: { key: string; bytes: string }[] = [];
  private readonly nextFault: (call: Call) => Fault;
  private readonly now: () => number;

  constructor(nextFault: (call: Call) => Fault = () => 'none', now: () => number = () => 0) {
    this.nextFault = nextFault;
    this.now = now;
  }

  validate(item: PayoutItem): { code: string; message: string } | null {
    if (item.destination.value.includes('@')) return null;
    return { code: 'receiver_invalid', message: 'not an e-mail address' };
  }

  prepare(plan: SubmissionPlan): Uint8Array {
    const items = plan.items.map((item) => [
      item.itemReference,
      item.destination.value,
      item.amount.toString(),
      item.currency,
    ]);
    return new TextEncoder().encode(JSON.stringify({ key: plan.providerKey, items }));
  }

  async send(frozen: FrozenSubmission): Promise<SendOutcome> {
    await Promise.resolve();
    const fault = this.nextFault('send');
    if (fault === 'lost_before') return { kind: 'unknown', cause: 'reset before effect', retryAfterMs: null };
    if (fault === 'rate_limited')
      return { kind: 'deferred', code: 'rate_limited', message: '429', retryAfterMs: 1000 };
    if (fault === 'refused_connection')
      return { kind: 'deferred', code: 'unreachable', message: 'refused', retryAfterMs: null };
    if (fault === 'sent_twice') this.take(frozen, fault);
    const outcome = this.take(frozen, fault);
    if (fault === 'lost_after') return { kind: 'unknown', cause: 'answer lost', retryAfterMs: null };
    return outcome;
  }

  private take(frozen: FrozenSubmission, fault: Fault): SendOutcome {
    const bytes = new TextDecoder().decode(frozen.body);
    this.arrivals.push({ key: frozen.providerKey, bytes });
    const known = this.batches.find((batch) => batch.key === frozen.providerKey && this.remembers(batch));
    if (known) {
      const providerBatchId = fault === 'duplicate_without_link' ? null : known.id;
      return { kind: 'duplicate', providerBatchId, evidence: '400 USER_BUSINESS_ERROR' };
    }
    if (fault === 'insufficient_funds') {
      return {
        kind: 'rejected',
        code: 'insufficient_funds',
        message: 'not enough funds',
        bad: [],
        certainAfterLoss: false,
        evidence: '422 INSUFFICIENT_FUNDS',
      };
    }
    const poison = this.items(bytes).findIndex((item) => item.receiver.includes('+poison'));
    if (poison >= 0) {
      const bad = [{ position: poison, code: 'receiver_invalid', message: `items[${poison}].receiver` }];
      return {
        kind: 'rejected',
        code: 'request_invalid',
        message: 'refused',
        bad,
        certainAfterLoss: true,
        evidence: '400',
      };
    }
    return this.hold(frozen.providerKey, bytes, fault === 'denied');
  }

  private hold(key: string, bytes: string, denied: boolean): SendOutcome {
    const id = `MODEL${this.batches.length + 1}`;
    const items = this.items(bytes).map((item) => (denied ? { ...item, status: 'failed' as const } : item));
    this.batches.push({ id, key, bytes, items, denied, acceptedAt: this.now() });
    return { kind: 'accepted', providerBatchId: id, evidence: '201' };
  }

  private remembers(batch: HeldBatch): boolean {
    return this.now() - batch.acceptedAt < this.capabilities.keyLifeMs;
  }

  private items(bytes: string): HeldItem[] {
    const { items } = JSON.parse(bytes) as { items: [string, string, string, string][] };
    return items.map(([itemReference, receiver, amount, currency]) => ({
      itemReference,
      receiver,
      amount: BigInt(amount),
      currency,
      status: fateOf(receiver),
    }));
  }

  async fetchStatus(providerBatchId: string, page: number): Promise<StatusPage> {
    await Promise.resolve();
    const fault = this.nextFault('read');
    if (fault === 'lookup_lost') throw new LookupFailedError('no answer');
    const batch = this.batches.find((candidate) => candidate.id === providerBatchId);
    if (!batch) throw new LookupFailedError('404');
    const done = this.settled && this.now() - batch.acceptedAt >= this.settleAfterMs;
    const listed = fault.startsWith('partial') ? batch.items.slice(1) : batch.items;
    const start = (page - 1) * this.pageSize;
    const items = listed.slice(start, start + this.pageSize).map((item) => this.report(item, done, fault));
    return {
      progress: this.progress(batch, done, fault),
      raw: done ? 'SUCCESS' : 'PROCESSING',
      providerKey: batch.key,
      totalItems: batch.items.length,
      items: fault === 'repeated_items' ? [...items, ...items.slice(0, 1)] : items,
      hasMore: start + this.pageSize < listed.length,
    };
  }

  private progress(batch: HeldBatch, done: boolean, fault: Fault): StatusPage['progress'] {
    if (fault === 'unknown_progress') return 'unknown';
    if (!done || fault === 'partial') return 'open';
    return batch.denied ? 'denied' : 'done';
  }

  private report(item: HeldItem, done: boolean, fault: Fault): ItemReport {
    const status = done ? item.status : 'pending';
    return {
      itemReference: item.itemReference,
      providerItemId: `I-${item.itemReference}`,
      status: fault === 'unknown_status' ? null : status,
      raw: fault === 'unknown_status' ? 'PONDERING' : status.toUpperCase(),
      amount: item.amount,
      currency: item.currency,
      fee: status === 'completed' ? 2n : null,
      reason: status === 'failed' ? { code: 'receiver_locked', message: 'RECEIVER_ACCOUNT_LOCKED' } : null,
      transactionId: null,
    };
  }

  async cancelUnclaimed(): Promise<ItemReport> {
    await Promise.resolve();
    throw new LookupFailedError('the model does not cancel');
  }

  async verifyEvent(): Promise<null> {
    await Promise.resolve();
    return null;
  }

  async checkCredentials(): Promise<null> {
    await Promise.resolve();
    return null;
  }

  /** Money that left or is about to, per receiver: what must never exceed one per intention. */
  effects(): HeldItem[] {
    return this.batches
      .flatMap((batch) => batch.items)
      .filter((item) => item.status !== 'failed' && item.status !== 'returned');
  }

  /** Intentions with more than one effect: the list that must be empty. */
  overpaid(): string[] {
    const groups = Map.groupBy(this.effects(), (item) => intentionOf(item.itemReference));
    return [...groups].filter(([, items]) => items.length > 1).map(([intention]) => intention);
  }

  /** Forces the status of an item from now on. */
  flip(itemReference: string, status: ItemStatus): void {
    for (const item of this.batches.flatMap((batch) => batch.items)) {
      if (item.itemReference === itemReference) item.status = status;
    }
  }
}
