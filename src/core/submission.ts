/**
 * One call to a provider. `planned`: its items are chosen, nothing is written. `sending`: the exact bytes are committed
 * and may have left. `unknown`: they may have arrived; only the same bytes under the same key may go again, while the
 * key lives. `accepted` and `rejected` are proven, or `rejected` is the word of a person (`resolved`); `cancelled` never
 * left.
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
 * `lose`: the answer is not known. `accept`, `reject`: a proven answer. `expire`: the worker's lease ran out. `surface`: the
 * provider holds what a person had said was not sent.
 */
export const submissionEvents = [
  'claim',
  'defer',
  'lose',
  'accept',
  'reject',
  'expire',
  'cancel',
  'surface',
] as const;
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
    surface: 'refuse',
  },
  sending: {
    claim: 'refuse',
    defer: 'planned',
    lose: 'unknown',
    accept: 'accepted',
    reject: 'rejected',
    expire: 'unknown',
    cancel: 'refuse',
    surface: 'refuse',
  },
  unknown: {
    claim: 'same',
    defer: 'same',
    lose: 'same',
    accept: 'accepted',
    reject: 'rejected',
    expire: 'same',
    cancel: 'refuse',
    surface: 'refuse',
  },
  accepted: {
    claim: 'refuse',
    defer: 'same',
    lose: 'same',
    accept: 'same',
    reject: 'refuse',
    expire: 'same',
    cancel: 'refuse',
    surface: 'same',
  },
  rejected: {
    claim: 'refuse',
    defer: 'same',
    lose: 'same',
    accept: 'refuse',
    reject: 'same',
    expire: 'same',
    cancel: 'refuse',
    surface: 'accepted',
  },
  cancelled: {
    claim: 'refuse',
    defer: 'same',
    lose: 'same',
    accept: 'refuse',
    reject: 'refuse',
    expire: 'same',
    cancel: 'same',
    surface: 'refuse',
  },
} as const satisfies Record<SubmissionState, Record<SubmissionEvent, SubmissionStep>>;

/** The next state of a submission, or `same`, or `refuse`. Total. */
export function stepSubmission(state: SubmissionState, event: SubmissionEvent): SubmissionStep {
  return next[state][event];
}

/** No resend this close to the end of the key's life: the call itself takes time. */
export const keyMarginMs = 60 * 60 * 1000;

/** When the provider may have forgotten the key, so that the same bytes could be a second payment; null: never sent. */
export function keyOverAt(submission: { state: SubmissionState; keyValidUntil: Date | null }): Date | null {
  if (submission.keyValidUntil === null || submission.state === 'planned') return null;
  return new Date(submission.keyValidUntil.getTime() - keyMarginMs);
}

/** True when nothing may be sent under this key any more. */
export function isKeyOver(
  submission: { state: SubmissionState; keyValidUntil: Date | null },
  now: Date,
): boolean {
  const at = keyOverAt(submission);
  return at !== null && now >= at;
}

/**
 * When what was put off, or whose answer was lost, is tried again under the same key; null: nothing is tried, as it was never
 * put off, its call is under way, it is over, or a person has to decide.
 */
export function nextTryAt(submission: {
  readonly state: SubmissionState;
  readonly sendCount: number;
  readonly nextActionAt: Date;
  readonly handedOverAt: Date | null;
}): Date | null {
  const { state, sendCount, nextActionAt, handedOverAt } = submission;
  const waits = (state === 'planned' && sendCount > 0) || (state === 'unknown' && handedOverAt === null);
  return waits ? nextActionAt : null;
}
