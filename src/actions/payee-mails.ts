import { readerOf } from '../core/language.ts';
import type { PayoutState } from '../core/payout.ts';
import type { PayeeMail } from '../core/settings.ts';
import { payoutToldMail } from '../notify/templates/payout-told.ts';
import type { Db } from '../store/db.ts';
import { insertMailsOnce } from '../store/mail.ts';
import { mailedPayouts } from '../store/payee-mails.ts';
import { readSettings } from '../store/settings.ts';
import type { ActionContext } from './context.ts';
import { isMailable } from './mail.ts';

/** Mails that one statement writes. */
const mailsPerStatementMax = 1000;
/** News of a payout that could not be mailed for this long is of no use any more; the portal shows how it stands. */
const mailLifeMs = 7 * 24 * 60 * 60_000;

/** A change of a payout, and what tells it from the next one of its kind: the attempt, or the payout's version. */
interface ToldMove {
  readonly payoutId: bigint;
  readonly from: PayoutState;
  readonly to: PayoutState;
  readonly occasion: string;
  readonly reasonCode: string | null;
  readonly nextRetryAt?: Date | null;
}

/**
 * Mails to payees what became of their payouts, in the transaction that moved them, as far as the team wants them told.
 * Sets, not rows: one look at the settings, and with something to tell one for the addresses and one write a thousand mails.
 * Two who report the same write one mail: the key of the occasion is unique.
 */
export async function tellPayees(tx: Db, ctx: ActionContext, moves: readonly ToldMove[]): Promise<void> {
  const news = moves.flatMap((move) => {
    const event = eventOf(move);
    return event === null ? [] : [{ ...move, event }];
  });
  if (news.length === 0) return;
  const wanted = (await readSettings(tx)).payeeMails;
  const told = new Map(
    news.filter(({ event }) => wanted.includes(event)).map((item) => [item.payoutId, item]),
  );
  if (told.size === 0) return;
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + mailLifeMs);
  const mails = (await mailedPayouts(tx, [...told.keys()])).flatMap((payout) => {
    const move = told.get(payout.payoutId);
    if (!move || !isMailable(payout.email)) return [];
    const { event, reasonCode, nextRetryAt: retriesAt = null } = move;
    const reader = readerOf(payout, ctx.calendar.zone);
    const words = payoutToldMail({ ...payout, event, reasonCode, retriesAt, reader });
    const onceKey = `${payout.publicId} ${event} ${move.occasion}`;
    return [
      { ...words, to: payout.email, kind: `payout_${event}`, expiresAt, onceKey, publicId: ctx.newId('ml') },
    ];
  });
  for (let at = 0; at < mails.length; at += mailsPerStatementMax)
    await insertMailsOnce(tx, mails.slice(at, at + mailsPerStatementMax), now);
}

function eventOf({ from, to, nextRetryAt }: ToldMove): PayeeMail | null {
  if (from === to) return null;
  if (to === 'sending') return 'started';
  if (to === 'failed') return nextRetryAt ? 'retrying' : 'failed';
  return to === 'completed' || to === 'returned' ? to : null;
}
