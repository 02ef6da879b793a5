/**
 * Does a refusal pass by itself? `temporary`: the same payment may well succeed later. `permanent`: only after somebody mends
 * something. `unknown`: nobody can say, so a person decides.
 */
export type Persistence = 'temporary' | 'permanent' | 'unknown';

/**
 * Every reason a payout could not be paid, in words for operator and payee, with what to do. Provider codes are
 * translated into these by each provider; raw text is kept as evidence. Copy rule: what happened, where the money is,
 * what to do.
 */
export interface Reason {
  readonly operator: string;
  readonly payee: string;
  readonly fix: string;
  /** Who has the next move. */
  readonly waitingOn: 'you' | 'payee' | 'provider' | 'clock';
  /** May an operator retry without changing anything first? */
  readonly retryable: boolean;
  /** Only what is temporary is tried again by itself. A provider that knows better says so beside the code. */
  readonly persistence: Persistence;
}

const accountMissing: Reason = {
  operator: 'The provider knows no account for this address.',
  payee: 'We could not find an account for your address.',
  fix: 'Ask the payee for another address or method, then retry.',
  waitingOn: 'payee',
  retryable: false,
  persistence: 'permanent',
};

const reasons = {
  receiver_unregistered: {
    operator: 'The payee has no account at the provider yet.',
    payee: 'Open an account with this e-mail address to receive the money.',
    fix: 'The payee has 30 days to claim it. Remind them; it is not sent again while it can be claimed.',
    waitingOn: 'payee',
    retryable: false,
    persistence: 'permanent',
  },
  receiver_unconfirmed: {
    operator: 'The payee has not confirmed this e-mail address at the provider.',
    payee: 'Confirm your e-mail address at the provider to receive the money.',
    fix: 'The payee must confirm the address. Do not send it again while it is unclaimed.',
    waitingOn: 'payee',
    retryable: false,
    persistence: 'permanent',
  },
  receiver_account_invalid: accountMissing,
  receiver_invalid: {
    operator: 'The address is not one the provider can pay.',
    payee: 'Your payout address is not valid.',
    fix: 'Correct the address, then retry.',
    waitingOn: 'payee',
    retryable: false,
    persistence: 'permanent',
  },
  receiver_locked: {
    operator: "The payee's account is locked or limited at the provider.",
    payee: 'Your account is limited. Contact the provider, or add another payout method.',
    fix: 'The payee must resolve it with the provider or use another method, then retry.',
    waitingOn: 'payee',
    retryable: false,
    persistence: 'permanent',
  },
  receiver_not_enabled: {
    operator: "The payee's account at the provider cannot receive payouts yet. No money moved.",
    payee: 'Your payout account is not ready. Finish its set-up at the provider.',
    fix: 'The payee must complete what the provider asks for; then retry.',
    waitingOn: 'payee',
    retryable: false,
    persistence: 'permanent',
  },
  receiver_country_not_allowed: {
    operator: "The provider does not pay to the payee's country.",
    payee: 'The provider cannot pay to your country. Add another payout method.',
    fix: 'Use another payout method.',
    waitingOn: 'payee',
    retryable: false,
    persistence: 'permanent',
  },
  receiving_limit_exceeded: {
    operator: 'The payee has reached the receiving limit of their account.',
    payee: 'Your account has reached its receiving limit. Raise it at the provider.',
    fix: 'The payee must raise the limit; then retry.',
    waitingOn: 'payee',
    retryable: true,
    persistence: 'permanent',
  },
  currency_not_supported: {
    operator: 'This currency cannot be sent to this payee.',
    payee: 'Your account cannot receive this currency.',
    fix: 'The payee can choose another payout method in the portal. Once the account takes this currency, retry.',
    waitingOn: 'payee',
    retryable: false,
    persistence: 'permanent',
  },
  amount_not_allowed: {
    operator: 'The provider does not accept this amount.',
    payee: 'The amount is outside what the provider can send.',
    fix: 'Check the amount against the limits of the provider, then pay it another way or in parts.',
    waitingOn: 'you',
    retryable: false,
    persistence: 'permanent',
  },
  amount_outside_limits: {
    operator: 'The amount is outside the limits that are set for one payout. Nothing was sent.',
    payee: 'Your payment needs another look. You need do nothing.',
    fix: 'Pay it in parts or by hand, or change MIN_PAYOUT_AMOUNT_CENTS and MAX_PAYOUT_AMOUNT_CENTS; then retry.',
    waitingOn: 'you',
    retryable: false,
    persistence: 'permanent',
  },
  insufficient_funds: {
    operator: 'The provider account did not hold enough money. Nothing was sent.',
    payee: 'We are preparing your payment.',
    fix: 'Add funds at the provider, then retry.',
    waitingOn: 'you',
    retryable: true,
    persistence: 'temporary',
  },
  sender_restricted: {
    operator: 'The provider has restricted your own account. Nothing was sent.',
    payee: 'We are preparing your payment.',
    fix: 'Resolve the restriction with the provider, then retry.',
    waitingOn: 'you',
    retryable: true,
    persistence: 'permanent',
  },
  not_authorized: {
    operator: 'Your provider account may not send payouts with these credentials. Nothing was sent.',
    payee: 'We are preparing your payment.',
    fix: 'Ask the provider to switch payouts on, or correct the credentials, then retry.',
    waitingOn: 'you',
    retryable: true,
    persistence: 'permanent',
  },
  risk_declined: {
    operator: "The provider's risk check refused it. No money moved.",
    payee: 'The provider refused this payment.',
    fix: 'The payee can choose another payout method in the portal. If the provider says that it pays now, retry.',
    waitingOn: 'payee',
    retryable: true,
    persistence: 'unknown',
  },
  compliance_blocked: {
    operator: 'The provider blocked it for a legal or compliance reason. No money moved.',
    payee: 'The provider is not able to pay you this way.',
    fix: 'The payee can choose another payout method in the portal. If the provider has lifted the block, retry.',
    waitingOn: 'payee',
    retryable: false,
    persistence: 'permanent',
  },
  batch_denied: {
    operator: 'The provider denied the whole submission. Nothing was sent.',
    payee: 'We are preparing your payment.',
    fix: 'Check funds and account status at the provider, then retry.',
    waitingOn: 'you',
    retryable: true,
    persistence: 'unknown',
  },
  request_invalid: {
    operator: 'The provider refused the request as invalid. Nothing was sent.',
    payee: 'We are preparing your payment.',
    fix: 'See the evidence for what it refused, correct it, then retry.',
    waitingOn: 'you',
    retryable: true,
    persistence: 'permanent',
  },
  duplicate_item: {
    operator: 'The provider says this item is a duplicate and did not send it.',
    payee: 'We are checking your payment.',
    fix: 'Compare with the provider before you retry.',
    waitingOn: 'you',
    retryable: false,
    persistence: 'unknown',
  },
  unclaimed_expired: {
    operator: 'Nobody claimed it within 30 days. The money is back.',
    payee: 'This payment expired because it was not claimed.',
    fix: 'Ask the payee for an address with an account, then retry.',
    waitingOn: 'payee',
    retryable: true,
    persistence: 'permanent',
  },
  refunded: {
    operator: 'The payee sent it back. The money is back.',
    payee: 'You sent this payment back.',
    fix: 'Ask the payee how they want to be paid, then retry.',
    waitingOn: 'payee',
    retryable: true,
    persistence: 'permanent',
  },
  reversed: {
    operator: 'The provider took it back. The money is back.',
    payee: 'The provider took this payment back.',
    fix: 'Ask the provider why before you retry.',
    waitingOn: 'you',
    retryable: true,
    persistence: 'unknown',
  },
  partly_reversed: {
    operator: 'Part of it was taken back; the payee keeps the rest.',
    payee: 'Part of this payment was taken back.',
    fix: 'See the provider for how much and why; do not send the whole amount again.',
    waitingOn: 'you',
    retryable: false,
    persistence: 'permanent',
  },
  proven_absent: {
    operator: 'It was looked up at the provider and had not been sent.',
    payee: 'We are preparing your payment.',
    fix: 'Retry it: a new attempt travels under a new key.',
    waitingOn: 'you',
    retryable: true,
    persistence: 'unknown',
  },
  sent_before: {
    operator: 'An earlier attempt turned out to be at the provider after all. This one was not sent.',
    payee: 'We are checking your payment.',
    fix: 'Compare the earlier attempt with the provider; it is not paid again while that one may arrive.',
    waitingOn: 'you',
    retryable: false,
    persistence: 'unknown',
  },
  earlier_system: {
    operator: 'An earlier system tried this, and the money did not stay with the payee.',
    payee: 'An earlier payment did not reach you.',
    fix: 'It does not count as paid; what was earned here is paid by a run.',
    waitingOn: 'clock',
    retryable: false,
    persistence: 'permanent',
  },
  provider_error: {
    operator: 'The provider could not send it and gave no usable reason. No money moved.',
    payee: 'The payment failed at the provider.',
    fix: 'Retry once; if it fails again, ask the provider with the evidence.',
    waitingOn: 'you',
    retryable: true,
    persistence: 'unknown',
  },
} as const satisfies Record<string, Reason>;

