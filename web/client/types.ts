// Made from openapi.json by tests/api/openapi.test.ts with UPDATE_DOCS=1; a test fails when it is stale.

export interface Page<T> {
  data: T[];
  /** Names the next page; null on the last. */
  nextCursor: string | null;
}

export type Alert = {
  kind: string;
  subject: string;
  message: string;
  seen: number;
  /** RFC 3339, UTC. */
  openedAt: string;
  /** RFC 3339, UTC. */
  lastAt: string;
};

export type ApiKey = {
  id: string;
  name: string;
  /** The first characters, to tell keys apart. */
  prefix: string;
  role: 'owner' | 'operator' | 'approver' | 'viewer';
  expiresAt: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  revokedAt: string | null;
  lastUsedAt: string | null;
};

export type Attempt = {
  ordinal: number;
  status: 'pending' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'cancelled';
  batchId: string;
  provider: string;
  destination: string;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  fee: number | null;
  reason: Reason | null;
  submissionStatus: 'planned' | 'sending' | 'unknown' | 'accepted' | 'rejected' | 'cancelled' | null;
  itemReference: string;
  providerKey: string | null;
  providerBatchId: string | null;
  providerItemId: string | null;
  providerStatus: string | null;
  transactionId: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** RFC 3339, UTC. */
  changedAt: string;
};

export type Batch = {
  id: string;
  status: 'preparing' | 'processing' | 'completed' | 'cancelled' | 'failed';
  cycleId: string | null;
  provider: string;
  paypalBatchId: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  completedAt: string | null;
  startedBy: string;
  notes: string | null;
  /** The batch whose failed items this one pays again. */
  retryOf: string | null;
  totalItems: number;
  submissions: Submission[];
};

export type BatchItem = {
  reference: string | null;
  payoutId: string;
  payeeId: string;
  payeeName: string;
  destination: string;
  status: 'success' | 'failed' | 'unclaimed' | 'pending' | 'returned' | 'cancelled';
  state: 'pending' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'cancelled';
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  fee: number | null;
  reason: Reason | null;
  attempt: number;
  itemReference: string;
  providerKey: string | null;
  providerBatchId: string | null;
  providerItemId: string | null;
  providerStatus: string | null;
  transactionId: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** RFC 3339, UTC. */
  changedAt: string;
};

export type BatchProgress = {
  id: string;
  status: 'preparing' | 'processing' | 'completed' | 'cancelled' | 'failed';
  cycleId: string | null;
  provider: string;
  paypalBatchId: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  completedAt: string | null;
  startedBy: string;
  notes: string | null;
  /** The batch whose failed items this one pays again. */
  retryOf: string | null;
  totalItems: number;
  submissions: Submission[];
  processedItems: number;
  totalChunks: number;
  completedChunks: number;
  /** Grows with every change. */
  pollVersion: number;
  /** Only the provider can move it on. */
  resting: boolean;
  reconciledAt: string | null;
};

export type BatchStarted = {
  batchId: string;
  totalItems: number;
  totalChunks: number;
  replayed: boolean;
  status: 'preparing' | 'processing' | 'completed' | 'cancelled' | 'failed';
};

export type BatchSummary = {
  id: string;
  totalItems: number;
  success: number;
  failed: number;
  unclaimed: number;
  pending: number;
  returned: number;
  cancelled: number;
  totals: {
    success: number | string | Totals;
    failed: number | string | Totals;
    unclaimed: number | string | Totals;
    pending: number | string | Totals;
    returned: number | string | Totals;
    cancelled: number | string | Totals;
  };
  totalsByCurrency: Record<string, BucketTotals>;
  reasons: {
    status: string;
    code: string;
    count: number;
    operator: string;
    fix: string;
  }[];
};

export type BucketTotals = {
  /** Minor units of the currency; text when a JSON number would not be exact. */
  success: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  failed: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  unclaimed: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  pending: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  returned: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  cancelled: number | string;
};

export type Cycle = {
  id: string;
  name: string;
  status: 'open' | 'closed';
  eligibleCount: number;
  eligibleTotals: Totals;
  activeBatchId: string | null;
  activeBatchStartedBy: string | null;
  lastCompletedBatchId: string | null;
  lock: null;
  /** RFC 3339, UTC. */
  createdAt: string;
};

