/**
 * One call to a provider. `planned`: its items are chosen, nothing is written. `sending`: the exact bytes are committed
 * and may have left. `unknown`: they may have arrived; only the same bytes under the same key may go again, while the
 * key lives. `accepted` and `rejected` are proven; `cancelled` never left.
 */
export const submissionStates = [
  'planned',
  'sending',
  'unknown',
  'accepted',
  'rejected',
  'cancelled',
] as const;
export type SubmissionState = (typeof submissionStates)[number];

/**
 * `claim`: a worker takes it to send. `defer`: proven that nothing arrived, try later (429, connection refused).
 * `lose`: the answer is not known. `accept`, `reject`: a proven answer. `expire`: the worker's lease ran out.
 */
export const submissionEvents = ['claim', 'defer', 'lose', 'accept', 'reject', 'expire', 'cancel'] as const;
export type SubmissionEvent = (typeof submissionEvents)[number];

export type SubmissionStep = SubmissionState | 'same' | 'refuse';

const next = {
  planned: {
    claim: 'sending',
    defer: 'refuse',
    lose: 'refuse',
    accept: 'refuse',
    reject: 'refuse',
    expire: 'same',
    cancel: 'cancelled',
  },
  sending: {
    claim: 'refuse',
    defer: 'planned',
    lose: 'unknown',
    accept: 'accepted',
    reject: 'rejected',
    expire: 'unknown',
    cancel: 'refuse',
  },
  unknown: {
    claim: 'same',
    defer: 'same',
    lose: 'same',
    accept: 'accepted',
    reject: 'rejected',
    expire: 'same',
    cancel: 'refuse',
  },
  accepted: {
    claim: 'refuse',
    defer: 'same',
    lose: 'same',
    accept: 'same',
    reject: 'refuse',
    expire: 'same',
    cancel: 'refuse',
  },
  rejected: {
    claim: 'refuse',
    defer: 'same',
    lose: 'same',
    accept: 'refuse',
    reject: 'same',
    expire: 'same',
    cancel: 'refuse',
  },
  cancelled: {
    claim: 'refuse',
    defer: 'same',
    lose: 'same',
    accept: 'refuse',
    reject: 'refuse',
    expire: 'same',
    cancel: 'same',
  },
} as const satisfies Record<SubmissionState, Record<SubmissionEvent, SubmissionStep>>;

/** The next state of a submission, or `same`, or `refuse`. Total. */
export function stepSubmission(state: SubmissionState, event: SubmissionEvent): SubmissionStep {
  return next[state][event];
}
