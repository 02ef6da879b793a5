import { sql } from 'kysely';
import type { Db } from './db.ts';
import { all, one, rowsOf, run } from './db.ts';

export interface NewMail {
  readonly publicId: string;
  readonly kind: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** After it the mail is of no use: it is not sent any more, and its body is erased. Null: never. */
  readonly expiresAt: Date | null;
}

/** Puts a mail into the outbox, in the transaction of the deed it tells of. */
export async function insertMail(tx: Db, mail: NewMail, now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into mail (public_id, kind, address, subject, body_text, body_html, created_at, expires_at, next_try_at)
      values (${mail.publicId}, ${mail.kind}, ${mail.to}, ${mail.subject}, ${mail.text}, ${mail.html}, ${now},
        ${mail.expiresAt}, ${now})`,
  );
}

/** Mails that each tell of something once: one whose `onceKey` is in the outbox already is left out. */
export async function insertMailsOnce(
  tx: Db,
  mails: readonly (NewMail & { onceKey: string })[],
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`insert into mail (public_id, kind, address, subject, body_text, body_html, created_at, expires_at, next_try_at, once_key)
      select i.public_id, i.kind, i.address, i.subject, i.body_text, i.body_html, ${now}, i.expires_at::timestamptz, ${now},
        i.once_key
      from ${rowsOf('i', mails, {
        public_id: ['text', (mail) => mail.publicId],
        kind: ['text', (mail) => mail.kind],
        address: ['text', (mail) => mail.to],
        subject: ['text', (mail) => mail.subject],
        body_text: ['text', (mail) => mail.text],
        body_html: ['text', (mail) => mail.html],
        expires_at: ['text', (mail) => mail.expiresAt?.toISOString() ?? null],
        once_key: ['text', (mail) => mail.onceKey],
      })} on conflict (once_key) do nothing`,
  );
}

export interface MailRow {
  id: bigint;
  publicId: string;
  kind: string;
  to: string;
  subject: string;
  createdAt: Date;
  expiresAt: Date | null;
  sentAt: Date | null;
  givenUpAt: Date | null;
  tries: number;
  nextTryAt: Date;
  lastError: string | null;
}

const columns =
  sql.raw(`id, public_id as "publicId", kind, address as "to", subject, created_at as "createdAt",
  expires_at as "expiresAt", sent_at as "sentAt", given_up_at as "givenUpAt", tries, next_try_at as "nextTryAt",
  last_error as "lastError"`);

/** A page of mails without their bodies, newest first. */
export async function listMails(db: Db, limit: number, before: bigint | null): Promise<MailRow[]> {
  return all(
    db,
    sql<MailRow>`select ${columns} from mail where (${before}::bigint is null or id < ${before})
      order by id desc limit ${limit}`,
  );
}

export interface WholeMail extends MailRow {
  text: string | null;
  html: string | null;
}

/** One mail with its body. An expired body is not shown, also before it is erased. */
export async function findMail(db: Db, publicId: string, now: Date): Promise<WholeMail | undefined> {
  return one(
    db,
    sql<WholeMail>`select ${columns}, case when expires_at <= ${now} then null else body_text end as text,
        case when expires_at <= ${now} then null else body_html end as html
      from mail where public_id = ${publicId}`,
  );
}

/** What there is to do: reading this first keeps an idle round from writing. */
export async function mailDue(db: Db, now: Date): Promise<{ toSend: boolean; toErase: boolean }> {
  const row = await one(
    db,
    sql<{ toSend: boolean; toErase: boolean }>`select
      exists (select 1 from mail where sent_at is null and given_up_at is null and next_try_at <= ${now}) as "toSend",
      exists (select 1 from mail where body_text is not null and expires_at <= ${now}) as "toErase"`,
  );
  return row ?? { toSend: false, toErase: false };
}

export interface ClaimedMail {
  id: bigint;
  publicId: string;
  kind: string;
  to: string;
  subject: string;
  text: string;
  html: string;
  createdAt: Date;
  expiresAt: Date | null;
  tries: number;
}

/**
 * Claims mails that are due, the oldest first: each counts as tried and is nobody else's until `leaseUntil`. Whoever dies
 * after the claim leaves them to be sent again then, so a mail goes out at least once.
 */
export async function claimMails(db: Db, limit: number, leaseUntil: Date, now: Date): Promise<ClaimedMail[]> {
  return all(
    db,
    sql<ClaimedMail>`update mail m set tries = tries + 1, next_try_at = ${leaseUntil}
      where m.id in (select id from mail where sent_at is null and given_up_at is null and next_try_at <= ${now}
        and (expires_at is null or expires_at > ${now}) order by id limit ${limit} for update skip locked)
      returning m.id, m.public_id as "publicId", m.kind, m.address as "to", m.subject, m.body_text as text,
        m.body_html as html, m.created_at as "createdAt", m.expires_at as "expiresAt", m.tries`,
  );
}

/** It left: its body goes. */
export async function markSent(tx: Db, id: bigint, now: Date): Promise<void> {
  await run(
    tx,
    sql`update mail set sent_at = ${now}, given_up_at = null, body_text = null, body_html = null, last_error = null
      where id = ${id} and sent_at is null`,
  );
}

/** It did not leave. `nextTryAt` null gives it up. */
export async function markFailed(
  tx: Db,
  id: bigint,
  failure: { error: string; nextTryAt: Date | null },
  now: Date,
): Promise<void> {
  await run(
    tx,
    sql`update mail set last_error = ${failure.error}, next_try_at = coalesce(${failure.nextTryAt}, next_try_at),
        given_up_at = case when ${failure.nextTryAt}::timestamptz is null then ${now}::timestamptz end
      where id = ${id} and sent_at is null`,
  );
}

/** The mail server is away: nobody knocks before `until`. */
export async function postponeMails(tx: Db, until: Date, now: Date): Promise<void> {
  await run(
    tx,
    sql`update mail set next_try_at = ${until}
      where sent_at is null and given_up_at is null and next_try_at <= ${now}`,
  );
}

/** Erases the bodies of mails that are over; answers how many, and the public ids of those that were never sent. */
export async function eraseExpired(
  tx: Db,
  limit: number,
  now: Date,
): Promise<{ erased: number; unsent: string[] }> {
  const rows = await all(
    tx,
    sql<{ publicId: string; waiting: boolean }>`update mail m set body_text = null, body_html = null,
        given_up_at = coalesce(m.given_up_at, ${now})
      from (select id, given_up_at is null as waiting from mail where body_text is not null and expires_at <= ${now}
        order by id limit ${limit} for update skip locked) o
      where m.id = o.id returning m.public_id as "publicId", o.waiting`,
  );
  return { erased: rows.length, unsent: rows.filter((row) => row.waiting).map((row) => row.publicId) };
}
