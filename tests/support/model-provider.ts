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

/** What goes wrong with one call of the model provider. */
export type Fault =
  | 'none'
  | 'lost_before'
  | 'lost_after'
  | 'rate_limited'
  | 'refused_connection'
  | 'insufficient_funds'
  | 'lookup_lost'
  | 'duplicate_without_link';

interface HeldItem {
  itemReference: string;
  receiver: string;
  amount: bigint;
  currency: string;
  status: ItemStatus;
}

interface HeldBatch {
  id: string;
  key: string;
  bytes: string;
  items: HeldItem[];
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
    unclaimedDays: 30,
  };
  readonly batches: HeldBatch[] = [];
  readonly pageSize = 3;
  /** Settled batches show final statuses. */
  settled = true;
  private readonly nextFault: () => Fault;
  private readonly now: () => number;
  private readonly acceptedAt = new Map<string, number>();

  constructor(nextFault: () => Fault = () => 'none', now: () => number = () => 0) {
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
    const fault = this.nextFault();
    if (fault === 'lost_before') return { kind: 'unknown', cause: 'reset before effect', retryAfterMs: null };
    if (fault === 'rate_limited')
      return { kind: 'deferred', code: 'rate_limited', message: '429', retryAfterMs: 1000 };
    if (fault === 'refused_connection')
      return { kind: 'deferred', code: 'unreachable', message: 'refused', retryAfterMs: null };
    const outcome = this.take(frozen, fault);
    if (fault === 'lost_after') return { kind: 'unknown', cause: 'answer lost', retryAfterMs: null };
    return outcome;
  }

  private take(frozen: FrozenSubmission, fault: Fault): SendOutcome {
    const bytes = new TextDecoder().decode(frozen.body);
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
    const batch = {
      id: `MODEL${this.batches.length + 1}`,
      key: frozen.providerKey,
      bytes,
      items: this.items(bytes),
    };
    this.batches.push(batch);
    this.acceptedAt.set(batch.id, this.now());
    return { kind: 'accepted', providerBatchId: batch.id, evidence: '201' };
  }

  private remembers(batch: HeldBatch): boolean {
    return this.now() - (this.acceptedAt.get(batch.id) ?? 0) < this.capabilities.keyLifeMs;
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
    if (this.nextFault() === 'lookup_lost') throw new LookupFailedError('no answer');
    const batch = this.batches.find((candidate) => candidate.id === providerBatchId);
    if (!batch) throw new LookupFailedError('404');
    const start = (page - 1) * this.pageSize;
    const items = batch.items.slice(start, start + this.pageSize);
    return {
      progress: this.settled ? 'done' : 'open',
      raw: this.settled ? 'SUCCESS' : 'PROCESSING',
      providerKey: batch.key,
      totalItems: batch.items.length,
      items: items.map((item) => this.report(item)),
      hasMore: start + this.pageSize < batch.items.length,
    };
  }

  private report(item: HeldItem): ItemReport {
    const status = this.settled ? item.status : 'pending';
    return {
      itemReference: item.itemReference,
      providerItemId: `I-${item.itemReference}`,
      status,
      raw: status.toUpperCase(),
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

  /** Forces the status of an item from now on. */
  flip(itemReference: string, status: ItemStatus): void {
    for (const item of this.batches.flatMap((batch) => batch.items)) {
      if (item.itemReference === itemReference) item.status = status;
    }
  }
}