export type ReasonCode = keyof typeof reasons;
export const reasonCodes = Object.keys(reasons) as ReasonCode[];

/** Refusals of the way to pay, and not of the account: the payee takes another way, or the provider changes its mind. */
const refusedWays: ReadonlySet<ReasonCode> = new Set([
  'currency_not_supported',
  'risk_declined',
  'compliance_blocked',
]);

/** Whether the provider refused this way to pay: only the team can send it there once more. */
export function isRefusedWay(code: string | null): boolean {
  return refusedWays.has(reasonCodeOf(code));
}

/** Whether another payout method mends it, and so the payee. */
export function mendsByOtherMethod(code: string | null): boolean {
  return reasonFor(code).waitingOn === 'payee';
}

/** Whether the reason lies in the account itself: whatever is sent there next meets it, too. */
export function liesInAccount(code: string | null): boolean {
  return mendsByOtherMethod(code) && !isRefusedWay(code);
}

export const otherMethodCodes = reasonCodes.filter((code) => mendsByOtherMethod(code));
export const accountFaultCodes = reasonCodes.filter((code) => liesInAccount(code));

/** The code as one of ours; an unknown one counts as `provider_error`. */
export function reasonCodeOf(code: string | null): ReasonCode {
  return Object.hasOwn(reasons, code ?? '') ? (code as ReasonCode) : 'provider_error';
}

/** Words for a reason code; an unknown code reads as `provider_error`. */
export function reasonFor(code: string | null): Reason {
  return reasons[reasonCodeOf(code)];
}

/** Whether what failed for this reason may pass by itself: the provider's own word, else the table's. */
export function persistenceOf(code: string | null, said?: Persistence): Persistence {
  return said ?? reasonFor(code).persistence;
}
