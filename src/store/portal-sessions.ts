import { sql } from 'kysely';
import type { LinkHand } from '../core/actor.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';
import { handsOfLink } from './hands.ts';
import type { PortalPayee } from './portal-links.ts';

/** `last_seen_at` is written at most this often per session, so that reading costs no write. */
const lastSeenResolutionMs = 60_000;

export interface NewSession {
  readonly publicId: string;
  readonly payeeId: bigint;
  readonly linkId: bigint;
  readonly tokenHash: string;
  readonly forEmail: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly expiresAt: Date;
}

/** Opens a session. A second one of the same link breaks a unique key, which is a bug and must be loud. */
export async function insertSession(tx: Db, session: NewSession, now: Date): Promise<void> {
  await run(
    tx,
    sql`insert into portal_session (public_id, payee_id, link_id, token_hash, for_email, ip, user_agent, created_at,
        last_seen_at, expires_at)
      values (${session.publicId}, ${session.payeeId}, ${session.linkId}, ${session.tokenHash}, ${session.forEmail},
        ${session.ip}, ${session.userAgent}, ${now}, ${now}, ${session.expiresAt})`,
  );
}

/** Alive: neither ended nor over, and the payee still has the address it was opened for. */
const alive = (now: Date) => sql`s.ended_at is null and s.expires_at > ${now}
  and lower(y.email) is not distinct from s.for_email`;

export interface LiveSession extends PortalPayee {
  publicId: string;
  lastSeenAt: Date;
  /** Who beside the payee may have held its link. */
  through: LinkHand[];
}

/** The session with this token, if it is alive; notes that it was used. A blocked payee has sessions like any other. */
export async function useSession(db: Db, tokenHash: string, now: Date): Promise<LiveSession | undefined> {
  const session = await one(
    db,
    sql<LiveSession>`select s.public_id as "publicId", s.last_seen_at as "lastSeenAt", y.id as "payeeId",
        y.public_id as "payeePublicId", case when y.name = '' then y.external_id else y.name end as name, y.email,
        ${handsOfLink('s.link_id')}
      from portal_session s join payee y on y.id = s.payee_id where s.token_hash = ${tokenHash} and ${alive(now)}`,
  );
  if (session && session.lastSeenAt < new Date(now.getTime() - lastSeenResolutionMs)) {
    await run(db, sql`update portal_session set last_seen_at = ${now} where token_hash = ${tokenHash}`);
  }
  return session;
}

export interface SessionRow {
  publicId: string;
  ip: string | null;
  userAgent: string | null;
  createdAt: Date;
  lastSeenAt: Date;
  expiresAt: Date;
}

/** Live sessions of a payee, newest first. */
export async function listSessions(db: Db, payeeId: bigint, limit: number, now: Date): Promise<SessionRow[]> {
  return all(
    db,
    sql<SessionRow>`select s.public_id as "publicId", s.ip, s.user_agent as "userAgent", s.created_at as "createdAt",
        s.last_seen_at as "lastSeenAt", s.expires_at as "expiresAt"
      from portal_session s join payee y on y.id = s.payee_id where s.payee_id = ${payeeId} and ${alive(now)}
      order by s.id desc limit ${limit}`,
  );
}

/** Ends a session of this payee; false when they have no such living one. */
export async function endSession(tx: Db, payeeId: bigint, publicId: string, now: Date): Promise<boolean> {
  const ended = await run(
    tx,
    sql`update portal_session s set ended_at = ${now} from payee y
      where s.public_id = ${publicId} and s.payee_id = ${payeeId} and y.id = s.payee_id and ${alive(now)}`,
  );
  return ended === 1;
}
