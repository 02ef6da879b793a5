import type { Actor } from '../core/actor.ts';
import type { Language } from '../core/language.ts';
import type { Outcome } from '../core/refusal.ts';
import { done, refuse } from '../core/refusal.ts';
import { portalLinkMail } from '../notify/templates/portal-link.ts';
import type { Db } from '../store/db.ts';
import { transaction } from '../store/db.ts';
import { findPayee } from '../store/payees.ts';
import type { OwnChoices, OwnProfile } from '../store/payee-own.ts';
import { changeOwn, ownProfile } from '../store/payee-own.ts';
import type { PortalPayee } from '../store/portal-links.ts';
import { insertLinks, linksMailed, lockAddress, payeesByEmail, useLink } from '../store/portal-links.ts';
import { endSession, insertSession } from '../store/portal-sessions.ts';
import { audit } from './audit.ts';
import type { ActionContext } from './context.ts';
import { heldByMaker, heldBySetter } from './link-hands.ts';
import { isMailable, queueMail } from './mail.ts';

const minuteMs = 60_000;
/** How long a mailed sign-in link works. */
const mailedLinkMinutes = 15;
/** How long a link works that the platform made; it is good once. */
const madeLinkMs = 10 * minuteMs;
/** How long a payee stays signed in. */
export const portalSessionMs = 24 * 60 * minuteMs;
/** Payees of one address that get a link by one request. */
export const linksPerRequestMax = 5;
/** Links mailed to one address within an hour. */
const linksPerHourMax = 5;
const hourMs = 60 * minuteMs;
const randomBytesMin = 32;

/** A secret for a cookie or a link; only its hash is kept. */
function tokenOf(random: Uint8Array): string {
  if (random.length < randomBytesMin) throw new RangeError(`a token needs ${randomBytesMin} random bytes`);
  return Buffer.from(random).toString('base64url');
}

function linkUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/portal/sign-in?token=${token}`;
}

/**
 * Mails a sign-in link to every payee with this address, as far as the limits allow. It never says whether there is one.
 * Each is in the language of the page it was asked from, else in what its payee chose.
 * `randoms`: at least `linksPerRequestMax` times 32 random bytes.
 */
export async function requestLinks(
  ctx: ActionContext,
  input: {
    email: string;
    publicUrl: string;
    randoms: readonly Uint8Array[];
    /** Of the page it is asked from; null: that of the payee. */
    language: Language | null;
  },
): Promise<void> {
  const tokens = input.randoms.map((random) => tokenOf(random));
  await transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    await lockAddress(tx, input.email);
    const mailed = await linksMailed(tx, input.email, new Date(now.getTime() - hourMs));
    const payees = await payeesByEmail(tx, input.email, linksPerRequestMax);
    const room = Math.max(linksPerHourMax - mailed, 0);
    const served = payees
      .filter((payee) => payee.email !== null && isMailable(payee.email))
      .slice(0, room)
      .flatMap((payee, index) => (tokens[index] === undefined ? [] : [{ payee, token: tokens[index] }]));
    const expiresAt = new Date(now.getTime() + mailedLinkMinutes * minuteMs);
    // Also for nobody: the same statements run whether or not anybody has the address.
    await insertLinks(
      tx,
      served.map(({ payee, token }) => ({
        payeeId: payee.payeeId,
        kind: 'mail' as const,
        tokenHash: ctx.hash(token),
        expiresAt,
      })),
      now,
    );
    for (const { payee, token } of served) {
      await heldBySetter(tx, ctx, { payeePublicId: payee.payeePublicId, tokenHash: ctx.hash(token) });
      await mailLink(
        tx,
        ctx,
        payee,
        { url: linkUrl(input.publicUrl, token), language: input.language ?? payee.language },
        expiresAt,
      );
    }
  });
}

async function mailLink(
  tx: Db,
  ctx: ActionContext,
  payee: PortalPayee,
  { url, language }: { url: string; language: Language | null },
  expiresAt: Date,
): Promise<void> {
  const words = portalLinkMail({
    name: payee.name,
    // The page of the link is in the language of its mail.
    url: language === null ? url : `${url}&lang=${language}`,
    minutes: mailedLinkMinutes,
    language: language ?? 'en',
  });
  await queueMail(tx, ctx, { ...words, to: payee.email ?? '', kind: 'portal_link', expiresAt });
  await audit(tx, ctx, 'payee.portal_link_mailed', { type: 'payee', id: payee.payeePublicId });
}

export interface MadeLink {
  readonly url: string;
  readonly expiresAt: Date;
}

/** A link that signs a payee in once, for the platform to hand on; found by public or external id. */
export async function makePortalLink(
  ctx: ActionContext,
  input: { payeeId: string; publicUrl: string; random: Uint8Array },
): Promise<Outcome<MadeLink>> {
  const token = tokenOf(input.random);
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const payee = await findPayee(tx, input.payeeId);
    if (!payee) return refuse('payee_not_found', { payeeId: input.payeeId });
    const expiresAt = new Date(now.getTime() + madeLinkMs);
    const tokenHash = ctx.hash(token);
    await insertLinks(tx, [{ payeeId: payee.id, kind: 'made', tokenHash, expiresAt }], now);
    await heldByMaker(tx, ctx, tokenHash);
    const after = { expiresAt: expiresAt.toISOString() };
    await audit(tx, ctx, 'payee.portal_link_made', { type: 'payee', id: payee.publicId }, { after });
    return done({ url: linkUrl(input.publicUrl, token), expiresAt });
  });
}

export interface OpenedSession {
  /** Goes into the cookie; only its hash is kept. */
  readonly token: string;
  readonly payee: PortalPayee;
  readonly expiresAt: Date;
}

/** Opens the one session of a link; null when the link is used up, over, of another address, or none. */
export async function openSession(
  ctx: ActionContext,
  input: { token: string; random: Uint8Array },
): Promise<OpenedSession | null> {
  const token = tokenOf(input.random);
  return transaction(ctx.db, async (tx) => {
    const now = ctx.now();
    const link = await useLink(tx, ctx.hash(input.token), now);
    if (!link) return null;
    const { payeePublicId: id, name, through } = link;
    const actor: Actor = { ...ctx.actor, kind: 'payee', id, name, through };
    const session = {
      publicId: ctx.newId('ps'),
      payeeId: link.payeeId,
      linkId: link.linkId,
      tokenHash: ctx.hash(token),
      forEmail: link.forEmail,
      ip: actor.ip,
      userAgent: actor.userAgent,
      expiresAt: new Date(now.getTime() + portalSessionMs),
    };
    await insertSession(tx, session, now);
    await audit(
      tx,
      { ...ctx, actor },
      'payee.signed_in',
      { type: 'payee', id: link.payeePublicId },
      { after: { session: session.publicId } },
    );
    return { token, payee: link, expiresAt: session.expiresAt };
  });
}

/** Ends a session of the payee who calls; false when they have no such living one. */
export async function closeSession(ctx: ActionContext, payeeId: bigint, sessionId: string): Promise<boolean> {
  return transaction(ctx.db, async (tx) => {
    const ended = await endSession(tx, payeeId, sessionId, ctx.now());
    if (ended) {
      const before = { session: sessionId };
      await audit(tx, ctx, 'payee.session_ended', { type: 'payee', id: ctx.actor.id }, { before });
    }
    return ended;
  });
}

/** The payee who calls takes another name, or chooses the language and time zone of what is written to them. */
export async function changeSelf(
  ctx: ActionContext,
  payeeId: bigint,
  choices: Partial<OwnChoices>,
): Promise<OwnProfile> {
  return transaction(ctx.db, async (tx) => {
    const known = await ownProfile(tx, payeeId);
    if (!known) throw new Error('a session without its payee');
    const now = { ...known, ...choices };
    const changed = (['name', 'language', 'timezone'] as const).filter(
      (field) => known[field] !== now[field],
    );
    if (changed.length === 0) return known;
    await changeOwn(tx, payeeId, now, ctx.now());
    const factsOf = (of: OwnProfile) => Object.fromEntries(changed.map((field) => [field, of[field]]));
    const change = { before: factsOf(known), after: factsOf(now) };
    await audit(tx, ctx, 'payee.changed', { type: 'payee', id: known.publicId }, change);
    return now;
  });
}
