import { readerOf } from '../core/language.ts';
import { methodChangedMail } from '../notify/templates/method-changed.ts';
import type { Db } from '../store/db.ts';
import { insertMethodLinks } from '../store/method-links.ts';
import { methodOf } from '../store/method-changes.ts';
import { mailChoices } from '../store/payee-own.ts';
import type { PayeeRow } from '../store/payees.ts';
import { mailAddressesOf } from '../store/payout-methods.ts';
import { audit } from './audit.ts';
import { tellable } from './change-limits.ts';
import type { ActionContext } from './context.ts';
import { isMailable, queueMail } from './mail.ts';

const hourMs = 60 * 60_000;
/** How long a payee can say that a change was not theirs. */
const linkMs = 30 * 24 * hourMs;

/** What is needed to mail links: where people reach this Purser, and 32 random bytes at a time. */
export interface Teller {
  readonly publicUrl: string;
  newSecret(): Uint8Array;
}

/** A change of how a payee is paid, or of where their mail goes. */
export interface Told {
  readonly payee: {
    readonly id: bigint;
    readonly publicId: string;
    readonly name: string;
    /** The address on record until now. */
    readonly email: string | null;
  };
  /** The method that was added or chosen; null: the mail address changed. */
  readonly method: {
    readonly id: bigint;
    readonly type: string;
    readonly masked: string;
    readonly usableFrom: Date | null;
    readonly part: 'default' | 'backup' | 'none';
  } | null;
  /** Contacts from before and from now on; those that cannot be mailed are left out. */
  readonly emails: readonly (string | null)[];
  /** The address on record from now on, when that is what changed. */
  readonly newEmail?: string | null;
}

/**
 * Tells every contact of a payee, old and new, what changed, each with a link by which they say that it was not them. The
 * link only freezes, so whoever else gets it can do no more harm than to stop a payment. Only the address on record until
 * now is greeted by name: of a new one nobody knows whose it is, and the others a payee names as they like, as they do the name.
 */
export async function tellOfChange(
  tx: Db,
  ctx: ActionContext,
  teller: Teller,
  { payee, method, emails, newEmail = null }: Told,
): Promise<void> {
  const now = ctx.now();
  const expiresAt = new Date(now.getTime() + linkMs);
  const seen = new Map<string, string>();
  for (const email of emails) if (email !== null && isMailable(email)) seen.set(email.toLowerCase(), email);
  // Who has no address on record is sure to be told where they were paid until now.
  const sure = payee.email ?? emails.find((email) => email !== null) ?? null;
  const told = await tellable(tx, ctx, [...seen.keys()], [sure, newEmail]);
  const mails = told.map((address) => ({
    to: seen.get(address) ?? address,
    isKnown: address === payee.email?.toLowerCase(),
    token: Buffer.from(teller.newSecret()).toString('base64url'),
  }));
  const methodId = method?.id ?? null;
  await insertMethodLinks(
    tx,
    mails.map(({ token }) => ({ payeeId: payee.id, methodId, tokenHash: ctx.hash(token), expiresAt })),
    now,
  );
  const chosen = await mailChoices(tx, payee.id);
  const reader = readerOf(chosen, ctx.calendar.zone);
  // Who chose no language reads the page in that of their browser.
  const lang = chosen.language === null ? '' : `&lang=${chosen.language}`;
  for (const { to, token, isKnown } of mails) {
    const url = `${teller.publicUrl}/portal/not-me?token=${token}${lang}`;
    const name = isKnown ? payee.name : null;
    const words = methodChangedMail({ name, method, url, now, reader });
    await queueMail(tx, ctx, { ...words, to, kind: 'method_changed', expiresAt });
  }
  const leftOut = seen.size - mails.length;
  const after = {
    mails: mails.length,
    ...(leftOut === 0 ? {} : { leftOut }),
    about: method ? `${method.type} ${method.masked}` : 'e-mail address',
  };
  await audit(tx, ctx, 'payee.told_of_change', { type: 'payee', id: payee.publicId }, { after });
}

/** Tells a payee whose record has another method or address of mail now; `contacts` are those from before. */
export async function tellIfChanged(
  tx: Db,
  ctx: ActionContext,
  teller: Teller,
  before: PayeeRow,
  after: PayeeRow,
  contacts: readonly (string | null)[],
): Promise<void> {
  const { id, publicId, externalId } = after;
  const isNew = after.methodId !== null && after.methodId !== before.methodId;
  if (!isNew && after.email === before.email) return;
  const row = isNew ? await methodOf(tx, id, after.methodId ?? '') : undefined;
  const method = row ? { ...row, part: partOf(row) } : null;
  const payee = { id, publicId, name: after.name === '' ? externalId : after.name, email: before.email };
  const emails = [...contacts, ...(await contactsOf(tx, ctx, after))];
  await tellOfChange(tx, ctx, teller, { payee, method, emails, newEmail: after.email });
}

/** What a method is for now. */
export function partOf(row: {
  readonly isDefault: boolean;
  readonly isBackup: boolean;
}): 'default' | 'backup' | 'none' {
  if (row.isDefault) return 'default';
  return row.isBackup ? 'backup' : 'none';
}

/** Where a payee can be told: the address on record, and those of methods that are addresses of mail. */
export async function contactsOf(
  tx: Db,
  ctx: ActionContext,
  payee: { readonly id: bigint; readonly email: string | null },
): Promise<(string | null)[]> {
  return [payee.email, ...(await mailAddressesOf(tx, ctx.vault, payee.id))];
}
