import { sql } from 'kysely';
import type { Role } from '../core/roles.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';

/** A living session and who is signed in by it. */
export interface SignedIn {
  readonly sessionId: string;
  readonly sessionCreatedAt: Date;
  readonly steppedUpAt: Date | null;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly totp: boolean;
  readonly hasPasskey: boolean;
  readonly temporaryPasswordUntil: Date | null;
}

/** Who is signed in by this token, as the database knows them now; undefined when the session or the person is gone. */
export async function findSignedIn(
  db: Db,
  token: string,
  now: Date,
  startedAfter: Date,
): Promise<SignedIn | undefined> {
  return one(
    db,
    sql<SignedIn>`select s.id as "sessionId", s.created_at as "sessionCreatedAt", s.stepped_up_at as "steppedUpAt",
        p.id as "personId", p.name, p.email, p.role, p.two_factor_enabled as totp,
        exists (select 1 from person_passkey k where k.person_id = p.id) as "hasPasskey",
        p.temporary_password_until as "temporaryPasswordUntil"
      from person_session s join person p on p.id = s.person_id
      where s.token = ${token} and s.expires_at > ${now} and s.created_at > ${startedAfter} and p.status = 'active'`,
  );
}

export interface SessionRow {
  readonly id: string;
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly expiresAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** Sessions of one answer, newest first. */
const sessionsMax = 200;

export async function listSessions(db: Db, personId: string, now: Date): Promise<SessionRow[]> {
  return all(
    db,
    sql<SessionRow>`select id, created_at as "createdAt", updated_at as "lastSeenAt", expires_at as "expiresAt",
        nullif(ip_address, '') as ip, nullif(user_agent, '') as "userAgent"
      from person_session where person_id = ${personId} and expires_at > ${now}
      order by id desc limit ${sessionsMax}`,
  );
}

/** Ends one session of this person; false when there is no such one. */
export async function deleteSession(tx: Db, personId: string, sessionId: string): Promise<boolean> {
  return (
    (await run(tx, sql`delete from person_session where person_id = ${personId} and id = ${sessionId}`)) === 1
  );
}

/** Ends every session of a person; answers how many. */
export async function deleteSessions(tx: Db, personId: string): Promise<number> {
  return run(tx, sql`delete from person_session where person_id = ${personId}`);
}

export async function noteStepUp(tx: Db, sessionId: string, now: Date): Promise<void> {
  await run(tx, sql`update person_session set stepped_up_at = ${now} where id = ${sessionId}`);
}
