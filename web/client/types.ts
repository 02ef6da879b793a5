// Made from openapi.json by tests/api/openapi.test.ts with UPDATE_DOCS=1; a test fails when it is stale.

export interface Page<T> {
  data: T[];
  /** Names the next page; null on the last. */
  nextCursor: string | null;
}

export type AddPayoutMethod = {
  type: 'paypal' | 'stripe' | 'bank' | 'moncash' | 'natcash' | 'manual';
  destination?: string | null;
  accountHolder?: string | null;
  iban?: string | null;
  accountNumber?: string | null;
  routingNumber?: string | null;
  /** The part it takes; the first method of a payee is the default. */
  use?: 'default' | 'backup' | 'none';
};

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

export type AnalyticsMethod = {
  /** Null: none is known. */
  method: string | null;
  /** ISO 4217. */
  currency: string;
  count: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  amount: number | string;
  completed: number;
  /** Failed or came back. */
  failed: number;
};

/** Of each currency the ten who were paid most. */
export type AnalyticsPayee = {
  payeeId: string;
  name: string;
  /** ISO 4217. */
  currency: string;
  count: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  amount: number | string;
};

export type AnalyticsPeriod = {
  /** When it begins, in UTC; weeks begin on Monday. */
  period: string;
  total: number;
  /** Attempts after the first. */
  retries: number;
  /** Of those that arrived, failed or came back; null when none has. */
  successRate: number | null;
  failureRate: number | null;
  /** From made to arrived. */
  meanSeconds: number | null;
  p50Seconds: number | null;
  p95Seconds: number | null;
  states: {
    status: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled';
    /** ISO 4217. */
    currency: string;
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    amount: number | string;
  }[];
};

/** From made to arrived, of those that arrived. */
export type AnalyticsProvider = {
  /** `manual`: paid by hand. */
  provider: string;
  count: number;
  meanSeconds: number;
  p50Seconds: number;
  p95Seconds: number;
};

/** Why they failed or came back, most first. */
export type AnalyticsReason = {
  reason: string;
  status: 'failed' | 'returned';
  words: string;
  fix: string;
  count: number;
};

export type ApiKey = {
  id: string;
  name: string;
  /** The first characters, to tell keys apart. */
  prefix: string;
  role: 'owner' | 'operator' | 'approver' | 'viewer';
  /** First parts of the paths it may call; null: all that its role may. */
  scope: string[] | null;
  expiresAt: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  revokedAt: string | null;
  lastUsedAt: string | null;
  /** Who made it, as the audit trail tells. */
  madeBy: {
    kind: 'person' | 'key' | 'payee' | 'system' | 'stranger';
    id: string;
    name: string;
  } | null;
};

export type Approval = {
  approvalHash: string;
  requestedBy: string;
  requestedById: string | null;
  expiresAt: string | null;
  method: {
    type: string;
    destination: string;
  };
  approvals: {
    by: string;
    byId: string;
    /** RFC 3339, UTC. */
    at: string;
  }[];
  approversNeeded: number;
  hold: {
    reason: string;
    until: string | null;
  } | null;
  /** What an approver should look at. */
  warnings: string[];
  /** Why whoever asks this cannot approve it; null: no deed of theirs is in the way. */
  notByYou: {
    code: 'own_request' | 'own_redirect' | 'approved_once';
    /** Because of a link to the portal that the caller could use. */
    byLink: boolean;
    message: string;
  } | null;
};

