/** Stripe's limits (docs/providers/stripe.md names the source of each) and our own bounds on waits and sizes. */

/** A transfer is one call. */
export const itemsPerSubmissionMax = 1;
/** A transfer is one call, so many of them travel side by side. */
export const callsAtOnceMax = 20;
/** Calls that begin in any second, of one process; Stripe allows 25 in test mode and 100 live, over all processes. */
export const callsPerSecondMax = 20;
/** Longest a call waits for its turn; beyond it the clock was moved, and waiting would prove nothing. */
export const turnWaitMaxMs = 10_000;
/** Of the Idempotency-Key header. */
export const idempotencyKeyMax = 255;
/** Our reference goes into `transfer_group` and a metadata value (at most 500 characters); our own limit. */
export const itemReferenceMax = 255;
export const accountIdMax = 255;
export const descriptionMax = 5000;

const hourMs = 3_600_000;

/** Stripe may forget a key that is 24 hours old; an hour is kept back for clocks that differ. */
export const keyLifeMs = 23 * hourMs;

/** Objects per page of a list; Stripe's maximum. */
export const pageItemsMax = 100;
/** Pages read of one lookup; an item reference has one transfer, so a list this long is not an answer. */
export const lookupPagesMax = 50;

/** A page of 100 transfers with their reversals is below 4 MiB. */
export const answerBytesMax = 16 * 1024 * 1024;

/** Longest wait taken from a Retry-After header. */
export const retryAfterMaxMs = 15 * 60_000;
/** Wait before the same key goes again when Stripe says that the first call with it is still running. */
export const keyInUseWaitMs = 2000;

export const evidenceCharsMax = 500;
/** Of one text by Stripe inside messages and evidence. */
export const issueCharsMax = 240;
/** Of ids, codes and event types by Stripe. */
export const idCharsMax = 255;
/** Reversals named in a message. */
export const reversalsShownMax = 5;

export const eventBytesMax = 1024 * 1024;
/** Stripe's own tolerance for the age of a signature; one from the future passes, as in its library. */
export const signatureAgeMaxSeconds = 300;
/** Signatures of one header that are compared. */
export const signaturesMax = 16;
