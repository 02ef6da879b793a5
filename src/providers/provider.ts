import type { ItemStatus } from '../core/attempt.ts';
import type { BankPayout } from '../core/bank-payout.ts';
import type { PayableSteps } from '../core/payable.ts';
import type { DestinationKind } from '../core/payout-method.ts';
import type { Persistence } from '../core/reasons.ts';

/** Providers Purser can send through; each is a folder here with the same file names. */
type ProviderName = 'paypal' | 'stripe';

/** Where one item goes, as the provider understands it. */
export interface Destination {
  /** `email`, `phone` or `paypal_id` for PayPal; `account` (a connected account, `acct_…`) for Stripe. */
  readonly kind: DestinationKind;
  readonly value: string;
}

/** One item of a submission: an attempt to pay one payee. Amount in minor units of the submission's currency. */
export interface PayoutItem {
  readonly itemReference: string;
  readonly destination: Destination;
  readonly amount: bigint;
  readonly currency: string;
  readonly note: string | null;
}

/** All that goes into one provider call; items in the order they are sent. */
export interface SubmissionPlan {
  readonly providerKey: string;
  readonly currency: string;
  readonly items: readonly PayoutItem[];
}

/** The request as committed to the database before sending: a resend uses these bytes and this key again. */
export interface FrozenSubmission {
  readonly providerKey: string;
  readonly body: Uint8Array;
}

/** Why an item cannot be sent, found offline. `code` is a refusal or reason code of `core/reasons.ts`. */
export interface ItemIssue {
  readonly code: string;
  readonly message: string;
}

/** Why a destination cannot be paid now, as its provider says it. What it does not say is absent. */
export interface DestinationIssue extends ItemIssue {
  readonly transfersEnabled?: boolean;
  readonly payoutsEnabled?: boolean;
  /** What the provider still asks of the payee, in its own words. */
  readonly askedFor?: readonly string[];
}

/**
 * What is known after a call.
 * `accepted`: the provider has it; `items` when its answer is already the final word on them. `duplicate`: the provider has something under this key, which must be compared with
 * ours before it is adopted (`providerBatchId` null when the refusal named none). `rejected`: surely nothing moved, and
 * never will for these bytes; `bad` names items by position when the provider pointed at them; `certainAfterLoss` says
 * whether the refusal also proves that an earlier lost call had not arrived. `deferred`: surely not processed, try the
 * same bytes later. `unknown`: anything else.
 */
export type SendOutcome =
  | { kind: 'accepted'; providerBatchId: string; evidence: string; items?: readonly ItemReport[] }
  | { kind: 'duplicate'; providerBatchId: string | null; evidence: string }
  | {
      kind: 'rejected';
      code: string;
      message: string;
      bad: { position: number; code: string; message: string }[];
      certainAfterLoss: boolean;
      /** Absent when the provider's table does not say: then the reason's own decides. */
      persistence?: Persistence;
      evidence: string;
    }
  | { kind: 'deferred'; code: string; message: string; retryAfterMs: number | null }
  | { kind: 'unknown'; cause: string; retryAfterMs: number | null };

/** What the provider says of one item. Amount and fee in minor units; `raw` is the provider's own status word. */
export interface ItemReport {
  readonly itemReference: string;
  readonly providerItemId: string;
  /** null: a status we do not know; the item stays open and an alert is raised. */
  readonly status: ItemStatus | null;
  readonly raw: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly fee: bigint | null;
  readonly reason: { code: string; message: string } | null;
  readonly transactionId: string | null;
  /** The part of a completed item that came back, in minor units; absent when nothing did or all of it. */
  readonly partlyReturned?: bigint;
}

/** `open`: not finished. `done`: finished, items decide. `denied`: nothing was sent. `unknown`: a word we do not know. */
export type BatchProgress = 'open' | 'done' | 'denied' | 'unknown';

/** One page of a provider batch. `totalItems` null when the provider did not say. */
export interface StatusPage {
  readonly progress: BatchProgress;
  readonly raw: string;
  /** The key the provider holds for this batch (PayPal: sender_batch_id), null when not said. */
  readonly providerKey: string | null;
  readonly totalItems: number | null;
  readonly items: readonly ItemReport[];
  readonly hasMore: boolean;
}