export type ApprovalQueue = {
  count: number;
  totals: Totals;
  oldestAt: string | null;
  nextExpiryAt: string | null;
  byHand: HandTransferTotal[];
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

export type AuditEvent = {
  id: string;
  /** RFC 3339, UTC. */
  at: string;
  actor: {
    kind: 'person' | 'key' | 'payee' | 'system' | 'stranger';
    id: string;
    name: string;
  };
  event: string;
  subject: {
    type: string;
    id: string;
    /** As it is called now, of a payout its payee; null: it has none. */
    name: string | null;
  };
  /** What changed, addresses masked; null when nothing is to be told. */
  before: unknown;
  /** What changed, addresses masked; null when nothing is to be told. */
  after: unknown;
  ip: string | null;
  userAgent: string | null;
  requestId: string | null;
  seal: AuditLink | null;
};

/** A link of the chain. */
export type AuditLink = {
  seq: number;
  hash: string;
};

export type AuditVerdict = {
  clean: boolean;
  sealed: number;
  head: AuditLink | null;
  unsealed: number;
  differenceCount: number;
  differences: {
    rule: string;
    subject: string;
    detail: string;
  }[];
};

export type Balance = {
  /** ISO 4217. */
  currency: string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  available: number | string;
  /** Of what is available: carried by payouts that failed, and paid by sending those again. */
  inFailed: number;
  /** Says so in words; null: there is none. */
  note: string | null;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  pending: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  reserved: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  onItsWay: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  paid: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  totalEarnings: number | string;
  /** When the next pending earning becomes available. */
  nextAvailableAt: string | null;
  /** The least amount of a payout, in minor units. */
  minimumPayout: number;
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
  startedById: string | null;
  notes: string | null;
  /** The batch whose failed items this one pays again. */
  retryOf: string | null;
  totalItems: number;
  /** The first 200 of them. */
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
  /** Where its payout is now, when it went on after this attempt (another attempt, by hand, called off); else null. */
  paidSince: {
    /** The batch of its last attempt; null: no later one. */
    batchId: string | null;
    payoutStatus: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled';
  } | null;
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
  startedById: string | null;
  notes: string | null;
  /** The batch whose failed items this one pays again. */
  retryOf: string | null;
  totalItems: number;
  /** The first 200 of them. */
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

export type BatchSince = {
  batchId: string;
  /** Of those that failed or came back here: paid since. */
  paid: number;
  underWay: number;
  /** Tried again by themselves, without a person. */
  retriedByThemselves: number;
  nextRetryAt: string | null;
  /** There are more than were looked at: 10,000. */
  capped: boolean;
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

export type Carries = {
  earningCount: number;
  earnings: {
    sourceType: string;
    externalId: string;
    /** Minor units of the currency. */
    gross: number;
    /** Minor units of the currency. */
    fee: number;
    /** Minor units of the currency. */
    net: number;
    /** What the payout pays of it, or recovers. */
    amount: number;
  }[];
  recoveredCount: number;
  recovered: {
    sourceType: string;
    externalId: string;
    /** Minor units of the currency. */
    gross: number;
    /** Minor units of the currency. */
    fee: number;
    /** Minor units of the currency. */
    net: number;
    /** What the payout pays of it, or recovers. */
    amount: number;
  }[];
  /** When the first of the earnings was recorded. */
  firstAt: string | null;
  /** When the last of them was. */
  lastAt: string | null;
};

export type Conversion = {
  /** Minor units of the currency. */
  sourceAmount: number;
  /** ISO 4217. */
  sourceCurrency: string;
  /** Of the currency that is paid, for one of the balance; an exact decimal. */
  rate: string;
  rateId: string;
  rateSource: string;
  /** RFC 3339, UTC. */
  rateAt: string;
  rounding: string;
  spreadBps: number;
  /** What the platform keeps, in the currency that is paid. */
  spreadAmount: number;
  words: string;
};

export type Cycle = {
  id: string;
  name: string;
  status: 'open' | 'closed';
  eligibleCount: number;
  eligibleTotals: Totals;
  /** The same for each provider: a run pays through one. */
  eligibleByProvider: {
    provider: string;
    eligibleCount: number;
    eligibleTotals: Totals;
  }[];
  activeBatchId: string | null;
  activeBatchStartedBy: string | null;
  activeBatchStartedById: string | null;
  lastCompletedBatchId: string | null;
  lock: {
    lockedBy: string;
    /** RFC 3339, UTC. */
    expiresAt: string;
  } | null;
  /** RFC 3339, UTC. */
  createdAt: string;
};

export type CycleLock = {
  cycleId: string;
  lockedBy: string;
  purpose: string;
  /** RFC 3339, UTC. */
  acquiredAt: string;
  /** RFC 3339, UTC. */
  expiresAt: string;
};

export type DeedResult = {
  payoutId: string;
  result: 'done' | 'refused' | 'repeated';
  status: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled' | null;
  code: string | null;
  message: string | null;
  actionRequired: string | null;
  doneBy: string | null;
  doneAt: string | null;
};

export type DeedResults = {
  done: number;
  refused: number;
  results: DeedResult[];
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
  /** Without it: what is set for the source type (feeBpsBySource), else 0. */
  feeBps?: number | null;
  availableAt?: string | null;
  eventEndsAt?: string | null;
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

export type EarningsReversed = {
  counts: {
    reversed: number;
    owed: number;
    unchanged: number;
    not_found: number;
  };
  results: ReversalResult[];
};

export type Failures = {
  /** Batches that are over, the newest first. */
  retryable: RetryableBatch[];
  /** By reason, status and provider, the newest first. */
  errors: RecentError[];
  /** There are more payouts than the newest that were looked at. */
  capped: boolean;
};

export type Fault = {
  path: string;
  message: string;
};

export type Float = {
  providers: {
    provider: string;
    sandbox: boolean;
    askedAt: string | null;
    answeredAt: string | null;
    /** Why the last question had no answer. */
    error: string | null;
  }[];
  accounts: {
    provider: string;
    sandbox: boolean;
    /** ISO 4217. */
    currency: string;
    /** By the last reading; null: not known. */
    available: number | string | null;
    pending: number | string | null;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    sentSince: number | string;
    /** The moment the provider speaks of. */
    asOf: string | null;
    readAt: string | null;
    ageSeconds: number | null;
    fresh: boolean;
    /** Prepared and not accepted yet. */
    queued: {
      count: number;
      /** Minor units of the currency; text when a JSON number would not be exact. */
      amount: number | string;
    };
    /** Approved and ready to be sent. */
    approved: {
      count: number;
      /** Minor units of the currency; text when a JSON number would not be exact. */
      amount: number | string;
    };
    /** Minor units of the currency; text when a JSON number would not be exact. */
    needed: number | string;
    /** What is left when this has been paid; null: not known. */
    after: number | string | null;
    /** 0: it is covered; null: not known. */
    shortfall: number | string | null;
    words: string;
    /** Why the last question had no answer. */
    error: string | null;
    /** Open cycles with somebody to pay, each as if paid next. */
    runs: FloatRun[];
    projection: FloatProjection;
    whenPaid: FloatWhenPaid;
    /** Of all these runs together. */
    eligible: {
      count: number;
      /** Minor units of the currency; text when a JSON number would not be exact. */
      amount: number | string;
    };
    /** Null: no fee of this account is booked. */
    fees: FloatFees | null;
    /** What left by the books; null: not asked for. */
    paidByBooks: number | string | null;
  }[];
};

export type FloatBrief = {
  provider: string;
  sandbox: boolean;
  /** ISO 4217. */
  currency: string;
  /** By the last reading; null: not known. */
  available: number | string | null;
  pending: number | string | null;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  sentSince: number | string;
  /** The moment the provider speaks of. */
  asOf: string | null;
  readAt: string | null;
  ageSeconds: number | null;
  fresh: boolean;
  /** Prepared and not accepted yet. */
  queued: {
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    amount: number | string;
  };
  /** Approved and ready to be sent. */
  approved: {
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    amount: number | string;
  };
  /** Minor units of the currency; text when a JSON number would not be exact. */
  needed: number | string;
  /** What is left when this has been paid; null: not known. */
  after: number | string | null;
  /** 0: it is covered; null: not known. */
  shortfall: number | string | null;
  words: string;
  /** Why the last question had no answer. */
  error: string | null;
};

export type FloatFees = {
  /** By the newest calls that fees are booked for, at most 50. */
  sent: number;
  /** What the provider charged for these. */
  charged: number;
  /** On `needed`, if it charges like that; only `projection` counts with it. */
  expected: number;
  words: string;
};

export type FloatProjection = {
  /** A day of the platform’s time zone. */
  from: string;
  /** A day of the platform’s time zone. */
  to: string;
  timezone: string;
  /** By their times; a day without one takes nothing. */
  steps: FloatStep[];
  /** Where it first falls short; null: it does not, or nobody knows. */
  firstShort: {
    /** A day of the platform’s time zone. */
    day: string;
    /** RFC 3339, UTC. */
    at: string;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    shortfall: number | string;
  } | null;
  /** False: more is to come than was looked at, so more may leave. */
  complete: boolean;
};

export type FloatRun = {
  cycleId: string;
  name: string;
  eligible: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  needed: number | string;
  /** What is left when this has been paid; null: not known. */
  after: number | string | null;
  /** 0: it is covered; null: not known. */
  shortfall: number | string | null;
  words: string;
};

export type FloatStep = {
  kind: 'queued' | 'retry' | 'run';
  /** RFC 3339, UTC. */
  at: string;
  /** A day of the platform’s time zone. */
  day: string;
  /** Leaves by itself. */
  sends: {
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    amount: number | string;
  };
  /** What this run asks for: leaves once somebody approved it, as if in time. */
  asks: {
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    amount: number | string;
  };
  /** What the provider charges for it if it charges like lately; null: no fee of this account is booked. */
  fees: number | string | null;
  /** What is there after it and its fees; null: not known. */
  left: number | string | null;
};

/** What leaves only when somebody decides; open cycles are `runs`. */
export type FloatWhenPaid = {
  /** Approved, and sent by no run. */
  approved: {
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    amount: number | string;
  };
  /** Asked for, and waiting for approval. */
  requested: {
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    amount: number | string;
  };
};

export type FxRate = {
  id: string;
  /** ISO 4217. */
  from: string;
  /** ISO 4217. */
  to: string;
  /** Of the currency that is paid, for one of the balance; an exact decimal. */
  rate: string;
  source: string;
  /** RFC 3339, UTC. */
  at: string;
  /** RFC 3339, UTC. */
  enteredAt: string;
  enteredBy: string;
};

export type FxRateInput = {
  /** ISO 4217. */
  from: string;
  /** ISO 4217. */
  to: string;
  /** Of `to`, for one of `from`; a text, so that it stays exact. */
  rate: string;
  at: string;
  source: string;
};

/** The last rate of the pair, where this one is far from it. */
export type FxRateJump = {
  /** Of the currency that is paid, for one of the balance; an exact decimal. */
  last: string;
  /** Of the last rate. */
  at: string;
  /** The change, in percent of the last rate. */
  percent: string;
};

export type FxRateResult = {
  index: number;
  status: 'created' | 'unchanged' | 'conflict' | 'jump' | 'invalid';
  rateId: string | null;
  message: string | null;
  jump: FxRateJump | null;
  errors: Fault[];
};

export type FxRatesEntered = {
  counts: {
    created: number;
    unchanged: number;
    conflict: number;
    jump: number;
    invalid: number;
  };
  results: FxRateResult[];
};

export type HandTransfer = {
  payoutId: string;
  transferReference: string;
  payeeId: string;
  payeeName: string;
  method: 'bank' | 'moncash' | 'natcash' | 'manual';
  destination: string;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  /** RFC 3339, UTC. */
  approvedAt: string;
  hold: {
    reason: string;
    until: string | null;
  } | null;
  payeeBlocked: boolean;
  exported: {
    exportId: string;
    /** RFC 3339, UTC. */
    at: string;
    by: string;
    /** The export named another account or amount. */
    changedSince: boolean;
  } | null;
};

export type HandTransferTotal = {
  method: 'bank' | 'moncash' | 'natcash' | 'manual';
  /** ISO 4217. */
  currency: string;
  count: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  total: number | string;
  /** How many of them are in an export already. */
  exported: number;
};

export type ImportCheck = {
  name: string | null;
  /** Why nothing of the file can be used; then there are no rows. */
  issue: {
    code: string;
    line: number | null;
    error: string;
    howToFix: string;
  } | null;
  shape: string | null;
  headerless: boolean;
  header: string[];
  /** What is read from which column. */
  columns: Record<string, string>;
  rowCount: number;
  goodRows: number;
  badRows: number;
  /** Of the good rows. */
  totals: Totals;
  rows: ImportRow[];
  /** What paying the good rows would do. */
  outlook: {
    provider: string;
    sandbox: boolean;
    cycle: {
      id: string;
      exists: boolean;
      activeBatchId: string | null;
    };
    wouldPay: number;
    wouldPayTotals: Totals;
    recorded: number;
    alreadyPaid: number;
    onHold: number;
    otherProvider: number;
    newPayees: number;
    changedMethods: number;
    suspectedDuplicates: number;
    largest: {
      line: number;
      reference: string;
      payeeId: string;
      /** Minor units of the currency. */
      amount: number;
      /** ISO 4217. */
      currency: string;
    }[];
    /** By currency: what the provider account holds for this run. */
    float: Record<string, RunFloat>;
    comparedWithLast: {
      batchId: string;
      completedAt: string | null;
      totalItems: number;
      totals: Totals;
      itemsChange: number;
      totalsChange: Totals;
    } | null;
  } | null;
};

export type ImportRow = {
  line: number;
  reference: string;
  cells: string[];
  errors: {
    /** Its name in the header. */
    column: string;
    code: string;
    error: string;
    howToFix: string;
  }[];
  warnings: string[];
  /** Null: the row has errors of its own and was not looked up. */
  record: 'new' | 'recorded' | 'has_payout' | 'contradicts' | null;
  payout: {
    id: string;
    status: string;
  } | null;
  /** Null: the row cannot be paid. */
  earning: ImportedEarning | null;
};

/** As POST /earnings takes it. */
export type ImportedEarning = {
  sourceType: string;
  externalId: string;
  payeeExternalId: string;
  cycleId: string;
  amount: number;
  /** ISO 4217. */
  currency: string;
  note?: string;
  payee: {
    name?: string;
    email?: string;
    payoutMethod?: {
      type: string;
      kind: string;
      destination: string;
    };
  };
};

export type Inbox = {
  /** The most urgent first. */
  items: InboxItem[];
  allClear: boolean;
  /** RFC 3339, UTC. */
  checkedAt: string;
};

export type InboxItem = {
  kind: 'unknown_outcome' | 'float_short' | 'approvals_expiring' | 'failed' | 'returned' | 'approvals' | 'hand_transfers' | 'approved_to_pay' | 'unclaimed_ending' | 'frozen_methods' | 'discrepancies' | 'holds_ending' | 'alerts';
  count: number;
  /** There are more than were counted: 10,000. */
  capped: boolean;
  totals: Totals;
  oldestAt: string | null;
  /** When the first of them ends by the clock. */
  dueAt: string | null;
  title: string;
  detail: string;
  action: string;
  /** Which list shows them, with which filter. */
  link: {
    list: string;
    /** The one thing, when it is one. */
    id: string | null;
    filter: Record<string, string>;
  };
  waitingOn: 'you' | 'approver' | 'payee' | 'clock';
};

export type Invitation = {
  id: string;
  email: string;
  role: 'owner' | 'operator' | 'approver' | 'viewer';
  /** RFC 3339, UTC. */
  expiresAt: string;
  name: string;
  /** RFC 3339, UTC. */
  createdAt: string;
};

export type LedgerDifference = {
  rule: string;
  subject: string;
  detail: string;
};

export type LeftOutFile = {
  id: string;
  cycleId: string;
  fileName: string;
  sourceType: string;
  header: string[];
  rowCount: number;
  leftOutCount: number;
  /** Of these rows, as many as are kept: at most 1000. */
  keptCount: number;
  by: string;
  /** RFC 3339, UTC. */
  createdAt: string;
};

export type LeftOutRow = {
  line: number;
  reference: string;
  /** Masked, unless they look like what their column is for. */
  cells: string[];
  errors: {
    /** Its name in the header. */
    column: string;
    code: string;
    error: string;
    howToFix: string;
  }[];
  /** An earning of this reference was recorded after the row was left out. */
  recordedSince: boolean;
};

export type LegacyEvidence = {
  importId: string;
  rowId: string;
  line: number;
  reference: string;
  receiver: string;
  providerStatus: string;
  providerBatchId: string | null;
  providerItemId: string | null;
  transactionId: string | null;
  fee: number | null;
};

export type LegacyImport = {
  id: string;
  name: string;
  cycleId: string | null;
  startedBy: string;
  /** RFC 3339, UTC. */
  createdAt: string;
  rows: number;
  results: {
    matched: {
      count: number;
      totals: Totals;
    };
    already_imported: {
      count: number;
      totals: Totals;
    };
    ambiguous: {
      count: number;
      totals: Totals;
    };
    unmatched: {
      count: number;
      totals: Totals;
    };
    invalid: {
      count: number;
      totals: Totals;
    };
  };
};

export type LegacyImported = {
  importId: string | null;
  dryRun: boolean;
  rows: number;
  results: {
    matched: {
      count: number;
      totals: Totals;
    };
    already_imported: {
      count: number;
      totals: Totals;
    };
    ambiguous: {
      count: number;
      totals: Totals;
    };
    unmatched: {
      count: number;
      totals: Totals;
    };
    invalid: {
      count: number;
      totals: Totals;
    };
  };
  resolvedEarlier: number;
};

export type LegacyRow = {
  id: string;
  line: number;
  result: 'matched' | 'already_imported' | 'ambiguous' | 'unmatched' | 'invalid';
  reason: string;
  message: string;
  remarks: string | null;
  reference: string;
  receiver: string;
  providerStatus: string;
  status: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled' | null;
  amount: number | null;
  currency: string | null;
  fee: number | null;
  paidAt: string | null;
  providerBatchId: string | null;
  providerItemId: string | null;
  transactionId: string | null;
  payeeId: string | null;
  earningId: string | null;
  payoutId: string | null;
  candidates: string[];
};

export type LegacyRowInput = {
  line: number;
  batchId?: string;
  itemId?: string;
  transactionId?: string;
  reference?: string;
  receiver?: string;
  status?: string;
  amount?: string;
  currency?: string;
  fee?: string;
  date?: string;
  tooMany?: boolean;
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
  startedById: string | null;
  notes: string | null;
  /** The batch whose failed items this one pays again. */
  retryOf: string | null;
  totalItems: number;
  /** The first 200 of them. */
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

export type LoggedRequest = {
  /** RFC 3339, UTC. */
  at: string;
  method: string;
  route: string;
  status: number;
  /** Of the problem; null: there was none. */
  code: string | null;
  ms: number;
  requestId: string;
  actor: {
    kind: 'person' | 'key' | 'payee' | 'system' | 'stranger';
    id: string;
  };
  ip: string | null;
  /** Answered from the record of its Idempotency-Key. */
  replayed: boolean;
};

export type Mail = {
  id: string;
  kind: string;
  to: string;
  subject: string;
  status: 'waiting' | 'sent' | 'expired' | 'given_up';
  /** RFC 3339, UTC. */
  createdAt: string;
  expiresAt: string | null;
  sentAt: string | null;
  tries: number;
  nextTryAt: string | null;
  lastError: string | null;
};

export type MarkPaidFileResults = {
  counts: {
    paid: number;
    already_paid: number;
    conflict: number;
    came_back: number;
    amount_differs: number;
    currency_differs: number;
    not_found: number;
    not_approved: number;
    on_hold: number;
    sent_automatically: number;
    duplicate_in_file: number;
    invalid: number;
  };
  results: PaidRowResult[];
};

export type Me = {
  kind: 'person' | 'key' | 'payee' | 'system' | 'stranger';
  id: string;
  name: string;
  role: 'owner' | 'operator' | 'approver' | 'viewer' | 'payee';
  email: string | null;
  secondFactors: SecondFactors | null;
  sessionId: string | null;
  /** Until when calls that ask for a fresh second factor are open; null: they are not. */
  stepUpUntil: string | null;
};

export type NewApiKey = {
  id: string;
  name: string;
  /** The first characters, to tell keys apart. */
  prefix: string;
  role: 'owner' | 'operator' | 'approver' | 'viewer';
  /** First parts of the paths it may call; null: all that its role may. */
  scope: string[] | null;
  expiresAt: string | null;
  /** Shown this once. */
  key: string;
};

export type NewInvitation = {
  id: string;
  email: string;
  role: 'owner' | 'operator' | 'approver' | 'viewer';
  /** RFC 3339, UTC. */
  expiresAt: string;
  /** Shown this once. */
  link: string;
};

export type NewPerson = {
  id: string;
  email: string;
  name: string;
  role: 'owner' | 'operator' | 'approver' | 'viewer';
  status: 'active' | 'removed';
  secondFactors: SecondFactors;
  mustChangePassword: boolean;
  /** RFC 3339, UTC. */
  createdAt: string;
  lastSeenAt: string | null;
  /** Shown this once. */
  oneTimePassword: string;
};

export type OwnBalance = {
  /** Minor units of the currency; text when a JSON number would not be exact. */
  available: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  pending: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  reserved: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  totalEarnings: number | string;
  currency: string | null;
  /** When the clock asks for a payout of what is available then; null: never. */
  nextPayoutDate: string | null;
  balances: Balance[];
};

export type OwnPayout = {
  id: string;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  /** Null when it is paid in the currency of its balance. */
  conversion: Conversion | null;
  status: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled';
  label: string;
  nextStep: string;
  waitingOn: 'you' | 'platform' | 'provider' | 'clock' | 'nobody';
  /** Approved, and not sent now: until a date, or until somebody ends it. */
  onHold: boolean;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** RFC 3339, UTC. */
  changedAt: string;
  completedAt: string | null;
};

export type OwnPayoutDetails = {
  id: string;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  /** Null when it is paid in the currency of its balance. */
  conversion: Conversion | null;
  status: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled';
  label: string;
  nextStep: string;
  waitingOn: 'you' | 'platform' | 'provider' | 'clock' | 'nobody';
  /** Approved, and not sent now: until a date, or until somebody ends it. */
  onHold: boolean;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** RFC 3339, UTC. */
  changedAt: string;
  completedAt: string | null;
  /** request: asked for; single: made by the team; cycle: of a run; legacy: imported. */
  kind: 'cycle' | 'request' | 'single' | 'legacy';
  /** Where it goes or went, the address masked. */
  method: {
    id: string;
    type: string;
    destination: string;
  } | null;
  /** The run that sends it once it is approved; null: it has left, or no run sends it (sendApprovedOnSchedule is off, or a person pays it by hand). */
  scheduledDate: string | null;
  /** What the payee can do about it; null: it is not their turn. */
  fix: {
    kind: 'method' | 'way' | 'claim' | 'details';
    words: string;
  } | null;
  carries: Carries;
  timeline: {
    /** RFC 3339, UTC. */
    at: string;
    label: string;
  }[];
};

export type OwnPayoutMethod = {
  id: string;
  type: string;
  destination: string;
  isDefault: boolean;
  isBackup: boolean;
  status: 'ready' | 'cooling_off' | 'frozen';
  /** End of its cool-off; null when it is over. */
  usableFrom: string | null;
  note: string;
  /** Its provider says that its account cannot be paid. */
  accountNotReady: boolean;
  /** RFC 3339, UTC. */
  createdAt: string;
};

export type PaidByHand = {
  paymentReferenceId: string;
  paymentNotes: string | null;
  paymentDate: string | null;
  /** Other payouts paid under the same reference, at most 6. */
  alsoOn: string[];
  /** What to look at, where there are any. */
  warning: string | null;
};

export type PaidRow = {
  payoutId: string;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  paymentReferenceId: string;
  paymentDate?: string | null;
  paymentNotes?: string | null;
};

export type PaidRowResult = {
  index: number;
  line: number | null;
  payoutId: string | null;
  result: 'paid' | 'already_paid' | 'conflict' | 'came_back' | 'amount_differs' | 'currency_differs' | 'not_found' | 'not_approved' | 'on_hold' | 'sent_automatically' | 'duplicate_in_file' | 'invalid';
  message: string;
  payoutStatus: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled' | null;
  expectedAmount: number | null;
  expectedCurrency: string | null;
  knownReference: string | null;
  /** Other payouts paid under the same reference, at most 6. */
  alsoOn: string[];
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
    /** Nothing is paid to it before; null: at once. */
    usableFrom: string | null;
    frozen: boolean;
  } | null;
  /** Until null: until somebody releases it. */
  hold: {
    reason: string;
    until: string | null;
  } | null;
  /** Nothing blocks them; there may still be nothing to pay. */
  canBePaid: boolean;
  blocks: PayeeBlock[];
  /** RFC 3339, UTC. */
  createdAt: string;
};

export type PayeeBlock = {
  kind: 'blocked' | 'on_hold' | 'frozen' | 'cooling_off' | 'no_method' | 'account_not_ready';
  words: string;
  /** When the clock ends it; null: somebody must. */
  until: string | null;
  waitingOn: 'you' | 'payee' | 'clock';
};

export type PayeeInput = {
  externalId: string;
  name?: string;
  email?: string | null;
  payoutMethod?: PayoutMethodInput | null;
};

export type PayeeOutlook = {
  payeeId: string;
  externalId: string;
  name: string;
  /** Nothing blocks them; there may still be nothing to pay. */
  canBePaid: boolean;
  headline: string;
  payoutMethod: {
    type: string;
    destination: string;
  } | null;
  blocks: PayeeBlock[];
  balances: PayeeOutlookBalance[];
  /** Neither paid nor called off, the newest 20. */
  underWay: Payout[];
  nextPayoutDate: string | null;
};

export type PayeeOutlookBalance = {
  /** ISO 4217. */
  currency: string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  available: number | string;
  /** Of what is available: carried by payouts that failed, and paid by retrying those. */
  inFailed: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  pending: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  reserved: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  onItsWay: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  paid: number | string;
  nextAvailableAt: string | null;
  /** What a request of the payee would hear now. */
  request: {
    possible: boolean;
    code: string | null;
    words: string;
  };
};

export type PayeeResult = {
  index: number;
  externalId: string | null;
  id: string | null;
  status: 'created' | 'updated' | 'unchanged' | 'invalid';
  errors: Fault[];
};

export type PayeeSchedule = {
  frequency: 'weekly' | 'every_two_weeks' | 'monthly' | 'manual';
  /** False: the frequency is the platform’s. */
  chosen: boolean;
  /** Who chose the frequency; null: nobody, or it is not known any more. */
  chosenBy: {
    kind: 'payee' | 'platform';
    /** Null for payees: who of the platform is not told. */
    name: string | null;
  } | null;
  minimumPayout: Record<string, number>;
  requestAt: Record<string, number>;
  payoutSchedule: string;
  timezone: string;
  nextPayoutDate: string | null;
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
  kind: 'cycle' | 'request' | 'single' | 'legacy';
  /** Null when it is paid in the currency of its balance. */
  conversion: Conversion | null;
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
  /** When it arrived, failed or came back; null while it is under way. */
  processedAt: string | null;
  /** Why it failed or came back, in words. */
  failedReason: string | null;
  /** Attempts after the first, by itself or by a person. */
  retryCount: number;
  lastRetryAt: string | null;
  /** When it is tried again by itself, as far as is known now. */
  nextRetryAt: string | null;
  /** When the payee of a run said, since it failed, that what stopped it is settled. */
  settledAt: string | null;
  /** The payout method its payee has in use now; null: none. */
  presentMethod: PresentMethod | null;
};

export type PayoutAnalytics = {
  /** RFC 3339, UTC. */
  from: string;
  /** RFC 3339, UTC. */
  to: string;
  by: string;
  periods: AnalyticsPeriod[];
};

export type PayoutAnalyticsParts = {
  /** RFC 3339, UTC. */
  from: string;
  /** RFC 3339, UTC. */
  to: string;
  reasons: AnalyticsReason[];
  methods: AnalyticsMethod[];
  topPayees: AnalyticsPayee[];
  providers: AnalyticsProvider[];
};

export type PayoutCounts = {
  total: number;
  /** More rows than the 10,000 that were looked at. */
  capped: boolean;
  totals: Totals;
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
  kind: 'cycle' | 'request' | 'single' | 'legacy';
  /** Null when it is paid in the currency of its balance. */
  conversion: Conversion | null;
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
  /** When it arrived, failed or came back; null while it is under way. */
  processedAt: string | null;
  /** Why it failed or came back, in words. */
  failedReason: string | null;
  /** Attempts after the first, by itself or by a person. */
  retryCount: number;
  lastRetryAt: string | null;
  /** When it is tried again by itself, as far as is known now. */
  nextRetryAt: string | null;
  /** When the payee of a run said, since it failed, that what stopped it is settled. */
  settledAt: string | null;
  /** The payout method its payee has in use now; null: none. */
  presentMethod: PresentMethod | null;
  /** The run that sends it once it is approved; null: it has left, or no run sends it (sendApprovedOnSchedule is off, or a person pays it by hand). */
  scheduledDate: string | null;
  approval: Approval | null;
  carries: Carries;
  paidByHand: PaidByHand | null;
  legacy: LegacyEvidence | null;
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

export type PayoutMethod = {
  id: string;
  type: string;
  destination: string;
  isDefault: boolean;
  isBackup: boolean;
  status: 'ready' | 'cooling_off' | 'frozen';
  /** End of its cool-off; null when it is over. */
  usableFrom: string | null;
  note: string;
  /** Its provider says that its account cannot be paid. */
  accountNotReady: boolean;
  /** Another payee is paid to the same account. */
  sharedAccount: boolean;
  /** RFC 3339, UTC. */
  createdAt: string;
};

export type PayoutMethodInput = {
  type: 'paypal' | 'stripe' | 'bank' | 'moncash' | 'natcash' | 'manual';
  destination: string;
  kind?: 'email' | 'phone' | 'paypal_id' | 'account';
};

export type PayoutQuote = {
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  /** Of the balance it would leave: gross, fee, net (gross less fee) and recovered (owed) are in it. */
  balanceCurrency: string;
  earningCount: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  gross: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  fee: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  net: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  recovered: number | string;
  /** Null when it is paid in the currency of its balance. */
  conversion: Conversion | null;
  /** When the rate is too old, if no newer one comes before; null when nothing is converted. */
  validUntil: string | null;
};

export type Person = {
  id: string;
  email: string;
  name: string;
  role: 'owner' | 'operator' | 'approver' | 'viewer';
  status: 'active' | 'removed';
  secondFactors: SecondFactors;
  mustChangePassword: boolean;
  /** RFC 3339, UTC. */
  createdAt: string;
  lastSeenAt: string | null;
};

export type PlatformSchedule = {
  payoutSchedule: string;
  timezone: string;
  payoutFrequency: 'weekly' | 'every_two_weeks' | 'monthly' | 'manual';
  sendApprovedOnSchedule: boolean;
  nextRun: {
    /** RFC 3339, UTC. */
    at: string;
    frequencies: ('weekly' | 'every_two_weeks' | 'monthly' | 'manual')[];
    wouldRequest: {
      payouts: number;
      totals: Record<string, number | string>;
      /** False: there are more than were looked at. */
      complete: boolean;
    };
  } | null;
  lastRuns: ScheduleRun[];
};

export type PortalLink = {
  /** Signs in once. */
  url: string;
  /** RFC 3339, UTC. */
  expiresAt: string;
};

export type PresentMethod = {
  type: string;
  destination: string;
  /** Tells two apart whose masked destinations are alike. */
  addedAt: string;
  /** End of its cool-off. */
  usableFrom: string | null;
  frozenAt: string | null;
  /** Another than it was tried with last. */
  isOther: boolean;
};

export type Preview = {
  /** Of the earnings asked for, how many are recorded; null: all were meant. */
  recordedCount: number | null;
  cycleId: string;
  cycleStatus: 'open' | 'closed';
  provider: string;
  sandbox: boolean;
  eligibleCount: number;
  eligibleTotals: Totals;
  /** Of exactly this; sent with `process`, nothing else is paid. Null: nobody. */
  checksum: string | null;
  notEligible: {
    reason: 'no_method' | 'other_provider' | 'payee_blocked' | 'payee_on_hold' | 'method_frozen' | 'method_cooling_off' | 'method_not_ready' | 'payee_owes' | 'currency_not_taken';
    /** ISO 4217. */
    currency: string;
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    total: number | string;
    message: string;
    fix: string;
    waitingOn: 'you' | 'payee' | 'clock';
    /** When the clock frees the first of them; null: it does not. */
    freesAt: string | null;
  }[];
  activeBatchId: string | null;
  /** By currency: what the provider account holds for this run. */
  float: Record<string, RunFloat>;
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
  suspectedDuplicates?: SuspectedDuplicates;
  /** What failed before and is tried again, unless `leaveOutUnmended` leaves it out. */
  triedBefore?: TriedBefore[];
  /** Payees who are paid another way than the last time. */
  changedMethods?: number;
  /** Accounts that several payees are paid to. */
  sharedAccounts?: number;
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

export type Profile = {
  id: string;
  name: string;
  email: string | null;
  status: 'active' | 'blocked';
  /** Null: not chosen. */
  language: 'en' | 'fr' | 'ht' | null;
  /** Of times in mails; null: UTC. */
  timezone: string | null;
  /** Tells a blocked payee why nothing comes. */
  notice: string | null;
};

export type ProviderAccounts = {
  accounts: {
    id: string;
    provider: string;
    destination: string;
    isDefault: boolean;
    status: 'unknown' | 'ready' | 'not_ready';
    transfersEnabled: boolean | null;
    payoutsEnabled: boolean | null;
    askedFor: string[];
    reason: {
      code: string;
      message: string;
      /** In the words of the provider. */
      providerSays: string | null;
    } | null;
    checkedAt: string | null;
    bankPayouts: {
      id: string;
      status: 'pending' | 'in_transit' | 'paid' | 'canceled' | 'failed';
      /** Minor units of the currency. */
      amount: number;
      /** ISO 4217. */
      currency: string;
      failureCode: string | null;
      /** RFC 3339, UTC. */
      at: string;
      payoutId: string | null;
    }[];
  }[];
};

export type Reason = {
  code: string;
  message: string;
  fix: string;
  waitingOn: 'you' | 'payee' | 'provider' | 'clock';
  detail: string | null;
};

export type Receipt = {
  platform: {
    name: string;
    url: string;
  };
  payoutId: string;
  payee: {
    id: string;
    name: string;
  };
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  /** What the provider gave back later, of the amount. */
  returned: number;
  /** Null when it is paid in the currency of its balance. */
  conversion: Conversion | null;
  /** What it is made of: earnings, less fees, less what was owed. */
  earned: {
    /** ISO 4217. */
    currency: string;
    count: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    gross: number | string;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    fees: number | string;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    net: number | string;
    recoveredCount: number;
    /** Minor units of the currency; text when a JSON number would not be exact. */
    recovered: number | string;
  };
  /** Where it went, address masked. */
  method: {
    type: string;
    destination: string;
  } | null;
  paidThrough: 'provider' | 'hand' | 'earlier_system';
  provider: string | null;
  references: {
    item: string | null;
    /** What the provider calls the payment. */
    transaction: string | null;
    byHand: string | null;
  };
  /** RFC 3339, UTC. */
  requestedAt: string;
  sentAt: string | null;
  /** The day, when it was paid by hand. */
  paidOn: string | null;
  completedAt: string | null;
  /** Of the JSON text of all of this without sha256, in this order, nothing between. */
  sha256: string;
};

export type RecentError = {
  code: string;
  status: 'failed' | 'returned';
  provider: string;
  operator: string;
  fix: string;
  count: number;
  totals: Totals;
  /** RFC 3339, UTC. */
  lastAt: string;
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

/** What a person said became of a submission; `result` is null until it is decided. */
export type Resolution = {
  id: string;
  outcome: 'sent' | 'not_sent';
  providerBatchId: string | null;
  evidence: string | null;
  by: string;
  /** RFC 3339, UTC. */
  askedAt: string;
  tries: number;
  result: 'accepted' | 'not_sent' | 'contradicted' | 'unconfirmed' | null;
  detail: string | null;
  decidedAt: string | null;
};

export type ResolutionAsked = {
  submissionId: string;
  resolution: Resolution;
  replayed: boolean;
};

export type RetryPreview = {
  batchId: string;
  triedBefore: TriedBefore[];
  /** Payees who say since that what stopped theirs is settled; the first ten. */
  settled: {
    payoutId: string;
    payeeId: string;
    payeeName: string;
    /** RFC 3339, UTC. */
    saidAt: string;
  }[];
};

export type RetryStarted = {
  success: true;
  batchId: string;
  totalItems: number;
  totalChunks: number;
  replayed: boolean;
};

export type RetryableBatch = {
  batchId: string;
  cycleId: string | null;
  cycleName: string | null;
  provider: string;
  completedAt: string | null;
  /** Failed in this batch and not moved on since. */
  failed: number;
  totals: Totals;
  /** Of these: nothing is in the way of a retry now. */
  ready: number;
  /** Would fail again until their payees mend it. */
  payees: number;
  /** Tried again by themselves. */
  byItself: number;
  /** Cannot be paid now: a hold, a cool-off, a block, a debt or a doubt. */
  kept: number;
  /** The batch it was retried as: asked for again, that one is the answer. */
  retriedAs: string | null;
  /** A batch of its cycle that is under way: no other begins until it is over. */
  activeBatchId: string | null;
};

export type RevealedMethod = {
  payeeId: string;
  methodId: string;
  type: string;
  kind: string;
  destination: string;
};

export type ReversalResult = {
  index: number;
  sourceType: string;
  externalId: string;
  status: 'reversed' | 'owed' | 'unchanged' | 'not_found';
  /** The payout that was cancelled with it, or that paid it. */
  payoutId: string | null;
};

export type RunFloat = {
  /** By the last reading; null: not known. */
  available: number | string | null;
  /** Accepted by the provider after that reading. */
  sentSince: number;
  /** Prepared before and not accepted yet: it leaves first. */
  queued: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  needed: number | string;
  /** What is left when this has been paid; null: not known. */
  after: number | string | null;
  /** 0: it is covered; null: not known. */
  shortfall: number | string | null;
  words: string;
  readAt: string | null;
  /** False: too old, or never read, and refuses nothing. */
  fresh: boolean;
};

export type SandboxBalance = {
  provider: string;
  /** ISO 4217. */
  currency: string;
  amount: number | null;
};

export type SandboxEffect = {
  provider: string;
  reference: string | null;
  providerKey: string | null;
  providerBatchId: string;
  providerItemId: string;
  destination: string;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  status: string;
  /** The payee has the money or may still get it. */
  outstanding: boolean;
  acceptedAt: string;
};

export type SandboxFault = {
  id: number;
  provider: string;
  fault: string;
  times: number | null;
  method: string | null;
  path: string | null;
  probability: number;
  seed: number;
  delayMs: number | null;
  retryAfterSeconds: number | null;
  /** Calls it looked at. */
  seen: number;
  /** Calls that met it. */
  fired: number;
};

export type ScheduleRun = {
  /** RFC 3339, UTC. */
  dueAt: string;
  /** RFC 3339, UTC. */
  startedAt: string;
  finishedAt: string | null;
  payoutSchedule: string;
  timezone: string;
  frequencies: ('weekly' | 'every_two_weeks' | 'monthly' | 'manual')[];
  requested: number;
  totals: Totals;
  /** The batches of what was approved, when the run sent it. */
  batchIds: string[];
  /** What the run could not send, by provider, and what was short. */
  notSent: {
    provider: string;
    code: string;
    message: string;
    shortfall: Totals;
  }[];
};

export type SearchHit = {
  kind: 'payee' | 'payout' | 'batch' | 'cycle';
  id: string;
  title: string;
  subtitle: string;
};

export type SearchHits = {
  hits: SearchHit[];
};

export type SecondFactors = {
  totp: boolean;
  passkeys: number;
};

/** Where somebody is signed in. */
export type Session = {
  id: string;
  /** True for the session that asks. */
  current: boolean;
  ip: string | null;
  userAgent: string | null;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** RFC 3339, UTC. */
  lastSeenAt: string;
  /** RFC 3339, UTC. */
  expiresAt: string;
};

export type Settings = {
  minimumPayout: Record<string, number>;
  secondApproverAbove: Record<string, number>;
  approvalExpiryDays: number;
  settlementHoldDays: number;
  methodCoolOffHours: number;
  settlementHoldDaysBySource: Record<string, number>;
  /** Payouts that failed for a temporary reason are tried again by themselves. */
  autoRetry: boolean;
  feeBpsBySource: Record<string, number>;
  fxRateMaxAgeHours: number;
  fxSpreadBps: number;
  /** How far a rate may be from the last one, in hundredths of a percent, unless acceptJump is said. */
  fxRateJumpBps: number;
  payoutSchedule: string;
  payoutFrequency: 'weekly' | 'every_two_weeks' | 'monthly' | 'manual';
  sendApprovedOnSchedule: boolean;
  /** What payees are told of by mail. */
  payeeMails: ('started' | 'completed' | 'failed' | 'retrying' | 'returned')[];
  /** Of every currency: what is set, or 50 of its major unit. */
  minimumPayoutInEffect: Record<string, number>;
};

export type Statement = {
  payoutId: string;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  /** Of all lines; null on later pages. */
  totals: StatementTotals | null;
  data: StatementLine[];
  /** Names the next page; null on the last. */
  nextCursor: string | null;
};

export type StatementLine = {
  kind: 'earning' | 'recovery';
  sourceType: string;
  externalId: string;
  note: string | null;
  /** Minor units of the currency. */
  gross: number;
  /** Minor units of the currency. */
  fee: number;
  /** Minor units of the currency. */
  net: number;
  /** What it adds to the payout; below zero when it is recovered. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  /** RFC 3339, UTC. */
  earnedAt: string;
};

export type StatementTotals = {
  /** How many earnings it pays. */
  earnings: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  gross: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  fee: number | string;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  net: number | string;
  /** How many that were taken back it recovers. */
  recoveries: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  recovered: number | string;
  /** net less recovered: the payout. */
  amount: number;
};

export type Status = {
  /** The first of `providers`. */
  provider: string;
  providers: {
    name: string;
    sandbox: boolean;
  }[];
  /** All of them are sandboxes: no real money moves. */
  sandbox: boolean;
  version: string;
  activeBatches: BatchProgress[];
  locks: CycleLock[];
  unknownSubmissions: UnknownSubmission[];
  alerts: Alert[];
  lastRuns: Batch[];
  /** What each provider account holds and needs. */
  float: FloatBrief[];
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
  /** Of what was put off, or whose answer was lost: when it is tried again. */
  nextTryAt: string | null;
};

export type SubmissionDetails = {
  id: string;
  batchId: string;
  provider: string;
  providerKey: string;
  providerBatchId: string | null;
  status: 'planned' | 'sending' | 'unknown' | 'accepted' | 'rejected' | 'cancelled';
  itemCount: number;
  /** Minor units of the currency; text when a JSON number would not be exact. */
  total: number | string;
  /** ISO 4217. */
  currency: string;
  sendCount: number;
  firstSentAt: string | null;
  keyValidUntil: string | null;
  /** RFC 3339, UTC. */
  nextActionAt: string;
  lastError: string | null;
  resolvable: boolean;
  notResolvable: {
    reason: string;
    resolvableAt: string | null;
  } | null;
  resolutions: Resolution[];
};

/** Same payee, amount and currency, paid or on the way elsewhere within 30 days. */
export type SuspectedDuplicates = {
  count: number;
  totals: Totals;
  /** More payments than the 10,000 that were compared. */
  capped: boolean;
  examples: {
    payeeId: string;
    name: string;
    /** Minor units of the currency. */
    amount: number;
    /** ISO 4217. */
    currency: string;
    /** The payout it looks like. */
    payoutId: string;
    status: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled';
    cycleId: string | null;
    /** RFC 3339, UTC. */
    paidAt: string;
  }[];
};

export type TestClock = {
  /** RFC 3339, UTC. */
  now: string;
  offsetSeconds: number;
  providers: {
    provider: string;
    offsetSeconds: number | null;
    /** False: it is behind and is moved as soon as it answers. */
    inStep: boolean;
  }[];
};

/** Minor units by currency. */
export type Totals = Record<string, number | string>;

export type TriedBefore = {
  code: string;
  operator: string;
  fix: string;
  /** The reason lies in the account or the way, and it would go there again: it would fail again. */
  unmended: boolean;
  count: number;
  totals: Totals;
};

export type UnknownSubmission = {
  id: string;
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
  waitingOn: 'provider' | 'you';
};

export type WaitingPayout = {
  id: string;
  payeeId: string;
  payeeName: string;
  cycleId: string | null;
  /** Minor units of the currency. */
  amount: number;
  /** ISO 4217. */
  currency: string;
  kind: 'cycle' | 'request' | 'single' | 'legacy';
  /** Null when it is paid in the currency of its balance. */
  conversion: Conversion | null;
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
  /** When it arrived, failed or came back; null while it is under way. */
  processedAt: string | null;
  /** Why it failed or came back, in words. */
  failedReason: string | null;
  /** Attempts after the first, by itself or by a person. */
  retryCount: number;
  lastRetryAt: string | null;
  /** When it is tried again by itself, as far as is known now. */
  nextRetryAt: string | null;
  /** When the payee of a run said, since it failed, that what stopped it is settled. */
  settledAt: string | null;
  /** The payout method its payee has in use now; null: none. */
  presentMethod: PresentMethod | null;
  approval: Approval | null;
};

export type WholeMail = {
  id: string;
  kind: string;
  to: string;
  subject: string;
  status: 'waiting' | 'sent' | 'expired' | 'given_up';
  /** RFC 3339, UTC. */
  createdAt: string;
  expiresAt: string | null;
  sentAt: string | null;
  tries: number;
  nextTryAt: string | null;
  lastError: string | null;
  text: string | null;
  html: string | null;
};

/** What each call takes and answers, by method and path; below `/api/admin` unless it begins with `/api/`. */
export interface Calls {
  GET: {
    '/payees/{id}/balance': {
      params: { id: string };
      answer: OwnBalance;
    };
    '/payees': {
      query?: { limit?: number | undefined; cursor?: string | undefined; q?: string | undefined; status?: 'active' | 'blocked' | undefined; canBePaid?: 'true' | 'false' | undefined };
      answer: Page<Payee>;
    };
    '/payees/{id}': {
      params: { id: string };
      answer: Payee;
    };
    '/payees/{id}/outlook': {
      params: { id: string };
      answer: PayeeOutlook;
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
      query?: { status?: 'success' | 'failed' | 'unclaimed' | 'pending' | 'returned' | 'cancelled' | 'all' | undefined; language?: 'en' | 'fr' | undefined };
      answer: string;
    };
    '/payout-batches/{batchId}/retry-preview': {
      params: { batchId: string };
      answer: RetryPreview;
    };
    '/payout-batches/{batchId}/since': {
      params: { batchId: string };
      answer: BatchSince;
    };
    '/payouts': {
      query?: { limit?: number | undefined; cursor?: string | undefined; status?: string | undefined; payeeId?: string | undefined; cycleId?: string | undefined; batchId?: string | undefined; waitingOn?: 'you' | 'approver' | 'payee' | 'provider' | 'clock' | 'nobody' | undefined; need?: 'failed' | 'returned' | 'approvals_expiring' | 'approved_to_pay' | 'unclaimed_ending' | 'holds_ending' | undefined; currency?: string | undefined; reason?: 'receiver_unregistered' | 'receiver_unconfirmed' | 'receiver_account_invalid' | 'receiver_invalid' | 'receiver_locked' | 'receiver_not_enabled' | 'receiver_country_not_allowed' | 'receiving_limit_exceeded' | 'currency_not_supported' | 'amount_not_allowed' | 'amount_outside_limits' | 'insufficient_funds' | 'sender_restricted' | 'not_authorized' | 'risk_declined' | 'compliance_blocked' | 'batch_denied' | 'request_invalid' | 'duplicate_item' | 'unclaimed_expired' | 'refunded' | 'reversed' | 'partly_reversed' | 'proven_absent' | 'sent_before' | 'earlier_system' | 'provider_error' | undefined; method?: 'paypal' | 'stripe' | 'bank' | 'moncash' | 'natcash' | 'manual' | undefined; from?: string | undefined; to?: string | undefined; q?: string | undefined };
      answer: Page<Payout>;
    };
    '/payouts/counts': {
      query?: { status?: string | undefined; payeeId?: string | undefined; cycleId?: string | undefined; batchId?: string | undefined; waitingOn?: 'you' | 'approver' | 'payee' | 'provider' | 'clock' | 'nobody' | undefined; need?: 'failed' | 'returned' | 'approvals_expiring' | 'approved_to_pay' | 'unclaimed_ending' | 'holds_ending' | undefined; currency?: string | undefined; reason?: 'receiver_unregistered' | 'receiver_unconfirmed' | 'receiver_account_invalid' | 'receiver_invalid' | 'receiver_locked' | 'receiver_not_enabled' | 'receiver_country_not_allowed' | 'receiving_limit_exceeded' | 'currency_not_supported' | 'amount_not_allowed' | 'amount_outside_limits' | 'insufficient_funds' | 'sender_restricted' | 'not_authorized' | 'risk_declined' | 'compliance_blocked' | 'batch_denied' | 'request_invalid' | 'duplicate_item' | 'unclaimed_expired' | 'refunded' | 'reversed' | 'partly_reversed' | 'proven_absent' | 'sent_before' | 'earlier_system' | 'provider_error' | undefined; method?: 'paypal' | 'stripe' | 'bank' | 'moncash' | 'natcash' | 'manual' | undefined; from?: string | undefined; to?: string | undefined; q?: string | undefined };
      answer: PayoutCounts;
    };
    '/payouts/{id}': {
      params: { id: string };
      answer: PayoutDetails;
    };
    '/payouts/analytics': {
      query?: { from?: string | undefined; to?: string | undefined; by?: 'day' | 'week' | 'month' | undefined; provider?: string | undefined };
      answer: PayoutAnalytics;
    };
    '/payouts/analytics/parts': {
      query?: { from?: string | undefined; to?: string | undefined; provider?: string | undefined };
      answer: PayoutAnalyticsParts;
    };
    '/payouts/export.csv': {
      query?: { status?: 'pending_approval' | 'approved' | 'queued' | 'sending' | 'sent' | 'held' | 'unclaimed' | 'completed' | 'failed' | 'returned' | 'declined' | 'cancelled' | undefined; payeeId?: string | undefined; cycleId?: string | undefined };
      answer: string;
    };
    '/payouts/{id}/statement': {
      params: { id: string };
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Statement;
    };
    '/payouts/{id}/statement.csv': {
      params: { id: string };
      answer: string;
    };
    '/api/payee/payouts/{id}/statement': {
      params: { id: string };
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Statement;
    };
    '/api/payee/payouts/{id}/statement.csv': {
      params: { id: string };
      answer: string;
    };
    '/payouts/{id}/receipt': {
      params: { id: string };
      answer: Receipt;
    };
    '/api/payee/payouts/{id}/receipt': {
      params: { id: string };
      answer: Receipt;
    };
    '/approvals/waiting': {
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<WaitingPayout>;
    };
    '/payees/{id}/provider-accounts': {
      params: { id: string };
      answer: ProviderAccounts;
    };
    '/approvals': {
      answer: ApprovalQueue;
    };
    '/hand-transfers': {
      query?: { limit?: number | undefined; cursor?: string | undefined; method?: 'bank' | 'moncash' | 'natcash' | 'manual' | undefined; currency?: string | undefined };
      answer: Page<HandTransfer>;
    };
    '/fx-rates': {
      query?: { limit?: number | undefined; cursor?: string | undefined; from?: string | undefined; to?: string | undefined };
      answer: Page<FxRate>;
    };
    '/settings': {
      answer: Settings;
    };
    '/schedule': {
      answer: PlatformSchedule;
    };
    '/payees/{id}/schedule': {
      params: { id: string };
      answer: PayeeSchedule;
    };
    '/api/payee/schedule': {
      answer: PayeeSchedule;
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
    '/status/failures': {
      answer: Failures;
    };
    '/events': {
      answer: string;
    };
    '/api/payee/events': {
      answer: string;
    };
    '/inbox': {
      answer: Inbox;
    };
    '/search': {
      query: { q: string };
      answer: SearchHits;
    };
    '/requests': {
      query?: { limit?: number | undefined; cursor?: string | undefined; status?: '2xx' | '3xx' | '4xx' | '5xx' | undefined; keyId?: string | undefined; route?: string | undefined };
      answer: Page<LoggedRequest>;
    };
    '/float': {
      query?: { books?: 'true' | 'false' | undefined };
      answer: Float;
    };
    '/api-keys': {
      query?: { limit?: number | undefined; cursor?: string | undefined; madeBy?: string | undefined };
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
    '/audit-events': {
      query?: { limit?: number | undefined; cursor?: string | undefined; actor?: string | undefined; event?: string | undefined; subject?: string | undefined; subjectId?: string | undefined; from?: string | undefined; to?: string | undefined };
      answer: Page<AuditEvent>;
    };
    '/audit-events/export.csv': {
      query?: { actor?: string | undefined; event?: string | undefined; subject?: string | undefined; subjectId?: string | undefined; from?: string | undefined; to?: string | undefined };
      answer: string;
    };
    '/audit/verify': {
      query?: { head?: string | undefined };
      answer: AuditVerdict;
    };
    '/outbox': {
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<Mail>;
    };
    '/outbox/{id}': {
      params: { id: string };
      answer: WholeMail;
    };
    '/api/payee/balance': {
      answer: OwnBalance;
    };
    '/api/payee/payouts': {
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<OwnPayout>;
    };
    '/api/payee/payouts/{id}': {
      params: { id: string };
      answer: OwnPayoutDetails;
    };
    '/api/payee/profile': {
      answer: Profile;
    };
    '/api/payee/sessions': {
      answer: Page<Session>;
    };
    '/api/payee/payout-methods': {
      answer: {
        data: OwnPayoutMethod[];
        nextCursor: null;
        /** From when a method would be paid that is added now; null: at once. */
        newUsableFrom: string | null;
        /** How long a method waits that is added or changed now; 0: not at all. */
        coolOffHours: number;
      };
    };
    '/payees/{id}/payout-methods': {
      params: { id: string };
      answer: Page<PayoutMethod>;
    };
    '/people': {
      answer: Page<Person>;
    };
    '/people/invitations': {
      answer: Page<Invitation>;
    };
    '/api/me': {
      answer: Me;
    };
    '/api/me/sessions': {
      answer: Page<Session>;
    };
    '/api/sandbox/clock': {
      answer: TestClock;
    };
    '/api/sandbox/effects': {
      query?: { limit?: number | undefined; cursor?: string | undefined; provider?: 'paypal' | 'stripe' | undefined; reference?: string | undefined };
      answer: Page<SandboxEffect>;
    };
    '/api/sandbox/faults': {
      answer: Page<SandboxFault>;
    };
    '/submissions/{id}': {
      params: { id: string };
      answer: SubmissionDetails;
    };
    '/imports/legacy-payouts': {
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<LegacyImport>;
    };
    '/imports/legacy-payouts/{id}': {
      params: { id: string };
      answer: LegacyImport;
    };
    '/imports/legacy-payouts/{id}/rows': {
      params: { id: string };
      query?: { limit?: number | undefined; cursor?: string | undefined; result?: 'matched' | 'already_imported' | 'ambiguous' | 'unmatched' | 'invalid' | undefined };
      answer: Page<LegacyRow>;
    };
    '/imports/legacy-payouts/{id}/not-matched.csv': {
      params: { id: string };
      answer: string;
    };
    '/imports/left-out': {
      query?: { limit?: number | undefined; cursor?: string | undefined; cycleId?: string | undefined };
      answer: Page<LeftOutFile>;
    };
    '/imports/left-out/{id}/rows': {
      params: { id: string };
      query?: { limit?: number | undefined; cursor?: string | undefined };
      answer: Page<LeftOutRow>;
    };
    '/imports/left-out/{id}/rows.csv': {
      params: { id: string };
      query?: { language?: 'en' | 'fr' | undefined };
      answer: string;
    };
    '/api/auth/get-session': {
      answer: {
        id: string;
        expiresAt: string;
      };
    };
    '/api/auth/passkey/generate-register-options': {
      answer: {
        challenge: string;
        [fact: string]: unknown;
      };
    };
    '/api/auth/passkey/generate-authenticate-options': {
      answer: {
        challenge: string;
        [fact: string]: unknown;
      };
    };
    '/api/auth/passkey/list-user-passkeys': {
      answer: Page<{
        id: string;
        name?: string | null;
        deviceType: string;
        createdAt?: string | null;
      }>;
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
    '/payees/{id}/reveal-method': {
      params: { id: string };
      answer: RevealedMethod;
    };
    '/earnings': {
      body: {
        earnings: EarningInput[];
      };
      answer: EarningsRecorded;
    };
    '/earnings/reverse': {
      body: {
        sourceType: string;
        externalId: string;
        reason: string;
      } | {
        earnings: {
          sourceType: string;
          externalId: string;
          reason: string;
        }[];
      };
      answer: EarningsReversed;
    };
    '/cycles': {
      body: {
        id?: string;
        name?: string;
        /** Refuses an id that a cycle has already; else its cycle is the answer. */
        mustBeNew?: boolean;
      };
      answer: Cycle;
    };
    '/payout-batches/preview': {
      body: {
        cycleId: string;
        newOnly?: boolean;
        leaveOutUnmended?: boolean;
        only?: {
          sourceType: string;
          references: string[];
        };
        provider?: 'paypal' | 'stripe';
        details?: boolean;
        checkItems?: boolean;
      };
      answer: Preview;
    };
    '/payout-batches/process': {
      body: {
        cycleId: string;
        newOnly?: boolean;
        leaveOutUnmended?: boolean;
        only?: {
          sourceType: string;
          references: string[];
        };
        provider?: 'paypal' | 'stripe';
        notes?: string | null;
        checksum?: string;
        acceptShortfall?: boolean;
      };
      answer: BatchStarted;
    };
    '/payout-batches/{batchId}/retry-failed': {
      params: { batchId: string };
      body?: {
        acceptShortfall?: boolean;
        leaveOutUnmended?: boolean;
      };
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
    '/payouts': {
      body: {
        payeeId: string;
        /** Minor units of the currency. */
        amount: number;
        /** ISO 4217. */
        currency: string;
        statementId?: string | null;
        reason?: string | null;
        /** What is paid; the currency of the balance when not named. */
        payoutCurrency?: string | null;
        /** The rate of a quote: with another one nothing is made. */
        rateId?: string | null;
      };
      answer: PayoutDetails;
    };
    '/payouts/retry': {
      body: {
        payoutIds: string[];
        acceptShortfall?: boolean;
      };
      answer: RetryStarted;
    };
    '/payouts/approve': {
      body: {
        payoutIds: string[];
        approvalHash?: string | null;
      };
      answer: DeedResults;
    };
    '/payouts/decline': {
      body: {
        payoutIds: string[];
        reason: string;
        /** Also what is in an export to be paid by hand: nobody pays it any more. */
        evenIfExported?: boolean;
      };
      answer: DeedResults;
    };
    '/payouts/mark-paid': {
      body: {
        payoutId: string;
        paymentReferenceId: string;
        paymentNotes?: string | null;
        paymentDate?: string | null;
      };
      answer: PayoutDetails;
    };
    '/payouts/unpay': {
      body: {
        payoutId: string;
        reason: string;
      };
      answer: PayoutDetails;
    };
    '/payouts/cancel': {
      body: {
        payoutIds: string[];
        reason: string;
        /** Also what is in an export to be paid by hand: nobody pays it any more. */
        evenIfExported?: boolean;
      };
      answer: DeedResults;
    };
    '/payouts/hold': {
      body: {
        payoutIds: string[];
        reason: string;
        until?: string | null;
      };
      answer: DeedResults;
    };
    '/payouts/release': {
      body: {
        payoutIds: string[];
      };
      answer: DeedResults;
    };
    '/payouts/resubmit': {
      body: {
        payoutIds: string[];
      };
      answer: DeedResults;
    };
    '/payout-batches/process-approved': {
      body?: {
        notes?: string | null;
        provider?: 'paypal' | 'stripe';
        acceptShortfall?: boolean;
      };
      answer: BatchStarted;
    };
    '/payees/{id}/request-payout': {
      params: { id: string };
      body?: {
        currency?: string | null;
        /** Id or type of the payout method it is meant for: refused when another one is in use. The one in use when not named. */
        method?: string | null;
        /** What is paid; the currency of the balance when not named. */
        payoutCurrency?: string | null;
        /** The rate of a quote: with another one nothing is made. */
        rateId?: string | null;
      };
      answer: PayoutDetails;
    };
    '/payouts/settle-part': {
      body: {
        payoutId: string;
        /** Minor units of the currency. */
        amount: number;
        decision: 'pay_again' | 'keep';
        reason: string;
      };
      answer: PayoutDetails;
    };
    '/hand-transfers/export': {
      body: {
        method: 'bank' | 'moncash' | 'natcash' | 'manual';
        currency?: string | null;
        again?: boolean;
        payoutIds?: string[] | null;
      };
      answer: string;
    };
    '/payouts/mark-paid-file': {
      body: {
        rows?: PaidRow[];
        csv?: string;
      };
      answer: MarkPaidFileResults;
    };
    '/api/payee/payout-quote': {
      body?: {
        currency?: string | null;
        /** Id or type of the payout method it is meant for: refused when another one is in use. The one in use when not named. */
        method?: string | null;
        /** What is paid; the currency of the balance when not named. */
        payoutCurrency?: string | null;
        /** The rate of a quote: with another one nothing is made. */
        rateId?: string | null;
      };
      answer: PayoutQuote;
    };
    '/payees/{id}/payout-quote': {
      params: { id: string };
      body?: {
        currency?: string | null;
        /** Id or type of the payout method it is meant for: refused when another one is in use. The one in use when not named. */
        method?: string | null;
        /** What is paid; the currency of the balance when not named. */
        payoutCurrency?: string | null;
        /** The rate of a quote: with another one nothing is made. */
        rateId?: string | null;
      };
      answer: PayoutQuote;
    };
    '/fx-rates': {
      body: {
        rates: FxRateInput[];
        /** Enters also what is further from the last rate than `fxRateJumpBps` allows. */
        acceptJump?: boolean;
      };
      answer: FxRatesEntered;
    };
    '/api-keys': {
      body: {
        name: string;
        role: 'owner' | 'operator' | 'approver' | 'viewer';
        scope?: string[] | null;
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
    '/payees/{id}/portal-link': {
      params: { id: string };
      answer: PortalLink;
    };
    '/api/payee/request-payout': {
      body?: {
        currency?: string | null;
        /** Id or type of the payout method it is meant for: refused when another one is in use. The one in use when not named. */
        method?: string | null;
        /** What is paid; the currency of the balance when not named. */
        payoutCurrency?: string | null;
        /** The rate of a quote: with another one nothing is made. */
        rateId?: string | null;
      };
      answer: OwnPayoutDetails;
    };
    '/api/payee/sign-out': {
      answer: undefined;
    };
    '/api/payee/payouts/{id}/pay-again': {
      params: { id: string };
      body: {
        methodId?: string;
        method?: AddPayoutMethod;
      };
      answer: OwnPayoutDetails;
    };
    '/api/payee/payout-methods': {
      body: AddPayoutMethod;
      answer: OwnPayoutMethod;
    };
    '/api/payee/payout-methods/{id}/default': {
      params: { id: string };
      answer: OwnPayoutMethod;
    };
    '/api/payee/payout-methods/{id}/backup': {
      params: { id: string };
      answer: OwnPayoutMethod;
    };
    '/payees/compare-methods': {
      body: {
        payees: {
          externalId: string;
          payoutMethod: PayoutMethodInput;
        }[];
      };
      answer: {
        /** Payees who are paid to exactly this address. */
        known: number;
        /** Payees who are paid to another address until now. */
        changed: number;
        /** Payees who are new, or have no method yet. */
        added: number;
      };
    };
    '/payees/{id}/payout-methods': {
      params: { id: string };
      body: AddPayoutMethod;
      answer: PayoutMethod;
    };
    '/payees/{id}/payout-methods/{methodId}/default': {
      params: { id: string; methodId: string };
      answer: PayoutMethod;
    };
    '/payees/{id}/payout-methods/{methodId}/backup': {
      params: { id: string; methodId: string };
      answer: PayoutMethod;
    };
    '/payees/{id}/payout-methods/{methodId}/release': {
      params: { id: string; methodId: string };
      answer: PayoutMethod;
    };
    '/payees/{id}/hold': {
      params: { id: string };
      body: {
        reason: string;
        until?: string | null;
      };
      answer: Payee;
    };
    '/payees/{id}/release': {
      params: { id: string };
      answer: Payee;
    };
    '/people': {
      body: {
        email: string;
        name?: string;
        role?: 'owner' | 'operator' | 'approver' | 'viewer';
      };
      answer: NewPerson;
    };
    '/people/{id}/reset-password': {
      params: { id: string };
      body?: {
        secondFactors?: boolean;
      };
      answer: NewPerson;
    };
    '/people/invitations': {
      body: {
        email: string;
        name?: string;
        role: 'owner' | 'operator' | 'approver' | 'viewer';
      };
      answer: NewInvitation;
    };
    '/api/me/step-up': {
      body: {
        code: string;
      } | {
        passkey: {
          id: string;
          [fact: string]: unknown;
        };
      };
      answer: {
        /** RFC 3339, UTC. */
        stepUpUntil: string;
      };
    };
    '/api/sandbox/clock': {
      body: {
        advanceSeconds: number;
      };
      answer: TestClock;
    };
    '/api/sandbox/faults': {
      body: {
        rules: {
          provider?: 'paypal' | 'stripe';
          fault: 'drop_before' | 'drop_after' | 'error_500_before' | 'error_500_after' | 'timeout' | 'reset_mid_body' | 'malformed' | 'rate_limit' | 'slow' | 'insufficient_funds' | 'denied' | 'webhook_duplicate' | 'webhook_reorder' | 'webhook_drop' | 'webhook_forged';
          times?: number | null;
          method?: 'GET' | 'POST';
          path?: string;
          probability?: number;
          seed?: number;
          delayMs?: number;
          retryAfterSeconds?: number;
        }[];
      } | {
        provider?: 'paypal' | 'stripe';
        fault: 'drop_before' | 'drop_after' | 'error_500_before' | 'error_500_after' | 'timeout' | 'reset_mid_body' | 'malformed' | 'rate_limit' | 'slow' | 'insufficient_funds' | 'denied' | 'webhook_duplicate' | 'webhook_reorder' | 'webhook_drop' | 'webhook_forged';
        times?: number | null;
        method?: 'GET' | 'POST';
        path?: string;
        probability?: number;
        seed?: number;
        delayMs?: number;
        retryAfterSeconds?: number;
      };
      answer: Page<SandboxFault>;
    };
    '/api/sandbox/balance': {
      body: {
        provider?: 'paypal' | 'stripe';
        /** ISO 4217. */
        currency: string;
        amount: number | null;
      };
      answer: SandboxBalance;
    };
    '/submissions/{id}/resolve': {
      params: { id: string };
      body: {
        outcome: 'sent';
        providerBatchId: string;
        evidence?: string | null;
      } | {
        outcome: 'not_sent';
        evidence: string;
      };
      answer: ResolutionAsked;
    };
    '/imports/legacy-payouts': {
      body: {
        name?: string | null;
        cycleId?: string | null;
        dryRun?: boolean;
        importId?: string | null;
        rows: LegacyRowInput[];
      } | {
        name?: string | null;
        cycleId?: string | null;
        dryRun?: boolean;
        csv: string;
      };
      answer: LegacyImported;
    };
    '/imports/legacy-payouts/rows/{id}/match': {
      params: { id: string };
      body: {
        payeeId: string;
        earning?: {
          sourceType: string;
          externalId: string;
        } | null;
      };
      answer: {
        payoutId: string;
      };
    };
    '/imports/check': {
      body: {
        name?: string;
        cycleId: string;
        provider?: 'paypal' | 'stripe';
        source?: string;
        csv: string;
      } | {
        name?: string;
        cycleId: string;
        provider?: 'paypal' | 'stripe';
        source?: string;
        header: string[];
        rows: string[][];
      };
      answer: ImportCheck;
    };
    '/imports/left-out': {
      body: {
        file: {
          name?: string;
          cycleId: string;
          provider?: 'paypal' | 'stripe';
          source?: string;
          csv: string;
        } | {
          name?: string;
          cycleId: string;
          provider?: 'paypal' | 'stripe';
          source?: string;
          header: string[];
          rows: string[][];
        };
        lines?: number[];
      };
      answer: {
        /** Null: nothing was written down. */
        leftOut: LeftOutFile | null;
        /** Why nothing was: no row of the file was left out, or the cycle has 200 such files already. */
        reason: 'none_left_out' | 'cycle_full' | null;
      };
    };
    '/api/auth/sign-in/email': {
      body: {
        email: string;
        password: string;
      };
      answer: {
        success: boolean;
        secondFactorNeeded: boolean;
      };
    };
    '/api/auth/sign-out': {
      answer: {
        success: true;
      };
    };
    '/api/auth/change-password': {
      body: {
        currentPassword: string;
        newPassword: string;
      };
      answer: {
        success: true;
      };
    };
    '/api/auth/two-factor/enable': {
      body: {
        password: string;
      };
      answer: {
        backupCodes: string[];
        totpURI: string;
      };
    };
    '/api/auth/two-factor/verify-totp': {
      body: {
        code: string;
      };
      answer: {
        success: true;
      };
    };
    '/api/auth/two-factor/verify-backup-code': {
      body: {
        code: string;
      };
      answer: {
        success: true;
      };
    };
    '/api/auth/two-factor/generate-backup-codes': {
      body: {
        password: string;
      };
      answer: {
        backupCodes: string[];
      };
    };
    '/api/auth/two-factor/disable': {
      body: {
        password: string;
      };
      answer: {
        success: true;
      };
    };
    '/api/auth/passkey/verify-registration': {
      body: {
        response: {
          id: string;
          [fact: string]: unknown;
        };
        name?: string;
      };
      answer: {
        id: string;
      };
    };
    '/api/auth/passkey/verify-authentication': {
      body: {
        response: {
          id: string;
          [fact: string]: unknown;
        };
      };
      answer: {
        success: true;
      };
    };
    '/api/auth/passkey/delete-passkey': {
      body: {
        id: string;
      };
      answer: {
        success: true;
      };
    };
    '/api/people/accept-invitation': {
      body: {
        token: string;
        name?: string;
        password: string;
      };
      answer: {
        id: string;
        email: string;
        role: 'owner' | 'operator' | 'approver' | 'viewer';
      };
    };
    '/api/payee/sign-in': {
      body: {
        email: string;
      };
      answer: {
        message: string;
      };
    };
    '/api/payee/sign-in/verify': {
      body: {
        token: string;
      };
      answer: {
        payee: {
          id: string;
          name: string;
        };
        /** RFC 3339, UTC. */
        expiresAt: string;
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
    '/settings': {
      body: {
        /** Minor units by currency; null goes back to the default. */
        minimumPayout?: Record<string, number | null>;
        /** Minor units by currency; null goes back to the default. */
        secondApproverAbove?: Record<string, number | null>;
        approvalExpiryDays?: number;
        settlementHoldDays?: number;
        methodCoolOffHours?: number;
        settlementHoldDaysBySource?: Record<string, number | null>;
        autoRetry?: boolean;
        /** Fee of earnings that say none, in basis points. */
        feeBpsBySource?: Record<string, number | null>;
        fxRateMaxAgeHours?: number;
        fxSpreadBps?: number;
        fxRateJumpBps?: number;
        /** Cron expression in the time zone of the platform. */
        payoutSchedule?: string;
        payoutFrequency?: 'weekly' | 'every_two_weeks' | 'monthly' | 'manual';
        sendApprovedOnSchedule?: boolean;
        /** What payees are told of by mail. */
        payeeMails?: ('started' | 'completed' | 'failed' | 'retrying' | 'returned')[];
      };
      answer: Settings;
    };
    '/payees/{id}/schedule': {
      params: { id: string };
      body: {
        frequency?: 'weekly' | 'every_two_weeks' | 'monthly' | 'manual' | null;
        /** Minor units by currency; null goes back to what the platform has. */
        minimumPayout?: Record<string, number | null>;
        /** Minor units by currency; null goes back to what the platform has. */
        requestAt?: Record<string, number | null>;
      };
      answer: PayeeSchedule;
    };
    '/api/payee/schedule': {
      body: {
        frequency?: 'weekly' | 'every_two_weeks' | 'monthly' | 'manual' | null;
        /** Minor units by currency; null goes back to what the platform has. */
        minimumPayout?: Record<string, number | null>;
        /** Minor units by currency; null goes back to what the platform has. */
        requestAt?: Record<string, number | null>;
      };
      answer: PayeeSchedule;
    };
    '/api/payee/profile': {
      body: {
        /** Another one than now has at most 100 characters and no web address. */
        name?: string;
        language?: 'en' | 'fr' | 'ht' | null;
        timezone?: string | null;
        email?: never;
      };
      answer: Profile;
    };
    '/people/{id}': {
      params: { id: string };
      body: {
        name?: string;
        email?: string;
        role?: 'owner' | 'operator' | 'approver' | 'viewer';
        status?: 'active' | 'removed';
        /** What becomes of the API keys they made, when they are removed or are an owner no more. */
        keys?: 'revoke' | 'keep';
      };
      answer: Person;
    };
  };
  DELETE: {
    '/api-keys/{id}': {
      params: { id: string };
      answer: undefined;
    };
    '/api/payee/sessions/{id}': {
      params: { id: string };
      answer: undefined;
    };
    '/api/payee/payout-methods/{id}': {
      params: { id: string };
      answer: undefined;
    };
    '/payees/{id}/payout-methods/{methodId}': {
      params: { id: string; methodId: string };
      answer: undefined;
    };
    '/people/{id}/sessions': {
      params: { id: string };
      answer: {
        /** Sessions that ended. */
        ended: number;
      };
    };
    '/people/invitations/{id}': {
      params: { id: string };
      answer: undefined;
    };
    '/api/me/sessions/{id}': {
      params: { id: string };
      answer: undefined;
    };
    '/api/sandbox/faults': {
      answer: undefined;
    };
  };
}
