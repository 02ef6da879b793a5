import type { LinkHand } from '../core/actor.ts';
import { handsIn } from '../core/link-hands.ts';
import type { Refusal } from '../core/refusal.ts';
import { refuse } from '../core/refusal.ts';
import { askedThrough, sentThrough } from '../core/through-words.ts';
import { telling } from '../core/told.ts';
import type { Approval } from '../store/approvals.ts';
import { approvalsOf } from '../store/approvals.ts';
import type { Db } from '../store/db.ts';
import type { PayoutHand } from '../store/hands.ts';
import { handsOf, handsOn } from '../store/hands.ts';
import type { LockedPayout } from '../store/payout-moves.ts';

interface Who {
  readonly kind: string;
  readonly id: string;
}

/** A no for whoever looks, and whether it is because of a link to the portal. */
interface OwnHand {
  readonly refusal: Refusal;
  readonly byLink: boolean;
}

/** Whose hands were on a payout before it is approved. */
export interface HandsLook {
  /** Why whoever looks cannot approve it; null: nothing of theirs is in the way. */
  readonly own: OwnHand | null;
  /** Who may have held the links to the portal through which it was asked for. */
  readonly asked: readonly LinkHand[];
  /** The same of where it goes, when that was changed since. */
  readonly sent: readonly LinkHand[];
}

/** What is asked of one payout after the other. */
interface Mine {
  readonly isMine: (who: Who) => Promise<boolean>;
  readonly mine: ReadonlySet<string>;
}

/**
 * Which of these payouts this actor cannot approve because a hand of theirs has been there: it asked for it, sent it elsewhere,
 * approved it already, or may have held the link to the portal through which a payee did.
 */
export async function handsLook(
  db: Db,
  actor: Who,
  payouts: readonly LockedPayout[],
): Promise<Map<bigint, HandsLook>> {
  const ids = payouts.map(({ id }) => id);
  const deeds = Map.groupBy(await handsOn(db, ids), ({ payoutId }) => payoutId);
  const approvals = Map.groupBy(await approvalsOf(db, ids), ({ payoutId }) => payoutId);
  const whose = await mineOf(db, actor);
  const found = new Map<bigint, HandsLook>();
  for (const payout of payouts) {
    const done = deeds.get(payout.id) ?? [];
    const links = { asked: linksOf(done, 'asked'), sent: linksOf(done, 'sent') };
    const own =
      (await askedFor(payout, links.asked, whose)) ??
      (await sentAway(payout, done, links.sent, whose)) ??
      (await approvedBefore(payout, approvals.get(payout.id) ?? [], whose));
    found.set(payout.id, { ...links, own });
  }
  return found;
}

/** What counts as a hand of this actor; the hands of a key are looked up once. */
async function mineOf(db: Db, actor: Who): Promise<Mine> {
  const known = new Map<string, ReadonlySet<string>>();
  const handsNamed = async (who: Who) => {
    const hands = known.get(nameOf(who)) ?? new Set((await handsOf(db, who)).map((hand) => nameOf(hand)));
    known.set(nameOf(who), hands);
    return hands;
  };
  const mine = await handsNamed(actor);
  return { mine, isMine: async (who) => [...(await handsNamed(who))].some((hand) => mine.has(hand)) };
}

function linksOf(deeds: readonly PayoutHand[], what: PayoutHand['what']): LinkHand[] {
  const all = deeds.flatMap((deed) => (deed.what === what && deed.through ? handsIn(deed.through) : []));
  return [...new Map(all.map((hand) => [nameOf(hand), hand])).values()];
}

async function askedFor(
  { publicId: payoutId, requestedByKind: kind, requestedById: id }: LockedPayout,
  links: readonly LinkHand[],
  { isMine, mine }: Mine,
): Promise<OwnHand | null> {
  const no = refuse('own_request', { payoutId });
  if (kind !== null && id !== null && (await isMine({ kind, id }))) return { refusal: no, byLink: false };
  const link = links.find((hand) => mine.has(nameOf(hand)));
  return link ? { refusal: telling(no, askedThrough(link.how)), byLink: true } : null;
}

async function sentAway(
  { publicId: payoutId }: LockedPayout,
  deeds: readonly PayoutHand[],
  links: readonly LinkHand[],
  { isMine, mine }: Mine,
): Promise<OwnHand | null> {
  const no = refuse('own_redirect', { payoutId });
  const director = deeds.find(({ what }) => what === 'sent');
  if (director && (await isMine(director))) return { refusal: no, byLink: false };
  const link = links.find((hand) => mine.has(nameOf(hand)));
  return link ? { refusal: telling(no, sentThrough(link.how)), byLink: true } : null;
}

async function approvedBefore(
  { publicId: payoutId }: LockedPayout,
  approvals: readonly Approval[],
  { isMine }: Mine,
): Promise<OwnHand | null> {
  for (const { actorKind: kind, actorId: id, at } of approvals)
    if (await isMine({ kind, id }))
      return { refusal: refuse('approved_once', { payoutId, doneAt: at.toISOString() }), byLink: false };
  return null;
}

function nameOf({ kind, id }: Who): string {
  return `${kind} ${id}`;
}