/** An inbound call exactly as it arrived. Header names in lower case. */
export interface RawEvent {
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
}

/** A verified inbound event, reduced to what it points at; the truth is fetched. */
export interface ProviderEvent {
  readonly eventId: string;
  readonly type: string;
  readonly providerBatchId: string | null;
  readonly providerKey: string | null;
  readonly providerItemId: string | null;
  /** The payee's account at the provider that the event happened in, when it did (Stripe: `acct_…`). */
  readonly account?: string | null;
  /** What became of a payment from that account to the payee's bank, where the event says it. */
  readonly bankPayout?: BankPayout;
  /** True for a genuine event that says nothing about submissions or accounts: log it and file it. */
  readonly ignored?: boolean;
}

/** What the provider has under the reference of a submission. `several`: more than one, so a person must compare. */
export type Lookup =
  | { kind: 'found'; providerBatchId: string }
  | { kind: 'several'; providerBatchIds: readonly string[] }
  | { kind: 'absent' };

/** What a provider account of ours holds, in minor units. */
export interface ProviderBalance {
  readonly currency: string;
  /** Can be sent now. */
  readonly available: bigint;
  /** Will be available later. */
  readonly pending: bigint;
  /** The moment the provider speaks of, where it says so; absent: now. */
  readonly asOf?: Date;
}

/** A lookup that gave no answer; the caller tries again later. Never a statement about money. */
export class LookupFailedError extends Error {
  override readonly name = 'LookupFailedError';
  readonly retryAfterMs: number | null;
  constructor(message: string, retryAfterMs: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.retryAfterMs = retryAfterMs;
  }
}

/** What a provider can do; the engine asks instead of trying. Sources: docs/providers/. */
export interface ProviderCapabilities {
  readonly itemsPerSubmissionMax: number;
  readonly oneCurrencyPerSubmission: boolean;
  readonly itemReferenceMax: number;
  readonly providerKeyMax: number;
  /** How long the provider refuses a second use of the key; after it, nothing is resent. */
  readonly keyLifeMs: number;
  /** Calls of one kind that one worker makes side by side. */
  readonly callsAtOnceMax: number;
  /** How long an unclaimed item stays open at the provider. */
  readonly unclaimedDays: number;
  /** Currencies it pays, with the least amount of each in minor units; absent: whatever is asked for. */
  readonly payableSteps?: PayableSteps;
}

/**
 * A payout provider. `validate` and `prepare` are pure. `send` never throws: every failure is an outcome.
 * The others throw `LookupFailedError` when there is no answer.
 */
export interface PayoutProvider {
  readonly name: ProviderName;
  /** True when the built-in sandbox stands in: no real money moves. */
  readonly sandbox: boolean;
  readonly capabilities: ProviderCapabilities;
  validate(item: PayoutItem): ItemIssue | null;
  prepare(plan: SubmissionPlan): Uint8Array;
  send(frozen: FrozenSubmission): Promise<SendOutcome>;
  /** Pages start at 1. */
  fetchStatus(providerBatchId: string, page: number): Promise<StatusPage>;
  /**
   * The provider's batch under this key, null when it surely has none. Absent where the provider answers no such question
   * (PayPal): then only a person can find out.
   */
  findByKey?(providerKey: string): Promise<string | null>;
  /** Cancels one unclaimed item; the report says what it became. */
  cancelUnclaimed(providerItemId: string): Promise<ItemReport>;
  /** The event when it is genuine, null when it is not (answer 400, store nothing). */
  verifyEvent(raw: RawEvent, now: Date): Promise<ProviderEvent | null>;
  /**
   * Looks the submission up by its item reference, where the provider can. `absent` is proof only when no call can be
   * on its way any more, that is after the key's life.
   */
  lookUp?(frozen: FrozenSubmission): Promise<Lookup>;
  /** Why a destination cannot be paid now, asked at the provider; null when it can. */
  checkDestination?(destination: Destination): Promise<DestinationIssue | null>;
  /** What our account at the provider holds. A currency that is not in the answer is not known to hold nothing. */
  balances?(): Promise<readonly ProviderBalance[]>;
  /** For `purser doctor`: null when credentials work, else a sentence that says what to mend. */
  checkCredentials(): Promise<string | null>;
}
