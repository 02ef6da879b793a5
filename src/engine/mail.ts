import type { NewAlert } from '../core/alert-kinds.ts';
import type { Mailer } from '../notify/smtp.ts';
import { MailError } from '../notify/smtp.ts';
import { closeAlerts, openAlerts } from '../store/alerts.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import type { ClaimedMail } from '../store/mail.ts';
import { claimMails, eraseExpired, mailDue, markFailed, markSent, postponeMails } from '../store/mail.ts';
import type { EngineContext } from './context.ts';

/** Mails sent side by side in one round. */
const mailsPerRoundMax = 10;
const erasedPerRoundMax = 500;
/** How long a claim lasts: longer than a server that answers at the last moment of every step. */
const leaseMs = 120_000;
/** Waits before the second, third … try; after the last one the mail is given up. */
const retryWaitsMs = [60_000, 2 * 60_000, 10 * 60_000, 60 * 60_000, 4 * 60 * 60_000] as const;
/** A server that takes nothing is left alone for this long: it costs every round the time of its silence. */
const awayMs = 60_000;

/** Alerts about the mail server, and about single mails that it refused. */
const serverAlert = 'mail_not_sent';
const refusedAlert = 'mail_refused';
const serverSubject = 'smtp';

/**
 * Sends what waits in the outbox, at least once each, and erases bodies that are over. Without a mail server mails rest in
 * the outbox until they expire. Answers how many were sent or erased.
 */
export async function runOnce(ctx: EngineContext): Promise<number> {
  const due = await mailDue(ctx.db, ctx.now());
  const erased = due.toErase ? await erase(ctx) : 0;
  if (!due.toSend || !ctx.mailer) return erased;
  const now = ctx.now();
  const mails = await claimMails(ctx.db, mailsPerRoundMax, new Date(now.getTime() + leaseMs), now);
  const { mailer } = ctx;
  const results = await Promise.all(mails.map((mail) => deliver(ctx, mailer, mail)));
  if (results.includes('away')) {
    await postponeMails(ctx.db, new Date(ctx.now().getTime() + awayMs), ctx.now());
  } else if (results.includes('sent')) {
    await closeAlerts(ctx.db, [serverAlert], serverSubject, ctx.now());
  }
  return erased + results.filter((result) => result === 'sent').length;
}

/** Network first, then the row: between the two lies no transaction, and a death there sends the mail again. */
async function deliver(
  ctx: EngineContext,
  mailer: Mailer,
  mail: ClaimedMail,
): Promise<'sent' | MailError['kind']> {
  try {
    await mailer.send(mail);
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    await put(ctx, mail, error);
    return error.kind;
  }
  await markSent(ctx.db, mail.id, ctx.now());
  ctx.log.info('mail_sent', { mail: mail.publicId, kind: mail.kind });
  return 'sent';
}

/** When it is tried again; never without an alert when it is not. */
async function put(ctx: EngineContext, mail: ClaimedMail, error: MailError): Promise<void> {
  const now = ctx.now();
  const wait = error.kind === 'final' ? undefined : retryWaitsMs[mail.tries - 1];
  const nextTryAt = wait === undefined ? null : new Date(now.getTime() + wait);
  ctx.log.warn('mail_failed', {
    mail: mail.publicId,
    kind: mail.kind,
    tries: mail.tries,
    error: error.message,
  });
  await transaction(ctx.db, async (tx) => {
    await markFailed(tx, mail.id, { error: error.message, nextTryAt }, now);
    if (nextTryAt === null) await giveUp(tx, mail, error, now);
  });
}

async function giveUp(
  tx: Db,
  mail: { publicId: string; kind: string },
  error: MailError,
  now: Date,
): Promise<void> {
  const why = error.message;
  const alert: NewAlert =
    error.kind === 'away'
      ? { kind: serverAlert, subject: serverSubject, facts: { mail: mail.publicId, why, expired: null } }
      : { kind: refusedAlert, subject: mail.publicId, facts: { why } };
  await openAlerts(tx, [alert], now);
}

async function erase(ctx: EngineContext): Promise<number> {
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const { erased, unsent } = await eraseExpired(tx, erasedPerRoundMax, now);
    const [tried] = ctx.mailer ? unsent : [];
    if (tried !== undefined) {
      const facts = { mail: tried, why: '', expired: unsent.length };
      await openAlerts(tx, [{ kind: serverAlert, subject: serverSubject, facts }], now);
    }
    return erased;
  });
}
