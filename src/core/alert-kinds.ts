import type { PayoutState } from './payout.ts';
import type { AttemptState } from './attempt.ts';
import type { TeamLanguage } from './language.ts';

/** Why a scheduled run did not send, in every language. */
type Why = Readonly<Record<TeamLanguage, string>>;
type NoFacts = Readonly<Record<string, never>>;

/**
 * What each kind of alert tells, as it is kept beside it: its words are made of this when somebody reads them. Amounts are
 * texts in minor units, times RFC 3339.
 */
export interface AlertFacts {
  readonly retry_not_possible: NoFacts;
  readonly retries_exhausted: {
    readonly count: number;
    readonly times: number;
    readonly payouts: readonly string[];
  };
  readonly key_expired: NoFacts;
  readonly several_at_provider: { readonly count: number; readonly ids: string };
  readonly accepted_late: NoFacts;
  readonly not_sent_yet: { readonly tries: number; readonly cause: string; readonly unmoved: boolean };
  readonly outcome_unknown: { readonly cause: string };
  readonly refused_after_loss: { readonly cause: string };
  readonly bank_payout_failed: {
    readonly payees: string;
    readonly amount: string;
    readonly currency: string;
    readonly code: string | null;
    readonly id: string;
  };
  readonly item_of_another_submission: { readonly key: string };
  readonly unknown_status: { readonly raw: string; readonly of: 'payout' | 'submission' };
  /** As the provider lists it beside what was sent, in minor units. */
  readonly amount_mismatch: { readonly listed: string; readonly sent: string };
  readonly contradiction: { readonly raw: string; readonly state: PayoutState };
  readonly late_change_of_old_attempt: {
    readonly before: AttemptState;
    readonly now: AttemptState;
    readonly state: PayoutState;
  };
  readonly partly_returned: {
    readonly part: string;
    readonly amount: string;
    readonly currency: string;
    readonly why: string | null;
    readonly booked: boolean;
  };
  /** `again`: payouts that have been tried again since; null: the batch is not compared yet. */
  readonly sent_after_all: { readonly batch: string; readonly again: number | null };
  readonly legacy_conflict: { readonly line: number; readonly importId: string; readonly reason: string };
  readonly change_disputed: { readonly underWay: number };
  readonly float_short: {
    readonly provider: string;
    readonly currency: string;
    readonly needed: string;
    readonly there: string;
    readonly shortfall: string;
  };
  readonly schedule_not_sent: {
    readonly provider: string;
    readonly due: string;
    readonly zone: string;
    readonly why: Why;
  };
  readonly listed_twice: NoFacts;
  readonly items_missing: { readonly seen: number; readonly of: number };
  readonly not_recorded: NoFacts;
  readonly shared_account: {
    readonly payees: number;
    readonly type: string;
    readonly masked: string;
    readonly named: readonly string[];
  };
  readonly second_batch: { readonly batch: string };
  readonly adoption_mismatch: { readonly batch: string; readonly detail: string };
  /** `expired`: as many ended before they could be sent; null: this one was given up. */
  readonly mail_not_sent: { readonly mail: string; readonly why: string; readonly expired: number | null };
  readonly mail_refused: { readonly why: string };
  readonly reconcile_unanswered: { readonly tries: number; readonly cause: string };
  readonly reconciliation_mismatch: { readonly count: number };
  readonly failure_rate: {
    readonly provider: string;
    readonly failed: number;
    readonly ended: number;
    readonly percent: number;
    readonly most: number;
  };
  readonly stuck_sending: { readonly count: number };
}

export type AlertKind = keyof AlertFacts;

/** Something a person must look at: what it is about, and what is known of it. */
export type NewAlert = {
  readonly [Kind in AlertKind]: {
    readonly kind: Kind;
    readonly subject: string;
    readonly facts: AlertFacts[Kind];
  };
}[AlertKind];

/** Sentences for each kind. */
export type AlertTexts = { readonly [Kind in AlertKind]: (facts: AlertFacts[Kind]) => string };
