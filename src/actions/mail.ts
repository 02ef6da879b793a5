import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { WholeMail } from '../store/mail.ts';
import { findMail, insertMail } from '../store/mail.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { heldByReader } from './link-hands.ts';

/** A mail to one person. Its body may hold a link that opens something: it is erased once it was sent or has expired. */
export interface OutgoingMail {
  readonly to: string;
  /** What it is for, such as `portal_link`. */
  readonly kind: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** After it the mail is of no use any more; null: it never expires. */
  readonly expiresAt: Date | null;
}

/** Whether an address is one a mail can go to: one mailbox, nothing that could become a second one or a header. */
export function isMailable(address: string): boolean {
  return address.length <= 320 && /^[^\s@<>()[\]\\,;:"\p{Cc}]+@[^\s@<>()[\]\\,;:"\p{Cc}]+$/u.test(address);
}

/**
 * Puts a mail into the outbox, in the transaction of the deed it tells of; the engine sends it. Answers its public id.
 * Throws a RangeError for an address that is not mailable: ask `isMailable` first.
 */
export async function queueMail(tx: Db, ctx: ActionContext, mail: OutgoingMail): Promise<string> {
  if (!isMailable(mail.to)) throw new RangeError('this is not one address of mail');
  const publicId = ctx.newId('ml');
  await insertMail(tx, { ...mail, publicId }, ctx.now());
  return publicId;
}

/** One mail as it is, links and all, which goes on record, and so does who may hold its links now; null when there is none. */
export async function readMail(ctx: ActionContext, publicId: string): Promise<WholeMail | null> {
  return transaction(ctx.db, async (tx) => {
    const mail = await findMail(tx, publicId, ctx.now());
    if (!mail) return null;
    await heldByReader(tx, ctx, mail);
    await audit(tx, ctx, 'mail.read', { type: 'mail', id: publicId }, { after: { kind: mail.kind } });
    return mail;
  });
}
