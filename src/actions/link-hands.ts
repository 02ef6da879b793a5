import type { LinkHand, LinkHow } from '../core/actor.ts';
import { newForMs } from '../core/link-hands.ts';
import type { Db } from '../store/db.ts';
import { addressSetBy, handsOf, insertLinkHands } from '../store/hands.ts';
import { findKey } from '../store/keys.ts';
import type { WholeMail } from '../store/mail.ts';
import type { ActionContext } from './context.ts';

interface Holder {
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

/**
 * Who holds a link by this deed: who did it; and while the key that did it is new, also whoever made that key. Later a key is
 * the platform's own: it signs everybody's payees in, and whoever made it once must be able to approve.
 */
async function holders(tx: Db, ctx: ActionContext, by: Holder, how: LinkHow): Promise<LinkHand[]> {
  const { kind, id, name } = by;
  if (kind === 'person') return [{ kind, id, name, how }];
  if (kind !== 'key') return [];
  const own: LinkHand = { kind, id, name, how };
  const key = await findKey(tx, id);
  if (!key || ctx.now().getTime() - key.createdAt.getTime() >= newForMs) return [own];
  const makers = (await handsOf(tx, by)).flatMap((hand): LinkHand[] => {
    const isMaker = hand.name !== null && (hand.kind === 'person' || hand.kind === 'key');
    return isMaker
      ? [{ kind: hand.kind as LinkHand['kind'], id: hand.id, name: hand.name ?? '', how: 'new_key' }]
      : [];
  });
  return [own, ...makers];
}

/** Puts on record who made a link. */
export async function heldByMaker(tx: Db, ctx: ActionContext, tokenHash: string): Promise<void> {
  const hands = await holders(tx, ctx, ctx.actor, 'made');
  await insertLinkHands(
    tx,
    hands.map((hand) => ({ ...hand, tokenHash })),
  );
}

/** Puts on record who set the address that a link is mailed to, when that was a short while ago. */
export async function heldBySetter(
  tx: Db,
  ctx: ActionContext,
  { payeePublicId, tokenHash }: { payeePublicId: string; tokenHash: string },
): Promise<void> {
  const setter = await addressSetBy(tx, payeePublicId, new Date(ctx.now().getTime() - newForMs));
  if (!setter) return;
  const hands = await holders(tx, ctx, setter, 'address');
  await insertLinkHands(
    tx,
    hands.map((hand) => ({ ...hand, tokenHash })),
  );
}

/** Links in a mail; each is used once. */
const linkToken = /\/portal\/sign-in\?token=([A-Za-z0-9_-]{43})/g;

/** Puts on record who read the links of a mail before they were used. */
export async function heldByReader(tx: Db, ctx: ActionContext, mail: WholeMail): Promise<void> {
  const tokens = new Set([...(mail.text ?? '').matchAll(linkToken)].map(([, token = '']) => token));
  const hands = tokens.size === 0 ? [] : await holders(tx, ctx, ctx.actor, 'read');
  const held = [...tokens].flatMap((token) => hands.map((hand) => ({ ...hand, tokenHash: ctx.hash(token) })));
  await insertLinkHands(tx, held);
}
