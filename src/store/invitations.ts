import { sql } from 'kysely';
import type { Role } from '../core/roles.ts';
import type { Db } from './db.ts';
import { all, one, run } from './db.ts';

export interface InvitationRow {
  readonly id: bigint;
  readonly publicId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly invitedBy: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

const columns = sql.raw(`id, public_id as "publicId", email, name, role, invited_by as "invitedBy",
  created_at as "createdAt", expires_at as "expiresAt"`);
const open = sql.raw('accepted_at is null and ended_at is null');
/** Open invitations of one answer. */
const invitationsMax = 1000;

export interface NewInvitation {
  readonly publicId: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  readonly tokenHash: string;
  readonly invitedBy: string;
  readonly expiresAt: Date;
}

export async function insertInvitation(tx: Db, invitation: NewInvitation, now: Date): Promise<void> {
  const { publicId, email, name, role, tokenHash, invitedBy, expiresAt } = invitation;
  await run(
    tx,
    sql`insert into person_invitation (public_id, email, name, role, token_hash, invited_by, created_at, expires_at)
      values (${publicId}, ${email}, ${name}, ${role}, ${tokenHash}, ${invitedBy}, ${now}, ${expiresAt})`,
  );
}

/** Invitations that can still be accepted, newest first. */
export async function listInvitations(db: Db, now: Date): Promise<InvitationRow[]> {
  return all(
    db,
    sql<InvitationRow>`select ${columns} from person_invitation where ${open} and expires_at > ${now}
      order by id desc limit ${invitationsMax}`,
  );
}

/** The open invitation with this token, which looking at does not change. */
export async function findInvitation(
  db: Db,
  tokenHash: string,
  now: Date,
): Promise<InvitationRow | undefined> {
  return one(
    db,
    sql<InvitationRow>`select ${columns} from person_invitation
      where token_hash = ${tokenHash} and ${open} and expires_at > ${now}`,
  );
}

/** Marks an open invitation as accepted; undefined when it is over: of two who use one link, one gets in. */
export async function takeInvitation(
  tx: Db,
  tokenHash: string,
  now: Date,
): Promise<InvitationRow | undefined> {
  return one(
    tx,
    sql<InvitationRow>`update person_invitation set accepted_at = ${now}
      where token_hash = ${tokenHash} and ${open} and expires_at > ${now} returning ${columns}`,
  );
}

/** One invitation, those of addresses (in small letters), or those that people or keys made. */
export type WhichInvitations =
  | { readonly publicId: string }
  | { readonly emails: readonly string[] }
  | { readonly invitedBy: readonly string[] };

/** Ends open invitations and answers their ids. */
export async function endInvitations(tx: Db, which: WhichInvitations, now: Date): Promise<string[]> {
  const [column, values] = columnOf(which);
  const rows = await all(
    tx,
    sql<{ id: string }>`update person_invitation set ended_at = ${now}
      where ${sql.ref(column)} = any(${values as string[]}::text[]) and ${open} returning public_id as id`,
  );
  return rows.map((row) => row.id);
}

function columnOf(which: WhichInvitations): [string, readonly string[]] {
  if ('publicId' in which) return ['public_id', [which.publicId]];
  return 'emails' in which ? ['email', which.emails] : ['invited_by', which.invitedBy];
}
