import { doneWords } from '../core/done-words.ts';
import type { PayoutState } from '../core/payout.ts';
import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import { telling } from '../core/told.ts';
import type { Db } from '../store/db.ts';
import type { LockedPayout } from '../store/payout-moves.ts';
import { lastDeed, lastEvent, lockPayouts } from '../store/payout-moves.ts';
import type { ActionContext } from './context.ts';

/** What became of one payout of a call; `refused` says why nothing did. */
export interface DeedResult {
  readonly payoutId: string;
  readonly status: PayoutState | null;
  readonly refused: Refusal | null;
  /** It was named before in the same call, where its result stands. */
  readonly repeated?: boolean;
}

/** Payouts that are named once each, judged one by one under their locks: those that may, and a result for each of the others. */
export async function judged(
  tx: Db,
  payoutIds: readonly string[],
  judge: (payout: LockedPayout) => Promise<Refusal | null> | Refusal | null,
): Promise<{ able: LockedPayout[]; refused: Map<string, DeedResult> }> {
  const locked = new Map((await lockPayouts(tx, payoutIds)).map((payout) => [payout.publicId, payout]));
  const able: LockedPayout[] = [];
  const refused = new Map<string, DeedResult>();
  for (const payoutId of new Set(payoutIds)) {
    const payout = locked.get(payoutId);
    const no = payout ? await judge(payout) : refuse('payout_not_found', { payoutId });
    if (no) refused.set(payoutId, { payoutId, status: payout?.state ?? null, refused: no });
    else if (payout) able.push(payout);
  }
  return { able, refused };
}

/** Results in the order that was asked, of each payout once; those that are not refused have this status now. */
export function resultsOf(
  payoutIds: readonly string[],
  refused: ReadonlyMap<string, DeedResult>,
  statusOf: (payoutId: string) => PayoutState,
): DeedResult[] {
  const seen = new Set<string>();
  return payoutIds.map((payoutId) => {
    const result = refused.get(payoutId) ?? { payoutId, status: statusOf(payoutId), refused: null };
    if (seen.has(payoutId)) return { ...result, refused: null, repeated: true };
    seen.add(payoutId);
    return result;
  });
}

/** States in which nothing of it is on its way. */
const atRest = new Set<PayoutState>([
  'pending_approval',
  'approved',
  'completed',
  'declined',
  'cancelled',
  'returned',
  'failed',
]);

/**
 * Why a payout in its state cannot be moved any more: who moved it and when, or that it is on its way. Whoever asks for what
 * was done before (`asked`) hears who did that, also when it has moved on since.
 */
export async function tooLate(
  tx: Db,
  { calendar: { zone } }: Pick<ActionContext, 'calendar'>,
  payout: LockedPayout,
  asked?: 'approve',
): Promise<Refusal> {
  const { publicId: payoutId, state } = payout;
  if (!atRest.has(state)) return refuse('payout_in_progress', { payoutId, payoutStatus: state });
  const before = asked && (await lastEvent(tx, payout.id, asked));
  const deed = before ?? (await lastDeed(tx, payout.id));
  const who = deed && { deed: deed.event, doneBy: deed.actor, doneAt: deed.at.toISOString() };
  const no = refuse('already_processed', { payoutId, payoutStatus: state, ...who });
  const words = deed && doneWords(deed, zone);
  return words ? telling(no, words) : no;
}

/**
 * Why a payout that waits is not given up: it is in an export, so somebody may be paying it by hand. Once it came back, nobody
 * is. `anyway`: the caller made certain.
 */
export function stillExported(payout: LockedPayout, anyway: boolean | undefined): Refusal | null {
  const waits = payout.state === 'pending_approval' || payout.state === 'approved';
  if (!waits || !payout.inExport || anyway === true) return null;
  return refuse('in_hand_export', { payoutId: payout.publicId, payoutStatus: payout.state });
}
