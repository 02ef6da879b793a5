import { methodRefusals } from './method-refusals.ts';
import { partRefusals } from './part-refusals.ts';
import { teamRefusals } from './team-refusals.ts';
import type { ToldElsewhere } from './told.ts';

/** Every "no" a caller can get, with the HTTP status and the words people see. Facts go in `details`. */
const refusals = {
  cycle_not_found: [
    404,
    'There is no such cycle. Nothing was changed.',
    'Check the cycle id; create the cycle first.',
  ],
  cycle_exists: [409, 'A cycle has this id already. Nothing was changed.', 'Open it, or choose another id.'],
  payee_blocked: [
    409,
    'This payee is blocked, so nothing is paid out. Nothing was changed.',
    'The platform frees the payee; what was earned stays theirs.',
  ],
  payee_not_on_hold: [
    409,
    'This payee is not on hold. Nothing was changed.',
    'See the status of the payee; one that is blocked is freed instead.',
  ],
  method_not_approved: [
    409,
    'The payout method is not the one that was approved. Nothing was changed and no money moved.',
    'Put the payout back with resubmit; once it is approved again it goes to the present method.',
  ],
  payout_method_missing: [
    409,
    'There is no payout method to pay to. Nothing was changed.',
    'Give a payout method first, then ask again.',
  ],
  nothing_earned: [
    409,
    'There is no balance to pay out. Nothing was changed.',
    'Ask again when something has been earned.',
  ],
  currency_needed: [
    409,
    'There are balances in several currencies. Nothing was changed.',
    'Name the currency that shall be paid out.',
  ],
  below_minimum: [
    409,
    'What is available is less than the least amount of a payout. Nothing was changed and no money moved.',
    'See what is missing, and ask again when there is enough.',
  ],
  amount_outside_limits: [
    409,
    'This amount is outside the limits of one payout. Nothing was changed and no money moved.',
    'See the limits (minor units): pay it in parts, or change MIN_PAYOUT_AMOUNT_CENTS and MAX_PAYOUT_AMOUNT_CENTS.',
  ],
  request_in_flight_already: [
    409,
    'A payout was asked for already and is still under way. No second one was made and nothing was changed.',
    'Follow the payout that is under way; ask again when it has ended.',
  ],
  below_platform_minimum: [
    422,
    'An amount of one’s own is never less than the least amount of the platform. Nothing was changed.',
    'See minimum; leave the amount out to follow the platform.',
  ],
  rate_missing: [
    409,
    'No rate is known from the currency of the balance to the one that shall be paid. Nothing was changed and no money moved.',
    'Enter a rate for exactly this pair, in this direction; rates are never turned around.',
  ],
  rate_too_old: [
    409,
    'The last rate of this pair is older than rates may be. Nothing was changed and no money moved.',
    'Enter a rate of today, or ask for a payout in the currency of the balance.',
  ],
  rate_changed: [
    409,
    'The rate is not the one that was quoted any more. Nothing was changed and no money moved.',
    'Ask for a new quote, and name its rateId.',
  ],
  conversion_out_of_range: [
    409,
    'Converted, the amount is less than can be paid or more than can be counted. Nothing was changed and no money moved.',
    'Pay in the currency of the balance, or wait until there is more.',
  ],
  currency_not_taken: [
    409,
    'The payout method takes no payments in this currency. Nothing was changed and no money moved.',
    'Name a payoutCurrency that it takes (see taken), or give another payout method.',
  ],
  amount_not_whole: [
    409,
    'The payout method takes fewer decimals of this currency than the amount has. Nothing was changed and no money moved.',
    'Ask again when the balance is round (see step, in minor units), name another payoutCurrency, or give another payout method.',
  ],
  payee_owes: [
    409,
    'The payee owes, as an earning was taken back after it had been paid. Nothing was changed and no money moved.',
    'Ask for a payout of all that is available to the payee; it pays that much less.',
  ],
  statement_differs: [
    409,
    'This statement was recorded before with other facts. Nothing was changed and no money moved.',
    'Compare with what was recorded; use another statementId for another amount.',
  ],
  changed_since_seen: [
    409,
    'The payout is not what was seen any more. Nothing was approved and nothing was changed.',
    'Look at the payout again, and approve with the hash it shows now.',
  ],
  method_not_in_use: [
    409,
    'The payout method that was named is not the one in use. Nothing was asked for and no money moved.',
    'Make it the method in use first, or leave method out to be paid by the one in use.',
  ],
  own_request: [
    409,
    'Nobody approves what they asked for themselves. Nothing was changed.',
    'Let somebody else approve it.',
  ],
  own_redirect: [
    409,
    'You changed where this payout goes after it was asked for, and nobody approves that alone. Nothing was changed and no money moved.',
    'Let somebody else look at the new payout method and approve it.',
  ],
  approved_once: [
    409,
    'You have approved this already; its amount needs a second approver. Nothing was changed.',
    'Let somebody else approve it, too.',
  ],
  payout_on_hold: [
    409,
    'This payout is on hold. Nothing was changed and no money moved.',
    'See reason and until: it ends by the clock then, or an operator ends it.',
  ],
  not_approved: [
    409,
    'This payout has not been approved. Nothing was changed and no money moved.',
    'Approve it first.',
  ],
  in_hand_export: [
    409,
    'This payout is in a file that was handed over to be paid by hand, so somebody may be paying it. Nothing was changed.',
    'Make certain that nobody pays it any more, then repeat this with evenIfExported: true; or mark it paid.',
  ],
  nothing_to_export: [
    409,
    'No approved payout waits to be paid by hand like this, other than what is on hold or in an export already. Nothing was exported and nothing was changed.',
    'See the list of what is to be paid by hand; what was handed over before is exported only when that is asked for, too.',
  ],
  not_arrived: [
    409,
    'This payment has not arrived, or came back, so there is no receipt of it. Nothing was changed.',
    'See its status and nextStep; the statement lists what it is made of.',
  ],
  not_yours_to_fix: [
    409,
    'This payment does not wait for you to change anything. Nothing was changed and no money moved.',
    'See nextStep for who has the next move; where the money goes from now on is changed under payout methods.',
  ],
  same_method_failed: [
    409,
    'This payment did not get through to that payout method, and would fail there again. Nothing was changed and no money moved.',
    'Give another address, or choose another payout method.',
  ],
  never_approved: [
    409,
    'This payout is of a run, which needs no approval. Nothing was changed.',
    'Retry it.',
  ],
  not_paid_by_hand: [
    409,
    'This payout was not paid by hand, so it is not taken back by hand. Nothing was changed.',
    'What a provider paid comes back by the provider.',
  ],
  reference_came_back: [
    409,
    'This payout was marked paid with this reference before, and that payment came back. Nothing was changed.',
    'If it was paid again, give the reference of the new payment.',
  ],
  ...methodRefusals,
  ...partRefusals,
  legacy_payout: [
    409,
    'An earlier system made this payout; Purser only counts it. Nothing was changed and no money moved.',
    'What it did not pay is paid by a run; what became of it comes with a newer report of the provider.',
  ],
  import_not_found: [404, 'There is no such import. Nothing was changed.', 'Check the id of the import.'],
  legacy_row_not_found: [
    404,
    'There is no such row. Nothing was changed.',
    'Check the id of the row (lr_…) in the report of the import.',
  ],
  legacy_row_not_open: [
    409,
    'This row does not wait for a match. Nothing was changed.',
    'See its result; a row that is not valid is mended in the file and imported again.',
  ],
  earning_not_found: [
    404,
    'There is no such earning of this payee. Nothing was changed.',
    'Check its sourceType and externalId, and whose it is.',
  ],
  earning_differs: [
    409,
    'This earning is not what the row paid. Nothing was changed.',
    'Compare amount and currency, and whether it was taken back; match the payee alone when there is no such earning.',
  ],
  batch_not_found: [404, 'There is no such batch. Nothing was changed.', 'Check the batch id (pb_…).'],
  submission_not_found: [
    404,
    'There is no such submission. Nothing was changed.',
    'Check its id (su_…) or its provider key; the status page lists those whose outcome is unknown.',
  ],
  payout_not_found: [
    404,
    'There is no such payout. Nothing was changed.',
    'Check the payout id (po_…) or the reference.',
  ],
  payee_not_found: [
    404,
    'There is no such payee. Nothing was changed.',
    'Check the payee id; create the payee first.',
  ],
  no_payout_method: [
    404,
    'This payee has no payout method. Nothing was changed.',
    'Give the payee a payout method first.',
  ],
  cycle_closed: [409, 'This cycle is closed. No money moved.', 'Open the cycle or use another one.'],
  batch_already_active: [
    409,
    'A batch of this cycle is already being paid. No second one was started and no extra money moved.',
    'Follow the active batch; start again when it is completed.',
  ],
  provider_not_set_up: [
    409,
    'This provider is not set up here. No money moved.',
    'Name another provider, or set its credentials and start Purser again.',
  ],
  several_providers: [
    409,
    'These payees are paid through more than one provider. No money moved.',
    'Ask again for those of each provider by themselves.',
  ],
  nothing_to_pay: [
    409,
    'Nobody is eligible now. No money moved.',
    'Add earnings, or see why people are not eligible in the preview of the cycle.',
  ],
  insufficient_float: [
    409,
    'The provider account does not hold what this run needs. Nothing was started and no money moved.',
    'Fund the account by the shortfall and look again, or start with acceptShortfall: true if it is being funded.',
  ],
  changed_since_preview: [
    409,
    'What would be paid is no longer what the preview showed. Nothing was written and no money moved.',
    'Look at a new preview, and start with its checksum.',
  ],
  cycle_locked: [
    423,
    'Somebody is preparing a batch of this cycle right now. Nothing was changed by this request and no money moved.',
    'Wait until they are done, then look at the cycle before starting again. A lock ends by itself at expiresAt.',
  ],
  cycle_lock_lost: [
    409,
    'The lock of this cycle ended while the batch was being prepared. Nothing was written and no money moved.',
    'Look at the cycle, then start again.',
  ],
  process_too_often: [
    429,
    'You started a run of this cycle less than a minute ago. No second one was started and no extra money moved.',
    'Look at the run you started. If another one is right, wait as long as Retry-After says.',
  ],
  batch_still_active: [
    409,
    'This batch is still being paid. Nothing was changed.',
    'Wait until it is completed, then retry what failed.',
  ],
  nothing_failed: [
    409,
    'Nothing in this batch can be retried. Nothing was changed.',
    'See its failed items.',
  ],
  not_cancellable: [
    409,
    'Nothing in this batch is proven unsent. Nothing was cancelled.',
    'What has left can only be followed; unclaimed items can be cancelled one by one at the provider.',
  ],
  payout_in_progress: [
    409,
    'This payout is on its way or its outcome is not known yet. It was not sent again.',
    'Wait for the outcome; Purser keeps asking the provider.',
  ],
  several_cycles: [
    409,
    'These payouts are of different cycles. Nothing was changed.',
    'Retry the payouts of one cycle at a time.',
  ],
  already_processed: [409, 'This has been done already. Nothing was changed.', 'See the present state.'],
  not_resolvable: [
    409,
    'This cannot be decided by a person now. Nothing was changed and no money moved.',
    'See the reason; where a time is given, ask again after it.',
  ],
  key_too_wide: [
    403,
    'A key makes no key that may do more or lives longer than itself. No key was made and nothing was changed.',
    'Ask for a role, a scope and an end within your own, or let an owner make the key.',
  ],
  clock_too_far: [
    409,
    'The test clock goes no farther than ten years ahead. Nothing was changed.',
    'Start again with an empty database and sandbox.',
  ],
  too_many_items: [
    422,
    'There are more items than one batch may hold. No money moved.',
    'Pay them in several cycles.',
  ],
  person_not_found: [
    404,
    'There is no such person. Nothing was changed.',
    'Check the id (pe_…) or the e-mail; the list of people shows both.',
  ],
  person_exists: [
    409,
    'Somebody with this e-mail is in the team already. Nothing was changed.',
    'Change that person instead; a lost password is reset with purser user reset.',
  ],
  ...teamRefusals,
  invitation_not_found: [
    404,
    'This invitation is not open: it was used, ended, or its 72 hours are over. Nothing was changed.',
    'Ask an owner for a new invitation.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type RefusalCode = keyof typeof refusals;

/** A fact beside the words of a refusal: amounts per currency are in minor units. */
export type Fact = string | number | Readonly<Record<string, bigint>>;

/** A "no" as data; bugs are thrown instead. */
export interface Refusal {
  readonly ok: false;
  readonly code: RefusalCode;
  readonly status: number;
  readonly message: string;
  readonly action: string;
  readonly details: Readonly<Record<string, Fact>>;
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number;
  readonly detail?: string;
  readonly told?: ToldElsewhere;
}

export interface Done<T> {
  readonly ok: true;
  readonly value: T;
}

export type Outcome<T> = Done<T> | Refusal;

export function done<T>(value: T): Done<T> {
  return { ok: true, value };
}

export function refuse(code: RefusalCode, details: Record<string, Fact> = {}, retryAfter?: number): Refusal {
  const [status, message, action] = refusals[code];
  const no = { ok: false, code, status, message, action, details } as const;
  return retryAfter === undefined ? no : { ...no, retryAfter };
}

export const refusalCodes = Object.keys(refusals) as RefusalCode[];