export type Discrepancy = {
  kind: string;
  provider: string;
  providerBatchId: string | null;
  itemReference: string | null;
  detail: string;
  /** RFC 3339, UTC. */
  foundAt: string;
};

export type EarningInput = {
  sourceType: string;
  externalId: string;
  payeeExternalId: string;
  cycleId?: string | null;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  feeBps?: number;
  availableAt?: string | null;
  note?: string | null;
  metadata?: {
    note?: string | null;
    [fact: string]: unknown;
  } | null;
  payee?: {
    name?: string;
    email?: string | null;
    payoutMethod?: PayoutMethodInput | null;
  } | null;
};

export type EarningResult = {
  index: number;
  sourceType: string | null;
  externalId: string | null;
  status: 'created' | 'unchanged' | 'conflict' | 'invalid';
  code: string | null;
  message: string | null;
  differences: {
    field: string;
    recorded: string | number | null;
    given: string | number | null;
  }[];
  errors: Fault[];
};

export type EarningsRecorded = {
  counts: {
    created: number;
    unchanged: number;
    conflict: number;
    invalid: number;
  };
  results: EarningResult[];
};

export type Fault = {
  path: string;
  message: string;
};

export type LedgerDifference = {
  rule: string;
  subject: string;
  detail: string;
};

export type ListedBatch = {
  id: string;
  status: 'preparing' | 'processing' | 'completed' | 'cancelled' | 'failed';
  cycleId: string | null;
  provider: string;
  paypalBatchId: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  completedAt: string | null;
  startedBy: string;
  notes: string | null;
  /** The batch whose failed items this one pays again. */
  retryOf: string | null;
  totalItems: number;
  submissions: Submission[];
  summary?: {
    success: number;
    failed: number;
    unclaimed: number;
    pending: number;
    returned: number;
    cancelled: number;
    totals: {
      success: number | string | Totals;
      failed: number | string | Totals;
      unclaimed: number | string | Totals;
      pending: number | string | Totals;
      returned: number | string | Totals;
      cancelled: number | string | Totals;
    };
    totalsByCurrency: Record<string, BucketTotals>;
  };
};

export type NewApiKey = {
  id: string;
  name: string;
  /** The first characters, to tell keys apart. */
  prefix: string;
  role: 'owner' | 'operator' | 'approver' | 'viewer';
  expiresAt: string | null;
  /** Shown this once. */
  key: string;
};

export type Payee = {
  id: string;
  externalId: string;
  name: string;
  email: string | null;
  status: 'active' | 'blocked';
  payoutMethod: {
    type: 'paypal' | 'stripe' | 'bank' | 'moncash' | 'natcash' | 'manual';
    destination: string;
  } | null;
  /** RFC 3339, UTC. */
  createdAt: string;
};

export type PayeeInput = {
  externalId: string;
  name?: string;
  email?: string | null;
  payoutMethod?: PayoutMethodInput | null;
};

export type PayeeResult = {
  index: number;
  externalId: string | null;
  id: string | null;
  status: 'created' | 'updated' | 'unchanged' | 'invalid';
  errors: Fault[];
};

export type Payout = {
  id: string;
  payeeId: string;
  payeeName: string;
  cycleId: string | null;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  status: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled';
  label: string;
  nextStep: string;
  waitingOn: 'you' | 'approver' | 'payee' | 'provider' | 'clock' | 'nobody';
  reason: Reason | null;
  attemptCount: number;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** RFC 3339, UTC. */
  changedAt: string;
  completedAt: string | null;
};

export type PayoutDetails = {
  id: string;
  payeeId: string;
  payeeName: string;
  cycleId: string | null;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  status: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled';
  label: string;
  nextStep: string;
  waitingOn: 'you' | 'approver' | 'payee' | 'provider' | 'clock' | 'nobody';
  reason: Reason | null;
  attemptCount: number;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** RFC 3339, UTC. */
  changedAt: string;
  completedAt: string | null;
  timeline: {
    /** RFC 3339, UTC. */
    at: string;
    event: string;
    actor: string;
    detail: string | null;
  }[];
  attempts: Attempt[];
  ledger: {
    /** RFC 3339, UTC. */
    at: string;
    kind: string;
    account: string;
    /** ISO 4217. */
    currency: string;
    /** Minor units of the currency. */
    amount: number;
  }[];
};

