/** PayPal's limits (docs/providers/paypal.md names the source of each) and our own bounds on waits and sizes. */

export const itemsPerSubmissionMax = 15_000;
export const senderBatchIdMax = 256;
export const senderItemIdMax = 63;
export const receiverMax = 127;
export const noteAsciiMax = 4000;
export const noteOtherMax = 1000;
/** Of the PayPal-Request-Id header. */
export const requestIdMax = 1000;

/** Default maximum of one item in USD, in minor units: 20,000.00. Other currencies have no published figure. */
export const itemUsdMaxMinor = 2_000_000n;

const dayMs = 86_400_000;

/** PayPal refuses a used sender_batch_id for 30 days; one day is kept back for clocks that differ. */
export const keyLifeMs = 29 * dayMs;
export const unclaimedDays = 30;

/** "It takes a maximum of three hours for balances to appear in the list balances call." */
export const balanceLagMaxMs = 3 * 60 * 60_000;

/** A call carries up to 15,000 items; our own limit. */
export const callsAtOnceMax = 4;

export const pageItemsMax = 1000;
/** Last page PayPal serves. */
export const pageMax = 1000;

/** A page of 1,000 items with the longest notes is below 8 MiB. */
export const answerBytesMax = 16 * 1024 * 1024;
export const tokenAnswerBytesMax = 256 * 1024;

/** Longest wait taken from a Retry-After header. */
export const retryAfterMaxMs = 15 * 60_000;

/** A token is renewed this long before its end, or at half its life when it is shorter. */
export const tokenMarginMs = 60_000;
/** Life of a token whose answer does not say. */
export const tokenLifeDefaultMs = 5 * 60_000;
export const tokenLifeMaxMs = dayMs;
export const tokenCharsMax = 8192;

export const evidenceCharsMax = 500;
/** Of one text by PayPal inside messages and evidence. */
export const issueCharsMax = 160;
/** Issues of one refusal that are repeated to people. */
export const issuesShownMax = 5;
/** Details of one refusal that are read: four for each item. */
export const detailsMax = 60_000;
/** Of ids and status words by PayPal; its own limits are 30 and 36. */
export const idCharsMax = 128;

export const eventBytesMax = 1024 * 1024;
/** PayPal repeats a delivery for three days; a fourth allows for queues. */
export const transmissionAgeMaxMs = 4 * dayMs;
/** How far PayPal's clock may be ahead of ours. */
export const transmissionSkewMaxMs = 15 * 60_000;

export const certificateBytesMax = 64 * 1024;
export const certificatesCachedMax = 16;
export const chainLengthMax = 6;
/** A certificate is fetched anew at most this often when a signature does not match the one kept. */
export const certificateRefetchMs = 60_000;
