import { z } from 'zod';
import type { PayeeNextStep } from '../core/payee-words.ts';
import { explainToPayee, payeeLabel } from '../core/payee-words.ts';
import type { PayoutState } from '../core/payout.ts';
import type { SubmissionState } from '../core/submission.ts';
import { mask } from '../core/mask.ts';
import { pageQuery } from './paging.ts';
import { text } from './text.ts';

/** Payouts of one page when the payee does not say. */
const ownPageDefault = '20';
/** Longest address and token that are looked at. */
const emailCharsMax = 320;
const tokenCharsMax = 200;

export const signInBody = z.strictObject({ email: text(emailCharsMax) });
export const verifyBody = z.strictObject({ token: text(tokenCharsMax) });

/** `?limit=&cursor=`, 20 at a time unless said otherwise. */
export const ownPageQuery = z.preprocess(
  (query) => (typeof query === 'object' ? { limit: ownPageDefault, ...query } : query),
  pageQuery,
);

/** The name; the address is the platform's to change, as links go there. */
export const profilePatch = z
  .strictObject({
    name: text(200).optional(),
    email: z.never('is changed by the platform that pays you: ask them').optional(),
  })
  .refine((patch) => patch.name !== undefined, 'names nothing to change');

const amount = z.union([z.int(), z.string()]);
const at = z.iso.datetime();

const balance = z.object({
  currency: z.string(),
  available: amount,
  pending: amount,
  reserved: amount,
  onItsWay: amount,
  paid: amount,
  totalEarnings: amount,
  nextAvailableAt: at.nullable(),
});
export const balanceAnswer = z.object({
  available: amount,
  pending: amount,
  reserved: amount,
  totalEarnings: amount,
  currency: z.string().nullable(),
  nextPayoutDate: at.nullable(),
  balances: z.array(balance),
});

interface BalanceFacts {
  readonly currency: string;
  readonly available: bigint;
  readonly pending: bigint;
  readonly reserved: bigint;
  readonly onItsWay: bigint;
  readonly paid: bigint;
  readonly nextAvailableAt: Date | null;
}

/** Balances per currency; the top level repeats the one with the largest total, as amounts of two are never added. */
export function presentBalance(rows: readonly BalanceFacts[]) {
  const balances = rows.map((row) => ({
    ...row,
    totalEarnings: row.available + row.pending + row.reserved + row.onItsWay + row.paid,
  }));
  const [first] = balances.toSorted((a, b) => (a.totalEarnings < b.totalEarnings ? 1 : -1));
  const { available = 0n, pending = 0n, reserved = 0n, totalEarnings = 0n, currency = null } = first ?? {};
  return { available, pending, reserved, totalEarnings, currency, nextPayoutDate: null, balances };
}

const payout = z.object({
  id: z.string(),
  amount,
  currency: z.string(),
  status: z.string(),
  label: z.string(),
  nextStep: z.string(),
  waitingOn: z.enum(['you', 'platform', 'provider', 'clock', 'nobody']),
  createdAt: at,
  changedAt: at,
  completedAt: at.nullable(),
});
export const ownPayoutsAnswer = z.object({ data: z.array(payout), nextCursor: z.string().nullable() });
export const ownPayoutAnswer = payout.extend({
  timeline: z.array(z.object({ at, label: z.string() })),
});

export interface OwnPayoutFacts {
  readonly publicId: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly state: PayoutState;
  readonly reasonCode: string | null;
  readonly reasonDetail?: string | null;
  readonly createdAt: Date;
  readonly stateAt: Date;
  readonly completedAt: Date | null;
  readonly submissionState: SubmissionState | null;
  readonly acceptedAt: Date | null;
}

const dayMs = 24 * 60 * 60 * 1000;

/** What its payee reads of a payout: where the money is and whose turn it is, nothing of how it is sent. */
export function presentOwnPayout(row: OwnPayoutFacts, unclaimedDays: number) {
  return {
    id: row.publicId,
    amount: row.amount,
    currency: row.currency,
    status: row.state,
    ...payeeStepOf(row, unclaimedDays),
    createdAt: row.createdAt,
    changedAt: row.stateAt,
    completedAt: row.completedAt,
  };
}

function payeeStepOf(row: OwnPayoutFacts, unclaimedDays: number): PayeeNextStep {
  const until = row.acceptedAt && new Date(row.acceptedAt.getTime() + unclaimedDays * dayMs);
  return explainToPayee({
    state: row.state,
    submissionState: row.submissionState,
    reasonCode: row.reasonCode,
    said: row.state === 'declined' ? (row.reasonDetail ?? null) : null,
    unclaimedUntil: until ? until.toISOString().slice(0, 10) : null,
  });
}

/** Steps in the payee's words; those that read the same are one. */
export function presentOwnTimeline(steps: readonly { at: Date; state: PayoutState }[]) {
  return steps
    .map((step) => ({ at: step.at, label: payeeLabel(step.state) }))
    .filter((step, index, all) => step.label !== all[index - 1]?.label);
}

const method = z.object({
  id: z.string(),
  type: z.string(),
  destination: z.string(),
  isDefault: z.boolean(),
  createdAt: at,
});
export const ownMethodsAnswer = z.object({ data: z.array(method), nextCursor: z.null() });

interface MethodFacts {
  readonly publicId: string;
  readonly type: string;
  readonly destination: string;
  readonly isDefault: boolean;
  readonly createdAt: Date;
}

export function presentOwnMethod(row: MethodFacts) {
  const { publicId: id, type, destination, isDefault, createdAt } = row;
  return { id, type, destination: mask(destination), isDefault, createdAt };
}

export const profileAnswer = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().nullable(),
  status: z.enum(['active', 'blocked']),
  notice: z.string().nullable(),
});

/** The payee themself. A blocked one reads why nothing comes. */
export function presentProfile(row: {
  publicId: string;
  name: string;
  email: string | null;
  status: string;
}) {
  const { publicId: id, name, email, status } = row;
  return { id, name, email, status, notice: status === 'blocked' ? blockedNotice : null };
}

const blockedNotice =
  'Your payouts are paused by the platform that pays you. What you earned stays yours; ask them what is needed.';

const session = z.object({
  id: z.string(),
  current: z.boolean(),
  ip: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: at,
  lastSeenAt: at,
  expiresAt: at,
});
export const sessionsAnswer = z.object({ data: z.array(session), nextCursor: z.null() });

interface SessionFacts {
  readonly publicId: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
}

export function presentSession(row: SessionFacts, currentId: string | undefined) {
  const { publicId: id, ...facts } = row;
  return { id, current: id === currentId, ...facts };
}

export const portalLinkAnswer = z.object({ url: z.string(), expiresAt: at });
export const signInAnswer = z.object({ message: z.string() });
export const verifyAnswer = z.object({
  payee: z.object({ id: z.string(), name: z.string() }),
  expiresAt: at,
});

/** The answer to a request for a link, whoever asks for whatever address. */
export const signInWords =
  'If this address belongs to a payee, a mail with a sign-in link is on its way. The link works for 15 minutes.';