export type PayoutMethodInput = {
  type: 'paypal' | 'stripe' | 'bank' | 'moncash' | 'natcash' | 'manual';
  destination: string;
  kind?: 'email' | 'phone' | 'paypal_id';
};

export type Preview = {
  /** Of the earnings asked for, how many are recorded; null: all were meant. */
  recordedCount: number | null;
  cycleId: string;
  cycleStatus: 'open' | 'closed';
  sandbox: boolean;
  eligibleCount: number;
  eligibleTotals: Totals;
  notEligible: {
    reason: 'no_method' | 'payee_blocked';
    /** ISO 4217. */
    currency: string;
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    total: number | string;
    message: string;
    fix: string;
  }[];
  activeBatchId: string | null;
  refusedItems: {
    count: number;
    examples: {
      reference: string;
      message: string;
    }[];
  } | null;
  largest?: {
    payeeId: string;
    name: string;
    /** Minor units of the currency. */
    amount: number;
    /** ISO 4217. */
    currency: string;
  }[];
  newPayees?: number;
  comparedWithLast?: {
    batchId: string;
    completedAt: string | null;
    totalItems: number;
    totals: Totals;
    itemsChange: number;
    totalsChange: Totals;
  } | null;
};

/** What went wrong; `code` is what to program against. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  requestId: string;
  /** What happened, and whether anything changed. */
  userMessage: string;
  /** What to do next. */
  actionRequired: string;
  /** The same request can succeed later without a change. */
  retryable: boolean;
  errors: Fault[];
  [fact: string]: unknown;
};

export type Reason = {
  code: string;
  message: string;
  fix: string;
  waitingOn: 'you' | 'payee' | 'provider' | 'clock';
  detail: string | null;
};

export type Reconciliation = {
  id: string;
  batchId: string;
  /** RFC 3339, UTC. */
  startedAt: string;
  finishedAt: string | null;
  checked: number;
  corrected: number;
  differences: number;
};

export type RetryStarted = {
  success: true;
  batchId: string;
  totalItems: number;
  totalChunks: number;
  replayed: boolean;
};

export type Status = {
  provider: string;
  sandbox: boolean;
  version: string;
  activeBatches: BatchProgress[];
  locks: never[];
  unknownSubmissions: UnknownSubmission[];
  alerts: Alert[];
  lastRuns: Batch[];
};

/** One call to a provider. */
export type Submission = {
  id: string;
  status: 'planned' | 'sending' | 'unknown' | 'accepted' | 'rejected' | 'cancelled';
  providerKey: string;
  providerBatchId: string | null;
  /** ISO 4217. */
  currency: string;
  itemCount: number;
  /** Minor units of the currency. */
  total: number;
  sendCount: number;
  acceptedAt: string | null;
  lastError: string | null;
};

/** Minor units by currency. */
export type Totals = Record<string, number | string>;

export type UnknownSubmission = {
  batchId: string;
  providerKey: string;
  itemCount: number;
  /** Minor units of the currency. */
  total: number;
  /** ISO 4217. */
  currency: string;
  sendCount: number;
  firstSentAt: string | null;
  keyValidUntil: string | null;
  /** RFC 3339, UTC. */
  nextActionAt: string;
  lastError: string | null;
};

/** What each call takes and answers, by method and path; below `/api/admin` unless it begins with `/api/`. */
export interface Calls {
  POST: {
    '/payees': {
      body: PayeeInput;
      answer: Payee;
    };
    '/payees/bulk': {
      body: {
        payees: PayeeInput[];
      };
      answer: {
        results: PayeeResult[];
      };
    };
    '/earnings': {
      body: {
        earnings: EarningInput[];
      };
      answer: EarningsRecorded;
    };
    '/cycles': {
      body: {
        id?: string;
        name?: string;
      };
      answer: Cycle;
    };
    '/payout-batches/preview': {
      body: {
        cycleId: string;
        newOnly?: boolean;
        only?: {
          sourceType: string;
          references: string[];
        };
        details?: boolean;
        checkItems?: boolean;
      };
      answer: Preview;
    };
    '/payout-batches/process': {
      body: {
        cycleId: string;
        newOnly?: boolean;
        only?: {
          sourceType: string;
          references: string[];
        };
        notes?: string | null;
      };
      answer: BatchStarted;
    };
    '/payout-batches/{batchId}/retry-failed': {
      params: { batchId: string };
      answer: RetryStarted;
    };
    '/payout-batches/{batchId}/reconcile': {
      params: { batchId: string };
      answer: {
        batchId: string;
        status: 'requested';
      };
    };
    '/payout-batches/{batchId}/cancel': {
      params: { batchId: string };
      answer: {
        batchId: string;
        cancelled: number;
        stillOnTheWay: number;
      };
    };
    '/payouts/retry': {
      body: {
        payoutIds: string[];
      };
      answer: RetryStarted;
    };
    '/api-keys': {
      body: {
        name: string;
        role: 'owner' | 'operator' | 'approver' | 'viewer';
        expiresAt?: string | null;
      };
      answer: NewApiKey;
    };
    '/ledger/rebuild': {
      body?: {
        apply?: boolean;
      };
      answer: {
        applied: boolean;
        differences: LedgerDifference[];
      };
    };
  };
  GET: {
    '/payees': {
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<Payee>;
    };
    '/payees/{id}': {
      params: { id: string };
      answer: Payee;
    };
    '/cycles': {
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<Cycle>;
    };
    '/cycles/{id}': {
      params: { id: string };
      answer: Cycle;
    };
    '/payout-batches': {
      query?: { limit?: number | undefined; cursor?: string | undefined; cycleId?: string | undefined; summary?: 'true' | 'false' | undefined };
      answer: ListedBatch[];
    };
    '/payout-batches/{batchId}': {
      params: { batchId: string };
      answer: BatchProgress;
    };
    '/payout-batches/{batchId}/summary': {
      params: { batchId: string };
      answer: BatchSummary;
    };
    '/payout-batches/{batchId}/items': {
      params: { batchId: string };
      query?: { limit?: number | undefined; cursor?: string | undefined; status?: 'success' | 'failed' | 'unclaimed' | 'pending' | 'returned' | 'cancelled' | 'all' | undefined };
      answer: Page<BatchItem>;
    };
    '/payout-batches/{batchId}/export.csv': {
      params: { batchId: string };
      query?: { status?: 'success' | 'failed' | 'unclaimed' | 'pending' | 'returned' | 'cancelled' | 'all' | undefined };
      answer: string;
    };
    '/payouts': {
      query?: { limit?: number | undefined; cursor?: string | undefined; status?: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled' | undefined; payeeId?: string | undefined; cycleId?: string | undefined; q?: string | undefined };
      answer: Page<Payout>;
    };
    '/payouts/{id}': {
      params: { id: string };
      answer: PayoutDetails;
    };
    '/status': {
      answer: Status;
    };
    '/alerts': {
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<Alert>;
    };
    '/reconciliations': {
      query?: { limit?: number | undefined; cursor?: string | undefined; batchId?: string | undefined };
      answer: Page<Reconciliation>;
    };
    '/discrepancies': {
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<Discrepancy>;
    };
    '/api-keys': {
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<ApiKey>;
    };
    '/ledger/verify': {
      answer: {
        clean: boolean;
        rules: number;
        differences: LedgerDifference[];
      };
    };
    '/ledger/trial-balance': {
      answer: {
        accounts: {
          account: string;
          /** ISO 4217. */
          currency: string;
          /** Minor units of the currency; text when a JSON number would not be exact. */
          amount: number | string;
          entries: number;
        }[];
      };
    };
    '/api': {
      answer: {
        name: 'purser';
        version: string;
        admin: string;
        docs: string;
        openapi: string;
      };
    };
    '/api/openapi.json': {
      answer: {
        openapi: string;
        [fact: string]: unknown;
      };
    };
  };
  PATCH: {
    '/payees/{id}': {
      params: { id: string };
      body: {
        name?: string;
        email?: string | null;
        status?: 'active' | 'blocked';
        payoutMethod?: PayoutMethodInput;
      };
      answer: Payee;
    };
  };
  DELETE: {
    '/api-keys/{id}': {
      params: { id: string };
      answer: undefined;
    };
  };
}
